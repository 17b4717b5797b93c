"""Which answers questions can have, and whether a condition over them can ever be met."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, Decimal
from itertools import combinations, product
from math import prod

from assessor_app.domain.conditions import Condition
from assessor_app.domain.instrument import LEVELLED, AnswerKind
from assessor_app.domain.scale import NONE
from assessor_app.instruments.schema import ScaleForm

# A condition takes some microseconds: this many cost a file no more than a blink.
_MOST_CASES = 300
_MOST_PARTS = 8
_UNANSWERED = ""
# What the clock says changes, so that what does not hold today may hold tomorrow.
_CLOCK = ("today(", "now(")


def can_hold(
    condition: Condition,
    scales: Mapping[str, ScaleForm | None],
    *,
    own: ScaleForm | None,
    code: str,
) -> bool:
    """Whether any answers meet a condition, tried one by one; true where they are too many.

    `scales` has the scale of every question by its code. `own` is the scale of the question whose
    answer the condition constrains, and `code` names that question.
    """
    if any(word in condition.expression.replace(" ", "") for word in _CLOCK):
        return True
    names = sorted(condition.names - {code} if own else condition.names)
    possible = [answers(scales.get(name)) for name in names]
    given = answers(own)[1:] if own else [_UNANSWERED]
    choices = [given, *possible]
    if not all(choices) or prod(len(one) for one in choices) > _MOST_CASES:
        return True
    for answer, *others in product(*choices):
        known = dict(zip(names, others, strict=True)) | ({code: answer} if own else {})
        if condition.holds(known, own=answer or None):
            return True
    return False


def answers(scale: ScaleForm | None) -> list[str]:
    """Every answer of a question, "" for none yet first; empty where they cannot be counted up."""
    if scale is None:
        return []
    if scale.kind in LEVELLED:
        return [_UNANSWERED, *(level.value for level in scale.levels)]
    match scale.kind:
        case AnswerKind.PHOTO | AnswerKind.NOTE:
            return [_UNANSWERED]
        case AnswerKind.PARTS if len(scale.parts) <= _MOST_PARTS:
            return [_UNANSWERED, NONE, *_ticked([part.value for part in scale.parts])]
        case AnswerKind.COUNT:
            numbers = list(_numbers(scale))
            return [_UNANSWERED, *numbers] if numbers else []
        case _:
            return []


def _ticked(parts: list[str]) -> Iterator[str]:
    for count in range(1, len(parts) + 1):
        for chosen in combinations(parts, count):
            yield " ".join(chosen)


def _numbers(scale: ScaleForm) -> Iterator[str]:
    """The whole numbers that may be answered, where they have two ends."""
    counts = bool(scale.steps) or scale.target is not None
    least = Decimal(0) if scale.least is None and counts else scale.least
    if least is None or scale.most is None or not scale.whole:
        return
    first = int(least.to_integral_value(ROUND_CEILING))
    if scale.most - first < _MOST_CASES:
        yield from (str(number) for number in range(first, int(scale.most) + 1))
