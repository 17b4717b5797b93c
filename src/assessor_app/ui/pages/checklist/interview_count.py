"""How many have been interviewed of how many, behind an indicator's name in the outline."""

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Side
from assessor_app.domain.interviews import shortfalls
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk


def with_count(desk: Desk, session: Session, one: Compared, text: str) -> str:
    """The text with "9/15" where the instrument asks for a number of people."""
    indicator = one.indicator
    wanted = sum(role.posts or role.at_least or 0 for role in indicator.roles)
    if not wanted or not one.asked:
        return text
    side = Side.PRACTICE if Side.PRACTICE in indicator.sides else indicator.sides[0]
    lacking = sum(each.wanted - each.asked for each in shortfalls(one, side, session.snapshot))
    return desk.say("interviews.row_tally", text=text, asked=wanted - lacking, wanted=wanted)
