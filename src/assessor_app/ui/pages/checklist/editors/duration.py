"""Time: on paper what was promised, in practice what it took, and whether that is kept."""

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scale import NONE
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import judged, ladder
from assessor_app.ui.pages.checklist.editors.numbers import NumberEditor


def time_editor(desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> NumberEditor:
    """The promised time or that there is none; or the time taken, compared with the promise."""
    if side is Side.PAPERWORK:
        return NumberEditor(
            desk,
            indicator,
            side,
            prefix=prefix,
            intro=desk.say("answering.promised"),
            none=desk.say("answering.no_promise"),
        )
    steps = ladder(desk, indicator, unit=desk.say("answering.of_promise"))
    return NumberEditor(
        desk,
        indicator,
        side,
        prefix=prefix,
        intro=desk.say("answering.took"),
        judge=lambda answer, promised: _compared(desk, indicator, answer, promised=promised),
        told=[steps] if steps else [],
    )


def _compared(desk: Desk, indicator: Indicator, answer: str, *, promised: str | None) -> str:
    """The time it took against the promise."""
    if promised is None:
        return desk.say("answering.no_promise_yet")
    if promised == NONE:
        return desk.say("answering.nothing_to_keep")
    try:
        fulfilment = indicator.fulfilment(Side.PRACTICE, answer, promised=promised)
    except (RecordRefused, ArithmeticError):  # recorded under another version of the scale
        return ""
    words = desk.words
    told = desk.say(
        "answering.against",
        promise=words.answer(indicator, promised, side=Side.PAPERWORK),
        took=words.answer(indicator, answer, side=Side.PRACTICE),
    )
    return judged(desk, told, fulfilment)
