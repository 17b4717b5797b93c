"""Who can open the store: each assessor, their own passphrase, and taking it away."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.keys import access
from assessor_app.services.keys.access import Assessor
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.new_assessor import NewAssessorDialog
from assessor_app.ui.pages.device.new_passphrase import NewPassphraseDialog
from assessor_app.ui.pages.device.parts import State, emptied, row_of
from assessor_app.ui.pages.parts.reason_dialog import ReasonDialog, Step
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone


class AssessorsSection(Card):
    """Everybody who was enrolled here, in that order; who lost the access stays named."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.assessors.title"))
        self._desk = desk
        self._people: tuple[Assessor, ...] = ()
        self._notice = Notice(desk.tokens, "device.assessors.notice")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        add = button(
            desk.say("device.assessors.add"),
            "device.assessors.add",
            icon=icon("add", desk.tokens.ink),
        )
        add.clicked.connect(self._on_add)
        self.body.addWidget(quiet(desk.say("device.assessors.told")))
        self.body.addWidget(self._notice)
        self.body.addLayout(self._rows)
        self.body.addWidget(add, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read and show who there is."""
        self._people = access.assessors(self._desk.workplace)
        emptied(self._rows)
        for number, one in enumerate(self._people):
            self._rows.addWidget(self._row(number, one))

    def state(self) -> State:
        opening = sum(one.can_open for one in self._people)
        return State(self._desk.say("device.assessors.state", count=opening), Tone.SUCCESS)

    def _row(self, number: int, one: Assessor) -> QWidget:
        say = self._desk.say
        way = "keyring" if one.in_keyring else "passphrase" if one.can_open else "none"
        about = one.office if one.nip is None else f"{one.office} · {one.nip}"
        told = say(f"device.assessors.access_{way}")
        name = say("device.assessors.self", name=one.name) if one.is_self else one.name
        return row_of(
            self._desk.tokens, "person", name, about, told, buttons=self._acts(number, one)
        )

    def _acts(self, number: int, one: Assessor) -> tuple[QPushButton, ...]:
        say = self._desk.say
        if one.is_self:
            change = button(say("device.assessors.change"), "device.assessors.change")
            change.clicked.connect(self._on_change)
            return (change,)
        if not one.can_open:
            return ()
        take = button(
            say("device.assessors.remove"), f"device.assessors.remove.{number}", role="danger"
        )
        take.clicked.connect(partial(self._on_remove, one))
        return (take,)

    def _on_change(self) -> None:
        dialog = NewPassphraseDialog(self._desk, self)
        dialog.changed.connect(lambda: self._told("device.passphrase.done"))
        dialog.open()

    def _on_add(self) -> None:
        dialog = NewAssessorDialog(self._desk, self)
        dialog.added.connect(lambda name: self._told("device.assessors.added", name=name))
        dialog.open()

    def _on_remove(self, one: Assessor) -> None:
        say = self._desk.say
        step = Step(
            name="device.remove",
            heading=say("device.remove.title", name=one.name),
            told=say("device.remove.told"),
            example=say("device.remove.example"),
            go=say("device.remove.go"),
        )

        def act(reason: str) -> None:
            access.remove_assessor(self._desk.workplace, one.id, reason=reason)

        dialog = ReasonDialog(self._desk, self, step, act=act)
        dialog.done_so.connect(lambda: self._told("device.assessors.removed", name=one.name))
        dialog.open()

    def _told(self, sentence: str, **places: object) -> None:
        try:
            self.refresh()
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._notice.tell(self._desk.say(sentence, **places), Tone.SUCCESS)
        self.changed.emit()
