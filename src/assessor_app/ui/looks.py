"""How the window speaks and looks: put on, switched, and kept for the next start."""

from dataclasses import replace

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.preferences import Look, read_preferences, write_preferences
from assessor_app.ui.system_look import scheme_of
from assessor_app.ui.theme import TEXT_SIZES, Scheme, Theme, apply_theme

_LOCALES = {
    Language.INDONESIAN: QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia),
    Language.ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
_OPPOSITE = {
    Scheme.LIGHT: Theme.DARK,
    Scheme.DARK: Theme.LIGHT,
    Scheme.CONTRAST: Theme.CONTRAST_DARK,
    Scheme.CONTRAST_DARK: Theme.CONTRAST,
}


def speak(language: Language) -> None:
    """Let Qt's own parts, such as calendars, speak it too."""
    QLocale.setDefault(_LOCALES[language])


def put_on(desk: Desk, look: Look) -> None:
    """Look like this from now on; kept for the next start."""
    desk.language, desk.theme, desk.text = look.language, look.theme, look.text
    dress_desk(desk)
    kept = read_preferences(desk.home)
    chosen = replace(kept, language=look.language, theme=look.theme, text=look.text)
    write_preferences(desk.home, chosen)


def dress_desk(desk: Desk) -> None:
    """Dress the application as the desk has it: as the system does by now, where that is chosen."""
    desk.scheme = scheme_of(desk.theme)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        apply_theme(application, desk.scheme, text=desk.text)


def switch_language(desk: Desk) -> None:
    """The next language."""
    known = list(Language)
    after = known[(known.index(desk.language) + 1) % len(known)]
    put_on(desk, replace(desk.look, language=after))


def switch_scheme(desk: Desk) -> None:
    """Light for dark and dark for light, each as strong in contrast as it was."""
    put_on(desk, replace(desk.look, theme=_OPPOSITE[desk.scheme]))


def larger(desk: Desk) -> None:
    """Larger letters, up to the largest that are offered."""
    _resize(desk, by=1)


def smaller(desk: Desk) -> None:
    """Smaller letters, down to those that the window is drawn with."""
    _resize(desk, by=-1)


def as_drawn(desk: Desk) -> None:
    """Letters as the window is drawn with."""
    put_on(desk, replace(desk.look, text=TEXT_SIZES[0]))


def _resize(desk: Desk, *, by: int) -> None:
    place = min(max(TEXT_SIZES.index(desk.text) + by, 0), len(TEXT_SIZES) - 1)
    put_on(desk, replace(desk.look, text=TEXT_SIZES[place]))
