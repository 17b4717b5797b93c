"""A visit beside an earlier one of the same office: what coaching, or a year, has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assessor_app.domain.comparison import Since, Stood, Traced, compare_visits
from assessor_app.domain.outlook import outlook
from assessor_app.domain.problem import ImprovementRefused
from assessor_app.domain.scoring import Basis, Score
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import Visit
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.instruments import instrument_of
from assessor_app.services.register.belonging import earlier_visits, same_office
from assessor_app.services.register.reading import kept


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
    """Both visits, and every indicator of either.

    `same_unit` says whether both went to what is one office now: names are typed by hand, and
    offices are renamed and merged.
    """

    earlier: VisitThen
    later: VisitThen
    traced: tuple[Traced, ...]
    same_unit: bool

    @property
    def counts(self) -> Mapping[Since, int]:
        """How many indicators became what, each kind named."""
        found = [one.since for one in self.traced]
        return MappingProxyType({since: found.count(since) for since in Since})


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
    # Arrivals are told to the minute; ids grow with the time that visits were begun.
    if (known.visit.arrival, before) >= (later.visit.arrival, later.visit.id):
        raise ImprovementRefused("compare_not_earlier", visit=visit, earlier=before)
    index = kept(workplace.store).index
    return Comparison(
        known,
        later,
        compare_visits(known.stood, later.stood),
        same_unit=same_office(index, known.visit, later.visit),
    )


def carried_over(comparison: Comparison) -> tuple[Traced, ...]:
    """What the earlier visit left open and the later one has not found repaired yet."""
    left = (Since.STILL_OPEN, Since.NOT_COMPARABLE)
    return tuple(one for one in comparison.traced if one.was_open and one.since in left)


def _followed(workplace: Workplace, visit: Visit) -> str | None:
    if visit.predecessor in workplace.store.log.visits():
        return visit.predecessor
    before = earlier_visits(workplace, visit)
    return before[0].id if before else None


def _then(workplace: Workplace, library: Library, visit: str) -> VisitThen:
    snapshot = read_snapshot(visit, workplace.store.log.heads(visit))
    instrument = instrument_of(snapshot.visit, library)
    seen = outlook(snapshot, instrument)
    return VisitThen(snapshot.visit, Stood(seen, instrument), seen.scores.get(Basis.OFFICIAL))
