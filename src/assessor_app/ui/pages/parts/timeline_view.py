"""How a history looks: a column of when and who, and beside it what was done, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from assessor_app.ui.models.timeline import Chip, Timeline, TimelineRole, TimelineRow
from assessor_app.ui.theme import SMALL_POINTS, TOUCH_TARGET_PX, Hue, Tokens, points

_PAD = 12  # pixels around a row's content
_GAP = 3  # pixels between its lines
_WHEN = 210  # pixels of the column of when and who
_NAME = 190  # pixels of the column of the fields' names
_CHIP_PAD = 8
_TALL = 10_000  # pixels: no row is higher
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text at its place; one with a `chip` has a ground of its hue."""

    place: QRect
    text: str
    bold: bool = False
    small: bool = False
    quiet: bool = False
    chip: str = ""


class TimelineView(QListView):
    """A list to be read; the arrows go through it, and a finger scrolls it."""

    def __init__(self, name: str, tokens: Tokens, *, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.timeline = Timeline()
        self.timeline.setParent(self)
        self.setModel(self.timeline)
        self.setItemDelegate(_TimelinePainter(tokens, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows wrap at the new width at once: Qt would wait a tenth of a second."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _TimelinePainter(QStyledItemDelegate):
    def __init__(self, tokens: Tokens, view: QListView) -> None:
        super().__init__(view)
        self._tokens = tokens
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        row: TimelineRow = index.data(TimelineRole.ROW)
        width = self._view.viewport().width()
        pieces = self._pieces(row, QRect(0, 0, width, _TALL))
        bottom = max(piece.place.bottom() for piece in pieces)
        return QSize(width, max(TOUCH_TARGET_PX, bottom + _PAD + 1))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: TimelineRow = index.data(TimelineRole.ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, state)
        for piece in self._pieces(row, rect):
            self._paint(painter, piece, faded=row.faded)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._tokens.accent_tint)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._tokens.focus)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        else:
            painter.setPen(self._tokens.rule)
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint(self, painter: QPainter, piece: _Piece, *, faded: bool) -> None:
        if piece.chip:
            hue: Hue = getattr(self._tokens, piece.chip)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hue.tint)
            painter.drawRoundedRect(piece.place, _CHIP_PAD, _CHIP_PAD)
            painter.setPen(hue.ink)
            painter.setFont(self._font(piece))
            painter.drawText(piece.place, Qt.AlignmentFlag.AlignCenter, piece.text)
            return
        painter.setFont(self._font(piece))
        painter.setPen(self._ink(piece, faded=faded))
        painter.drawText(piece.place, _WRAP, piece.text)

    def _ink(self, piece: _Piece, *, faded: bool) -> QColor:
        return self._tokens.quiet if piece.quiet or faded else self._tokens.ink

    def _pieces(self, row: TimelineRow, rect: QRect) -> list[_Piece]:
        """All texts of a row at their places."""
        left, top = rect.left() + _PAD, rect.top() + _PAD
        when = self._fitted(
            row.moment, QRect(left, top, _WHEN - _PAD, _TALL), bold=True, small=True
        )
        who_top = when.place.bottom() + _GAP
        who = self._fitted(
            row.who, QRect(left, who_top, _WHEN - _PAD, _TALL), small=True, quiet=True
        )
        right = QRect(left + _WHEN, top, rect.right() - _PAD - left - _WHEN, _TALL)
        did = self._fitted(row.did, right, bold=True)
        pieces = [when, who, did, *self._chips(row.chips, did)]
        below = did.place.bottom() + _GAP
        return [*pieces, *self._what(row, QRect(right.left(), below, right.width(), _TALL))]

    def _chips(self, chips: tuple[Chip, ...], beside: _Piece) -> Iterator[_Piece]:
        """Beside what was done, from its end to the right."""
        bold = QFontMetrics(self._font(beside))
        left = beside.place.left() + bold.horizontalAdvance(beside.text)
        for chip in chips:
            plain = _Piece(QRect(), chip.text, small=True, bold=True)
            metrics = QFontMetrics(self._font(plain))
            wide = metrics.horizontalAdvance(chip.text) + 2 * _CHIP_PAD
            left += _CHIP_PAD
            place = QRect(left, beside.place.top() - 1, wide, metrics.height() + 4)
            yield _Piece(place, chip.text, bold=True, small=True, chip=chip.tone)
            left += wide

    def _what(self, row: TimelineRow, room: QRect) -> Iterator[_Piece]:
        """Side and subject, then each field, then the remarks, one below the other."""
        top = room.top()
        if row.part:
            part = self._fitted(row.part, room, small=True, quiet=True)
            yield part
            top = part.place.bottom() + _GAP
        for name, value in row.values:
            named = self._fitted(
                name, QRect(room.left(), top, _NAME - _PAD, _TALL), small=True, quiet=True
            )
            told = self._fitted(value, QRect(room.left() + _NAME, top, room.width() - _NAME, _TALL))
            yield named
            yield told
            top = max(named.place.bottom(), told.place.bottom()) + _GAP
        for remark in row.remarks:
            said = self._fitted(remark, QRect(room.left(), top, room.width(), _TALL), small=True)
            yield said
            top = said.place.bottom() + _GAP

    def _fitted(
        self,
        text: str,
        room: QRect,
        *,
        bold: bool = False,
        small: bool = False,
        quiet: bool = False,
    ) -> _Piece:
        piece = _Piece(room, text, bold=bold, small=small, quiet=quiet)
        place = QFontMetrics(self._font(piece)).boundingRect(room, _WRAP, text)
        place.setWidth(room.width())
        return _Piece(place, text, bold=bold, small=small, quiet=quiet)

    def _font(self, piece: _Piece) -> QFont:
        font = QFont(self._view.font())
        font.setBold(piece.bold)
        if piece.small:
            font.setPointSizeF(points(SMALL_POINTS))
        return font
