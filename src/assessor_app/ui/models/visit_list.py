"""A visit as a row of the list of visits."""

from dataclasses import dataclass
from enum import IntEnum

from assessor_app.domain.zone import ZoneColour


class Column(IntEnum):
    OFFICE = 0
    ARRIVED = 1
    STATE = 2
    OUTCOME = 3
    PROGRESS = 4
    ZONE = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """What must be computed from a visit's answers; the table is shown before it is known."""

    progress: str
    share: float  # of the sides asked, 0 to 1
    zone: ZoneColour | None
    zone_text: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit in final words; `target` is its id, `badge` marks a sample or is empty."""

    target: str
    institution: str
    unit: str
    badge: str
    spoken: str
    arrived: str
    state: str
    outcome: str
    counted: Counted | None = None

    @property
    def tip(self) -> str:
        """What may be cut off in the list."""
        return self.spoken

    def shown(self, column: int) -> str:
        """What stands in a column; nothing in those that are still counted."""
        texts = {
            Column.OFFICE: self.unit,
            Column.ARRIVED: self.arrived,
            Column.STATE: self.state,
            Column.OUTCOME: self.outcome,
            Column.PROGRESS: self.counted.progress if self.counted else "",
            Column.ZONE: self.counted.zone_text if self.counted else "",
        }
        return texts[Column(column)]
