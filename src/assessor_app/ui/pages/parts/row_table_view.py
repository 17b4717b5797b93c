"""A table whose rows lead somewhere: opened by Enter, double click, or the tap of a finger."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from assessor_app.ui.models.row_table import Row, RowTable
from assessor_app.ui.pages.parts.cells import ROW_HEIGHT, Cells, Draw
from assessor_app.ui.theme import Tokens, grown
from assessor_app.ui.widgets.scrolling import scroll_by_touch

_LEAST_NAME_PX = 240


@dataclass(frozen=True, slots=True)
class TableForm(Generic[Row]):
    """How rows are laid out and drawn.

    `named` is the column of the row's name, which takes the room that the `widths` of the
    others (column, pixels) leave; `height` is that of a row, where not all are equally high.
    """

    named: int
    widths: Iterable[tuple[int, int]]
    draw: Draw[Row]
    height: Callable[[Row], int] | None = None


class RowTableView(QTableView, Generic[Row]):
    """Whole rows are chosen; which one is wanted is told by its target."""

    opened = Signal(str)  # the target of the row

    def __init__(
        self,
        heads: Sequence[str],
        tokens: Tokens,
        *,
        form: TableForm[Row],
        name: str,
        spoken: str,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._form = form
        self._list: RowTable[Row] = RowTable(heads, named=form.named)
        self._list.setParent(self)
        self._pressed = QPoint()
        self.setModel(self._list)
        self.setItemDelegate(Cells(tokens, self, draw=form.draw))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(grown(ROW_HEIGHT))
        self.verticalHeader().hide()
        self._lay_out_columns()
        scroll_by_touch(self.viewport())
        self.doubleClicked.connect(self._on_wanted)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown, from the top."""
        return self._list.rows

    @property
    def chosen(self) -> str | None:
        """The target of the chosen row."""
        index = self.currentIndex()
        return self._list.row(index.row()).target if index.isValid() else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the chosen target stays chosen where it is among them."""
        chosen = self.chosen
        self._list.show_rows(rows)
        if self._form.height is not None:
            for place, row in enumerate(rows):
                self.setRowHeight(place, grown(self._form.height(row)))
        self.choose(chosen)

    def show_row(self, place: int, row: Row) -> None:
        """Show a row anew, where something more became known of it."""
        self._list.show_row(place, row)

    def choose(self, target: str | None) -> None:
        """Choose the first row that leads to a target, or the first one of all."""
        place = self._list.place_of(target) if target else None
        self.setCurrentIndex(self._list.index(place or 0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_wanted(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A finger has no double click to spare: its tap opens. Scrolling is no tap."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        stayed = (place - self._pressed).manhattanLength() < QApplication.startDragDistance()
        if stayed and event.device().type() == QInputDevice.DeviceType.TouchScreen:
            self._on_wanted(self.indexAt(place))

    def _on_wanted(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._list.row(index.row()).target)

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in self._form.widths:
            self.setColumnWidth(column, grown(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name takes the room that the others leave; where that is too little, it scrolls."""
        super().resizeEvent(event)
        others = sum(grown(width) for column, width in self._form.widths)
        room = self.viewport().width() - others
        self.setColumnWidth(self._form.named, max(room, grown(_LEAST_NAME_PX)))
