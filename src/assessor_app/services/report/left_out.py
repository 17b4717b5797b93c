"""What a visit did not assess, and what does not apply there: each with its reason."""

from collections.abc import Iterator, Sequence

from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instrument import AnswerKind, Side
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.visit import Outcome, Snapshot
from assessor_app.reporting.content import Omission
from assessor_app.services.report.interviews import group_of
from assessor_app.services.report.words import Words


def omissions(compared: Sequence[Compared], snapshot: Snapshot, words: Words) -> Iterator[Omission]:
    """Every side that was asked and has no answer, with the reason."""
    for one in compared:
        for side in one.indicator.sides if one.asked else ():
            found = _unanswered(one, side, snapshot)
            if found:
                outcome = snapshot.visit.outcome
                reasons = [_reason(one, key, snapshot, words, outcome=outcome) for key in found]
                yield _omission(one, snapshot, words, reason=_joined(reasons, words))


def stated_omissions(
    compared: Sequence[Compared], snapshot: Snapshot, words: Words
) -> Iterator[Omission]:
    """The sides that could not be assessed, with the reason that was recorded for it."""
    for one in compared:
        for side in one.indicator.sides if one.asked else ():
            reasons = [
                _reason(one, key, snapshot, words)
                for key in _unanswered(one, side, snapshot)
                if snapshot.observation(key).not_assessed_reason
            ]
            if reasons:
                yield _omission(one, snapshot, words, reason=_joined(reasons, words))


def inapplicable(
    compared: Sequence[Compared], snapshot: Snapshot, words: Words
) -> Iterator[Omission]:
    """What does not apply to the office by its nature, or is not asked by its condition."""
    for one in compared:
        if one.applies is Applies.NOT_APPLICABLE:
            told = "; ".join(not_applicable_reasons(one, snapshot))
            reason = words("omission.not_applicable", reason=told)
            yield _omission(one, snapshot, words, reason=reason)
        elif one.applies is Applies.NOT_RELEVANT and one.indicator.kind is not AnswerKind.NOTE:
            names = one.indicator.relevant.names if one.indicator.relevant else ()
            reason = words("omission.not_relevant", indicators=", ".join(sorted(names)))
            yield _omission(one, snapshot, words, reason=reason)


def not_applicable_reasons(one: Compared, snapshot: Snapshot) -> tuple[str, ...]:
    """Why an indicator does not apply, as recorded on either side; each reason once."""
    keys = (ObservationKey(one.indicator.code, side, one.product) for side in one.indicator.sides)
    found = (snapshot.observation(key).not_applicable_reason for key in keys)
    return tuple(dict.fromkeys(reason for reason in found if reason))


def _unanswered(one: Compared, side: Side, snapshot: Snapshot) -> list[ObservationKey]:
    keys = [key for key in one.keys if key.side is side]
    if one.indicator.kind is AnswerKind.PHOTO and snapshot.evidence_for(*keys):
        return []
    keys = keys or [ObservationKey(one.indicator.code, side, one.product)]
    return [key for key in keys if snapshot.observation(key).answer is None]


def _reason(
    one: Compared,
    key: ObservationKey,
    snapshot: Snapshot,
    words: Words,
    *,
    outcome: Outcome | None = None,
) -> tuple[str, str]:
    """Why a side has no answer, and the group of the respondent who gave none."""
    asked = snapshot.respondents.get(key.respondent)
    return _why(one, snapshot.observation(key), key.side, words, outcome=outcome), (
        group_of(asked, words) if asked else ""
    )


def _why(
    one: Compared, observation: Observation, side: Side, words: Words, *, outcome: Outcome | None
) -> str:
    name = words.side(side)
    if observation.not_assessed_reason:
        return words("omission.not_assessed", side=name, reason=observation.not_assessed_reason)
    if not one.indicator.required:
        return words("omission.optional", side=name)
    if outcome is None:
        return words("preview.unanswered", side=name)
    ended = words(f"outcome.{outcome.value}").lower()
    return words("omission.unanswered", side=name, outcome=ended)


def _joined(reasons: Sequence[tuple[str, str]], words: Words) -> str:
    """Each reason once, with those it holds for."""
    by_reason: dict[str, list[str]] = {}
    for reason, who in reasons:
        by_reason.setdefault(reason, []).extend([who] if who else [])
    return " ".join(
        words("omission.of", reason=reason, who=", ".join(dict.fromkeys(who))) if who else reason
        for reason, who in by_reason.items()
    )


def _omission(one: Compared, snapshot: Snapshot, words: Words, *, reason: str) -> Omission:
    text = words.of(one.indicator.text)
    product = snapshot.products.get(one.product)
    return Omission(one.indicator.code, f"{text} – {product}" if product else text, reason)
