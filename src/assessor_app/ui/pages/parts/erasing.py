"""Erasing what is kept of a respondent: for a reason, and for good."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.reason_dialog import ReasonDialog, Step


def ask_to_erase(
    desk: Desk,
    over: QWidget,
    pseudonym: str,
    *,
    act: Callable[[str], object],
    done: Callable[[], object],
) -> None:
    """Ask for the reason; `act` erases with it, `done` is called after that."""
    step = Step(
        name="people.erase",
        heading=desk.say("people.erase_title", pseudonym=pseudonym),
        told=desk.say("people.erase_told"),
        example=desk.say("people.erase_example"),
        go=desk.say("people.erase_go"),
    )
    dialog = ReasonDialog(desk, over, step, act=act)
    dialog.done_so.connect(done)
    dialog.open()
