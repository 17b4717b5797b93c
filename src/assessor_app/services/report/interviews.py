"""What was said in interviews: how many, their mean, who spoke, and who is still to be asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import LEVELLED, AnswerKind, Indicator, Scale, Side
from assessor_app.domain.interviews import Shortfall
from assessor_app.domain.respondents import Respondent, RespondentKind, Role
from assessor_app.domain.visit import Snapshot
from assessor_app.services.report.words import Words

_EACH = 6  # so many are told one by one; of more, how often each answer was given


@dataclass(frozen=True, slots=True)
class Said:
    """One respondent's answer to one question."""

    respondent: Respondent
    answer: str


@dataclass(frozen=True, slots=True)
class Interviews:
    """The answers to one question on one side.

    `mean` is of the numbers answered (levels that are numbers, counts), by what each respondent
    weighs; None where answers are words. `weighted` says whether some weigh more than others.
    """

    said: tuple[Said, ...]
    mean: Decimal | None
    weighted: bool


def interviews(one: Compared, side: Side, snapshot: Snapshot) -> Interviews:
    """What the respondents answered on a side, in the order of the instrument's roles."""
    indicator = one.indicator
    ranks = {role.code: rank for rank, role in enumerate(indicator.roles)}
    said = [
        Said(snapshot.respondents[key.respondent], found)
        for key in one.keys
        if key.side is side
        and key.respondent in snapshot.respondents
        and (found := snapshot.observation(key).answer)
    ]
    said.sort(
        key=lambda each: (ranks.get(each.respondent.post or "", len(ranks)), each.respondent.id)
    )
    weights = [each.respondent.weight(indicator.roles) for each in said]
    numbers = [_number(indicator, each.answer) for each in said]
    whole = sum(weights, Decimal(0))
    mean = None
    if whole and all(number is not None for number in numbers):
        parts = zip(numbers, weights, strict=True)
        mean = sum(((number or 0) * weight for number, weight in parts), Decimal(0)) / whole
    return Interviews(tuple(said), mean, weighted=len(set(weights)) > 1)


def summary(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> str:
    """“n = 32, rerata 3,4”; of answers in words, the share that is fulfilled."""
    found = interviews(one, side, snapshot)
    count, share = len(found.said), one.on(side)
    if found.mean is not None:
        name = "mean_weighted" if found.weighted else "mean"
        mean = _mean_told(one.indicator.scale, found.mean, words)
        return words(f"answer.interview.{name}", count=count, mean=mean)
    if share is not None:
        percent = words.percent(share, Decimal(1))
        return words("answer.interview.share", count=count, percent=percent)
    return words("answer.interview.count", count=count)


def voices(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Who answered what, a role at a time: a few one by one, many by how often each was said."""
    found = interviews(one, side, snapshot)
    by_post: dict[str | None, list[Said]] = {}
    for each in found.said:
        by_post.setdefault(each.respondent.post, []).append(each)
    roles = {role.code: role for role in one.indicator.roles}
    for post, said in by_post.items():
        role = roles.get(post or "")
        if len(said) > _EACH:
            yield _counted(one.indicator, role, said, side=side, words=words)
        else:
            for each in said:
                yield _one(one.indicator, role, each, side=side, words=words)


def unfound(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> str:
    """Of a checklist, which parts were not found, and by how many; empty where none is missing."""
    said = interviews(one, side, snapshot).said
    scale = one.indicator.scale
    if scale.kind is not AnswerKind.PARTS:
        return ""
    found = Counter(part.value for each in said for part in scale.chosen(each.answer))
    missing = "; ".join(
        words(
            "answer.interview.times",
            answer=words.of(part.name),
            count=len(said) - found[part.value],
        )
        for part in scale.parts
        if found[part.value] < len(said)
    )
    return words("answer.interview.unfound", missing=missing) if missing else ""


def told_shortfall(shortfall: Shortfall, words: Words) -> str:
    """Who is still to be interviewed, in one sentence."""
    post = words.of(shortfall.role.name)
    if shortfall.role.kind is RespondentKind.USER:
        name = "too_few_users"
    else:
        name = "too_few_posts" if shortfall.asked else "none_asked"
    return words(
        f"answer.interview.{name}", post=post, asked=shortfall.asked, wanted=shortfall.wanted
    )


def _one(indicator: Indicator, role: Role | None, said: Said, *, side: Side, words: Words) -> str:
    respondent = said.respondent
    places = {
        "pseudonym": respondent.pseudonym,
        "answer": _told(indicator, said.answer, side=side, words=words),
    }
    if role is None:
        return words("answer.interview.one", **places)
    name = "substitute" if respondent.substitute else "holder"
    return words(f"answer.interview.{name}", **places, post=words.of(role.name))


def _counted(
    indicator: Indicator, role: Role | None, said: Sequence[Said], *, side: Side, words: Words
) -> str:
    times = Counter(each.answer for each in said)
    order = [level.value for level in indicator.levels] or sorted(times)
    answers = "; ".join(
        words(
            "answer.interview.times",
            answer=_told(indicator, value, side=side, words=words),
            count=times[value],
        )
        for value in order
        if times[value]
    )
    post = words.of(role.name) if role else words("answer.interview.respondents")
    return words("answer.interview.group", post=post, answers=answers)


def _told(indicator: Indicator, answer: str, *, side: Side, words: Words) -> str:
    """One answer among others: of a checklist its count, the parts are told of all together."""
    if indicator.kind is AnswerKind.PARTS:
        return words.parts_count(indicator.scale, answer)
    return words.answer(indicator, answer, side=side).rstrip(".")


def _mean_told(scale: Scale, mean: Decimal, words: Words) -> str:
    told = words.mean(mean)
    if scale.kind is AnswerKind.PARTS:
        return words("answer.parts", found=told, whole=len(scale.parts))
    if scale.unit is not None:
        return words("answer.with_unit", number=told, unit=words.of(scale.unit))
    return told


def _number(indicator: Indicator, answer: str) -> Decimal | None:
    """The number that an answer is; None for a word."""
    if indicator.kind is AnswerKind.PARTS:
        return Decimal(len(indicator.scale.chosen(answer)))
    numeric = indicator.kind is AnswerKind.COUNT or (
        indicator.kind in LEVELLED and all(level.value.isdecimal() for level in indicator.levels)
    )
    return Decimal(answer) if numeric else None
