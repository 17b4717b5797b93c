"""What an institution's own visits make together, by the method that they were made with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor_app.domain.aggregation import Aggregate, UnitScore, aggregate, national
from assessor_app.domain.fulfilment import compare
from assessor_app.domain.institutions import institution_key, name_key
from assessor_app.domain.instrument import Band, Instrument
from assessor_app.domain.problem import MethodRefused, Problem
from assessor_app.domain.results import classify
from assessor_app.domain.scoring import Basis, Score, Standing, published, score
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import Outcome, Snapshot, Visit, VisitKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.instruments import instrument_of
from assessor_app.services.visits import all_visits

_DONE = frozenset(
    {VisitState.CLOSED, VisitState.ISSUED, VisitState.HANDED_OVER, VisitState.RECEIPTED}
)


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit as its latest visit left it; `unit` holds the score as it would be published."""

    visit: Visit
    score: Score
    unit: UnitScore


@dataclass(frozen=True, slots=True)
class InstitutionScore:
    """What the closed visits of one institution and year make: provisional, never a result.

    `measured` is the share of the units' weight that was measured (0 to 1); below 1, or with
    unverified weights, the number is a simulation. `band` is None while what is not measured
    could still change it, and where no bounds were published.
    """

    institution: str
    year: int
    sample: bool
    instrument: Instrument
    aggregate: Aggregate
    band: Band | None
    units: tuple[OwnUnit, ...]
    standing: Standing
    measured: Decimal


@dataclass(frozen=True, slots=True)
class OwnResult:
    """One institution and year of own visits: their score, or why there is none."""

    institution: str
    year: int
    sample: bool
    units: int
    score: InstitutionScore | None
    refused: Problem | None


def visits_of_institution(
    workplace: Workplace, institution: str, *, year: int | None = None, sample: bool = False
) -> tuple[Visit, ...]:
    """The visits that count for an institution: closed, completed, the latest of each unit.

    Coaching never counts. `year` is that of the arrival where the assessor is; sample visits are
    left out, or with `sample` nothing else is taken.
    """
    wanted = institution_key(institution)
    return _latest(
        visit
        for visit in _counting(workplace)
        if institution_key(visit.institution) == wanted
        and visit.sample is sample
        and year in (None, year_of(visit, workplace))
    )


def institution_score(
    workplace: Workplace,
    library: Library,
    institution: str,
    year: int,
    *,
    sample: bool = False,
) -> InstitutionScore:
    """An institution's score from its own visits of a year, by their instrument's rule.

    Each unit counts with two decimals, as the method publishes it, so that whoever adds up what
    is shown gets the same. Raises MethodRefused: `institution_without_visits`,
    `institution_of_two_methods`, `institution_unweighted`, or as `aggregate`; InstrumentFault
    where an instrument is missing.
    """
    visits = visits_of_institution(workplace, institution, year=year, sample=sample)
    if not visits:
        raise MethodRefused("institution_without_visits", institution=institution, year=year)
    instrument = _one_instrument(visits, library, institution=institution)
    units = tuple(_own_unit(workplace, visit, instrument) for visit in visits)
    whole = _whole([one.unit for one in units], instrument)
    counted = [one for one in units if one.unit not in [out.unit for out in whole.left_out]]
    asked = sum((one.score.maximum for one in counted), Decimal(0))
    measured = sum((one.score.measured for one in counted), Decimal(0))
    provisional = all(one.score.standing is Standing.PROVISIONAL for one in counted)
    return InstitutionScore(
        institution=visits[0].institution,
        year=year,
        sample=sample,
        instrument=instrument,
        aggregate=whole,
        band=_sure_band(counted, instrument, whole),
        units=units,
        standing=Standing.PROVISIONAL if provisional else Standing.SIMULATION,
        measured=measured / asked if asked else Decimal(0),
    )


def own_results(workplace: Workplace, library: Library) -> tuple[OwnResult, ...]:
    """Every institution and year with visits that count, real ones first, then the sample's."""
    found: dict[tuple[bool, str, int], list[Visit]] = {}
    for visit in _counting(workplace):
        key = (visit.sample, institution_key(visit.institution), year_of(visit, workplace))
        found.setdefault(key, []).append(visit)
    return tuple(
        _own_result(workplace, library, visits, year=year)
        for (_, _, year), visits in sorted(found.items())
    )


def year_of(visit: Visit, workplace: Workplace) -> int:
    """The year of a visit's arrival where the assessor is."""
    return visit.arrival.astimezone(workplace.profile.zone).year


def _own_result(
    workplace: Workplace, library: Library, visits: Sequence[Visit], *, year: int
) -> OwnResult:
    first, units = visits[0], _latest(visits)
    made: InstitutionScore | None = None
    refused: Problem | None = None
    try:
        made = institution_score(workplace, library, first.institution, year, sample=first.sample)
    except Problem as problem:
        refused = problem
    return OwnResult(first.institution, year, first.sample, len(units), made, refused)


def _counting(workplace: Workplace) -> Iterable[Visit]:
    """All closed and completed visits but coaching and follow-ups, the earliest first."""
    for visit in sorted(all_visits(workplace.store), key=lambda one: (one.arrival, one.id)):
        done = visit.state in _DONE and visit.outcome is Outcome.COMPLETED
        if done and visit.kind is not VisitKind.COACHING and not _partial(workplace, visit):
            yield visit


def _partial(workplace: Workplace, visit: Visit) -> bool:
    """Whether it asked only what was found before: that is no score of the unit.

    A follow-up of a visit that nobody named asks everything, and counts.
    """
    if visit.kind is not VisitKind.FOLLOW_UP or visit.predecessor is None:
        return False
    return bool(read_snapshot(visit.id, workplace.store.log.heads(visit.id)).followed)


def _latest(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """The last visit of each unit, by the unit's name."""
    latest = {name_key(visit.unit): visit for visit in visits}
    return tuple(latest[unit] for unit in sorted(latest))


def _one_instrument(visits: Sequence[Visit], library: Library, *, institution: str) -> Instrument:
    instruments = {one.digest: one for one in (instrument_of(visit, library) for visit in visits)}
    if len(instruments) > 1:
        pins = ", ".join(sorted(one.pin for one in instruments.values()))
        raise MethodRefused("institution_of_two_methods", institution=institution, found=pins)
    return next(iter(instruments.values()))


def _own_unit(workplace: Workplace, visit: Visit, instrument: Instrument) -> OwnUnit:
    snapshot = read_snapshot(visit.id, workplace.store.log.heads(visit.id))
    made = score(compare(snapshot, instrument), instrument, Basis.OFFICIAL)
    if made is None:
        raise MethodRefused(
            "institution_unweighted",
            instrument=instrument.pin,
            reason=instrument.unweighted_because,
        )
    return OwnUnit(visit, made, _unit_score(snapshot, made.points))


def _unit_score(snapshot: Snapshot, points: Decimal) -> UnitScore:
    visit = snapshot.visit
    return UnitScore(
        name=visit.unit,
        score=published(points),
        products=len(snapshot.products) or None,
        object_type=visit.object_type,
    )


def _whole(units: Sequence[UnitScore], instrument: Instrument) -> Aggregate:
    """What the units make; the counters of one vertical agency's office make that office."""
    kinds = (instrument.object_type(unit.object_type or "") for unit in units)
    bodies = {kind.rolls_up_to for kind in kinds if kind is not None}
    if len(bodies) == 1 and None not in bodies:
        return national(units, instrument)[0].aggregate
    return aggregate(units, instrument)


def _sure_band(units: Sequence[OwnUnit], instrument: Instrument, whole: Aggregate) -> Band | None:
    """The band, unless what was not measured could still lift the whole into another."""
    best = [
        UnitScore(
            name=one.unit.name,
            score=published(one.score.points + one.score.maximum - one.score.measured),
            products=one.unit.products,
            object_type=one.unit.object_type,
        )
        for one in units
    ]
    lowest = classify(instrument, whole.score)
    return lowest if lowest == classify(instrument, _whole(best, instrument).score) else None
