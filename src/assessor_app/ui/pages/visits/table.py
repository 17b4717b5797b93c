"""The table of visits: opened by Enter, double click, or the tap of a finger."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from assessor_app.ui.models.visit_list import Column, VisitList
from assessor_app.ui.pages.visits.cells import ROW_HEIGHT, VisitCells
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.scrolling import scroll_by_touch

_WIDTHS = {
    Column.ARRIVED: 152,
    Column.STATE: 118,
    Column.OUTCOME: 112,
    Column.PROGRESS: 116,
    Column.ZONE: 150,
}


class VisitsTable(QTableView):
    """Whole rows are chosen; which one is wanted is told by its visit."""

    opened = Signal(str)  # the visit's id

    def __init__(self, model: VisitList, tokens: Tokens, *, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._list = model
        self._pressed = QPoint()
        self.setModel(model)
        self.setItemDelegate(VisitCells(tokens, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().hide()
        self._lay_out_columns()
        scroll_by_touch(self.viewport())
        self.doubleClicked.connect(self._on_wanted)

    @property
    def chosen(self) -> str | None:
        """The visit of the chosen row."""
        index = self.currentIndex()
        return self._list.row(index.row()).visit if index.isValid() else None

    def choose(self, visit: str | None) -> None:
        """Choose the row of a visit, or the first one."""
        place = self._list.place_of(visit) if visit else None
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
            self.opened.emit(self._list.row(index.row()).visit)

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.OFFICE, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
