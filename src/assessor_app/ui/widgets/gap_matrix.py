"""Paper against practice, counted: where the two part is seen at a glance."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.charts.matrix import Cell, Standing, cells
from assessor_app.ui.theme import SMALL_POINTS, Hue, Tokens
from assessor_app.ui.widgets.painting import blend

_CELL_HEIGHT, _LEAST_CELL_WIDTH, _GAP, _SPACE = 44, 44, 4, 8
_STRONGEST_TINT = 0.18  # more of the fill, and ink on it falls under a contrast of 4.5
_WIDEST_CELL = 96
_WORDS = Qt.TextFlag.TextWordWrap


class GapMatrix(QWidget):
    """Rows are what paper says, columns what practice shows, both from full to no fulfilment."""

    def __init__(self, tokens: Tokens, labels: Sequence[str], *, across: str, down: str) -> None:
        super().__init__()
        self._tokens = tokens
        self._labels = tuple(labels)
        self._across, self._down = across, down
        self._counts: tuple[tuple[int, ...], ...] = ((0,) * len(labels),) * len(labels)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_counts(self, counts: Sequence[Sequence[int]], spoken: str) -> None:
        """Show `counts[paper][practice]`."""
        self._counts = tuple(tuple(row) for row in counts)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = self._left(), self._top(self.width())
        size = len(self._labels)
        width = self._grid_width(self.width())
        height = size * _CELL_HEIGHT + (size - 1) * _GAP
        self._draw_titles(painter, left=left, top=top)
        for cell in cells(self._counts, width=width, height=height, gap=_GAP):
            place = QRectF(
                left + cell.left, top + height - cell.bottom - cell.height, cell.width, cell.height
            )
            self._draw_cell(painter, cell, place)
            self._draw_labels(painter, cell, place, left=left)

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
        font.setPointSizeF(13 if count else 11)
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
        return max(self._two_lines(words) for words in (*self._labels, self._down)) + _SPACE

    def _two_lines(self, text: str) -> float:
        """The narrowest width at which a text fits on two lines."""
        width, words = self._bold().horizontalAdvance, text.split()
        splits = ((" ".join(words[:count]), " ".join(words[count:])) for count in range(len(words)))
        return min((max(map(width, lines)) for lines in splits), default=0) + 2

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
        words = [word for label in self._labels for word in label.split()]
        longest = max((self._bold().horizontalAdvance(word) for word in words), default=0)
        return max(_LEAST_CELL_WIDTH, round(longest) + 2)

    def _label_height(self, cell: float) -> float:
        room = QRectF(0, 0, cell, 1000)
        heights = (
            self._bold().boundingRect(room, _WORDS, label).height() for label in self._labels
        )
        return max(heights, default=0)

    def _small(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPointSize(SMALL_POINTS)
        font.setBold(bold)
        return font

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._small())

    def _bold(self) -> QFontMetricsF:
        return QFontMetricsF(self._small(bold=True))
