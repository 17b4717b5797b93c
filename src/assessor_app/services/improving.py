"""The way to green of one visit, or of an institution from its own visits of a year.

For coaching: what comes out is advice by our own computation, and stands in no document.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor_app.domain.fulfilment import Applies
from assessor_app.domain.improvement import (
    Case,
    Plan,
    Repair,
    Unit,
    aim_of,
    plan,
    require_scores,
    unit_of,
)
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.outlook import Outlook, outlook
from assessor_app.domain.problem import ImprovementRefused
from assessor_app.domain.scoring import Basis, Standing
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import Outcome, Snapshot, Visit, VisitKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.efforts import Efforts
from assessor_app.services.enrolment import Workplace
from assessor_app.services.method import (
    InstitutionScore,
    OwnUnit,
    institution_score,
    visits_of_institution,
    year_of,
)

NO_EFFORTS = Efforts()


@dataclass(frozen=True, slots=True)
class Way:
    """A plan with what is needed to tell it; `possible` are all repairs that are known.

    `unit` and `year` say whether it is one visit's or an institution's. `unmeasured` are points,
    of all that its units could have together, `maximum`. `opens` are indicators (codes) that are
    not asked now, and may be once the repairs are made: their conditions look at what is repaired.
    """

    plan: Plan
    possible: tuple[Repair, ...]
    instrument: Instrument
    institution: str
    unit: str | None
    year: int | None
    standing: Standing
    unmeasured: Decimal
    maximum: Decimal
    sample: bool
    opens: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()

    def simulated(self, codes: Collection[str]) -> Decimal:
        """The published score of one visit's way once these indicators (codes) are repaired."""
        chosen = [one for one in self.possible if one.indicator in codes]
        return Case(self.units, self.plan.aim).score(chosen)


def way_of_visit(
    snapshot: Snapshot,
    seen: Outlook,
    instrument: Instrument,
    *,
    target: str | None = None,
    efforts: Efforts = NO_EFFORTS,
) -> Way:
    """What a visited unit has to repair to reach the next zone up, or the `target`.

    Raises ImprovementRefused: `improve_no_weights` or `improve_no_bands` with the instrument's
    reason, `improve_follow_up`, `improve_nothing_measured`, `improve_target_unknown`, or for an
    effort that fits nothing.
    """
    require_scores(instrument)
    if snapshot.followed:
        raise ImprovementRefused("improve_follow_up", visit=snapshot.visit.id)
    name = snapshot.visit.unit
    efforts.require_known(instrument, [name])
    unit = unit_of(name, seen, instrument, efforts=efforts.of_unit(name))
    official = seen.scores[Basis.OFFICIAL]
    if not official.measured:
        raise ImprovementRefused("improve_nothing_measured", unit=name)
    found = _least((unit,), instrument, target)
    return Way(
        plan=found,
        possible=unit.repairs,
        instrument=instrument,
        institution=snapshot.visit.institution,
        unit=name,
        year=None,
        standing=official.standing,
        unmeasured=unit.unmeasured,
        maximum=official.maximum,
        sample=snapshot.visit.sample,
        opens=_opened(found, {name: seen}),
        units=(unit,),
    )


def way_of_institution(
    workplace: Workplace,
    library: Library,
    institution: str,
    year: int,
    *,
    target: str | None = None,
    efforts: Efforts = NO_EFFORTS,
    sample: bool = False,
) -> Way:
    """What the units of an institution have to repair for the institution to rise.

    Rests on the latest closed and completed visit of each unit in that year; vertical agencies
    stay out, as in the score. Raises MethodRefused as `institution_score` does, ImprovementRefused
    as `way_of_visit` does.
    """
    whole = institution_score(workplace, library, institution, year, sample=sample)
    require_scores(whole.instrument)
    members = _members(whole)
    efforts.require_known(whole.instrument, [one.unit.name for one in members])
    if not any(one.score.measured for one in members):
        raise ImprovementRefused("improve_nothing_measured", unit=whole.institution)
    seen = {one.unit.name: _seen(workplace, one, whole.instrument) for one in members}
    # As in the institution's score itself: a unit alone is the whole, whatever its products.
    weights = {member.unit.name: member.weight for member in whole.aggregate.members}
    units = tuple(
        unit_of(
            one.unit.name,
            seen[one.unit.name],
            whole.instrument,
            efforts=efforts.of_unit(one.unit.name),
            share=weights[one.unit.name],
        )
        for one in members
    )
    found = _least(units, whole.instrument, target)
    return Way(
        plan=found,
        possible=tuple(repair for unit in units for repair in unit.repairs),
        instrument=whole.instrument,
        institution=whole.institution,
        unit=None,
        year=year,
        standing=whole.standing,
        unmeasured=sum((one.unmeasured for one in units), Decimal(0)),
        maximum=sum((one.score.maximum for one in members), Decimal(0)),
        sample=sample,
        opens=_opened(found, seen),
        units=units,
    )


def score_together(workplace: Workplace, library: Library, visit: Visit) -> InstitutionScore:
    """The institution's score that a visit makes together with visits to other units.

    Its year is the visit's, and samples are counted with samples only. Raises ImprovementRefused
    where the visit does not count (`improve_visit_open`, `improve_visit_coaching`,
    `improve_visit_not_completed`, `improve_visit_voided`, `improve_visit_superseded`,
    `improve_visit_left_out`) or is the only one that does (`improve_visit_alone`); otherwise as
    `institution_score`.
    """
    year = year_of(visit, workplace)
    counting = visits_of_institution(workplace, visit.institution, year=year, sample=visit.sample)
    if visit.id not in [one.id for one in counting]:
        raise _not_counting(visit)
    whole = institution_score(workplace, library, visit.institution, year, sample=visit.sample)
    members = [one.visit.id for one in _members(whole)]
    if visit.id not in members:
        raise ImprovementRefused("improve_visit_left_out", unit=visit.unit)
    if len(members) == 1:
        raise ImprovementRefused("improve_visit_alone", institution=visit.institution, year=year)
    return whole


def _not_counting(visit: Visit) -> ImprovementRefused:
    """Why a visit is not among those that its institution's score rests on."""
    if visit.state is VisitState.VOIDED:
        return ImprovementRefused("improve_visit_voided")
    if visit.kind is VisitKind.COACHING:
        return ImprovementRefused("improve_visit_coaching")
    if visit.outcome is None:
        return ImprovementRefused("improve_visit_open")
    if visit.outcome is not Outcome.COMPLETED:
        return ImprovementRefused("improve_visit_not_completed")
    return ImprovementRefused("improve_visit_superseded", unit=visit.unit)


def _least(units: tuple[Unit, ...], instrument: Instrument, target: str | None) -> Plan:
    from assessor_app.optimising.covering import (
        least_repairs,
    )

    now = Case(units, aim_of(instrument, Decimal(0))).score()
    case = Case(units, aim_of(instrument, now, target))
    return plan(case, least_repairs(case))


def _members(whole: InstitutionScore) -> tuple[OwnUnit, ...]:
    counting = [member.unit for member in whole.aggregate.members]
    return tuple(one for one in whole.units if one.unit in counting)


def _seen(workplace: Workplace, own: OwnUnit, instrument: Instrument) -> Outlook:
    return outlook(read_snapshot(own.visit.id, workplace.store.log.heads(own.visit.id)), instrument)


def _opened(found: Plan, seen: Mapping[str, Outlook]) -> tuple[str, ...]:
    repaired = {(one.unit, one.indicator) for one in found.repairs}
    opened = {
        one.indicator.code
        for unit, outlook_ in seen.items()
        for one in outlook_.compared
        if one.applies is Applies.NOT_RELEVANT and one.indicator.relevant is not None
        for name in one.indicator.relevant.names
        if (unit, name) in repaired
    }
    return tuple(sorted(opened))
