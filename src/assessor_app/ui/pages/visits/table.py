"""The list of visits as a table: two lines for the office, a bar for the progress, the zone."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from assessor_app.domain.listing import Order
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.visit_list import Column, Counted, VisitRow
from assessor_app.ui.pages.parts.cells import Cell
from assessor_app.ui.pages.parts.row_table_view import RowTableView, TableForm
from assessor_app.ui.pages.visits.rows import heads
from assessor_app.ui.theme import SMALL_POINTS, TOUCH_TARGET_PX, grown, icon

_WIDTHS = (
    (Column.ARRIVED, 140),
    (Column.STATE, 108),
    (Column.OUTCOME, 112),
    (Column.PROGRESS, 100),
    (Column.ZONE, 138),
)
_ORDERS = {
    Column.OFFICE: (Order.UNIT, Order.INSTITUTION),
    Column.ARRIVED: (Order.NEWEST, Order.OLDEST),
    Column.OUTCOME: (Order.DUE,),
    Column.PROGRESS: (Order.PROGRESS,),
    Column.ZONE: (Order.ZONE,),
}
"""What a heading sorts by; the chip beside the filters has them all, for the keyboard."""
_BAR = 6
_SIGN = 18
_LEAST_OFFICE = 220  # pixels for the names; below it the least needed columns give way
_GIVE_WAY = (Column.OUTCOME, Column.ARRIVED, Column.STATE)
"""What is told of the chosen visit beside or below the table too, in the order of its leaving."""


class VisitsTable(RowTableView[VisitRow]):
    """A row leads to its visit, by its id; what is typed is meant for the search."""

    typed = Signal(str)
    current_changed = Signal()
    sort_wanted = Signal(str)  # Order: by a heading
    painted = Signal()  # for the first time since other rows were shown

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            heads(desk),
            desk.tokens,
            form=TableForm(named=Column.OFFICE, widths=_WIDTHS, draw=_draw),
            name="visits.table",
            spoken=desk.say("visits.table"),
        )
        self._places: dict[str, int] = {}
        self._to_paint = False
        self._order = Order.NEWEST
        self.selectionModel().currentRowChanged.connect(self.current_changed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setMinimumHeight(TOUCH_TARGET_PX)
        header.sectionClicked.connect(self._on_heading)

    def show_listed(self, visits: Sequence[str], rows: Sequence[VisitRow]) -> None:
        """Show the rows of these visits; the chosen one stays chosen where it is among them."""
        self._to_paint = True
        self._places = {visit: place for place, visit in enumerate(visits)}
        self.show_rows(rows)
        self.current_changed.emit()

    def show_order(self, order: Order) -> None:
        """Mark the heading that the rows are sorted by."""
        self._order = order
        column = next((one for one, orders in _ORDERS.items() if order in orders), None)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(column is not None)
        if column is not None:
            down = Qt.SortOrder.DescendingOrder
            up = Qt.SortOrder.AscendingOrder
            header.setSortIndicator(column, down if order is Order.NEWEST else up)

    def _on_heading(self, column: int) -> None:
        """A heading sorts by its column; once more, the other way that it knows."""
        orders = _ORDERS.get(Column(column), ())
        if orders:
            following = orders.index(self._order) + 1 if self._order in orders else 0
            self.sort_wanted.emit(orders[following % len(orders)])

    @property
    def visits(self) -> tuple[str, ...]:
        """The visits (ids) of the rows, from the top."""
        return tuple(self._places)

    def choose(self, target: str | None) -> None:
        """Choose a visit, or the first one of all."""
        place = self._places.get(target, 0) if target is not None else 0
        self.setCurrentIndex(self.model().index(place, 0))

    def show_visit(self, row: VisitRow) -> None:
        """Show a visit anew, where it is among the rows."""
        place = self._places.get(row.target)
        if place is not None:
            self.show_row(place, row)

    def keyboardSearch(self, search: str) -> None:
        """What is typed over the list searches all of it, not the beginnings of the names."""
        if search.strip():
            self.typed.emit(search)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._to_paint:
            self._to_paint = False
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let columns give way until the names have room, which take all that is left."""
        widths = dict(_widths())
        room = self.viewport().width() - sum(widths.values())
        for column in _GIVE_WAY:
            gives_way = room < grown(_LEAST_OFFICE)
            if gives_way:
                room += widths[column]
            if self.isColumnHidden(column) is not gives_way:
                self.setColumnHidden(column, gives_way)
        self.setColumnWidth(Column.OFFICE, max(room, grown(_LEAST_OFFICE)))


def _widths() -> list[tuple[int, int]]:
    """The columns' widths for letters as large as chosen."""
    return [(column, grown(width)) for column, width in _WIDTHS]


def _draw(cell: Cell, row: VisitRow, column: int) -> None:
    match column:
        case Column.OFFICE:
            cell.two_lines(row.unit, row.institution, badge=row.badge)
        case Column.ARRIVED if row.sync:
            _over(cell, row.arrived, row.sync)
        case Column.OUTCOME if row.due:
            _due(cell, row)
        case Column.PROGRESS if row.counted:
            _progress(cell, row.counted)
        case Column.ZONE if row.counted and row.counted.zone_text:
            cell.zone(row.counted.zone, row.counted.zone_text)
        case _:
            cell.words(row.shown(column))


def _over(cell: Cell, upper: str, lower: str) -> None:
    """One line over another, which is quieter."""
    place = cell.place
    cell.line(
        upper,
        QRect(place.left(), place.top() + grown(9), place.width(), grown(24)),
        size=SMALL_POINTS,
    )
    below = QRect(place.left(), place.top() + grown(33), place.width(), grown(22))
    cell.line(lower, below, colour=cell.tokens.quiet, size=SMALL_POINTS)


def _due(cell: Cell, row: VisitRow) -> None:
    """The outcome, and below it the date that is near or over: a sign and words."""
    place, tokens = cell.place, cell.tokens
    upper = QRect(place.left(), place.top() + grown(9), place.width(), grown(24))
    cell.line(row.outcome, upper, size=SMALL_POINTS)
    hue = tokens.red if row.over else tokens.yellow
    sign = icon("warning" if row.over else "clock", hue.ink, size=_SIGN).pixmap(_SIGN, _SIGN)
    cell.painter.drawPixmap(place.left(), place.top() + grown(35), sign)
    below = QRect(
        place.left() + _SIGN + 4, place.top() + grown(33), place.width() - _SIGN - 4, grown(22)
    )
    cell.line(row.due, below, colour=hue.ink, bold=True, size=SMALL_POINTS)


def _progress(cell: Cell, counted: Counted) -> None:
    """How many sides are answered, over a bar of their share."""
    place, painter = cell.place, cell.painter
    upper = QRect(place.left(), place.top() + grown(10), place.width(), grown(24))
    cell.line(counted.progress, upper, size=SMALL_POINTS)
    bar = QRect(place.left(), place.top() + grown(40), place.width(), _BAR)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(cell.tokens.track)
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    bar.setWidth(round(bar.width() * counted.share))
    painter.setBrush(cell.tokens.accent)
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
