"""Named values and numbered steps, each shortened where it would outgrow its place."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether, Table

from assessor_app.reporting import design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.draft import LINE_LIMIT, AnyDraft, brief
from assessor_app.reporting.flowables import Story, clipped, fact_table, grid, label, text
from assessor_app.reporting.structure import Role
from assessor_app.reporting.table_tags import ITEMS, STEPS

_LABELS = 128.0  # width of the names beside the values
_ACROSS = 3
_COLUMN = (design.WIDTH - (_ACROSS - 1) * design.GUTTER) / _ACROSS
_NUMBER = 16.0
_CLIPPED = 200  # characters that are tried to fit a few lines of one column


def facts(draft: AnyDraft, told: Sequence[Fact]) -> Story:
    """Named values over the whole width, one under the other, on one page."""
    if not told:
        return []
    table = fact_table(shortened(draft, told), width=design.WIDTH, label_width=_LABELS)
    return [KeepTogether([table])]


def fact_grid(draft: AnyDraft, told: Sequence[Fact]) -> Table:
    """Named values in three columns, read along the rows."""
    shorts = (draft.excerpt(one.value, LINE_LIMIT, about=one.label) for one in told)
    values = [text(short, design.SMALL, width=_COLUMN, role=Role.BODY) for short in shorts]
    return _in_columns(told, values)


def clipped_grid(told: Sequence[Fact], *, lines: int) -> Table:
    """The same, each value in at most so many lines: all of them stand whole elsewhere."""
    shorts = (brief(one.value, _CLIPPED) for one in told)
    values = [
        clipped(short, design.SMALL, width=_COLUMN, lines=lines, role=Role.BODY) for short in shorts
    ]
    return _in_columns(told, values)


def _in_columns(told: Sequence[Fact], values: Sequence[Flowable]) -> Table:
    cells: list[Story] = [
        [label(fact.label, width=_COLUMN, role=Role.LABEL), value]
        for fact, value in zip(told, values, strict=True)
    ]
    cells += [[]] * (-len(cells) % _ACROSS)
    rows = [cells[at : at + _ACROSS] for at in range(0, len(cells), _ACROSS)]
    return grid(
        rows or [[""] * _ACROSS],
        widths=(_COLUMN + design.GUTTER, _COLUMN + design.GUTTER, _COLUMN),
        tags=ITEMS,
        commands=[
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-2, -1), design.GUTTER),
        ],
    )


def numbered(steps: Sequence[str], *, width: float) -> Story:
    """Steps with their numbers before them."""
    rows = [
        [
            text(f"{number}", design.SMALL_BOLD, width=_NUMBER, colour=design.ACCENT),
            text(step, design.SMALL, width=width - _NUMBER),
        ]
        for number, step in enumerate(steps, start=1)
    ]
    if not rows:
        return []
    apart = ("BOTTOMPADDING", (0, 0), (-1, -1), 4)
    return [grid(rows, widths=(_NUMBER, width - _NUMBER), tags=STEPS, commands=[apart])]


def shortened(draft: AnyDraft, told: Sequence[Fact]) -> list[Fact]:
    """Named values, of each a few lines at most; the rest stands in the annex."""
    limit = 2 * LINE_LIMIT
    return [
        Fact(fact.label, draft.excerpt(fact.value, limit, about=fact.label), fact.mono)
        for fact in told
    ]
