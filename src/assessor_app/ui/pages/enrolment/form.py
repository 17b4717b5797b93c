"""The form of the first start: who the assessor is, and the passphrases."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.problem import RecordRefused
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.enrolment.recovery_choice import RecoveryChoice
from assessor_app.ui.pages.enrolment.strength import PassphraseStrength
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.sight import lead_to
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.stacking import Stacking

_ZONES = (
    ("Asia/Jakarta", "enrol.zone_wib"),
    ("Asia/Makassar", "enrol.zone_wita"),
    ("Asia/Jayapura", "enrol.zone_wit"),
)
_JUDGED_TOGETHER = (
    ("passphrase", "again"),
    ("passphrase", "hint"),
    ("signing", "signing_again"),
    ("signing", "hint"),
)
"""What is changed, and the other field whose fault may be gone by that."""
_GAP = 16
_TOP = Qt.AlignmentFlag.AlignTop  # a fault below one of a pair leaves the other where it is


_BOTH_PX = 820  # of both cards beside each other


@dataclass(frozen=True, slots=True)
class Given:
    """What was filled in; `zone` is None for the device's own.

    `recovery` is the file of headquarters' public key, where one was named.
    """

    name: str
    office: str
    nip: str | None
    position: str | None
    zone: str | None
    passphrase: str
    signing_passphrase: str
    hint: str
    recovery: Path | None = None


class EnrolForm(QWidget):
    """Takes what is needed to enrol; says at each field what is wrong with it."""

    asked = Signal()  # Enter was pressed in a line

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: dict[str, QLineEdit] = {}
        self._fields: dict[str, Field] = {}
        columns = Stacking(below=_BOTH_PX, space=_GAP)
        self.setLayout(columns)
        columns.addWidget(self._person_card(), 1)
        columns.addWidget(self._secret_card(), 1)
        for changed, judged in _JUDGED_TOGETHER:
            self._lines[changed].textChanged.connect(self._fields[judged].clear_fault)

    def take_focus(self) -> None:
        self._lines["name"].setFocus()

    def show_device_zone(self, zone: str) -> None:
        """Name the device's own time zone, as soon as it is known."""
        self._zone.setItemText(0, self._desk.say("enrol.zone_device_named", zone=zone))

    def show_fault(self, name: str, text: str) -> None:
        """A fault of one field, found later than the form's own check."""
        self._fields[name].show_fault(text)
        lead_to(self._lines[name])

    def given(self) -> Given | None:
        """What was filled in, or None: then each fault stands at its field."""
        faults = self._faults()
        for name, field in self._fields.items():
            if name in faults:
                field.show_fault(faults[name])
            else:
                field.clear_fault()
        if faults:
            first = next(name for name in self._fields if name in faults)
            lead_to(self._lines[first])
            return None
        passphrase = self._lines["passphrase"].text()
        same = self._same.isChecked()
        return Given(
            name=self._lines["name"].text(),
            office=self._lines["office"].text(),
            nip=self._lines["nip"].text() or None,
            position=self._lines["position"].text() or None,
            zone=value_of(self._zone) or None,
            passphrase=passphrase,
            signing_passphrase=passphrase if same else self._lines["signing"].text(),
            hint=self._lines["hint"].text().strip(),
            recovery=self._recovery.file,
        )

    # How it is laid out

    def _person_card(self) -> QWidget:
        say = self._desk.say
        card = Card(say("enrol.person"))
        self._zone = combo(
            "enrol.zone",
            [("", say("enrol.zone_device")), *((zone, say(name)) for zone, name in _ZONES)],
        )
        pair = QHBoxLayout()
        pair.setSpacing(_GAP)
        nip = self._line("nip")
        position = self._line("position")
        pair.addWidget(nip, 1, _TOP)
        pair.addWidget(position, 1, _TOP)
        card.body.addWidget(self._line("name"))
        card.body.addWidget(self._line("office", placeholder=say("enrol.office_placeholder")))
        card.body.addLayout(pair)
        card.body.addWidget(Field(say("enrol.zone"), self._zone))
        self._recovery = RecoveryChoice(self._desk)
        self._lines["recovery"] = self._recovery.line
        self._fields["recovery"] = self._recovery.field
        card.body.addWidget(self._recovery)
        card.body.addStretch(1)
        return card

    def _secret_card(self) -> QWidget:
        say = self._desk.say
        card = Card(say("enrol.secret"))
        card.body.addWidget(quiet(say("enrol.secret_why")))
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(_GAP)
        pairs.addWidget(self._line("passphrase", secret=True), 0, 0, _TOP)
        pairs.addWidget(self._line("again", secret=True), 0, 1, _TOP)
        card.body.addLayout(pairs)
        self._strength = PassphraseStrength(
            self._desk, self._lines["passphrase"], of_person=self._of_person
        )
        card.body.addWidget(self._strength)
        card.body.addLayout(self._checks())
        card.body.addWidget(self._signing_pair())
        card.body.addWidget(self._line("hint", hint=say("enrol.hint_example")))
        card.body.addStretch(1)
        return card

    def _checks(self) -> QVBoxLayout:
        self._same = tick(self._desk.say("enrol.same"), "enrol.same", checked=True)
        self._same.toggled.connect(self._on_same_toggled)
        show = tick(self._desk.say("enrol.show"), "enrol.show")
        show.toggled.connect(self._on_show_toggled)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(show)
        column.addWidget(self._same)
        return column

    def _signing_pair(self) -> QWidget:
        self._signing = QWidget()
        pair = QHBoxLayout(self._signing)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(_GAP)
        pair.addWidget(self._line("signing", secret=True), 1, _TOP)
        pair.addWidget(self._line("signing_again", secret=True), 1, _TOP)
        self._signing.hide()
        return self._signing

    def _line(
        self, name: str, *, secret: bool = False, placeholder: str = "", hint: str = ""
    ) -> Field:
        line = line_edit(f"enrol.{name}", secret=secret, placeholder=placeholder)
        line.returnPressed.connect(self.asked)
        field = Field(self._desk.say(f"enrol.{name}"), line, hint=hint)
        self._lines[name] = line
        self._fields[name] = field
        return field

    # What is wrong

    def _faults(self) -> dict[str, str]:
        say = self._desk.say
        found: dict[str, str] = {}
        for name in ("name", "office"):
            if not self._lines[name].text().strip():
                found[name] = say(f"enrol.fault_{name}")
        for name in ("name", "office", "nip", "position", "hint"):
            if problem := _unprintable(self._lines[name].text()):
                found[name] = self._desk.told(problem)
        secrets = [("passphrase", "again")]
        if not self._same.isChecked():
            secrets.append(("signing", "signing_again"))
        for name, again in secrets:
            if not self._lines[name].text():
                found[name] = say(f"enrol.fault_{name}")
            elif self._lines[name].text() != self._lines[again].text():
                found[again] = say("enrol.fault_again")
        return found

    def _of_person(self) -> tuple[str, ...]:
        return tuple(self._lines[name].text() for name in ("name", "office", "nip"))

    def _on_same_toggled(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._signing.setVisible(not checked)

    def _on_show_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for name in ("passphrase", "again", "signing", "signing_again"):
            self._lines[name].setEchoMode(mode)


def _unprintable(text: str) -> RecordRefused | None:
    """Why a text cannot be recorded, if it cannot."""
    from assessor_app.services.entries import clean_text

    try:
        clean_text(text, "text")
    except RecordRefused as problem:
        return problem
    return None
