"""How the cells of the results are drawn: a name over its source, a zone's sign and word."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.models.result_list import ROW_ROLE, Column, ResultRow, RowKind
from assessor_app.ui.theme import BODY_POINTS, SMALL_POINTS, TOUCH_TARGET_PX, Tokens
from assessor_app.ui.widgets.zone_chip import zone_pixmap

ROW_HEIGHT = 64
UNIT_HEIGHT = TOUCH_TARGET_PX
_PAD = 12
_SPACE = 8
_SIGN = 20
_INDENT = 28  # of a unit under its institution
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ResultCells(QStyledItemDelegate):
    """Draws over the ground that the style sheet gives a cell; words are cut with an ellipsis."""

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._signs = {zone: zone_pixmap(tokens, zone, _SIGN) for zone in (None, *ZoneColour)}

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ROW_ROLE)
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        text, ground.text = ground.text, ""
        ground.state &= ~QStyle.StateFlag.State_HasFocus
        widget: QWidget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        rect: QRect = option.rect
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.save()
        match Column(index.column()):
            case Column.NAME:
                self._name(painter, inner, row)
            case Column.ZONE:
                self._zone(painter, inner, row)
            case Column.SCORE:
                bold = row.kind is RowKind.PUBLISHED
                _text(painter, inner, text, colour=self._tokens.ink, bold=bold)
            case _:
                self._words(painter, inner, text)
        painter.restore()

    def _name(self, painter: QPainter, place: QRect, row: ResultRow) -> None:
        if row.kind is RowKind.UNIT:
            self._unit(painter, place, row)
            return
        upper = QRect(place.left(), place.top() + 9, place.width(), 24)
        lower = QRect(place.left(), place.top() + 33, place.width(), 22)
        if row.badge:
            lower.setLeft(lower.left() + self._badge(painter, lower, row.badge))
        _text(painter, upper, row.name, colour=self._tokens.ink, bold=True)
        _text(painter, lower, row.below, colour=self._tokens.quiet, points=SMALL_POINTS)

    def _unit(self, painter: QPainter, place: QRect, row: ResultRow) -> None:
        """A unit stands under its institution, led to by an angle."""
        corner = QPoint(place.left() + _SPACE, place.center().y())
        painter.setPen(QPen(self._tokens.edge, 1.5))
        painter.drawLine(QPoint(corner.x(), place.top() + _SPACE), corner)
        painter.drawLine(corner, QPoint(place.left() + _INDENT - _SPACE, corner.y()))
        place.setLeft(place.left() + _INDENT)
        _text(painter, place, row.name, colour=self._tokens.ink, points=SMALL_POINTS)

    def _badge(self, painter: QPainter, place: QRect, text: str) -> int:
        """What is not published, said before the rest of the line; returns what it takes of it."""
        font = _font(painter, bold=True, points=SMALL_POINTS - 1)
        width = min(QFontMetrics(font).horizontalAdvance(text) + 2 * _SPACE, place.width())
        box = QRect(place.left(), place.top() + 1, width, 22)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._tokens.accent)  # seen on the ground of a chosen row too
        painter.setBrush(self._tokens.accent_tint)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(font)
        painter.setPen(self._tokens.accent)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return width + _SPACE

    def _zone(self, painter: QPainter, place: QRect, row: ResultRow) -> None:
        sign = self._signs[row.zone]
        painter.drawPixmap(QPoint(place.left(), place.top() + (place.height() - _SIGN) // 2), sign)
        place.setLeft(place.left() + _SIGN + _SPACE)
        self._words(painter, place, row.zone_text)

    def _words(self, painter: QPainter, place: QRect, text: str) -> None:
        painter.setFont(_font(painter, points=SMALL_POINTS))
        painter.setPen(self._tokens.ink)
        painter.drawText(place, _WRAPPED, text)


def _text(
    painter: QPainter,
    place: QRect,
    text: str,
    *,
    colour: QColor,
    bold: bool = False,
    points: int = BODY_POINTS,
) -> None:
    font = _font(painter, bold=bold, points=points)
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, _LINE, shown)


def _font(painter: QPainter, *, bold: bool = False, points: int = BODY_POINTS) -> QFont:
    font = QFont(painter.font())
    font.setBold(bold)
    font.setPointSize(points)
    return font
