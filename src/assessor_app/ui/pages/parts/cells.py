"""How the cells of a table of rows are drawn: two lines, words, a badge, a zone's sign and word."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.models.row_table import ROW_ROLE, Row
from assessor_app.ui.theme import BODY_POINTS, SMALL_POINTS, Tokens, grown, points
from assessor_app.ui.widgets.zone_chip import zone_pixmap

ROW_HEIGHT = 64  # pixels, where letters are as drawn
SPACE = 8
_PAD = 12
_SIGN = 20
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Cell:
    """One cell that is being drawn; what has no room is cut with an ellipsis."""

    def __init__(
        self,
        painter: QPainter,
        place: QRect,
        tokens: Tokens,
        *,
        signs: dict[ZoneColour | None, QPixmap],
    ) -> None:
        self.painter = painter
        self.place = place
        self.tokens = tokens
        self._signs = signs

    def two_lines(self, upper: str, lower: str, *, badge: str) -> None:
        """A name over what is said of it, with the badge before that; alone in the middle."""
        place = self.place
        if not lower and not badge:
            self.line(upper, place, bold=True)
            return
        above = QRect(place.left(), place.top() + grown(9), place.width(), grown(24))
        below = QRect(place.left(), place.top() + grown(33), place.width(), grown(22))
        if badge:
            below.setLeft(below.left() + self._badge(below, badge))
        self.line(upper, above, bold=True)
        self.line(lower, below, colour=self.tokens.quiet, size=SMALL_POINTS)

    def zone(self, zone: ZoneColour | None, text: str) -> None:
        """A zone's sign and its word."""
        top = self.place.top() + (self.place.height() - _SIGN) // 2
        self.painter.drawPixmap(QPoint(self.place.left(), top), self._signs[zone])
        self.words(text, self.place.adjusted(_SIGN + SPACE, 0, 0, 0))

    def words(self, text: str, place: QRect | None = None) -> None:
        """Words that may take several lines."""
        self.painter.setFont(self._font(size=SMALL_POINTS))
        self.painter.setPen(self.tokens.ink)
        self.painter.drawText(place or self.place, _WRAPPED, text)

    def line(
        self,
        text: str,
        place: QRect | None = None,
        *,
        colour: QColor | None = None,
        bold: bool = False,
        size: float = BODY_POINTS,
    ) -> None:
        """Words on one line."""
        room = place or self.place
        font = self._font(bold=bold, size=size)
        self.painter.setFont(font)
        self.painter.setPen(colour or self.tokens.ink)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self.painter.drawText(room, _LINE, shown)

    def _badge(self, place: QRect, text: str) -> int:
        """A mark at the beginning of a line; returns how much of the line it takes."""
        font = self._font(bold=True, size=SMALL_POINTS - 1)
        width = min(QFontMetrics(font).horizontalAdvance(text) + 2 * SPACE, place.width())
        box = QRect(place.left(), place.top() + 1, width, grown(22))
        painter = self.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.tokens.accent)  # seen on the ground of a chosen row too
        painter.setBrush(self.tokens.accent_tint)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return width + SPACE

    def _font(self, *, bold: bool = False, size: float) -> QFont:
        font = QFont(self.painter.font())
        font.setBold(bold)
        font.setPointSizeF(points(size))
        return font


Draw = Callable[[Cell, Row, int], None]
"""Draws what stands in a column of a row."""


class Cells(QStyledItemDelegate):
    """Lets `draw` draw over the ground that the style sheet gives a cell."""

    def __init__(self, tokens: Tokens, parent: QWidget, *, draw: Draw[Row]) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._draw = draw
        self._signs = {zone: zone_pixmap(tokens, zone, _SIGN) for zone in (None, *ZoneColour)}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), grown(ROW_HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        ground.state &= ~QStyle.StateFlag.State_HasFocus
        widget: QWidget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        rect: QRect = option.rect
        painter.save()
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        cell = Cell(painter, inner, self._tokens, signs=self._signs)
        self._draw(cell, index.data(ROW_ROLE), index.column())
        painter.restore()
