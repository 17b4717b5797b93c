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


WAITING = "…"


@dataclass(frozen=True, slots=True)
class Counted:
    """What must be computed from a visit's answers; the table is shown before it is known."""

    progress: str
    share: float  # of the sides asked, 0 to 1
    zone: ZoneColour | None
    zone_text: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit in final words; `target` is its id, `badge` marks a sample or is empty.

    `sync` says what of it has travelled, `due` which date is near or, where `over`, passed; both
    are empty where there is nothing to say.
    """

    target: str
    institution: str
    unit: str
    badge: str
    spoken: str
    arrived: str
    state: str
    outcome: str
    counted: Counted | None = None
    sync: str = ""
    due: str = ""
    over: bool = False
    void: bool = False

    @property
    def tip(self) -> str:
        """What may be cut off in the list."""
        return self.spoken

    def shown(self, column: int) -> str:
        """What stands in a column; a sign of waiting in those that are still counted."""
        match Column(column):
            case Column.OFFICE:
                return self.unit
            case Column.ARRIVED:
                return _lines(self.arrived, self.sync)
            case Column.STATE:
                return self.state
            case Column.OUTCOME:
                return _lines(self.outcome, self.due)
            case Column.PROGRESS:
                return self.counted.progress if self.counted else WAITING
            case Column.ZONE:
                return self.counted.zone_text if self.counted else WAITING


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
