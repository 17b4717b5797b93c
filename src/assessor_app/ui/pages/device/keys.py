"""What the device is known by, and headquarters' way in; at the end, taking all of it away."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from assessor_app.domain.numbers import in_fours
from assessor_app.domain.problem import Problem
from assessor_app.services.keys import access
from assessor_app.services.trust import fingerprint, known_devices
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State, emptied, row_of
from assessor_app.ui.pages.device.wiping import WipeDialog
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.pages.parts.reason_dialog import ReasonDialog, Step
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone

_SHORT = 8


class KeysSection(Card):
    """Fingerprints in groups, to be compared over the telephone."""

    changed = Signal()
    wiped = Signal(tuple)  # the Paths of what is still there

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.keys.title"))
        say = desk.say
        self._desk = desk
        self._recovery: tuple[str, ...] = ()
        self._notice = Notice(desk.tokens, "device.keys.notice")
        self._device = QVBoxLayout()
        self._rows = QVBoxLayout()
        add = button(
            say("device.recovery.add"), "device.recovery.add", icon=icon("key", desk.tokens.ink)
        )
        add.clicked.connect(self._on_add)
        wipe = button(
            say("device.wipe.ask"),
            "device.wipe.ask",
            role="danger",
            icon=icon("trash", desk.tokens.red.ink),
        )
        wipe.clicked.connect(self._on_wipe)
        left = Qt.AlignmentFlag.AlignLeft
        self.body.addWidget(self._notice)
        self.body.addLayout(self._device)
        self.body.addWidget(heading(say("device.recovery.title")))
        self.body.addWidget(quiet(say("device.recovery.told")))
        self.body.addLayout(self._rows)
        self.body.addWidget(add, alignment=left)
        self.body.addWidget(heading(say("device.wipe.title")))
        self.body.addWidget(quiet(say("device.wipe.told")))
        self.body.addWidget(wipe, alignment=left)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read and show the keys."""
        desk, workplace = self._desk, self._desk.workplace
        say, own = desk.say, workplace.store.device.id
        print_of_key = fingerprint(known_devices(workplace.store)[own])
        self._recovery = access.recovery_keys(workplace)
        emptied(self._device)
        self._device.addWidget(
            row_of(
                desk.tokens,
                "device",
                say("device.keys.device", id=own),
                say("device.keys.fingerprint", fingerprint=in_fours(print_of_key)),
            )
        )
        emptied(self._rows)
        for number, one in enumerate(self._recovery):
            self._rows.addWidget(self._row(number, one))
        if not self._recovery:
            self._rows.addWidget(quiet(say("device.recovery.none")))

    def state(self) -> State:
        say = self._desk.say
        if self._recovery:
            return State(say("device.keys.state"), Tone.SUCCESS)
        return State(say("device.keys.state_none"), Tone.WARNING)

    def _row(self, number: int, of_key: str) -> QWidget:
        say = self._desk.say
        take = button(say("device.recovery.remove"), f"device.recovery.remove.{number}")
        take.clicked.connect(partial(self._on_remove, of_key))
        return row_of(
            self._desk.tokens,
            "key",
            say("device.recovery.one"),
            in_fours(of_key),
            buttons=(take,),
        )

    def _on_add(self) -> None:
        told, _ = QFileDialog.getOpenFileName(
            self, self._desk.say("device.recovery.add"), str(documents_folder())
        )
        if told:
            self.add_recovery(Path(told))

    def add_recovery(self, file: Path) -> None:
        """Let headquarters open the store by the public key of a file."""
        try:
            made = access.add_recovery(self._desk.workplace, file)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._after(self._desk.say("device.recovery.added", fingerprint=in_fours(made)))

    def _on_remove(self, of_key: str) -> None:
        say = self._desk.say
        step = Step(
            name="device.unseal",
            heading=say("device.unseal.title"),
            told=say("device.unseal.told", fingerprint=in_fours(of_key[:_SHORT])),
            example=say("device.unseal.example"),
            go=say("device.unseal.go"),
        )

        def act(reason: str) -> None:
            access.remove_recovery(self._desk.workplace, of_key, reason=reason)

        dialog = ReasonDialog(self._desk, self, step, act=act)
        dialog.done_so.connect(lambda: self._after(say("device.recovery.removed")))
        dialog.open()

    def _on_wipe(self) -> None:
        dialog = WipeDialog(self._desk, self)
        dialog.wiped.connect(self.wiped)
        dialog.open()

    def _after(self, told: str) -> None:
        self.refresh()
        self._notice.tell(told, Tone.SUCCESS)
        self.changed.emit()
