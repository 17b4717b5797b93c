"""A new passphrase, typed twice, with how hard it is to guess."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.enrolment.strength import PassphraseStrength
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.widgets.fields import Field, line_edit

_TOP = Qt.AlignmentFlag.AlignTop


class SecretPair(QWidget):
    """Both lines beside each other; what is wrong stands at the line."""

    asked = Signal()  # Enter was pressed in one

    def __init__(self, desk: Desk, prefix: str, *, of_person: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._desk = desk
        self._new = line_edit(f"{prefix}.new", secret=True)
        self._again = line_edit(f"{prefix}.again", secret=True)
        self._new_field = Field(desk.say("device.passphrase.new"), self._new)
        self._again_field = Field(desk.say("device.passphrase.again"), self._again)
        show = tick(desk.say("unlock.show"), f"{prefix}.show")
        show.toggled.connect(self._on_show_toggled)
        pair = QHBoxLayout()
        pair.setSpacing(16)
        for line, field in ((self._new, self._new_field), (self._again, self._again_field)):
            line.returnPressed.connect(self.asked)
            pair.addWidget(field, 1, _TOP)
        self._new.textChanged.connect(self._again_field.clear_fault)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(pair)
        column.addWidget(PassphraseStrength(desk, self._new, of_person=of_person))
        column.addWidget(show)

    def given(self) -> str | None:
        """The passphrase, or None: then its fault stands at its line."""
        if not self._new.text():
            self.show_fault(self._desk.say("device.passphrase.empty"))
            return None
        if self._new.text() != self._again.text():
            self._again_field.show_fault(self._desk.say("enrol.fault_again"))
            self._again.setFocus()
            return None
        return self._new.text()

    def show_fault(self, text: str) -> None:
        self._new_field.show_fault(text)
        self._new.setFocus()

    def clear(self) -> None:
        """Keep nothing of it on the screen."""
        for line in (self._new, self._again):
            line.clear()

    def _on_show_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in (self._new, self._again):
            line.setEchoMode(mode)
