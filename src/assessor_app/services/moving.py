"""Moving a visit to another instrument: shown first, then done as a recorded act of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from assessor_app.domain.changes import Difference, difference
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import AnswerKind, Asked, Indicator, Instrument, Side
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.outlook import Outlook, Seen, outlook
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.scale import Scale
from assessor_app.domain.visit import Snapshot, require_answerable, require_running
from assessor_app.instruments.library import Library
from assessor_app.services import steps
from assessor_app.services.instruments import keep
from assessor_app.services.placing import fits
from assessor_app.services.session import Session
from assessor_app.services.standing import Done

_PRESENT_OR_NOT = frozenset({AnswerKind.PRESENCE, AnswerKind.PARTIAL})


class Misfit(StrEnum):
    """Why an answer does not count under the other instrument."""

    INDICATOR_GONE = "indicator_gone"
    SIDE_GONE = "side_gone"
    ASKED_OTHERWISE = "asked_otherwise"  # of products, respondents or the whole unit
    KIND_CHANGED = "kind_changed"  # another kind of answer, or counted in another unit
    NOT_ON_SCALE = "not_on_scale"
    CONSTRAINT = "constraint"
    ALWAYS_APPLIES = "always_applies"


@dataclass(frozen=True, slots=True)
class Unfit:
    """An answer that does not count under the other instrument, and why.

    What the other instrument does not ask stays as it stands, unread; it counts again should the
    visit be moved back. An answer that the other scale would misread is `set_aside`: the side is
    open again, and the answer stays in the event of the move. Notes and evidence stay in any case.
    """

    key: ObservationKey
    answer: str | None  # None where it was recorded that the indicator does not apply
    why: Misfit
    set_aside: bool


@dataclass(frozen=True, slots=True)
class Move:
    """What moving a visit to another instrument would do; nothing is done yet.

    `taken_over` are the sides whose answer, or reason for none, holds on. `before` is the visit as
    it was seen, `after` what would follow from the same record under the other instrument.
    """

    instrument: Instrument
    difference: Difference
    taken_over: tuple[ObservationKey, ...]
    unfit: tuple[Unfit, ...]
    before: Seen
    after: Outlook

    @property
    def added(self) -> tuple[Indicator, ...]:
        """Indicators that only the other instrument has and nobody has answered yet.

        One that was answered before the visit left that instrument counts again.
        """
        told = {
            key.indicator for key, one in self.before.snapshot.observations.items() if one.settled
        }
        return tuple(one for one in self.difference.added if one.code not in told)


def moves(session: Session, instrument: Instrument) -> Move:
    """What moving the visit to this instrument would do.

    Raises VisitRefused where the visit takes no answers, is on that instrument already, or could
    not have been begun with it.
    """
    seen = session.seen()
    _require_movable(seen, instrument)
    unfit = tuple(_unfit(seen, instrument))
    moved = _moved(seen.snapshot, instrument, unfit)
    strained = tuple(_strained(moved, instrument))
    moved = _moved(moved, instrument, strained)
    misfits = {one.key for one in (*unfit, *strained)}
    return Move(
        instrument=instrument,
        difference=difference(seen.instrument, instrument),
        taken_over=tuple(
            key
            for key, one in sorted(seen.snapshot.observations.items())
            if one.settled and key not in misfits
        ),
        unfit=tuple(sorted((*unfit, *strained), key=lambda one: one.key)),
        before=seen,
        after=outlook(moved, instrument),
    )


def move_visit(session: Session, move: Move, *, reason: str, library: Library) -> Done:
    """Move the visit as shown, for a reason that is recorded with it.

    The session knows the former instrument: it takes no answers any more and is to be opened
    anew. Raises VisitRefused as `moves` does, `reason_missing`, and `visit_moved_on` where
    anything was recorded since the move was shown.
    """
    told = steps.told_reason(reason, visit=session.visit_id)
    _require_movable(session.seen(), move.instrument)
    keep(move.instrument, library)
    values: dict[tuple[str, str], Json] = {
        ("visit", "instrument_version"): move.instrument.pin,
        ("visit", "instrument_digest"): move.instrument.digest,
    }
    for one in move.unfit:
        if one.set_aside:
            values[one.key.entity, _field(one)] = None
    return session.moved(values, reason=told, of=move.before)


def _require_movable(seen: Seen, instrument: Instrument) -> None:
    visit = seen.snapshot.visit
    require_answerable(visit)
    require_running(seen.snapshot)
    if instrument.digest == visit.instrument_digest:
        raise VisitRefused("visit_on_instrument", visit=visit.id, instrument=instrument.pin)
    if not instrument.visitable:
        raise VisitRefused("instrument_bounds_only", instrument=instrument.pin)
    if instrument.object_type(visit.object_type) is None:
        raise VisitRefused(
            "object_type_unknown",
            object=visit.object_type,
            objects=", ".join(kind.code for kind in instrument.object_types),
            instrument=instrument.pin,
        )


def _unfit(seen: Seen, instrument: Instrument) -> Iterator[Unfit]:
    former = {one.code: one for one in seen.instrument.indicators()}
    known = {one.code: one for one in instrument.indicators()}
    for key, one in sorted(seen.snapshot.observations.items()):
        if not one.settled:
            continue
        indicator = known.get(key.indicator)
        if indicator is None:
            yield Unfit(key, one.answer, Misfit.INDICATOR_GONE, set_aside=False)
            continue
        misreads = misread(key, one, indicator, former=former.get(key.indicator))
        unasked = _unasked(key, one, indicator)
        why = unasked or misreads
        if why is not None:
            yield Unfit(key, one.answer, why, set_aside=misreads is not None)


def _unasked(key: ObservationKey, one: Observation, indicator: Indicator) -> Misfit | None:
    """Why the indicator does not ask at this place any more."""
    if key.side not in indicator.sides:
        return Misfit.SIDE_GONE
    of_product, of_respondent = key.product != WHOLE_UNIT, key.respondent != WHOLE_UNIT
    if of_product and indicator.asked is not Asked.PER_PRODUCT:
        return Misfit.ASKED_OTHERWISE
    if of_respondent and indicator.asked is not Asked.PER_RESPONDENT:
        return Misfit.ASKED_OTHERWISE
    # That an indicator does not apply is said once, also where several are asked.
    if indicator.asked is Asked.PER_RESPONDENT and not of_respondent:
        return None if one.not_applicable_reason else Misfit.ASKED_OTHERWISE
    return None


def misread(
    key: ObservationKey, one: Observation, indicator: Indicator, *, former: Indicator | None
) -> Misfit | None:
    """Why the indicator would misread what was recorded, or could not read it."""
    if one.not_applicable_reason and not indicator.may_not_apply:
        return Misfit.ALWAYS_APPLIES
    if one.answer is None:
        return None
    if former is not None and not _alike(former.scale, indicator.scale):
        return Misfit.KIND_CHANGED
    try:
        paper = key.side is Side.PAPERWORK
        indicator.scale.canonical(one.answer, indicator=indicator.code, paper=paper)
    except RecordRefused:
        return Misfit.NOT_ON_SCALE
    return None


def _alike(before: Scale, after: Scale) -> bool:
    """Whether an answer means the same: a `3` of five levels is no 3 days and no 3 seats."""
    kinds = {before.kind, after.kind}
    if len(kinds) > 1 and not kinds <= _PRESENT_OR_NOT:
        return False
    units = [scale.unit.id if scale.unit else None for scale in (before, after)]
    return units[0] == units[1]


def _strained(snapshot: Snapshot, instrument: Instrument) -> Iterator[Unfit]:
    """Answers that fit their scale but not the other instrument's constraint."""
    constrained = {one.code: one for one in instrument.indicators() if one.constraint is not None}
    for key, one in sorted(snapshot.observations.items()):
        indicator = constrained.get(key.indicator)
        if indicator is None or one.answer is None or _unasked(key, one, indicator) is not None:
            continue
        if not fits(snapshot, instrument, key, answer=one.answer):
            yield Unfit(key, one.answer, Misfit.CONSTRAINT, set_aside=True)


def _moved(snapshot: Snapshot, instrument: Instrument, unfit: tuple[Unfit, ...]) -> Snapshot:
    """The visit as it would stand after the move."""
    observations = dict(snapshot.observations)
    for one in unfit:
        if one.set_aside:
            observations[one.key] = _without(observations[one.key], one)
    visit = replace(
        snapshot.visit,
        instrument_version=instrument.pin,
        instrument_digest=instrument.digest,
    )
    return replace(snapshot, visit=visit, observations=observations)


def _without(observation: Observation, one: Unfit) -> Observation:
    if one.answer is None:
        return replace(observation, not_applicable_reason=None)
    return replace(observation, answer=None)


def _field(one: Unfit) -> str:
    return "not_applicable_reason" if one.answer is None else "answer"
