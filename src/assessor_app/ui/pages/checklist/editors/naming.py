"""What answers are called: the group that is spoken, and how far one fulfils what is asked."""

from decimal import Decimal

from assessor_app.domain.instrument import Indicator, Side, Step
from assessor_app.services.report.words import Words
from assessor_app.ui.desk import Desk


def spoken_group(desk: Desk, indicator: Indicator, side: Side) -> str:
    """What a screen reader says before each answer of a side."""
    return desk.say("side.group", code=indicator.code, side=desk.words.side(side))


def judged(desk: Desk, told: str, fulfilment: Decimal | None) -> str:
    """An answer in words and how far it fulfils what is asked; the answer alone where unscored."""
    if fulfilment is None:
        return told
    return desk.say("answering.judged", told=told, degree=degree(desk, fulfilment))


def degree(desk: Desk, fulfilment: Decimal) -> str:
    """Full, none, or the share in percent."""
    if fulfilment == 1:
        return desk.say("answering.full")
    if fulfilment == 0:
        return desk.say("answering.nothing")
    return desk.say("answering.part", percent=desk.words.percent(fulfilment, Decimal(1)))


def ladder(desk: Desk, indicator: Indicator, *, unit: str) -> str:
    """What each number earns, a line a step, as the instrument says; empty where it says nothing.

    `unit` follows the numbers: what is counted, or a share of the promised time.
    """
    return "\n".join(_rung(desk, step, unit=unit) for step in indicator.scale.steps)


def _rung(desk: Desk, step: Step, *, unit: str) -> str:
    words: Words = desk.words
    earned = degree(desk, step.fulfilment)
    number = words("answer.with_unit", number=words.number(step.at_least), unit=unit)
    if step.rubric is None:
        return desk.say("answering.step", number=number, degree=earned)
    return desk.say(
        "answering.step_named", number=number, rubric=words.of(step.rubric), degree=earned
    )
