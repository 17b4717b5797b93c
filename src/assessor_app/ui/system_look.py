"""What the system asks of every window: light or dark, and strong contrast where it is needed."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QStyleHints

from assessor_app.ui.theme import Scheme, Theme, contrast

_WHITE, _BLACK = QColor("#FFFFFF"), QColor("#000000")


def scheme_of(theme: Theme) -> Scheme:
    """The scheme that a choice means now."""
    return system_scheme() if theme is Theme.SYSTEM else Scheme(theme.value)


def system_scheme() -> Scheme:
    """Dark where the system says so, strong contrast where its user asked for that.

    A forced palette is told by Windows and by the desktops of Linux as a preference for contrast;
    whether letters are light in it is seen from its colours, since a forced palette has no scheme.
    """
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() is not Qt.ContrastPreference.HighContrast:
        return Scheme.DARK if dark else Scheme.LIGHT
    forced = _forced_ground()
    if forced is not None:
        dark = contrast(forced, _WHITE) > contrast(forced, _BLACK)
    return Scheme.CONTRAST_DARK if dark else Scheme.CONTRAST


def _forced_ground() -> QColor | None:
    """The ground of the system's own palette, where light and dark are not told by themselves."""
    if QGuiApplication.styleHints().colorScheme() is not Qt.ColorScheme.Unknown:
        return None
    return QPalette().window().color()


class SystemLook(QObject):
    """Tells when the system changes its mind while the window is open."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        hints: QStyleHints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self.changed)
        hints.accessibility().contrastPreferenceChanged.connect(self.changed)
