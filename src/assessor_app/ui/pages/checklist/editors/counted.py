"""How many: a number beside its unit, with the target and what it comes to."""

from collections.abc import Iterator

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import judged, ladder
from assessor_app.ui.pages.checklist.editors.numbers import NumberEditor


def count_editor(desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> NumberEditor:
    """The number, and below it the target or what each number earns."""

    def judge(answer: str, _promised: str | None) -> str:
        told = desk.words.answer(indicator, answer, side=side)
        return judged(desk, told, indicator.fulfilment(side, answer))

    told = _told(desk, indicator)
    return NumberEditor(desk, indicator, side, prefix=prefix, judge=judge, told=told)


def _told(desk: Desk, indicator: Indicator) -> Iterator[str]:
    scale, words = indicator.scale, desk.words
    unit = words.of(scale.unit) if scale.unit else ""
    if scale.steps:
        yield ladder(desk, indicator, unit=unit)
    elif scale.target is not None:
        target = words("answer.with_unit", number=words.number(scale.target), unit=unit)
        yield desk.say("answering.target", target=target.strip())
