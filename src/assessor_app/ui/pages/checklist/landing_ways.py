"""How photos of a watched folder find to the indicator that is looked at, and away again."""

from typing import TYPE_CHECKING

from assessor_app.domain.instrument import Asked
from assessor_app.domain.observation import ObservationKey
from assessor_app.ui.pages.checklist.landing import Landing
from assessor_app.ui.pages.checklist.photos import Goal, Photos
from assessor_app.ui.pages.checklist.unattached import UnattachedDialog

if TYPE_CHECKING:
    from assessor_app.ui.pages.checklist.page import ChecklistPage


def landing_of(page: "ChecklistPage", photos: Photos) -> Landing:
    """The bar of a checklist page, wired to what it does to the record."""
    desk, session, acts = page.desk, page.session, page.evidence_acts
    landing = Landing(desk, session, photos, goal=lambda: _goal(page))

    def undo(goal: Goal, ids: list[str]) -> None:
        acts.detach(ids, away_from=_key(page, goal, ids))

    def move(goal: Goal, ids: list[str]) -> None:
        def to(other: Goal) -> None:
            if acts.move(ids, other, away_from=_key(page, goal, ids)) is not None:
                landing.forget_landed()

        acts.ask_where(page, title=desk.say("proof.move"), act=to, at=goal)

    def show_unattached() -> None:
        dialog = UnattachedDialog(desk, session, photos, page)
        dialog.opened.connect(page.proving.open)
        dialog.attach_wanted.connect(lambda ids: _attach_here(page, ids))
        dialog.open()

    landing.undo_wanted.connect(undo)
    landing.move_wanted.connect(move)
    landing.unattached_wanted.connect(show_unattached)
    page.recording.changed.connect(lambda _: landing.show_state())
    page.reasons.given.connect(landing.show_all)
    return landing


def _goal(page: "ChecklistPage") -> Goal | None:
    """Where photos land now; None where the visit takes none, or nobody is chosen to ask."""
    spot, side = page.spot, page.side
    if not page.session.snapshot.takes_answers or page.reasons.lacks:
        return None
    if side not in spot.indicator.sides:
        return None
    if spot.indicator.asked is Asked.PER_RESPONDENT and not spot.subject:
        return None
    return spot.goal(side)


def _key(page: "ChecklistPage", goal: Goal, ids: list[str]) -> ObservationKey | None:
    """The observation that photos landed at."""
    for id_ in ids:
        item = page.session.snapshot.evidence.get(id_)
        for key in reversed(item.attached_to if item else ()):
            if (key.indicator, key.side) == (goal.indicator, goal.side):
                return key
    return None


def _attach_here(page: "ChecklistPage", ids: list[str]) -> None:
    goal = _goal(page)
    if goal is not None:
        page.evidence_acts.move(ids, goal)
