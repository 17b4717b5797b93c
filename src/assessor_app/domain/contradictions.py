"""What of a visit speaks against an answer: a document's date, a trial, a watch, other voices.

Each rule says something that the assessor may have a good reason for: it is shown with the way to
its place, and forbids nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from assessor_app.domain.components import TO_BE_PUBLISHED
from assessor_app.domain.doubt_kinds import Doubt, DoubtKind
from assessor_app.domain.fulfilment import Compared, mean
from assessor_app.domain.instrument import AnswerKind, Asked, Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.respondents import RespondentKind
from assessor_app.domain.timings import as_answer, timed, timings_of
from assessor_app.domain.trials import Result, Trial
from assessor_app.domain.visit import Snapshot

OLD_DOCUMENT = timedelta(days=5 * 365)
"""Older than this a document is asked about: it may have been replaced. Our own threshold: no rule
lets a decree lapse by itself."""

_AHEAD = timedelta(hours=14)
"""How far the day of the easternmost zone is ahead of UTC: a paper of today is not of tomorrow."""

FAR_APART = Decimal("0.5")
"""By how much of full fulfilment two groups must differ: less is a matter of opinion."""

_Looked = Mapping[ObservationKey, frozenset[str]]
"""What was ticked of the 14 components, by the observation that the evidence is attached to."""

_FAILED = frozenset(
    {
        Result.NO_ANSWER,
        Result.BUSY,
        Result.OUT_OF_SERVICE,
        Result.WRONG_OWNER,
        Result.REFUSED,
    }
)


def contradictions(
    snapshot: Snapshot, compared: Sequence[Compared], *, ended: datetime
) -> Iterator[Doubt]:
    """All of them; `ended` is when the visit was left, or now."""
    yield from _dated(snapshot, compared, ended=ended)
    looked, tried = _looked_at(snapshot), {one.indicator for one in snapshot.trials}
    for one in compared:
        if one.asked:
            yield from _published(snapshot, one, looked)
            if one.indicator.code in tried:
                yield from _tried(snapshot, one)
            yield from _measured(snapshot, one)
            yield from _voices(snapshot, one)


def _dated(snapshot: Snapshot, compared: Sequence[Compared], *, ended: datetime) -> Iterator[Doubt]:
    """A document of the future cannot have been seen; a very old one may not be in force.

    Mistyped years are the usual reason for the first; for the second the office is asked what has
    replaced it. Where the document is said to be absent, nothing is doubted.
    """
    absent = {(one.indicator.code, one.product) for one in compared if one.paper == 0}
    latest, oldest = (ended + _AHEAD).date(), (snapshot.visit.arrival - OLD_DOCUMENT).date()
    for key, own in sorted(snapshot.observations.items(), key=lambda pair: pair[0]):
        dated = own.document.dated
        if key.side is not Side.PAPERWORK or dated is None:
            continue
        if (key.indicator, key.product) in absent:
            continue
        if dated > latest:
            yield _at(DoubtKind.DOCUMENT_IN_FUTURE, snapshot, key)
        elif dated < oldest:
            yield _at(DoubtKind.DOCUMENT_OLD, snapshot, key)


def _looked_at(snapshot: Snapshot) -> _Looked:
    """What was ticked at each observation; nothing of those where nobody looked."""
    found: dict[ObservationKey, frozenset[str]] = {}
    for item in snapshot.evidence.values():
        if item.components is not None:
            for key in item.attached_to:
                found[key] = found.get(key, frozenset()) | frozenset(item.components)
    return found


def _published(snapshot: Snapshot, one: Compared, looked: _Looked) -> Iterator[Doubt]:
    """A page that carries no service information does not fulfil anything, though it exists.

    method.md 1.6: such an account counts as not fulfilled; PermenPANRB 15/2014: six components have
    to be public. Said only where somebody ticked what is to be seen there, and of all that was
    ticked at a side together.
    """
    for side in one.indicator.sides:
        ticked = [looked[key] for key in one.keys if key.side is side and key in looked]
        fulfilled = one.on(side)
        if not ticked or not fulfilled:
            continue
        seen = frozenset[str]().union(*ticked)
        name = snapshot.products.get(one.product)
        if not seen:
            kind = DoubtKind.EVIDENCE_CARRIES_NOTHING
            yield Doubt(kind, one.indicator.code, side, name)
        elif fulfilled == 1 and (missing := TO_BE_PUBLISHED - seen):
            yield Doubt(
                DoubtKind.COMPONENTS_NOT_SEEN,
                one.indicator.code,
                side,
                name,
                asked=len(TO_BE_PUBLISHED) - len(missing),
                wanted=len(TO_BE_PUBLISHED),
            )


def _tried(snapshot: Snapshot, one: Compared) -> Iterator[Doubt]:
    """A channel that nobody answers is not there for who complains, whatever was answered.

    One trial that reached a person is enough to say that it works; one that waits for its answer
    says nothing yet. Where only numbers of somebody else were announced (112), the unit has none.
    """
    code = one.indicator.code
    trials = [each for each in snapshot.trials if each.indicator == code]
    own = [each for each in trials if each.not_own is None]
    known = [each for each in own if each.tried]
    practice = one.practice
    if not trials or practice is None:
        return
    name = snapshot.products.get(one.product)
    if practice == 1 and not own:
        yield Doubt(DoubtKind.CHANNELS_NOT_OWN, code, Side.PRACTICE, name)
    elif practice == 1 and known and all(each.result in _FAILED for each in known):
        yield Doubt(DoubtKind.TRIALS_FAILED, code, Side.PRACTICE, name)
    elif practice == 0 and any(_reached(each) for each in known):
        yield Doubt(DoubtKind.TRIAL_REACHED, code, Side.PRACTICE, name)


def _reached(trial: Trial) -> bool:
    return trial.answered


def _measured(snapshot: Snapshot, one: Compared) -> Iterator[Doubt]:
    """The watch says that the promise was not kept, and the answer that it was; or the other way.

    The median of what was measured counts: one slow customer breaks no promise.
    """
    indicator = one.indicator
    if indicator.kind is not AnswerKind.DURATION or one.practice is None:
        return
    found = timed(timings_of(snapshot.timings, indicator.code, product=one.product))
    key = ObservationKey(indicator.code, Side.PAPERWORK, one.product)
    promised = snapshot.observation(key).answer
    if found is None or promised is None:
        return
    scale = indicator.scale
    measured = as_answer(found.median, scale.unit, whole=scale.whole)
    if measured is None:
        return
    kept = indicator.fulfilment(Side.PRACTICE, measured, promised=promised)
    if kept is not None and (kept == 1) != (one.practice == 1):
        kind = DoubtKind.TIME_PROMISE_KEPT if kept == 1 else DoubtKind.TIME_PROMISE_BROKEN
        name = snapshot.products.get(one.product)
        yield Doubt(kind, indicator.code, Side.PRACTICE, name)


def _voices(snapshot: Snapshot, one: Compared) -> Iterator[Doubt]:
    """Officers and users who were asked the same say otherwise; or users deny what paper claims.

    The mean of both groups hides it: four officers outvote two users who stood at the counter.
    """
    if one.indicator.asked is not Asked.PER_RESPONDENT:
        return
    officers, users = (_mean(snapshot, one, kind) for kind in RespondentKind)
    code = one.indicator.code
    if officers is not None and users is not None and abs(officers - users) >= FAR_APART:
        yield Doubt(DoubtKind.OFFICERS_AGAINST_USERS, code, Side.PRACTICE)
    if one.paper is not None and users is not None and one.paper - users >= FAR_APART:
        yield Doubt(DoubtKind.USERS_AGAINST_PAPER, code, Side.PRACTICE)
    if one.paper is not None and officers is not None and one.paper - officers >= FAR_APART:
        yield Doubt(DoubtKind.OFFICERS_AGAINST_PAPER, code, Side.PRACTICE)


def _mean(snapshot: Snapshot, one: Compared, kind: RespondentKind) -> Decimal | None:
    """How far the practice is fulfilled by what a group of respondents answered."""
    kinds = {role.code: role.kind for role in one.indicator.roles}
    shares: list[Decimal] = []
    for key in one.keys:
        asked = snapshot.respondents.get(key.respondent)
        if key.side is not Side.PRACTICE or asked is None:
            continue
        own = kinds.get(asked.post or "")
        role = own.value if own is not None else asked.role
        answer = snapshot.observation(key).answer
        if role != kind.value or not answer:
            continue
        share = one.indicator.fulfilment(Side.PRACTICE, answer)
        if share is not None:
            shares.append(share)
    return mean(shares) if shares else None


def _at(kind: DoubtKind, snapshot: Snapshot, key: ObservationKey) -> Doubt:
    return Doubt(kind, key.indicator, key.side, snapshot.products.get(key.product))
