"""A result as a row of the list of results."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from assessor_app.domain.zone import ZoneColour


class Column(IntEnum):
    OVERALL = 0
    RANK = 1
    NAME = 2
    SCORE = 3
    ZONE = 4
    OPINION = 5
    AWARD = 6


class RowKind(StrEnum):
    """What a row tells of: an institution, one of its units, or what own visits make."""

    PUBLISHED = "published"
    UNIT = "unit"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result in final words; `target` is the institution that it leads to.

    `badge` marks what is provisional or a sample and is empty otherwise; `remarks` are lines
    that have no column.
    """

    kind: RowKind
    target: str
    name: str
    below: str
    score: str
    zone: ZoneColour | None
    zone_text: str
    overall: str = ""
    rank: str = ""
    opinion: str = ""
    award: str = ""
    badge: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """What a screen reader says of the row's name."""
        return ". ".join(part for part in (self.name, self.badge, self.below) if part)

    @property
    def tip(self) -> str:
        """What may be cut off in the list, and what has no column."""
        return "\n".join([self.name, self.below, *self.remarks]) if self.remarks else self.spoken

    def shown(self, column: int) -> str:
        """What stands in a column."""
        texts = {
            Column.OVERALL: self.overall,
            Column.RANK: self.rank,
            Column.NAME: self.name,
            Column.SCORE: self.score,
            Column.ZONE: self.zone_text,
            Column.OPINION: self.opinion,
            Column.AWARD: self.award,
        }
        return texts[Column(column)]
