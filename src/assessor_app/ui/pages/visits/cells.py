"""How the cells of the list of visits are drawn: two lines, a bar, a zone's sign and word."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.models.visit_list import ROW_ROLE, Column, VisitRow
from assessor_app.ui.theme import BODY_POINTS, SMALL_POINTS, Tokens
from assessor_app.ui.widgets.zone_chip import zone_pixmap

ROW_HEIGHT = 64
_PAD = 12
_SPACE = 8
_SIGN = 20
_BAR = 6
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class VisitCells(QStyledItemDelegate):
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
            case Column.OFFICE:
                self._office(painter, inner, row)
            case Column.PROGRESS if row.counted:
                self._progress(painter, inner, row)
            case Column.ZONE if row.counted:
                self._zone(painter, inner, row)
            case _:
                self._words(painter, inner, text)
        painter.restore()

    def _office(self, painter: QPainter, place: QRect, row: VisitRow) -> None:
        upper = QRect(place.left(), place.top() + 9, place.width(), 24)
        lower = QRect(place.left(), place.top() + 33, place.width(), 22)
        if row.badge:
            lower.setRight(lower.right() - self._badge(painter, lower, row.badge))
        _text(painter, upper, row.unit, colour=self._tokens.ink, bold=True)
        _text(painter, lower, row.institution, colour=self._tokens.quiet, points=SMALL_POINTS)

    def _badge(self, painter: QPainter, place: QRect, text: str) -> int:
        """The mark of a sample at the right end; returns how much of the line it takes."""
        font = _font(painter, bold=True, points=SMALL_POINTS - 1)
        width = QFontMetrics(font).horizontalAdvance(text) + 2 * _SPACE
        box = QRect(place.right() - width + 1, place.top() + 1, width, 22)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.accent_tint)
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(font)
        painter.setPen(self._tokens.accent)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return width + _SPACE

    def _progress(self, painter: QPainter, place: QRect, row: VisitRow) -> None:
        if row.counted is None:
            return
        upper = QRect(place.left(), place.top() + 10, place.width(), 24)
        _text(painter, upper, row.counted.progress, colour=self._tokens.ink, points=SMALL_POINTS)
        bar = QRect(place.left(), place.top() + 40, place.width(), _BAR)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.track)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        bar.setWidth(round(bar.width() * row.counted.share))
        painter.setBrush(self._tokens.accent)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)

    def _zone(self, painter: QPainter, place: QRect, row: VisitRow) -> None:
        if row.counted is None or not row.counted.zone_text:
            return
        sign = self._signs[row.counted.zone]
        painter.drawPixmap(QPoint(place.left(), place.top() + (place.height() - _SIGN) // 2), sign)
        place.setLeft(place.left() + _SIGN + _SPACE)
        self._words(painter, place, row.counted.zone_text)

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
