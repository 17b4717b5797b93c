"""A zone as sign and word on its tint."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.spoken import Role, announce, spoken_as
from assessor_app.ui.theme import SMALL_POINTS, Tokens, grown, points, zone_hue
from assessor_app.ui.widgets.painting import draw_zone_sign

_HEIGHT, _PAD, _SPACE, _SIGN = 32, 10, 8, 18
_DENSE = 2  # pixels to a point of the pictures for item views


class ZoneChip(QWidget):
    """Shows a zone; the word comes final, so it may say "provisional" too."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.StaticText)
        self._tokens = tokens
        self._zone: ZoneColour | None = None
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_zone(self, zone: ZoneColour | None, text: str) -> None:
        """Show a zone; another one than before is read out where it can be seen."""
        if (zone, text) == (self._zone, self._text):
            return
        if text != self._text:
            self.updateGeometry()
            if self._text and self.isVisible():
                announce(self, text)
        self._zone, self._text = zone, text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._around() + self._metrics().horizontalAdvance(self._text), grown(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._around(), grown(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        hue = zone_hue(self._tokens, self._zone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(hue.edge, 1))
        painter.setBrush(hue.tint)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(ground, _HEIGHT / 2 - 1, _HEIGHT / 2 - 1)
        sign = QRectF(_PAD, (self.height() - _SIGN) / 2, _SIGN, _SIGN)
        draw_zone_sign(painter, sign, tokens=self._tokens, zone=self._zone)
        painter.setPen(hue.ink)
        font = self.font()
        font.setBold(True)
        font.setPointSizeF(points(SMALL_POINTS))
        painter.setFont(font)
        room = self.width() - self._around() + 1
        shown = self._metrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        place = QRectF(_PAD + _SIGN + _SPACE, 0, room, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _around(self) -> int:
        return 2 * _PAD + _SIGN + (_SPACE + 2 if self._text else 0)

    def _metrics(self) -> QFontMetrics:
        font = self.font()
        font.setBold(True)
        font.setPointSizeF(points(SMALL_POINTS))
        return QFontMetrics(font)


def zone_pixmap(tokens: Tokens, zone: ZoneColour | None, size: int) -> QPixmap:
    """A zone's sign for item views, `size` pixels square, sharp on dense screens."""
    picture = QPixmap(size * _DENSE, size * _DENSE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(picture.rect()).adjusted(2, 2, -2, -2)
    draw_zone_sign(painter, inner, tokens=tokens, zone=zone)
    painter.end()
    picture.setDevicePixelRatio(_DENSE)
    return picture
