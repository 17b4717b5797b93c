"""What contradicts in a visit and does not forbid to close it: shown to the assessor, no more."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from assessor_app.domain.contradictions import contradictions
from assessor_app.domain.doubt_kinds import Doubt, DoubtKind
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instrument import AnswerKind, Instrument, Side
from assessor_app.domain.interviews import shortfalls
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.respondents import RespondentKind
from assessor_app.domain.visit import Snapshot

__all__ = ["PHOTO_SLACK", "Doubt", "DoubtKind", "doubts"]

PHOTO_SLACK = timedelta(hours=12)
"""How long before the arrival, or after the departure, a photo may claim to be taken: camera clocks
are rarely right."""


def doubts(
    snapshot: Snapshot, compared: Sequence[Compared], *, instrument: Instrument, now: datetime
) -> tuple[Doubt, ...]:
    """All doubts, in the instrument's order; `now` ends the visit while it has no departure."""
    rank = {one.code: place for place, one in enumerate(instrument.indicators())}
    found = [
        *_papers(snapshot, instrument),
        *_times(snapshot, now=now),
        *_photos(snapshot, now=now),
        *_gaps(snapshot, compared),
        *_inapplicable(snapshot, compared),
        *_promises(snapshot, compared),
        *contradictions(snapshot, compared, ended=snapshot.visit.departure or now),
        *_interviews(snapshot, compared),
    ]
    # Of an indicator that the visit's present instrument does not have nothing is asked any more.
    known = [doubt for doubt in found if doubt.indicator in rank]
    return tuple(sorted(known, key=lambda doubt: rank[doubt.indicator]))


def _papers(snapshot: Snapshot, instrument: Instrument) -> Iterator[Doubt]:
    indicators = {one.code: one for one in instrument.indicators()}
    for key, own in _recorded(snapshot):
        answer = snapshot.observation(key).answer
        indicator = indicators.get(key.indicator)
        if key.side is not Side.PAPERWORK or answer is None or indicator is None:
            continue
        if indicator.fulfilment(key.side, answer) == 0 and (
            own.document.number or own.document.kind
        ):
            yield _doubt(DoubtKind.PAPER_ABSENT_WITH_DOCUMENT, snapshot, key)


def _times(snapshot: Snapshot, *, now: datetime) -> Iterator[Doubt]:
    visit = snapshot.visit
    # Times are given to the minute, the arrival is kept to the microsecond.
    began, ended = visit.arrival.replace(second=0, microsecond=0), visit.departure or now
    for key, own in _recorded(snapshot):
        if own.observed_at is not None and not began <= own.observed_at <= ended:
            yield _doubt(DoubtKind.OBSERVED_OUTSIDE_VISIT, snapshot, key)


def _photos(snapshot: Snapshot, *, now: datetime) -> Iterator[Doubt]:
    """A photo of another day shows another day; one from after the visit was not taken at it."""
    earliest = snapshot.visit.arrival - PHOTO_SLACK
    latest = (snapshot.visit.departure or now) + PHOTO_SLACK
    for _, photo in sorted(snapshot.evidence.items()):
        if photo.captured_at is None or earliest <= photo.captured_at <= latest:
            continue
        before = photo.captured_at < earliest
        kind = DoubtKind.PHOTO_OUTSIDE_VISIT if before else DoubtKind.PHOTO_AFTER_VISIT
        for key in photo.attached_to:
            yield _doubt(kind, snapshot, key)


def _gaps(snapshot: Snapshot, compared: Sequence[Compared]) -> Iterator[Doubt]:
    for one in compared:
        if one.gap is None or not one.gap.needs_evidence:
            continue
        if not any(snapshot.observation(key).note for key in one.keys):
            name = snapshot.products.get(one.product)
            code = one.indicator.code
            yield Doubt(DoubtKind.GAP_WITHOUT_NOTE, code, product_name=name)


def _inapplicable(snapshot: Snapshot, compared: Sequence[Compared]) -> Iterator[Doubt]:
    """It was said not to apply, and answered on the other side all the same."""
    for one in compared:
        if one.applies is Applies.NOT_APPLICABLE:
            name = snapshot.products.get(one.product)
            for key in one.keys:
                if snapshot.observation(key).answer is not None:
                    kind = DoubtKind.ANSWERED_THOUGH_NOT_APPLICABLE
                    yield Doubt(kind, one.indicator.code, key.side, product_name=name)


def _promises(snapshot: Snapshot, compared: Sequence[Compared]) -> Iterator[Doubt]:
    """A time was taken that no promise was recorded for: it cannot be judged."""
    for one in compared:
        if not one.asked or one.indicator.kind is not AnswerKind.DURATION:
            continue
        for key in one.keys:
            timed = key.side is Side.PRACTICE and snapshot.observation(key).answer is not None
            if timed and one.practice is None:
                name = snapshot.products.get(one.product)
                code = one.indicator.code
                yield Doubt(DoubtKind.NO_PROMISE_TO_KEEP, code, key.side, product_name=name)


def _interviews(snapshot: Snapshot, compared: Sequence[Compared]) -> Iterator[Doubt]:
    """Posts that too few were interviewed of, and users too few for a mean: each told once."""
    told: set[str] = set()
    for one in compared:
        for side in one.indicator.sides:
            for short in shortfalls(one, side, snapshot):
                role = short.role
                if role.code in told:
                    continue
                told.add(role.code)
                user = role.kind is RespondentKind.USER
                yield Doubt(
                    DoubtKind.TOO_FEW_USERS if user else DoubtKind.POST_NOT_INTERVIEWED,
                    one.indicator.code,
                    post=role.name,
                    asked=short.asked,
                    wanted=short.wanted,
                )


def _recorded(snapshot: Snapshot) -> Iterator[tuple[ObservationKey, Observation]]:
    yield from sorted(snapshot.observations.items(), key=lambda pair: pair[0])


def _doubt(kind: DoubtKind, snapshot: Snapshot, key: ObservationKey) -> Doubt:
    return Doubt(kind, key.indicator, key.side, snapshot.products.get(key.product))
