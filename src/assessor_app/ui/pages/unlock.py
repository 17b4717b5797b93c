"""The page that asks for the passphrase."""

import math
import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.ticking import Ticking

if TYPE_CHECKING:  # the first page is painted without them
    from assessor_app.services.enrolment import Workplace

_WIDTH = 512
_MARGIN = 16
_LOOK_MS = 250
_WAIT = "passphrase_wait"
_AT_THE_FIELD = frozenset({"passphrase_wrong", "passphrase_unreadable", "passphrase_empty"})
_HELPED_BY_BACKUP = frozenset(
    {
        "keys_damaged",
        "keys_missing",
        "store_damaged",
        "log_damaged",
        "store_missing",
        "store_not_encrypted",
    }
)


class UnlockPage(QWidget):
    """Opens the store; says in words why it could not. Whose it is cannot be told before."""

    unlocked = Signal(object)  # the Workplace
    verify_wanted = Signal()
    keyring_looked_for = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("unlock")
        self._desk = desk
        self._until = 0.0  # of the monotonic clock: nothing is tried before
        self._passphrase = line_edit("unlock.passphrase", secret=True)
        self._passphrase.returnPressed.connect(self._on_asked)
        self._field = Field(desk.say("unlock.passphrase"), self._passphrase)
        self._notice = Notice(desk.tokens, "unlock.notice")
        self._notice.acted.connect(self._on_restore_wanted)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(self._card())
        column.addWidget(self._verify(), 0, Qt.AlignmentFlag.AlignHCenter)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(centred(content, "unlock.scroll", widest=_WIDTH, halfway=True))
        self._busy = Busy(self, desk.tokens)
        Ticking(self, every_ms=_LOOK_MS).ticked.connect(self._on_tick)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._passphrase.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._desk.fetch_after(self)
        self._desk.after_painted(self, self._look_for_keyring)

    @property
    def waits(self) -> bool:
        """Whether several wrong passphrases are being waited for."""
        return self._until > 0.0

    # How it is laid out

    def _card(self) -> QWidget:
        say = self._desk.say
        card = Card()
        show = tick(say("unlock.show"), "unlock.show")
        show.toggled.connect(self._on_show_toggled)
        self._go = button(
            say("unlock.open"),
            "unlock.open",
            role="primary",
            icon=icon("lock", self._desk.tokens.on_accent),
        )
        self._go.clicked.connect(self._on_asked)
        self._keyring = self._keyring_button()
        parts = (title(say("unlock.title")), quiet(say("unlock.intro")), self._notice, self._field)
        for part in (*parts, show, self._go, self._keyring):
            card.body.addWidget(part)
        return card

    def _keyring_button(self) -> QPushButton:
        made = button(
            self._desk.say("lock.keyring"),
            "unlock.keyring",
            icon=icon("key", self._desk.tokens.ink),
        )
        made.clicked.connect(self._on_keyring_wanted)
        made.hide()
        return made

    def _verify(self) -> QWidget:
        verify = button(
            self._desk.say("unlock.verify"),
            "unlock.verify",
            role="flat",
            icon=icon("shield-check", self._desk.tokens.accent),
        )
        verify.clicked.connect(self.verify_wanted)
        return verify

    # What happens

    def _look_for_keyring(self) -> None:
        """Offer the system's keyring where somebody has switched it on; asks no keyring."""
        self._desk.background.run(
            partial(_has_keyring, self._desk),
            owner=self,
            done=self._on_keyring_found,
            failed=lambda _problem: None,  # told when the passphrase is tried
        )

    def _on_keyring_found(self, found: bool) -> None:  # noqa: FBT001 - a task's result
        self._keyring.setVisible(found)
        self.keyring_looked_for.emit()

    def _on_show_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._passphrase.setEchoMode(mode)

    def _on_asked(self) -> None:
        if self.waits:
            return
        self._field.clear_fault()
        self._notice.clear()
        passphrase = self._passphrase.text()
        if not passphrase:
            self._field.show_fault(self._desk.say("unlock.empty"))
            self._passphrase.setFocus()
            return
        self._busy.begin(self._desk.say("unlock.working"))
        self._desk.tasks.run(
            partial(_opened, self._desk, passphrase),
            owner=self,
            done=self._on_opened,
            failed=self._on_refused,
        )

    def _on_keyring_wanted(self) -> None:
        self._notice.clear()
        self._busy.begin(self._desk.say("lock.keyring_working"))
        self._desk.tasks.run(
            lambda _tell: self._desk.application.unlock_by_keyring(),
            owner=self,
            done=self._on_opened,
            failed=self._on_refused,
        )

    def _on_restore_wanted(self) -> None:
        from assessor_app.ui.pages.restoring import RestoreDialog

        dialog = RestoreDialog(self._desk, self)
        dialog.restored.connect(self.unlocked)
        dialog.open()

    def _on_opened(self, workplace: "Workplace") -> None:
        self._busy.end()
        self._passphrase.clear()
        self.unlocked.emit(workplace)

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        if problem.code == _WAIT:
            self._wait(float(str(problem.places["seconds"])))
            return
        sentence = self._desk.told(problem)
        if problem.code in _AT_THE_FIELD:
            self._field.show_fault(sentence)
        else:
            helped = problem.code in _HELPED_BY_BACKUP
            action = self._desk.say("restore.ask") if helped else ""
            self._notice.tell(sentence, Tone.ERROR, action=action)
        self._passphrase.setFocus()
        self._passphrase.selectAll()

    def _wait(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._go.setEnabled(False)
        self._on_tick()

    def _on_tick(self) -> None:
        """Count the wait down; at its end the passphrase can be tried again."""
        if not self.waits:
            return
        left = math.ceil(self._until - time.monotonic())
        if left > 0:
            self._field.show_fault(self._desk.say("lock.wait", seconds=left))
            return
        self._until = 0.0
        self._go.setEnabled(True)
        self._field.clear_fault()
        self._passphrase.setFocus()


# In a worker, which knows no widget.


def _opened(desk: Desk, passphrase: str, _tell: Tell) -> "Workplace":
    from assessor_app.services.preflight.remembering import note_typed

    workplace = desk.application.unlock(passphrase)
    note_typed(workplace.store)
    return workplace


def _has_keyring(desk: Desk, _tell: Tell) -> bool:
    from assessor_app.services.keys.access import can_unlock_by_keyring

    return can_unlock_by_keyring(desk.home)
