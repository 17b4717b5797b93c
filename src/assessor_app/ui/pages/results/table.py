"""The table of results: an institution is opened by Enter, double click, or a finger's tap."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from assessor_app.ui.models.result_list import Column, ResultList, ResultRow, RowKind
from assessor_app.ui.pages.results.cells import ROW_HEIGHT, UNIT_HEIGHT, ResultCells
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.scrolling import scroll_by_touch

_WIDTHS = {
    Column.OVERALL: 106,
    Column.RANK: 96,
    Column.SCORE: 92,
    Column.ZONE: 138,
    Column.OPINION: 158,
    Column.AWARD: 88,
}


class ResultsTable(QTableView):
    """Whole rows are chosen; which institution is wanted is told by its name."""

    opened = Signal(str)  # the institution of the row

    def __init__(self, heads: Sequence[str], tokens: Tokens, *, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._list = ResultList(heads)
        self._list.setParent(self)
        self._pressed = QPoint()
        self.setModel(self._list)
        self.setItemDelegate(ResultCells(tokens, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().hide()
        self._lay_out_columns()
        scroll_by_touch(self.viewport())
        self.doubleClicked.connect(self._on_wanted)

    @property
    def rows(self) -> Sequence[ResultRow]:
        """What is shown, from the top."""
        return self._list.rows

    @property
    def chosen(self) -> str | None:
        """The institution of the chosen row."""
        index = self.currentIndex()
        return self._list.rows[index.row()].target if index.isValid() else None

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        """Show these rows; the chosen institution stays chosen where it is among them."""
        chosen = self.chosen
        self._list.show_rows(rows)
        for place, row in enumerate(rows):
            low = row.kind is RowKind.UNIT
            self.setRowHeight(place, UNIT_HEIGHT if low else ROW_HEIGHT)
        self.choose(chosen)

    def choose(self, target: str | None) -> None:
        """Choose the row of an institution, or the first one."""
        place = self._list.place_of(target) if target else None
        self.setCurrentIndex(self._list.index(place or 0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_wanted(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A finger has no double click to spare: its tap opens. Scrolling is no tap."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        stayed = (place - self._pressed).manhattanLength() < QApplication.startDragDistance()
        if stayed and event.device().type() == QInputDevice.DeviceType.TouchScreen:
            self._on_wanted(self.indexAt(place))

    def _on_wanted(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._list.rows[index.row()].target)

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
