"""The signing passphrase, asked for anew for each thing that is done with the key it seals."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.dialogs import furnish
from assessor_app.ui.pages.device.secret_pair import SecretPair
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # a value that is only passed on here
    from assessor_app.ui.tasks import Tell

_OF_PRESENT = frozenset({"identity_passphrase_wrong", "passphrase_unreadable"})


class SigningSecretDialog(QDialog):
    """Asks for the present one; what is done with it goes on in a worker."""

    done_so = Signal(object)  # what it became

    def __init__(
        self, desk: Desk, over: QWidget, name: str, *, act: Callable[[Desk, str], object]
    ) -> None:
        super().__init__(over)
        self.setObjectName(f"identity.{name}")
        self._desk = desk
        self._act = act
        self._line = line_edit(f"identity.{name}.passphrase", secret=True)
        self._line.returnPressed.connect(self._on_go)
        self._field = Field(desk.say("device.identity.present"), self._line)
        self._notice = furnish(
            self,
            desk,
            self._field,
            heading=desk.say(f"device.identity.{name}_heading"),
            told=desk.say(f"device.identity.{name}_told"),
            go=desk.say(f"device.identity.{name}_go"),
            act=self._on_go,
        )
        self._busy = Busy(self, desk.tokens)
        self._line.setFocus()

    def reject(self) -> None:
        """Esc does not leave what is being written."""
        if not self._busy.isVisible():
            super().reject()

    def _on_go(self) -> None:
        self._notice.clear()
        if not self._line.text():
            self._field.show_fault(self._desk.say("device.passphrase.empty"))
            self._line.setFocus()
            return
        self._busy.begin(self._desk.say("device.identity.working"))
        self._desk.tasks.run(
            partial(_one, self._act, self._desk, self._line.text()),
            owner=self,
            done=self._on_done,
            failed=self._on_refused,
        )

    def _on_done(self, made: object) -> None:
        self._busy.end()
        self._line.clear()
        self.accept()
        self.done_so.emit(made)

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        told = self._desk.told(problem)
        if problem.code in _OF_PRESENT:
            self._field.show_fault(told)
            self._line.setFocus()
            self._line.selectAll()
        else:
            self._notice.tell(told, Tone.ERROR)


class NewSigningSecretDialog(QDialog):
    """Asks for a new one, twice, and before it for the present one where there is any."""

    done_so = Signal(object)  # what it became

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        name: str,
        *,
        asks_old: bool,
        act: Callable[[Desk, str, str], object],
    ) -> None:
        super().__init__(over)
        self.setObjectName(f"identity.{name}")
        self._desk = desk
        self._act = act
        self._asks_old = asks_old
        self._old = line_edit(f"identity.{name}.old", secret=True)
        self._old_field = Field(desk.say("device.identity.present"), self._old)
        profile = desk.workplace.profile
        known = tuple(one for one in (profile.name, profile.office, profile.nip) if one)
        self._pair = SecretPair(desk, f"identity.{name}", of_person=lambda: known)
        self._pair.asked.connect(self._on_go)
        self._notice = furnish(
            self,
            desk,
            *((self._old_field, self._pair) if asks_old else (self._pair,)),
            heading=desk.say(f"device.identity.{name}_heading"),
            told=desk.say(f"device.identity.{name}_told"),
            go=desk.say(f"device.identity.{name}_go"),
            act=self._on_go,
        )
        self._busy = Busy(self, desk.tokens)
        if asks_old:
            self._old.setFocus()
        else:
            self._old_field.setParent(self)
            self._old_field.hide()

    def reject(self) -> None:
        """Esc does not leave what is being written."""
        if not self._busy.isVisible():
            super().reject()

    def _on_go(self) -> None:
        self._notice.clear()
        if self._asks_old and not self._old.text():
            self._old_field.show_fault(self._desk.say("device.passphrase.empty"))
            self._old.setFocus()
            return
        new = self._pair.given()
        if new is None:
            return
        self._busy.begin(self._desk.say("device.identity.working"))
        self._desk.tasks.run(
            partial(_two, self._act, self._desk, self._old.text(), new),
            owner=self,
            done=self._on_done,
            failed=self._on_refused,
        )

    def _on_done(self, made: object) -> None:
        self._busy.end()
        self._old.clear()
        self._pair.clear()
        self.accept()
        self.done_so.emit(made)

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        told = self._desk.told(problem)
        if problem.code in _OF_PRESENT and self._asks_old:
            self._old_field.show_fault(told)
            self._old.setFocus()
            self._old.selectAll()
        elif problem.code == "identity_passphrase_empty":
            self._pair.show_fault(told)
        else:
            self._notice.tell(told, Tone.ERROR)


def _one(act: Callable[[Desk, str], object], desk: Desk, passphrase: str, _tell: "Tell") -> object:
    return act(desk, passphrase)


def _two(
    act: Callable[[Desk, str, str], object], desk: Desk, old: str, new: str, _tell: "Tell"
) -> object:
    return act(desk, old, new)
