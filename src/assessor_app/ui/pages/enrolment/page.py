"""The first start: the assessor, the passphrases and a trial signing identity."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem, RecordRefused
from assessor_app.settings import read_settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.enrolment.form import EnrolForm, Given
from assessor_app.ui.pages.parts.centred import centred, let_flow
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import Space, grown, icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.stacking import Stacking

if TYPE_CHECKING:  # the first page is painted without them
    from pathlib import Path

    from assessor_app.services.enrolment import Workplace
    from assessor_app.ui.pages.enrolment.done import EnrolDone

_MARGIN = 16
_FOOT_PX = 1000  # of what is told and the buttons beside each other
_ALL = 100  # of the stretch, as pages/centred.py shares it
_OF_RECOVERY = frozenset({"recovery_file_missing", "recovery_key_unreadable"})
_WIDEST = 1240  # pixels; longer lines are not read with ease


class EnrolPage(QWidget):
    """Fills the store's first page; then says what was made and lets the assessor begin."""

    enrolled = Signal(object)  # the Workplace
    verify_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("enrol")
        self._desk = desk
        self.done: EnrolDone | None = None
        self._asked_for_zone = False
        self._form = EnrolForm(desk)
        self._form.asked.connect(self._on_asked)
        self._notice = Notice(desk.tokens, "enrol.notice")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._first())
        self._busy = Busy(self, desk.tokens)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        (self.done or self._form).take_focus()

    def take_over(self, before: QWidget) -> None:
        """Go on where the same page stood in another language or other colours."""
        if isinstance(before, EnrolPage) and before.done is not None:
            self._show_done(before.done.anew())

    @property
    def finished(self) -> bool:
        """Whether the store is made and only the last button is left to press."""
        return self.done is not None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked_for_zone:
            self._asked_for_zone = True
            self._desk.fetch_after(self)
            self._desk.after_painted(self, self._ask_for_zone)

    def _ask_for_zone(self) -> None:
        self._desk.tasks.run(
            _device_zone,
            owner=self,
            done=self._form.show_device_zone,
            failed=lambda _problem: None,  # the row says "as on this device" all the same
        )
        self._desk.tasks.run(
            partial(_wiping_finished, self._desk),
            owner=self,
            done=self._on_wiping_finished,
            failed=lambda problem: self._notice.tell(self._desk.told(problem), Tone.ERROR),
        )

    def _on_wiping_finished(self, left: "tuple[Path, ...] | None") -> None:
        if left:
            told = self._desk.say("restore.wiping_left", places=", ".join(map(str, left)))
            self._notice.tell(told, Tone.WARNING)
        elif left is not None:
            self._notice.tell(self._desk.say("restore.wiping_finished"), Tone.INFO)

    def _first(self) -> QWidget:
        """What scrolls, and below it the button that is always in sight."""
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._laid_out(), 1)
        foot = self._foot()
        foot.setMaximumWidth(grown(_WIDEST))
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(foot, _ALL)
        middle.addStretch()
        column.addLayout(middle)
        return first

    def _laid_out(self) -> QWidget:
        say = self._desk.say
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addWidget(title(say("enrol.title")))
        column.addWidget(quiet(say("enrol.intro")))
        column.addWidget(self._form)
        return centred(content, "enrol.scroll", widest=_WIDEST)

    def _foot(self) -> QWidget:
        say, tokens = self._desk.say, self._desk.tokens
        trial = Notice(tokens, "enrol.trial")
        trial.setParent(self)  # what is told without a parent would be a window
        trial.tell(say("enrol.trial"), Tone.INFO)
        verify = button(
            say("enrol.verify"),
            "enrol.verify",
            role="flat",
            icon=icon("shield-check", tokens.accent),
        )
        verify.clicked.connect(self.verify_wanted)
        back = button(
            say("restore.ask"), "enrol.restore", role="flat", icon=icon("history", tokens.accent)
        )
        back.clicked.connect(self._on_restore_wanted)
        go = button(say("enrol.go"), "enrol.go", role="primary")
        go.clicked.connect(self._on_asked)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        column.setSpacing(8)
        column.addWidget(self._notice)
        row = Stacking(below=_FOOT_PX)
        row.addWidget(trial, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.SMALL)
        for one in (back, verify, go):
            buttons.addWidget(one, 0, Qt.AlignmentFlag.AlignBottom)
        row.addLayout(buttons)
        column.addLayout(row)
        let_flow(foot)
        return foot

    def _on_restore_wanted(self) -> None:
        """Take back what was kept elsewhere, in the place of enrolling."""
        from assessor_app.ui.pages.restoring import RestoreDialog

        dialog = RestoreDialog(self._desk, self)
        dialog.restored.connect(self.enrolled)
        dialog.open()

    def _on_asked(self) -> None:
        self._notice.clear()
        given = self._form.given()
        if given is None:
            return
        self._busy.begin(self._desk.say("enrol.working"))
        self._desk.tasks.run(
            partial(_made, self._desk, given),
            owner=self,
            done=partial(self._on_made, given),
            failed=self._on_refused,
        )

    def _on_made(self, given: Given, workplace: "Workplace") -> None:
        self._busy.end()
        self._desk.open_with(workplace)  # a PDF that is dropped now leads back into the product
        from assessor_app.ui.pages.enrolment.done import EnrolDone

        self._show_done(
            EnrolDone(self._desk, workplace, passphrase=given.passphrase, hint=given.hint)
        )

    def _show_done(self, done: "EnrolDone") -> None:
        self.done = done
        done.started.connect(partial(self.enrolled.emit, done.workplace))
        self._stack.addWidget(done)
        self._stack.setCurrentWidget(done)
        done.begin()

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        if problem.code in _OF_RECOVERY:
            self._form.show_fault("recovery", self._desk.told(problem))
        elif isinstance(problem, RecordRefused):
            self._notice.tell(self._desk.say("enrol.not_done"), Tone.WARNING)
            self._form.show_fault("hint", self._desk.told(problem))
        else:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)


def _device_zone(_tell: Tell) -> str:
    from assessor_app.services.enrolment import time_zone

    return time_zone(None).key


def _wiping_finished(desk: Desk, _tell: Tell) -> "tuple[Path, ...] | None":
    """Do the rest of a wiping that was broken off; what it did not reach, None without one."""
    from assessor_app.services.wiping import finish_wipe, wipe_interrupted

    if not wipe_interrupted(desk.home):
        return None
    return finish_wipe(desk.home)


def _made(desk: Desk, given: Given, _tell: Tell) -> "Workplace":
    from assessor_app.services.enrolment import Profile, time_zone

    if given.hint:
        from assessor_app.services.hint_sheet import require_harmless

        for secret in (given.passphrase, given.signing_passphrase):
            require_harmless(given.hint, secret)
    profile = Profile(
        name=given.name,
        office=given.office,
        nip=given.nip,
        position=given.position,
        zone=time_zone(given.zone),
    )
    desk.application.enrol(
        profile,
        passphrase=given.passphrase,
        signing_passphrase=given.signing_passphrase,
        recovery_key=given.recovery or read_settings().recovery_key,
    )
    from assessor_app.services.preflight.remembering import note_typed

    workplace = desk.application.unlock(given.passphrase)
    note_typed(workplace.store)
    return workplace
