"""The list of results as a table: a name over its source, units under their institution."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPen

from assessor_app.ui.desk import Desk
from assessor_app.ui.models.result_list import Column, ResultRow, RowKind
from assessor_app.ui.pages.parts.cells import ROW_HEIGHT, SPACE, Cell
from assessor_app.ui.pages.parts.row_table_view import RowTableView, TableForm
from assessor_app.ui.pages.results.rows import heads
from assessor_app.ui.theme import SMALL_POINTS, TOUCH_TARGET_PX

_WIDTHS = (
    (Column.OVERALL, 106),
    (Column.RANK, 96),
    (Column.SCORE, 92),
    (Column.ZONE, 138),
    (Column.OPINION, 158),
    (Column.AWARD, 88),
)
_INDENT = 28  # of a unit under its institution


def results_table(desk: Desk) -> RowTableView[ResultRow]:
    """An empty list of results; a row leads to its institution, by its name."""
    return RowTableView(
        heads(desk),
        desk.tokens,
        form=TableForm(named=Column.NAME, widths=_WIDTHS, draw=_draw, height=_height),
        name="results.table",
        spoken=desk.say("results.table"),
    )


def _height(row: ResultRow) -> int:
    return TOUCH_TARGET_PX if row.kind is RowKind.UNIT else ROW_HEIGHT


def _draw(cell: Cell, row: ResultRow, column: int) -> None:
    match column:
        case Column.NAME if row.kind is RowKind.UNIT:
            _unit(cell, row)
        case Column.NAME:
            cell.two_lines(row.name, row.below, badge=row.badge)
        case Column.ZONE:
            cell.zone(row.zone, row.zone_text)
        case Column.SCORE:
            cell.line(row.score, bold=row.kind is RowKind.PUBLISHED)
        case _:
            cell.words(row.shown(column))


def _unit(cell: Cell, row: ResultRow) -> None:
    """A unit stands under its institution, led to by an angle."""
    place = cell.place
    corner = QPoint(place.left() + SPACE, place.center().y())
    cell.painter.setPen(QPen(cell.tokens.edge, 1.5))
    cell.painter.drawLine(QPoint(corner.x(), place.top() + SPACE), corner)
    cell.painter.drawLine(corner, QPoint(place.left() + _INDENT - SPACE, corner.y()))
    cell.line(row.name, place.adjusted(_INDENT, 0, 0, 0), size=SMALL_POINTS)
