"""The list of visits as a table: two lines for the office, a bar for the progress, the zone."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from assessor_app.ui.desk import Desk
from assessor_app.ui.models.visit_list import Column, Counted, VisitRow
from assessor_app.ui.pages.parts.cells import Cell
from assessor_app.ui.pages.parts.row_table_view import RowTableView, TableForm
from assessor_app.ui.pages.visits.rows import heads
from assessor_app.ui.theme import SMALL_POINTS

_WIDTHS = (
    (Column.ARRIVED, 152),
    (Column.STATE, 118),
    (Column.OUTCOME, 112),
    (Column.PROGRESS, 116),
    (Column.ZONE, 150),
)
_BAR = 6


def visits_table(desk: Desk) -> RowTableView[VisitRow]:
    """An empty list of visits; a row leads to its visit, by its id."""
    return RowTableView(
        heads(desk),
        desk.tokens,
        form=TableForm(named=Column.OFFICE, widths=_WIDTHS, draw=_draw),
        name="visits.table",
        spoken=desk.say("visits.table"),
    )


def _draw(cell: Cell, row: VisitRow, column: int) -> None:
    match column:
        case Column.OFFICE:
            cell.two_lines(row.unit, row.institution, badge=row.badge)
        case Column.PROGRESS if row.counted:
            _progress(cell, row.counted)
        case Column.ZONE if row.counted and row.counted.zone_text:
            cell.zone(row.counted.zone, row.counted.zone_text)
        case _:
            cell.words(row.shown(column))


def _progress(cell: Cell, counted: Counted) -> None:
    """How many sides are answered, over a bar of their share."""
    place, painter = cell.place, cell.painter
    upper = QRect(place.left(), place.top() + 10, place.width(), 24)
    cell.line(counted.progress, upper, points=SMALL_POINTS)
    bar = QRect(place.left(), place.top() + 40, place.width(), _BAR)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(cell.tokens.track)
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    bar.setWidth(round(bar.width() * counted.share))
    painter.setBrush(cell.tokens.accent)
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
