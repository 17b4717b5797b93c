"""One line of the outline: how an indicator stands on both sides, and which filters it is in."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

MatrixCell = tuple[int, int]
"""A row (on paper) and a column (in practice) of the gap matrix, from full to no fulfilment."""


class Sign(IntEnum):
    """What one side of an indicator shows in the outline."""

    NOT_ASKED = 0
    OPEN = 1
    PRESENT = 2
    PARTIAL = 3
    ABSENT = 4
    NOT_ASSESSED = 5
    ANSWERED = 6  # of what is neither good nor bad: a text, a date, a photo
    NOT_APPLICABLE = 7


class Show(StrEnum):
    """What the outline can be narrowed to."""

    ALL = "all"
    OPEN = "open"
    GAPS = "gaps"
    UNPROVEN = "unproven"
    MARKED = "marked"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Chip:
    """A word with its sign (an icon) and the name of its hue."""

    text: str
    sign: str
    hue: str


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One indicator as the outline shows it; every text is final.

    A `hidden` one is not asked by its condition, a `dimmed` one was said not to apply. `marked`
    says that it is to be come back to, `taken` that whoever works here said it is theirs, `mine`
    that it is, or that they recorded it last.
    `cells` are its places in the gap matrix: several where it is asked of each product. `standing`
    is what became of it since an earlier visit, where that left it open.
    """

    code: str
    text: str
    paper: Sign
    practice: Sign
    gap: bool
    lacks_evidence: bool
    spoken: str
    required: bool = True
    hidden: bool = False
    dimmed: bool = False
    marked: bool = False
    mine: bool = False
    taken: bool = False
    cells: frozenset[MatrixCell] = frozenset()
    standing: Chip | None = None

    @property
    def counts(self) -> bool:
        """Whether it belongs to what is counted: it must be filled in, or it was."""
        if self.hidden or self.paper is self.practice is Sign.NOT_ASKED:
            return False
        return self.required or Sign.OPEN not in (self.paper, self.practice)

    @property
    def settled(self) -> bool:
        """Whether nothing of it keeps the visit from closing."""
        if self.hidden:
            return True
        missing = self.required and Sign.OPEN in (self.paper, self.practice)
        return not missing and not self.lacks_evidence


_WITHIN: dict[Show, Callable[[OutlineRow], bool]] = {
    Show.ALL: lambda _: True,
    Show.OPEN: lambda row: Sign.OPEN in (row.paper, row.practice),
    Show.GAPS: lambda row: row.gap,
    Show.UNPROVEN: lambda row: row.lacks_evidence,
    Show.MARKED: lambda row: row.marked,
    Show.MINE: lambda row: row.mine,
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is wanted of the outline: a filter, a place in the gap matrix, words; all at once."""

    show: Show = Show.ALL
    cell: MatrixCell | None = None
    words: str = ""

    def takes(self, row: OutlineRow) -> bool:
        """Whether a line belongs to it."""
        if row.hidden or not _WITHIN[self.show](row):
            return False
        if self.cell is not None and self.cell not in row.cells:
            return False
        sought = self.words.casefold()
        return not sought or sought in row.code.casefold() or sought in row.text.casefold()


@dataclass(slots=True, eq=False)
class Tally:
    """How many lines each filter holds, and how many are settled; kept up line by line."""

    within: Counter[Show] = field(default_factory=Counter)
    counted: int = 0
    settled: int = 0
    gaps: int = 0

    def add(self, row: OutlineRow) -> None:
        self._move(row, 1)

    def take_away(self, row: OutlineRow) -> None:
        self._move(row, -1)

    def add_all(self, rows: Iterable[OutlineRow]) -> None:
        for row in rows:
            self.add(row)

    def _move(self, row: OutlineRow, by: int) -> None:
        if row.hidden:
            return
        for show, holds in _WITHIN.items():
            if holds(row):
                self.within[show] += by
        if row.counts:
            self.counted += by
            self.settled += by if row.settled else 0
            self.gaps += by if row.gap else 0
