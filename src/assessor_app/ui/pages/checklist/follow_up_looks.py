"""How the standing of an item looks: a sign and a colour beside its word."""

from assessor_app.domain.follow_up import FollowUpStanding
from assessor_app.services.carrying import carried_at
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline_row import Chip

LOOKS = {
    FollowUpStanding.OVERDUE: ("octagon", "red"),
    FollowUpStanding.STILL_OPEN: ("half", "yellow"),
    FollowUpStanding.NEWLY_BROKEN: ("warning", "red"),
    FollowUpStanding.NOT_LOOKED_AT: ("eye-off", "grey"),
    FollowUpStanding.NOT_ASSESSED: ("dash", "grey"),
    FollowUpStanding.NOT_ASKED_HERE: ("dash", "grey"),
    FollowUpStanding.REPAIRED: ("ok", "green"),
    FollowUpStanding.NO_LONGER_APPLIES: ("dash", "grey"),
    FollowUpStanding.IN_ORDER: ("ok", "green"),
}
"""Icon and hue of each; what has one icon with another differs from it in its word."""

_ORDER = {standing: place for place, standing in enumerate(FollowUpStanding)}


def standing_chip(desk: Desk, session: Session, code: str) -> Chip | None:
    """What became of an indicator since before; of several products the one that weighs most."""
    if session.snapshot.visit.predecessor is None:
        return None
    found = carried_at(desk.workplace, desk.application.library, session, code)
    if not found:
        return None
    first = min((one.standing for one in found), key=_ORDER.__getitem__)
    return Chip(desk.words(f"followed.standing.{first.value}"), *LOOKS[first])
