"""Another assessor on this device: who it is, and a passphrase that they choose themselves."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.enrolment import Profile
from assessor_app.services.keys import access
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.dialogs import furnish
from assessor_app.ui.pages.device.secret_pair import SecretPair
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # a value that is only passed on here
    from assessor_app.ui.tasks import Tell

_REQUIRED = ("name", "office")


class NewAssessorDialog(QDialog):
    """They sit at the device themselves: nobody else should know their passphrase."""

    added = Signal(str)  # the name

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("assessor")
        self._desk = desk
        self._lines: dict[str, QLineEdit] = {}
        self._fields: dict[str, Field] = {}
        pairs = [self._pair_of("name", "office"), self._pair_of("nip", "position")]
        self._lines["office"].setText(desk.workplace.profile.office)
        self._secret = SecretPair(desk, "assessor", of_person=self._of_person)
        self._secret.asked.connect(self._on_go)
        self._signs = tick(desk.say("device.assessor.signs"), "assessor.signs", checked=True)
        self._notice = furnish(
            self,
            desk,
            *pairs,
            self._secret,
            self._signs,
            heading=desk.say("device.assessor.title"),
            told=desk.say("device.assessor.told"),
            go=desk.say("device.assessor.go"),
            act=self._on_go,
        )
        self._busy = Busy(self, desk.tokens)
        self._lines["name"].setFocus()

    def reject(self) -> None:
        """Esc does not leave what is being written."""
        if not self._busy.isVisible():
            super().reject()

    def _pair_of(self, *names: str) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for name in names:
            self._lines[name] = line = line_edit(f"assessor.{name}")
            self._fields[name] = field = Field(self._desk.say(f"enrol.{name}"), line)
            row.addWidget(field, 1)
        return pair

    def _of_person(self) -> tuple[str, ...]:
        return tuple(self._lines[name].text() for name in ("name", "office", "nip"))

    def _on_go(self) -> None:
        self._notice.clear()
        for name in _REQUIRED:
            if not self._lines[name].text().strip():
                self._fields[name].show_fault(self._desk.say(f"enrol.fault_{name}"))
                self._lines[name].setFocus()
                return
        passphrase = self._secret.given()
        if passphrase is None:
            return
        texts = {name: line.text() for name, line in self._lines.items()}
        profile = Profile(
            name=texts["name"],
            office=texts["office"],
            nip=texts["nip"] or None,
            position=texts["position"] or None,
            zone=self._desk.workplace.profile.zone,
        )
        self._busy.begin(self._desk.say("device.passphrase.working"))
        self._desk.tasks.run(
            partial(_add, self._desk, profile, passphrase, signs=self._signs.isChecked()),
            owner=self,
            done=lambda _: self._on_done(profile.name),
            failed=self._on_refused,
        )

    def _on_done(self, name: str) -> None:
        self._busy.end()
        self._secret.clear()
        self.accept()
        self.added.emit(name)

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        if problem.code == "passphrase_taken":
            self._secret.show_fault(self._desk.told(problem))
        else:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)


def _add(desk: Desk, profile: Profile, passphrase: str, _tell: "Tell", *, signs: bool) -> str:
    signing = passphrase if signs else None
    return access.add_assessor(desk.workplace, profile, passphrase, signing=signing)
