"""Named values and numbered steps, each shortened where it would outgrow its place."""

from collections.abc import Sequence

from reportlab.platypus import KeepTogether, Table

from assessor_app.reporting import design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.draft import LINE_LIMIT, AnyDraft
from assessor_app.reporting.flowables import Story, fact_table, grid, label, text

_LABELS = 128.0  # width of the names beside the values
_NARROW_LABELS = 64.0
_NARROW_LIMIT = 120  # characters under a signature: both parties must fit one page together
_ACROSS = 3
_COLUMN = (design.WIDTH - (_ACROSS - 1) * design.GUTTER) / _ACROSS
_NUMBER = 16.0


def facts(draft: AnyDraft, told: Sequence[Fact]) -> Story:
    """Named values over the whole width, one under the other, on one page."""
    if not told:
        return []
    table = fact_table(
        _short(draft, told, limit=2 * LINE_LIMIT), width=design.WIDTH, label_width=_LABELS
    )
    return [KeepTogether([table])]


def narrow_facts(draft: AnyDraft, told: Sequence[Fact]) -> Story:
    """Named values in one of two columns; within a cell, where KeepTogether has no end."""
    if not told:
        return []
    short = _short(draft, told, limit=_NARROW_LIMIT)
    return [fact_table(short, width=design.HALF, label_width=_NARROW_LABELS)]


def fact_grid(draft: AnyDraft, told: Sequence[Fact]) -> Table:
    """Named values in three columns, read along the rows."""
    cells: list[Story] = [
        [
            label(fact.label, width=_COLUMN),
            text(
                draft.excerpt(fact.value, LINE_LIMIT, about=fact.label), design.SMALL, width=_COLUMN
            ),
        ]
        for fact in told
    ]
    cells += [[]] * (-len(cells) % _ACROSS)
    rows = [cells[at : at + _ACROSS] for at in range(0, len(cells), _ACROSS)]
    return grid(
        rows or [[""] * _ACROSS],
        widths=(_COLUMN + design.GUTTER, _COLUMN + design.GUTTER, _COLUMN),
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
    return [grid(rows, widths=(_NUMBER, width - _NUMBER), commands=[apart])]


def _short(draft: AnyDraft, told: Sequence[Fact], *, limit: int) -> list[Fact]:
    return [
        Fact(fact.label, draft.excerpt(fact.value, limit, about=fact.label), fact.mono)
        for fact in told
    ]
