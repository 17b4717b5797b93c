"""One side of an indicator as a document prints it: short for a column, whole where it fits."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instrument import AnswerKind, Asked, Side
from assessor_app.domain.interviews import shortfalls
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.visit import Snapshot
from assessor_app.reporting.content import Answer, Fact, Mark
from assessor_app.services.report import interviews
from assessor_app.services.report.words import NONE, Words

_COLUMN = 44
"""Characters that a narrow column holds of an answer; the whole then stands below it."""


def answer(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> Answer:
    """One side's answer in words and as a sign."""
    if side not in one.indicator.sides:
        return Answer(words("level.not_asked"), Mark.NOT_ASKED)
    match one.applies:
        case Applies.NOT_APPLICABLE:
            return Answer(words("level.not_applicable"), Mark.NOT_ASKED)
        case Applies.NOT_RELEVANT | Applies.NOT_FOLLOWED:
            return Answer(words("level.not_asked"), Mark.NOT_ASKED)
        case Applies.ASKED:
            return _asked(one, side, snapshot, words)
        case _:
            assert_never(one.applies)


def told(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> str:
    """One side's answer in one line of any length, as a terminal shows it.

    Where there is none, the reason that was recorded for it; a dash while there is no reason.
    """
    found = answer(one, side, snapshot, words)
    label = found.whole or found.label
    if found.mark is Mark.NOT_ASSESSED and one.indicator.kind is not AnswerKind.PHOTO:
        reasons = [
            reason
            for key in one.keys
            if key.side is side and (reason := snapshot.observation(key).not_assessed_reason)
        ]
        label = " – ".join([label, *dict.fromkeys(reasons)]) if reasons else NONE
    return " – ".join(part for part in (label, found.detail) if part)


def details(one: Compared, snapshot: Snapshot, words: Words) -> tuple[Fact, ...]:
    """What did not fit the columns of a table, a side each."""
    found = ((side, answer(one, side, snapshot, words)) for side in one.indicator.sides)
    return tuple(
        Fact(words.side(side), " ".join(part for part in (given.whole, given.detail) if part))
        for side, given in found
        if given.whole or given.detail
    )


def _asked(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> Answer:
    if one.indicator.kind is AnswerKind.PHOTO:
        return _photos(one, side, snapshot, words)
    if one.indicator.asked is Asked.PER_RESPONDENT:
        return _interviewed(one, side, snapshot, words)
    recorded = snapshot.observation(ObservationKey(one.indicator.code, side, one.product)).answer
    if recorded is None:
        return Answer(words("level.none"), Mark.NOT_ASSESSED)
    scale, mark = one.indicator.scale, _mark(one, side)
    if scale.kind is AnswerKind.COUNT:
        count, reached = words.count(scale, recorded), words.reached(scale, recorded)
        return replace(_fitted(count, mark), detail=f"{reached}." if reached else "")
    if scale.kind is AnswerKind.PARTS:
        count, named = words.parts_count(scale, recorded), words.parts_named(scale, recorded)
        return Answer(count, mark, detail=named)
    return _fitted(words.answer(one.indicator, recorded, side=side), mark)


def _photos(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> Answer:
    key = ObservationKey(one.indicator.code, side, one.product)
    count = len(snapshot.evidence_for(key))
    if count:
        return Answer(words("answer.photos", count=count), Mark.RECORDED)
    if snapshot.observation(key).settled:
        return Answer(words("level.none"), Mark.NOT_ASSESSED)
    return Answer(words("answer.no_photo"), Mark.NOT_ASSESSED)


def _interviewed(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> Answer:
    lacking = [interviews.told_shortfall(each, words) for each in shortfalls(one, side, snapshot)]
    found = interviews.interviews(one, side, snapshot)
    if not found.said:
        return Answer(words("level.none"), Mark.NOT_ASSESSED, detail=" ".join(lacking))
    voices = "; ".join(interviews.voices(one, side, snapshot, words))
    unfound = interviews.unfound(one, side, snapshot, words)
    parts = (*_fulfilled(one, side, found, words), f"{voices}.", unfound, *lacking)
    detail = " ".join(part for part in parts if part)
    return Answer(interviews.summary(one, side, snapshot, words), _mark(one, side), detail=detail)


def _fulfilled(
    one: Compared, side: Side, found: interviews.Interviews, words: Words
) -> Iterator[str]:
    """What a mean of numbers comes to, where the summary tells the mean."""
    share = one.on(side)
    if found.mean is not None and share is not None:
        percent = words.percent(share, Decimal(1))
        yield words("answer.interview.share_of", percent=percent)


def _mark(one: Compared, side: Side) -> Mark:
    share = one.on(side)
    if share is None:
        return Mark.RECORDED
    return Mark.PRESENT if share == 1 else Mark.ABSENT if share == 0 else Mark.PARTIAL


def _fitted(whole: str, mark: Mark) -> Answer:
    line = " ".join(whole.split())
    if len(line) <= _COLUMN:
        return Answer(line, mark)
    begun = line[:_COLUMN].rpartition(" ")[0] or line[:_COLUMN]
    return Answer(f"{begun.rstrip(' ,;:')}…", mark, whole=whole)
