"""The answer that there is nothing: no part was found, no time was promised."""

from assessor_app.domain.scale import NONE
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.choices import Choices, Mark, Option

NOTHING_KEY = "X"


def nothing_choice(desk: Desk, prefix: str, *, label: str, group: str) -> Choices:
    """One button, which gives the answer `NONE`."""
    option = Option(NONE, label, NOTHING_KEY, Mark.ABSENT)
    return Choices(prefix, [option], desk.tokens, columns=1, group=group)
