"""How the window speaks and looks: language and colours, switched and kept for the next start."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.preferences import Preferences, write_preferences
from assessor_app.ui.theme import Scheme, apply_theme

_LOCALES = {
    Language.INDONESIAN: QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia),
    Language.ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


def speak(language: Language) -> None:
    """Let Qt's own parts, such as calendars, speak it too."""
    QLocale.setDefault(_LOCALES[language])


def switch_language(desk: Desk) -> None:
    """The next language, kept for the next start."""
    known = list(Language)
    desk.language = known[(known.index(desk.language) + 1) % len(known)]
    _keep(desk)


def switch_scheme(desk: Desk) -> None:
    """Light for dark and dark for light, kept for the next start."""
    desk.scheme = Scheme.DARK if desk.scheme is Scheme.LIGHT else Scheme.LIGHT
    application = QApplication.instance()
    if isinstance(application, QApplication):
        apply_theme(application, desk.scheme)
    _keep(desk)


def _keep(desk: Desk) -> None:
    write_preferences(desk.home, Preferences(desk.language, desk.scheme))
