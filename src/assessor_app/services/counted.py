"""What was counted of the visits, kept sealed: each holds until its visit has moved on.

It is no record (docs/adr/0008): what is lost of it is counted again.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from assessor_app.domain.event import Json, StreamHead
from assessor_app.domain.listing import Counts
from assessor_app.domain.owed import Left, Owed
from assessor_app.domain.problem import InstrumentFault, StoreProblem
from assessor_app.domain.visit import Visit
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.instruments import instrument_of
from assessor_app.storage.database_version import app_version

_FORM = 2  # raise it where anything is counted in another way
_NUMBERS = ("answered", "asked", "gaps", "findings", "conflicts", "late")

Streams = Mapping[str, tuple[StreamHead, ...]]


@dataclass(slots=True)
class CountedVisits:
    """What is known to be counted, by visit; read once, kept again when more was counted."""

    workplace: Workplace
    _known: dict[str, Json]
    _heads: dict[str, str] = field(default_factory=dict)
    _changed: bool = False

    def of(self, visit: Visit) -> Counts | None:
        """What was counted of a visit as it is now; None where it has to be counted."""
        kept = self._known.get(visit.id)
        if not isinstance(kept, dict) or kept.get("head") != self._heads.get(visit.id):
            return None
        try:
            return _read(visit, kept)
        except (KeyError, TypeError, ValueError):
            return None

    def take(self, visit: Visit, counts: Counts) -> None:
        """Take what was counted; what cannot be counted now is tried again another time."""
        if counts.instrument_found and visit.id in self._heads:
            self._known[visit.id] = {"head": self._heads[visit.id], **_written(visit, counts)}
            self._changed = True

    def keep(self) -> None:
        """Keep all of it for the next opening; what cannot be written is counted again then."""
        if not self._changed:
            return
        of_here = {visit: one for visit, one in self._known.items() if visit in self._heads}
        with contextlib.suppress(StoreProblem):
            self.workplace.store.counted.keep({"form": _form(), "visits": of_here})
            self._changed = False


def counted_visits(workplace: Workplace, streams: Streams) -> CountedVisits:
    """What was counted before, for visits whose last events are these."""
    kept = workplace.store.counted.read()
    visits = kept.get("visits") if kept.get("form") == _form() else None
    heads = {visit: " ".join(one.hash for one in found) for visit, found in streams.items()}
    return CountedVisits(workplace, dict(visits) if isinstance(visits, dict) else {}, heads)


def instrument_is_here(visit: Visit, library: Library) -> bool:
    """Whether the visit could be opened, by the kept copy of its instrument where there is one."""
    copy = library.place_of_copy(visit.instrument_digest)
    if copy is not None and copy.is_file():
        return True
    try:
        instrument_of(visit, library)
    except InstrumentFault:
        return False
    return True


def _form() -> str:
    return f"{_FORM} {app_version()}"


def _written(visit: Visit, counts: Counts) -> dict[str, Json]:
    written: dict[str, Json] = {name: getattr(counts, name) for name in _NUMBERS}
    written |= {
        "paused": counts.paused,
        "zone": counts.zone.value if counts.zone else None,
        "weighted": counts.weighted,
        "year": counts.year,
    }
    if counts.left is not None:
        written["owed"] = [
            [one.indicator, one.product, one.due_date.isoformat() if one.due_date else None]
            for one in counts.left.owed
        ]
        # The first visit of a chain settles nothing that was found before.
        settled = counts.left.settled if visit.predecessor else ()
        written["settled"] = [list(one) for one in sorted(settled)]
        written["by_products"] = sorted(counts.left.by_products)
    return written


def _read(visit: Visit, kept: Mapping[str, Any]) -> Counts:
    numbers: dict[str, Any] = {name: int(kept[name]) for name in _NUMBERS}
    return Counts(
        **numbers,
        paused=bool(kept["paused"]),
        zone=ZoneColour(kept["zone"]) if kept["zone"] else None,
        weighted=bool(kept["weighted"]),
        year=kept["year"],
        left=_left(visit, kept) if "owed" in kept else None,
    )


def _left(visit: Visit, kept: Mapping[str, Any]) -> Left:
    """What a reminder needs of what is owed; the rest is read with the visit itself."""
    found_at: datetime = visit.arrival
    owed = tuple(
        Owed(
            visit=visit.id,
            indicator=indicator,
            product=product,
            finding="",
            gap_kind="",
            found_at=found_at,
            due_date=date.fromisoformat(due) if due else None,
        )
        for indicator, product, due in kept["owed"]
    )
    settled = frozenset((indicator, product) for indicator, product in kept["settled"])
    return Left(visit.id, visit.arrival, owed, settled, frozenset(kept["by_products"]))
