"""The matrix of paper against practice: where each cell stands and how strongly it is tinted."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What a cell of the matrix means: which side is ahead."""

    CONSISTENT = "consistent"
    PAPER_AHEAD = "paper_ahead"
    PRACTICE_AHEAD = "practice_ahead"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's place (from the lower left corner of the grid), meaning and share of the most."""

    row: int
    column: int
    left: float
    bottom: float
    width: float
    height: float
    standing: Standing
    share: float


def cells(
    counts: Sequence[Sequence[int]], *, width: float, height: float, gap: float
) -> tuple[Cell, ...]:
    """Lay out `counts[paper][practice]`, rows from the top, both from full to no fulfilment.

    `share` is the cell's count over the largest count (0 where all are 0): it sets the tint.
    """
    size = len(counts)
    most = max((count for row in counts for count in row), default=0)
    wide = (width - gap * (size - 1)) / size
    high = (height - gap * (size - 1)) / size
    return tuple(
        Cell(
            row=row,
            column=column,
            left=column * (wide + gap),
            bottom=(size - 1 - row) * (high + gap),
            width=wide,
            height=high,
            standing=cell_standing(row, column, last=size - 1),
            share=counts[row][column] / most if most else 0.0,
        )
        for row in range(size)
        for column in range(size)
    )


def cell_standing(row: int, column: int, *, last: int) -> Standing:
    """What it means to stand at `row` on paper and `column` in practice, `last` being nothing."""
    if row < column:
        return Standing.PAPER_AHEAD
    if row > column:
        return Standing.PRACTICE_AHEAD
    return Standing.NEITHER if row == last else Standing.CONSISTENT
