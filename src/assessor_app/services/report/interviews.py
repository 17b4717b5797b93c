"""What was said in interviews: how many, their mean, who spoke, and who is still to be asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import LEVELLED, AnswerKind, Indicator, Scale, Side
from assessor_app.domain.interviews import Shortfall
from assessor_app.domain.respondents import Respondent, RespondentKind
from assessor_app.domain.visit import Snapshot
from assessor_app.services.report.words import Words

SMALLEST_GROUP = 3
"""Officers whose answers to one question are told together; of fewer only how many were asked."""

_IN_OWN_WORDS = frozenset({AnswerKind.TEXT, AnswerKind.NOTE})


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
    weights = {each.respondent.weight(indicator.roles) for each in said}
    return Interviews(tuple(said), mean_of(indicator, said), weighted=len(weights) > 1)


def mean_of(indicator: Indicator, said: Sequence[Said]) -> Decimal | None:
    """The mean of some answers, by what each respondent weighs; None where they are words."""
    weights = [each.respondent.weight(indicator.roles) for each in said]
    numbers = [_number(indicator, each.answer) for each in said]
    whole = sum(weights, Decimal(0))
    if not whole or any(number is None for number in numbers):
        return None
    parts = zip(numbers, weights, strict=True)
    return sum(((number or 0) * weight for number, weight in parts), Decimal(0)) / whole


def summary(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> str:
    """“n = 32, rerata 3,4”; of answers in words, the share that is fulfilled."""
    found = interviews(one, side, snapshot)
    count, share = len(found.said), one.on(side)
    if found.mean is not None:
        name = "mean_weighted" if found.weighted else "mean"
        mean = mean_told(one.indicator.scale, found.mean, words)
        return words(f"answer.interview.{name}", count=count, mean=mean)
    if share is not None:
        percent = words.percent(share, Decimal(1))
        return words("answer.interview.share", count=count, percent=percent)
    return words("answer.interview.count", count=count)


def voices(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """What each kind of respondents answered, as a group: nobody is told apart by an answer."""
    for kind, said in by_kind(interviews(one, side, snapshot).said).items():
        name = group_name(kind, words)
        if is_told(one.indicator, kind, len(said)):
            answers = how_often(one.indicator, said, side=side, words=words)
            yield words("answer.interview.group", post=name, answers=answers)
        else:
            yield words("answer.interview.too_few_to_tell", post=name, count=len(said))


def each_voice(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Who answered what, for the eyes of the assessors: no document prints it."""
    roles = {role.code: words.of(role.name) for role in one.indicator.roles}
    for said in interviews(one, side, snapshot).said:
        respondent = said.respondent
        name = "substitute" if respondent.substitute else "holder"
        yield words(
            f"answer.interview.{name if respondent.post in roles else 'one'}",
            pseudonym=respondent.pseudonym,
            post=roles.get(respondent.post or ""),
            answer=_told(one.indicator, said.answer, side=side, words=words),
        )


def by_kind(said: Sequence[Said]) -> dict[RespondentKind, list[Said]]:
    """The answers of officers and of users, apart."""
    found: dict[RespondentKind, list[Said]] = {}
    for each in said:
        found.setdefault(kind_of(each.respondent), []).append(each)
    return found


def kind_of(respondent: Respondent) -> RespondentKind:
    """Officer or user; who was recorded without a role counts as an officer, whom we shield."""
    user = respondent.role == RespondentKind.USER.value
    return RespondentKind.USER if user else RespondentKind.OFFICER


def group_name(kind: RespondentKind, words: Words) -> str:
    """What a kind of respondents is called together."""
    return words(f"answer.interview.kind_{kind.value}")


def group_of(respondent: Respondent, words: Words) -> str:
    """What a respondent's group is called."""
    return group_name(kind_of(respondent), words)


def is_told(indicator: Indicator, kind: RespondentKind, count: int) -> bool:
    """Whether a group's answers are told.

    Of two officers each colleague would know who said it; and whoever spoke is known by their own
    words.
    """
    if indicator.kind in _IN_OWN_WORDS:
        return False
    return kind is RespondentKind.USER or count >= SMALLEST_GROUP


def how_often(indicator: Indicator, said: Sequence[Said], *, side: Side, words: Words) -> str:
    """How often each answer was given, in the order of the scale."""
    times = Counter(each.answer for each in said)
    order = [level.value for level in indicator.levels] or sorted(times)
    return "; ".join(
        words(
            "answer.interview.times",
            answer=_told(indicator, value, side=side, words=words),
            count=times[value],
        )
        for value in order
        if times[value]
    )


def unfound(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> str:
    """Of a checklist, which parts were not found, and by how many; empty where none is missing.

    Empty too where somebody's answers are not told: it would point at who did not name a part.
    """
    said = interviews(one, side, snapshot).said
    scale = one.indicator.scale
    groups = by_kind(said).items()
    untold = any(not is_told(one.indicator, kind, len(group)) for kind, group in groups)
    if untold or scale.kind is not AnswerKind.PARTS:
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


def _told(indicator: Indicator, answer: str, *, side: Side, words: Words) -> str:
    """One answer among others: of a checklist its count, the parts are told of all together."""
    if indicator.kind is AnswerKind.PARTS:
        return words.parts_count(indicator.scale, answer)
    return words.answer(indicator, answer, side=side).rstrip(".")


def mean_told(scale: Scale, mean: Decimal, words: Words) -> str:
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
