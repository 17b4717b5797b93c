"""The passphrase of the assessor at work, changed for another."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.keys import access
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.dialogs import furnish
from assessor_app.ui.pages.device.secret_pair import SecretPair
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # a value that is only passed on here
    from assessor_app.ui.tasks import Tell

_OF_OLD = frozenset({"passphrase_wrong", "passphrase_wait", "passphrase_unreadable"})


class NewPassphraseDialog(QDialog):
    """The old one is asked for anew: an unlocked device that lies about gives it to nobody."""

    changed = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("passphrase")
        self._desk = desk
        self._old = line_edit("passphrase.old", secret=True)
        self._old_field = Field(desk.say("device.passphrase.old"), self._old)
        profile = desk.workplace.profile
        known = tuple(one for one in (profile.name, profile.office, profile.nip) if one)
        self._pair = SecretPair(desk, "passphrase", of_person=lambda: known)
        self._pair.asked.connect(self._on_go)
        self._notice = furnish(
            self,
            desk,
            self._old_field,
            self._pair,
            heading=desk.say("device.passphrase.title"),
            told=desk.say("device.passphrase.told"),
            go=desk.say("device.passphrase.go"),
            act=self._on_go,
        )
        self._busy = Busy(self, desk.tokens)
        self._old.setFocus()

    def reject(self) -> None:
        """Esc does not leave what is being written."""
        if not self._busy.isVisible():
            super().reject()

    def _on_go(self) -> None:
        self._notice.clear()
        if not self._old.text():
            self._old_field.show_fault(self._desk.say("device.passphrase.empty"))
            self._old.setFocus()
            return
        new = self._pair.given()
        if new is None:
            return
        self._busy.begin(self._desk.say("device.passphrase.working"))
        self._desk.tasks.run(
            partial(_change, self._desk, self._old.text(), new),
            owner=self,
            done=self._on_done,
            failed=self._on_refused,
        )

    def _on_done(self, _: None) -> None:
        self._busy.end()
        self._old.clear()
        self._pair.clear()
        self.accept()
        self.changed.emit()

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        told = self._desk.told(problem)
        if problem.code in _OF_OLD:
            self._old_field.show_fault(told)
            self._old.setFocus()
            self._old.selectAll()
        elif problem.code == "passphrase_taken":
            self._pair.show_fault(told)
        else:
            self._notice.tell(told, Tone.ERROR)


def _change(desk: Desk, old: str, new: str, _tell: "Tell") -> None:
    access.change_passphrase(desk.workplace, old, new)
