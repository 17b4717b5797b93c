"""What the rows and cells of a grid are: a table of data, a list, or mere layout."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Table

from assessor_app.reporting.paragraphs import Words
from assessor_app.reporting.structure import Role, Tag
from assessor_app.reporting.tagging import TaggedCanvas

_WIDE = 5  # columns


@dataclass(frozen=True, slots=True)
class GridTags:
    """What a grid, its rows and its cells are; None for what only places things.

    `cells` are those of a row, the last one standing for all that follow. The first `heads` rows
    of a table are column titles.
    """

    grid: Role | None = None
    row: Role | None = None
    cells: tuple[Role | None, ...] = (None,)
    heads: int = 0
    attributes: str = ""

    def cell(self, row: int, column: int) -> Role | None:
        if row < self.heads:
            return Role.COLUMN_HEAD
        return self.cells[min(column, len(self.cells) - 1)]


LAYOUT = GridTags()
NAMED_VALUES = GridTags(
    Role.LIST, Role.ITEM, (Role.LABEL, Role.BODY), attributes="/O/List/ListNumbering/None"
)
"""A name and its value in each row."""
STEPS = GridTags(
    Role.LIST, Role.ITEM, (Role.LABEL, Role.BODY), attributes="/O/List/ListNumbering/Decimal"
)
"""A number and a sentence in each row."""
ITEMS = GridTags(Role.LIST, None, (Role.ITEM,), attributes="/O/List/ListNumbering/None")
"""An item in each cell, read along the rows."""


def data_table(heads: int, *, rows: int, columns: int) -> GridTags:
    """A table of data. In a wide one the first cell names its row.

    A screen reader says that name before each cell, which helps across many columns; where a row is
    short or alone it only repeats what was just heard.
    """
    named = columns >= _WIDE and rows - heads > 1
    cells = (Role.ROW_HEAD, Role.CELL) if named else (Role.CELL,)
    return GridTags(Role.TABLE, Role.ROW, cells, heads=heads)


class GridTagger:
    """Follows ReportLab while it draws a grid, and tags what it draws.

    The parts into which a page's end cuts a grid share one tagger, and so stay one table; a head
    that is repeated on a later page is ornament there.
    """

    def __init__(self, tags: GridTags) -> None:
        self._tags = tags
        self._grid = Tag(tags.grid, attributes=tags.attributes) if tags.grid else None
        self._goes_on = False
        self._ends: list[Callable[[], None]] = []

    def __call__(self, table: Table, event: str, *told: Any) -> None:
        """ReportLab's `renderCB`: hears of each row and cell as it begins and ends."""
        canvas = table.canv
        if not isinstance(canvas, TaggedCanvas):
            return
        match event:
            case "endBG":
                self._begin(canvas, self._grid)
            case "startRow":
                self._begin_row(canvas, table, told[0])
            case "startCell":
                self._begin(canvas, self._cell(table, *told[:3]))
            case "endCell" | "endRow":
                self._ends.pop()()
            case "startLines":
                self._ends.pop()()
                self._goes_on = True
            case _:
                pass

    def _begin(self, canvas: TaggedCanvas, tag: Tag | None) -> None:
        began = tag is not None and canvas.begin(tag)
        self._ends.append(canvas.end if began else _nothing)

    def _begin_row(self, canvas: TaggedCanvas, table: Table, row: int) -> None:
        if self._goes_on and row < table.repeatRows:
            canvas.mute()
            self._ends.append(canvas.unmute)
            return
        self._begin(canvas, Tag(self._tags.row) if self._tags.row else None)

    def _cell(self, table: Table, row: int, column: int, value: object) -> Tag | None:
        role, span = self._tags.cell(row, column), _span(table, row, column)
        if not value or (role is Role.ROW_HEAD and span):
            role = Role.CELL if self._tags.grid is Role.TABLE else None
        return Tag(role, attributes=span, is_leaf=_only_words(value)) if role else None


def _only_words(value: object) -> bool:
    """Whether a cell holds one plain paragraph: then it needs no element beside the cell's."""
    content = value if isinstance(value, (list, tuple)) else (value,)
    return len(content) == 1 and isinstance(content[0], Words) and content[0].is_plain


def _span(table: Table, row: int, column: int) -> str:
    """Over how many columns a cell goes, where it is more than its own."""
    spans = getattr(table, "_spanRanges", {})  # where ReportLab keeps them, and tells nobody
    left, _, right, _ = spans.get((column, row)) or (column, row, column, row)
    return f"/ColSpan {right - left + 1}" if right > left else ""


def _nothing() -> None:
    return
