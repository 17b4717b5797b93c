"""What can be declared about the document, and in what capacity somebody receives it."""

from assessor_app.domain.visit import Capacity, Declaration
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.choices import Choices, Mark, Option

_MARKS = {
    Declaration.RECEIVED: Mark.PRESENT,
    Declaration.REFUSED: Mark.ABSENT,
    Declaration.ABSENT: Mark.NONE,
}


def capacities(desk: Desk) -> list[tuple[str, str]]:
    """The capacities as rows of a combo box, none of them first."""
    rows = [(one.value, desk.words(f"capacity.{one.value}")) for one in Capacity]
    return [("", desk.say("review.receiver.no_capacity")), *rows]


def declarations(desk: Desk) -> Choices:
    """The three declarations one under the other."""
    options = [
        Option(one.value, desk.say(f"review.declared.{one.value}"), "", _MARKS[one])
        for one in Declaration
    ]
    choices = Choices("review.declared", options, desk.tokens, columns=1)
    choices.setAccessibleName(desk.say("review.receiver.title"))
    return choices
