"""Buttons that a finger can hit, a key can reach and a screen reader can name."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QToolButton

from assessor_app.ui.theme import TOUCH_TARGET_PX, dress
from assessor_app.ui.widgets.painting import draw_focus_ring

_ICON = QSize(22, 22)
_ICON_AND_SPACE = QSize(26, 22)  # Qt sets words four pixels after an icon, which is too close
_DENSE = 2  # pixels to a point of the icon
_RING_INSET = 4
_KEPT = 128
_drawn: dict[int, QIcon] = {}  # by the cache key of the icon without its space


def button(
    text: str, name: str, *, role: str = "plain", icon: QIcon | None = None, tip: str = ""
) -> QPushButton:
    """A button with words on it: `role` is plain, primary, flat or danger."""
    made = _Button(text.replace("&", "&&"))
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setMinimumHeight(TOUCH_TARGET_PX)
    made.setAutoDefault(True)  # Enter presses it too, not the space bar alone
    if icon is not None:
        made.setIcon(icon)
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    dress(made, role)
    return made


def icon_button(text: str, name: str, icon: QIcon) -> QToolButton:
    """A square button with a sign; its words are spoken and shown as a tooltip."""
    made = QToolButton()
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setToolTip(text)
    made.setIcon(icon)
    made.setIconSize(_ICON)
    made.setFixedSize(TOUCH_TARGET_PX, TOUCH_TARGET_PX)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


class _Button(QPushButton):
    """Sets its icon off from its words, and shows the focus inside of a filled ground too."""

    def setIcon(self, icon: QIcon | QPixmap) -> None:
        shown = QIcon(icon)
        super().setIcon(_spaced(shown.cacheKey(), shown))
        self.setIconSize(_ICON_AND_SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus() or self.property("role") != "primary":
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = _RING_INSET
        place = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        ink = self.palette().highlightedText().color()
        draw_focus_ring(painter, place, colour=ink, radius=5)


def _spaced(key: int, icon: QIcon) -> QIcon:
    """The icon with its space to the right, enabled and disabled; drawn once for each `key`."""
    if key in _drawn:
        return _drawn[key]
    spaced = QIcon()
    if icon.isNull():
        return spaced
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        picture = QPixmap(_ICON_AND_SPACE * _DENSE)
        picture.setDevicePixelRatio(_DENSE)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.drawPixmap(0, 0, icon.pixmap(_ICON, _DENSE, mode))
        painter.end()
        spaced.addPixmap(picture, mode)
    if len(_drawn) >= _KEPT:
        _drawn.clear()
    _drawn[key] = spaced
    return spaced
