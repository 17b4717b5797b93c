"""A visit beside an earlier one of the same office: what coaching, or a year, has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assessor_app.domain.comparison import Since, Stood, Traced, compare_visits
from assessor_app.domain.institutions import name_key
from assessor_app.domain.outlook import outlook
from assessor_app.domain.problem import ImprovementRefused
from assessor_app.domain.scoring import Basis, Score
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import Visit, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.instruments import instrument_of
from assessor_app.services.visits import all_visits


@dataclass(frozen=True, slots=True)
class VisitThen:
    """One of the two visits as it stands, under its own instrument.

    `official` is None where that year's method has no weights.
    """

    visit: Visit
    stood: Stood
    official: Score | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both visits, and every indicator of either."""

    earlier: VisitThen
    later: VisitThen
    traced: tuple[Traced, ...]

    @property
    def counts(self) -> Mapping[Since, int]:
        """How many indicators became what, each kind named."""
        found = [one.since for one in self.traced]
        return MappingProxyType({since: found.count(since) for since in Since})

    @property
    def same_unit(self) -> bool:
        """Whether both visits went to the office of one name; names are typed by hand."""
        return _office(self.earlier.visit) == _office(self.later.visit)


def compare_to_earlier(
    workplace: Workplace, library: Library, visit: str, *, earlier: str | None = None
) -> Comparison:
    """A visit (id) against an earlier one (id), by default the one it follows.

    That is its predecessor, else the last one before it of the same unit, coaching or not. Raises
    ImprovementRefused `compare_no_earlier` or `compare_not_earlier`; InstrumentFault where an
    instrument is missing.
    """
    later = _then(workplace, library, visit)
    before = earlier or _followed(workplace, later.visit)
    if before is None:
        raise ImprovementRefused("compare_no_earlier", unit=later.visit.unit)
    known = _then(workplace, library, before)
    if known.visit.arrival >= later.visit.arrival:
        raise ImprovementRefused("compare_not_earlier", visit=visit, earlier=before)
    return Comparison(known, later, compare_visits(known.stood, later.stood))


def carried_over(comparison: Comparison) -> tuple[Traced, ...]:
    """What the earlier visit left open and the later one has not found repaired yet."""
    left = (Since.STILL_OPEN, Since.NOT_COMPARABLE)
    return tuple(one for one in comparison.traced if one.was_open and one.since in left)


def _followed(workplace: Workplace, visit: Visit) -> str | None:
    known = all_visits(workplace.store)
    if visit.predecessor in {one.id for one in known}:
        return visit.predecessor
    before = [
        one
        for one in known
        if one.arrival < visit.arrival
        and one.state is not VisitState.VOIDED
        and one.sample is visit.sample
        and _office(one) == _office(visit)
    ]
    return max(before, key=lambda one: (one.arrival, one.id)).id if before else None


def _office(visit: Visit) -> tuple[str, str]:
    return name_key(visit.institution), name_key(visit.unit)


def _then(workplace: Workplace, library: Library, visit: str) -> VisitThen:
    snapshot = read_snapshot(visit, workplace.store.log.heads(visit))
    instrument = instrument_of(snapshot.visit, library)
    seen = outlook(snapshot, instrument)
    return VisitThen(snapshot.visit, Stood(seen, instrument), seen.scores.get(Basis.OFFICIAL))
