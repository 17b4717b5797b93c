"""A number as it is typed and shown in the language in use."""

from decimal import Decimal, InvalidOperation

from assessor_app.domain.instrument import Scale
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.number_edit import NumberEdit


def number_edit(desk: Desk, scale: Scale, *, name: str) -> NumberEdit:
    """A field for a scale's number, with its unit and bounds."""
    return NumberEdit(
        name,
        desk.tokens,
        unit=desk.words.of(scale.unit) if scale.unit else "",
        fewer=desk.say("answering.fewer"),
        more=desk.say("answering.more"),
        least=scale.least if scale.least is not None else Decimal(0),
        most=scale.most,
    )


def shown_number(desk: Desk, answer: str | None) -> str:
    """A recorded number in digits as they are typed, without marks between thousands."""
    if answer is None:
        return ""
    try:
        mark = desk.words.number(Decimal("0.5"))[1]
        return f"{Decimal(answer):f}".replace(".", mark)
    except InvalidOperation:  # recorded under another version, where it was no number
        return answer
