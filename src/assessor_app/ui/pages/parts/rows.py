"""How a list of rows looks and is followed: by a tap, or by Enter on the chosen row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assessor_app.ui.models.row_list import Row, RowList, RowRole
from assessor_app.ui.theme import TOUCH_TARGET_PX, Hue, Tokens, icon

_PAD = 10  # pixels around a row's content
_GAP = 2  # pixels between its lines
_SIGN = 20  # pixels square
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALL = 10_000  # pixels: no row is higher


class RowView(QListView):
    """A list whose rows are links or things to choose; it takes the keyboard like any list."""

    followed = Signal(str)  # the target of the row that was tapped, or Enter was pressed on
    chosen = Signal(str)  # the target of the row that is current now

    def __init__(self, name: str, tokens: Tokens, *, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.rows = RowList()
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowPainter(tokens, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._on_clicked)

    def choose(self, target: str) -> None:
        """Make a row the current one, as by the arrow keys."""
        place = self.rows.place_of(target)
        if place.isValid():
            self.setCurrentIndex(place)

    def choose_first(self) -> None:
        """Make the first row that can be chosen the current one."""
        for row in self.rows.rows:
            if row.target is not None:
                self.choose(row.target)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows wrap at the new width at once: Qt would wait a tenth of a second."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        row = current.data(RowRole.ROW) if current.isValid() else None
        if isinstance(row, Row) and row.target is not None:
            self.chosen.emit(row.target)

    def _on_clicked(self, index: QModelIndex) -> None:
        row = index.data(RowRole.ROW) if index.isValid() else None
        if isinstance(row, Row) and row.target is not None:
            self.followed.emit(row.target)


class _RowPainter(QStyledItemDelegate):
    def __init__(self, tokens: Tokens, view: QListView) -> None:
        super().__init__(view)
        self._tokens = tokens
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        row: Row = index.data(RowRole.ROW)
        width = self._view.viewport().width()
        if row.target is None:
            height = QFontMetrics(_bold(self._view)).height() + 2 * _PAD
            return QSize(width, height)
        text, detail = self._boxes(row, QRect(0, 0, width, _TALL))
        bottom = max(text.bottom(), detail.bottom() if row.detail else 0)
        return QSize(width, max(TOUCH_TARGET_PX, bottom + _PAD + 1))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(RowRole.ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if row.target is None:
            self._paint_heading(painter, row, rect)
        else:
            self._paint_ground(painter, rect, state)
            self._paint_row(painter, row, rect)
        painter.restore()

    def _paint_heading(self, painter: QPainter, row: Row, rect: QRect) -> None:
        painter.setFont(_bold(self._view))
        painter.setPen(self._tokens.ink)
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD // 2)
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, row.text)

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        current = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        if current or over:
            painter.fillRect(rect, self._tokens.accent_tint)
        if current:
            painter.fillRect(QRect(rect.topLeft(), QSize(4, rect.height())), self._tokens.accent)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._tokens.focus)
            for inset in (1, 2):
                painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
        else:
            painter.setPen(self._tokens.rule)
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_row(self, painter: QPainter, row: Row, rect: QRect) -> None:
        hue: Hue = getattr(self._tokens, row.tone)
        text, detail = self._boxes(row, rect)
        if row.sign:
            sign = icon(row.sign, hue.ink, size=_SIGN).pixmap(_SIGN, _SIGN)
            painter.drawPixmap(QPoint(rect.left() + _PAD, text.top()), sign)
        if row.code:
            painter.setFont(_bold(self._view))
            painter.setPen(self._tokens.ink)
            place = QRect(text.left() - self._code_width(row), text.top(), 200, text.height())
            painter.drawText(place, _WRAP, row.code)
        painter.setFont(self._view.font())
        painter.setPen(self._tokens.ink)
        painter.drawText(text, _WRAP, row.text)
        painter.setPen(hue.ink if row.stressed else self._tokens.quiet)
        painter.drawText(detail, _WRAP, row.detail)

    def _boxes(self, row: Row, rect: QRect) -> tuple[QRect, QRect]:
        """Where the text and what is said of it stand."""
        plain = QFontMetrics(self._view.font())
        left = rect.left() + _PAD + (_SIGN + _PAD if row.sign else 0)
        right = rect.right() - _PAD
        beside = left + self._code_width(row)
        room = QRect(beside, rect.top() + _PAD, right - beside, _TALL)
        text = plain.boundingRect(room, _WRAP, row.text)
        text.setWidth(room.width())
        text.setHeight(max(text.height(), _SIGN))
        below = QRect(left, text.bottom() + _GAP, right - left, _TALL)
        detail = plain.boundingRect(below, _WRAP, row.detail)
        detail.setWidth(below.width())
        return text, detail

    def _code_width(self, row: Row) -> int:
        return QFontMetrics(_bold(self._view)).horizontalAdvance(row.code) + _PAD if row.code else 0


def _bold(widget: QWidget) -> QFont:
    font = QFont(widget.font())
    font.setBold(True)
    return font
