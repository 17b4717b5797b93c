"""Paper against practice, counted: where the two part is seen at a glance."""

import math
from collections.abc import Sequence
from functools import cache, lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.charts.matrix import Cell, Standing, cells
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import SMALL_POINTS, Hue, Tokens, points
from assessor_app.ui.widgets.painting import blend, draw_focus_ring

_CELL_HEIGHT, _LEAST_CELL_WIDTH, _GAP, _SPACE = 44, 44, 4, 8
_STRONGEST_TINT = 0.18  # more of the fill, and ink on it falls under a contrast of 4.5
_WIDEST_CELL = 96
_WORDS = Qt.TextFlag.TextWordWrap
_KEYS = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Space,
    }
)


class GapMatrix(QWidget):
    """Rows are what paper says, columns what practice shows, both from full to no fulfilment.

    Where it is `pressable`, a cell is chosen by a tap, or by the arrows and Enter.
    """

    cell_chosen = Signal(int, int)  # row (on paper), column (in practice)

    def __init__(self, tokens: Tokens, labels: Sequence[str], *, across: str, down: str) -> None:
        super().__init__()
        spoken_as(self, Role.Chart)
        self._tokens = tokens
        self._labels = tuple(labels)
        self._across, self._down = across, down
        self._counts: tuple[tuple[int, ...], ...] = ((0,) * len(labels),) * len(labels)
        self._pressable = False
        self._at = (0, 0)  # what the arrows stand at
        self._chosen: tuple[int, int] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_counts(self, counts: Sequence[Sequence[int]], spoken: str) -> None:
        """Show `counts[paper][practice]`."""
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        shown = tuple(tuple(row) for row in counts)
        if shown != self._counts:
            self._counts = shown
            self.update()

    def make_pressable(self, told: str) -> None:
        """Let cells be chosen; `told` says to a screen reader what that does."""
        self._pressable = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(told)

    def show_chosen(self, cell: tuple[int, int] | None) -> None:
        """Mark the cell that was chosen; None marks none."""
        if cell != self._chosen:
            self._chosen = cell
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._pressable:
            event.ignore()
        else:
            event.accept()  # or the release never comes

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A tap in a cell chooses it."""
        if not self._pressable:
            event.ignore()
            return
        for cell, place in self._placed():
            if place.contains(event.position()):
                self._choose((cell.row, cell.column))

    def event(self, event: QEvent) -> bool:
        """While it has the keyboard its keys are its own, and none of the page's."""
        own = isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _KEYS
        if event.type() == QEvent.Type.ShortcutOverride and self._pressable and own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk over the cells, Enter and the space bar choose one."""
        row, column = self._at
        last = len(self._labels) - 1
        match Qt.Key(event.key()):
            case Qt.Key.Key_Up if self._pressable:
                self._at = (max(row - 1, 0), column)
            case Qt.Key.Key_Down if self._pressable:
                self._at = (min(row + 1, last), column)
            case Qt.Key.Key_Left if self._pressable:
                self._at = (row, max(column - 1, 0))
            case Qt.Key.Key_Right if self._pressable:
                self._at = (row, min(column + 1, last))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if self._pressable:
                self._choose(self._at)
            case _:
                super().keyPressEvent(event)
                return
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def place_of(self, row: int, column: int) -> QPointF:
        """The middle of a cell, in the widget."""
        for cell, place in self._placed():
            if (cell.row, cell.column) == (row, column):
                return place.center()
        raise ValueError(f"no cell at {row}, {column}")

    def _choose(self, cell: tuple[int, int]) -> None:
        self._at = cell
        self.update()
        self.cell_chosen.emit(*cell)

    def _placed(self) -> list[tuple[Cell, QRectF]]:
        """The cells with their places in the widget."""
        left, top = self._left(), self._top(self.width())
        size = len(self._labels)
        width = self._grid_width(self.width())
        height = size * _CELL_HEIGHT + (size - 1) * _GAP
        return [
            (
                cell,
                QRectF(
                    left + cell.left,
                    top + height - cell.bottom - cell.height,
                    cell.width,
                    cell.height,
                ),
            )
            for cell in cells(self._counts, width=width, height=height, gap=_GAP)
        ]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = len(self._labels)
        return math.ceil(self._top(width) + size * (_CELL_HEIGHT + _GAP))

    def sizeHint(self) -> QSize:
        width = round(self._left() + len(self._labels) * 72)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = math.ceil(self._left() + len(self._labels) * (self._least_cell() + _GAP))
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.draw(QPainter(self))

    def draw(self, painter: QPainter) -> None:
        """Paint it in its size, also onto a picture that is saved."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = self._left(), self._top(self.width())
        self._draw_titles(painter, left=left, top=top)
        for cell, place in self._placed():
            self._draw_cell(painter, cell, place)
            self._draw_labels(painter, cell, place, left=left)
            self._draw_marks(painter, cell, place)

    def _draw_marks(self, painter: QPainter, cell: Cell, place: QRectF) -> None:
        """Which cell was chosen, and which one the keys stand at."""
        here = (cell.row, cell.column)
        if here == self._chosen:
            painter.setPen(QPen(self._tokens.accent, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -1.5), 7, 7)
        if self.hasFocus() and here == self._at:
            draw_focus_ring(painter, place.adjusted(3, 3, -3, -3), colour=self._tokens.focus)

    def _draw_titles(self, painter: QPainter, *, left: float, top: float) -> None:
        painter.setPen(self._tokens.quiet)
        painter.setFont(self._small())
        line = self._metrics().lineSpacing()
        end = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, self.width() - left, line), end, self._across)
        low = Qt.AlignmentFlag.AlignBottom | _WORDS
        painter.drawText(QRectF(0, 0, left - _SPACE, top - _GAP), low, self._down)

    def _draw_labels(self, painter: QPainter, cell: Cell, place: QRectF, *, left: float) -> None:
        painter.setFont(self._small(bold=True))
        painter.setPen(self._tokens.ink)
        if cell.row == 0:
            high = self._label_height(place.width())
            above = QRectF(place.left(), place.top() - _GAP - high, place.width(), high)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | _WORDS
            painter.drawText(above, flags, self._labels[cell.column])
        if cell.column == 0:
            beside = QRectF(0, place.top(), left - _SPACE, place.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | _WORDS
            painter.drawText(beside, flags, self._labels[cell.row])

    def _draw_cell(self, painter: QPainter, cell: Cell, place: QRectF) -> None:
        hue = self._hue(cell.standing)
        count = self._counts[cell.row][cell.column]
        painter.setPen(QPen(hue.edge if count else self._tokens.rule, 1))
        ground = blend(hue.tint, hue.fill, share=cell.share * _STRONGEST_TINT)
        painter.setBrush(ground if count else self._tokens.panel)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        font = QFont(self.font())
        font.setBold(count > 0)
        font.setPointSizeF(points(13 if count else 11))
        painter.setFont(font)
        painter.setPen(hue.ink if count else self._tokens.quiet)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(count))

    def _hue(self, standing: Standing) -> Hue:
        return {
            Standing.CONSISTENT: self._tokens.green,
            Standing.PAPER_AHEAD: self._tokens.red,
            Standing.PRACTICE_AHEAD: self._tokens.teal,
            Standing.NEITHER: self._tokens.grey,
        }[standing]

    def _left(self) -> float:
        """Room for the rows' labels and the title above them, each on two lines at most."""
        family, size = self.font().family(), points(SMALL_POINTS)
        texts = (*self._labels, self._down)
        return max(_two_lines(text, family, size) for text in texts) + _SPACE

    def _top(self, width: float) -> float:
        """Where the grid begins: under its title and the columns' labels."""
        size = len(self._labels)
        cell = (self._grid_width(width) - _GAP * (size - 1)) / size
        return self._metrics().lineSpacing() + self._label_height(cell) + 2 * _GAP

    def _grid_width(self, width: float) -> float:
        size = len(self._labels)
        widest = size * (_WIDEST_CELL + _GAP) - _GAP
        return max(min(width - self._left(), widest), size * self._least_cell())

    def _least_cell(self) -> int:
        """A cell is at least as wide as the longest word above it."""
        longest = _longest_word(self._labels, self.font().family(), points(SMALL_POINTS))
        return max(_LEAST_CELL_WIDTH, round(longest) + 2)

    def _label_height(self, cell: float) -> float:
        return _highest(self._labels, cell, self.font().family(), points(SMALL_POINTS))

    def _small(self, *, bold: bool = False) -> QFont:
        return _small(self.font().family(), points(SMALL_POINTS), bold=bold)

    def _metrics(self) -> QFontMetricsF:
        return _metrics(self.font().family(), points(SMALL_POINTS), bold=False)


@cache
def _small(family: str, size: float, *, bold: bool) -> QFont:
    font = QFont(family)
    font.setPointSizeF(size)
    font.setBold(bold)
    return font


@cache
def _metrics(family: str, size: float, *, bold: bool) -> QFontMetricsF:
    """Measured some fifty times for each picture."""
    return QFontMetricsF(_small(family, size, bold=bold))


# The labels stay the same while the numbers change at every answer.


@lru_cache(maxsize=64)
def _two_lines(text: str, family: str, size: float) -> float:
    """The narrowest width at which a text fits on two lines."""
    width, words = _metrics(family, size, bold=True).horizontalAdvance, text.split()
    splits = ((" ".join(words[:count]), " ".join(words[count:])) for count in range(len(words)))
    return min((max(map(width, lines)) for lines in splits), default=0) + 2


@lru_cache(maxsize=64)
def _longest_word(labels: tuple[str, ...], family: str, size: float) -> float:
    width = _metrics(family, size, bold=True).horizontalAdvance
    return max((width(word) for label in labels for word in label.split()), default=0)


@lru_cache(maxsize=64)
def _highest(labels: tuple[str, ...], width: float, family: str, size: float) -> float:
    """The height of the label that takes the most lines in so much width."""
    metrics, room = _metrics(family, size, bold=True), QRectF(0, 0, width, 1000)
    return max((metrics.boundingRect(room, _WORDS, one).height() for one in labels), default=0)
