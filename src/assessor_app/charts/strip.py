"""The gap in one picture: a column for each indicator, paper above practice, like beside like."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor_app.charts.matrix import Standing, cell_standing

_ORDER = (
    Standing.PAPER_AHEAD,
    Standing.PRACTICE_AHEAD,
    Standing.NEITHER,
    Standing.CONSISTENT,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator: how far from the full on either side (0 is the full), and where it stands."""

    left: float
    width: float
    paper: int
    practice: int


@dataclass(frozen=True, slots=True)
class Run:
    """The indicators that compare in one way: from where to where, and how many."""

    standing: Standing
    left: float
    width: float
    columns: tuple[Column, ...]


def strip(counts: Sequence[Sequence[int]], *, width: float, apart: float) -> tuple[Run, ...]:
    """Lay out `counts[paper][practice]`, both from full to no fulfilment, over `width`.

    The gaps come first, what agrees last; kinds of which there is none are left out. Runs stand
    `apart`, and every column is as wide as any other: the eye can compare lengths.
    """
    pairs = {
        standing: [
            (paper, practice)
            for paper, row in enumerate(counts)
            for practice, count in enumerate(row)
            if cell_standing(paper, practice, last=len(counts) - 1) is standing
            for _ in range(count)
        ]
        for standing in _ORDER
    }
    found = {standing: told for standing, told in pairs.items() if told}
    total = sum(map(len, found.values()))
    each = (width - apart * max(len(found) - 1, 0)) / total if total else 0.0
    runs: list[Run] = []
    left = 0.0
    for standing, told in found.items():
        columns = tuple(
            Column(left + index * each, each, paper, practice)
            for index, (paper, practice) in enumerate(told)
        )
        runs.append(Run(standing, left, each * len(told), columns))
        left += each * len(told) + apart
    return tuple(runs)
