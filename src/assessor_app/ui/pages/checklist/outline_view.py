"""The outline as it is seen: a tree whose rows carry both answers and a mark for the gap."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from assessor_app.ui.models.outline import Role
from assessor_app.ui.models.outline_row import Chip, OutlineRow, Sign
from assessor_app.ui.theme import SMALL_POINTS, TOUCH_TARGET_PX, Tokens, grown, icon, points
from assessor_app.ui.widgets.painting import Mark, draw_focus_ring, draw_mark

_Index = QModelIndex | QPersistentModelIndex
_PAD = 10  # pixels at the left and right of a row
_SIGN = 18  # pixels square
_SPACE = 6
_GROUP_HEIGHT = 36
MARKS = {
    Sign.PRESENT: Mark.PRESENT,
    Sign.PARTIAL: Mark.PARTIAL,
    Sign.ABSENT: Mark.ABSENT,
    Sign.NOT_ASSESSED: Mark.NONE,
    Sign.ANSWERED: Mark.ANSWERED,
    Sign.NOT_APPLICABLE: Mark.OUTSIDE,
}


class OutlineView(QTreeView):
    """Shows every group open; only indicators can be chosen."""

    chosen = Signal(str)  # the code of the indicator that became current

    def __init__(self, name: str, tokens: Tokens, *, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_RowPainter(tokens, self))
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_place(self, place: QModelIndex) -> None:
        """Make an indicator the current one and bring it into view, without reporting it."""
        blocked = self.blockSignals(True)
        self.setCurrentIndex(place)
        self.blockSignals(blocked)
        self.scrollTo(place)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        code = current.data(Role.CODE) if current.isValid() else None
        if isinstance(code, str) and not self.signalsBlocked():
            self.chosen.emit(code)

    def rowsInserted(self, parent: _Index, start: int, end: int) -> None:  # noqa: N802 - Qt's
        """What comes into view stands open, with the groups that come with it."""
        super().rowsInserted(parent, start, end)
        model = self.model()
        for place in range(start, end + 1):
            inserted = model.index(place, 0, parent)
            self.expand(inserted.parent())
            self.expandRecursively(inserted)

    def reset(self) -> None:
        super().reset()
        self.expandAll()

    def drawBranches(self, *_: object) -> None:
        """Nothing stands beside the rows: Qt would paint the selection there."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right belong to the page: they change the side."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _RowPainter(QStyledItemDelegate):
    """Code and text on two lines, the two sides' signs, and what is to be seen of the indicator."""

    def __init__(self, tokens: Tokens, view: QTreeView) -> None:
        super().__init__(view)
        self._tokens = tokens
        self._view = view
        self._chips: dict[str, QPixmap] = {}
        self._gap = icon("gap", tokens.red.ink, size=_SIGN).pixmap(_SIGN, _SIGN)
        self._flag = icon("flag", tokens.yellow.ink, size=_SIGN).pixmap(_SIGN, _SIGN)
        self._taken = icon("person", tokens.accent, size=_SIGN).pixmap(_SIGN, _SIGN)
        self._small = QFont(view.font())
        self._small.setPointSizeF(points(SMALL_POINTS))
        self._strong = QFont(self._small)
        self._strong.setBold(True)

    def sizeHint(self, _: QStyleOptionViewItem, index: _Index) -> QSize:
        lines = QFontMetrics(self._small).lineSpacing() * 2 + 2 * _SPACE
        row = index.data(Role.ROW)
        return QSize(0, max(TOUCH_TARGET_PX, lines) if row else grown(_GROUP_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        # PySide's stubs do not name the fields of a style option.
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, OutlineRow):
            self._paint_ground(painter, rect, state)
            self._paint_row(painter, rect, row)
        else:
            self._paint_group(painter, rect, index)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        inner = rect.adjusted(_PAD, 0, -_PAD, -4)
        whole = not index.parent().isValid()
        painter.setFont(self._strong)
        painter.setPen(self._tokens.ink if whole else self._tokens.quiet)
        self._elided(painter, inner, index.data(), Qt.AlignmentFlag.AlignBottom)
        if whole:
            painter.setPen(self._tokens.rule)
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        place = QRectF(rect).adjusted(3, 1, -3, -1)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(self._tokens.accent)
            painter.setBrush(self._tokens.accent_tint)
            painter.drawRoundedRect(place, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.track)
            painter.drawRoundedRect(place, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            draw_focus_ring(painter, place, colour=self._tokens.focus)

    def _paint_row(self, painter: QPainter, rect: QRect, row: OutlineRow) -> None:
        signs = 2 * _SIGN + _SPACE
        right = rect.right() - _PAD
        middle = rect.center().y() - _SIGN // 2
        for place, sign in ((right - signs, row.paper), (right - _SIGN, row.practice)):
            self._paint_sign(painter, QRectF(place, middle, _SIGN, _SIGN), sign)
        left = rect.left() + _PAD
        text = QRect(left, rect.top() + _SPACE, right - signs - _SPACE - left, rect.height())
        line = QFontMetrics(self._small).lineSpacing()
        painter.setFont(self._strong)
        faded = row.dimmed or row.hidden
        painter.setPen(self._tokens.quiet if faded else self._tokens.accent)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft, row.code)
        beside = left + QFontMetrics(self._strong).horizontalAdvance(row.code) + _SPACE
        for shown, picture in (
            (row.gap, self._gap),
            (row.marked, self._flag),
            (row.taken, self._taken),
        ):
            if shown:
                painter.drawPixmap(beside, text.top(), picture)
                beside += _SIGN + _SPACE
        painter.setFont(self._small)
        if row.standing is not None:
            self._paint_chip(
                painter, row.standing, QRect(beside, text.top(), text.right() - beside, line)
            )
        painter.setPen(self._tokens.quiet if faded else self._tokens.ink)
        below = QRect(text.left(), text.top() + line, text.width(), line)
        self._elided(painter, below, row.text, Qt.AlignmentFlag.AlignVCenter)

    def _paint_chip(self, painter: QPainter, chip: Chip, place: QRect) -> None:
        """What became of it since before: the sign and as much of its word as there is room for."""
        ink = getattr(self._tokens, chip.hue).ink
        if chip.sign not in self._chips:
            self._chips[chip.sign] = icon(chip.sign, ink, size=_SIGN).pixmap(_SIGN, _SIGN)
        painter.drawPixmap(place.left(), place.top(), self._chips[chip.sign])
        painter.setPen(ink)
        words = place.adjusted(_SIGN + _SPACE, 0, 0, 0)
        self._elided(painter, words, chip.text, Qt.AlignmentFlag.AlignVCenter)

    def _paint_sign(self, painter: QPainter, place: QRectF, sign: Sign) -> None:
        """An open side is an empty ring; one that is not asked has nothing."""
        mark = MARKS.get(sign)
        if mark is not None:
            draw_mark(painter, place, tokens=self._tokens, mark=mark)
        elif sign is Sign.OPEN:
            painter.setPen(self._tokens.edge)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place.adjusted(1, 1, -1, -1))

    def _elided(
        self, painter: QPainter, place: QRect, text: str, vertical: Qt.AlignmentFlag
    ) -> None:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | vertical, shown)
