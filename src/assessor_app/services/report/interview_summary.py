"""Interviews in summary: how many of whom were asked, and what they said as a group; no names."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Asked, Side
from assessor_app.domain.interviews import shortfalls
from assessor_app.domain.outlook import Seen
from assessor_app.domain.respondents import RespondentKind
from assessor_app.domain.visit import Snapshot
from assessor_app.reporting.content import Fact
from assessor_app.reporting.report_content import InterviewRow, Interviews
from assessor_app.services.report.interviews import (
    SMALLEST_GROUP,
    Said,
    by_kind,
    group_name,
    how_often,
    interviews,
    is_told,
    kind_of,
    mean_of,
    mean_told,
    told_shortfall,
)
from assessor_app.services.report.words import NONE, Words


def interview_summary(seen: Seen, words: Words) -> Interviews | None:
    """The section on interviews; None where the instrument puts no question to anybody."""
    snapshot = seen.snapshot
    asked = [
        (one, side)
        for one in seen.outlook.compared
        if one.asked and one.indicator.asked is Asked.PER_RESPONDENT
        for side in one.indicator.sides
    ]
    if not asked:
        return None
    lacking = (
        told_shortfall(each, words)
        for one, side in asked
        for each in shortfalls(one, side, snapshot)
    )
    return Interviews(
        groups=tuple(_groups(snapshot, words)),
        rows=tuple(row for one, side in asked for row in _rows(one, side, snapshot, words)),
        note=words("interview_told.note", smallest=SMALLEST_GROUP),
        missing=tuple(dict.fromkeys(lacking)),
    )


def _groups(snapshot: Snapshot, words: Words) -> Iterator[Fact]:
    """How many officers and users answered anything."""
    spoke = {key.respondent for key, told in snapshot.observations.items() if told.answer}
    counts = Counter(kind_of(one) for id_, one in snapshot.respondents.items() if id_ in spoke)
    for kind in RespondentKind:
        number = words("interview_told.people", count=counts[kind])
        yield Fact(group_name(kind, words), number)


def _rows(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> Iterator[InterviewRow]:
    text = words.of(one.indicator.text)
    product = snapshot.products.get(one.product)
    for kind, said in by_kind(interviews(one, side, snapshot).said).items():
        told = is_told(one.indicator, kind, len(said))
        yield InterviewRow(
            code=one.indicator.code,
            text=f"{text} – {product}" if product else text,
            group=group_name(kind, words),
            count=words.number(Decimal(len(said))),
            result=_result(one, said, words) if told else NONE,
            answers=how_often(one.indicator, said, side=side, words=words)
            if told
            else words("interview_told.untold"),
        )


def _result(one: Compared, said: list[Said], words: Words) -> str:
    """Their mean; of answers in words there is none."""
    mean = mean_of(one.indicator, said)
    if mean is None:
        return NONE
    return words("interview_told.mean", mean=mean_told(one.indicator.scale, mean, words))
