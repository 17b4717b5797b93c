"""A response that is spoken: taken down while the head speaks, with who and when, and a recording.

What is typed stays the response; that it was spoken is said under it. The recording is evidence of
the visit, like a photo of its door: it is sealed, exported and listed with the rest.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.observation import EvidenceKind, EvidenceSource
from assessor_app.domain.problem import EvidenceRefused, Problem
from assessor_app.services.change_reason import change_reason, reason_lacks
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet


class Dictation(QWidget):
    """One button begins it and keeps the time; the name of who speaks can follow."""

    begun = Signal()
    changed = Signal()
    said = Signal(str)
    refused = Signal(object)  # Problem
    reason_wanted = Signal(object)  # what is to be done once there is one

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._at = ""
        self._begin = button(
            desk.say("dictation.begin"),
            "review.dictation",
            icon=icon("sound", desk.tokens.accent),
            tip=desk.say("dictation.tip"),
        )
        self._begin.setCheckable(True)
        self._begin.clicked.connect(self._on_clicked)
        self._told = quiet("")
        self._told.setObjectName("review.dictation.told")
        self._who = line_edit("review.dictation.who")
        self._who.textChanged.connect(self.changed)
        self._field = Field(desk.say("dictation.who"), self._who)
        self._recording = button(
            desk.say("dictation.recording"),
            "review.dictation.recording",
            role="flat",
            icon=icon("attach", desk.tokens.accent),
        )
        self._recording.clicked.connect(self._on_recording)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._begin, self._told, self._field, self._recording):
            column.addWidget(part)
        self._show()

    @property
    def said_by(self) -> str:
        """Who speaks; empty where that was not told."""
        return self._who.text() if self._at else ""

    @property
    def said_at(self) -> str:
        """When it was begun, as an instant of the record; empty where nothing was dictated."""
        return self._at

    def show_known(self, *, said_by: str, said_at: str) -> None:
        """Show what is recorded or was typed before."""
        self._at = said_at
        self._who.setText(said_by)
        self._who.setCursorPosition(0)
        self._show()

    def allow(self, *, writable: bool) -> None:
        """Whether something may be changed now."""
        self._begin.setEnabled(writable)
        self._who.setReadOnly(not writable)
        self._recording.setEnabled(self._session.snapshot.takes_answers)

    def _show(self) -> None:
        spoken = bool(self._at)
        self._begin.setChecked(spoken)
        self._told.setVisible(spoken)
        self._field.setVisible(spoken)
        self._recording.setVisible(spoken)
        if spoken:
            when = self._desk.words.moment(instant_from_text(self._at))
            count = sum(
                one.of_visit and one.kind is EvidenceKind.AUDIO
                for one in self._session.snapshot.evidence.values()
            )
            self._told.setText(self._desk.say("dictation.told", when=when, count=count))

    def _on_clicked(self) -> None:
        """A second press says that it was not dictated after all; what is typed stays."""
        now = self._desk.application.clock.now()
        self._at = "" if self._at else instant_text(now)
        self._show()
        self.changed.emit()
        if self._at:
            self.begun.emit()

    def _on_recording(self) -> None:
        say = self._desk.say
        name, _ = QFileDialog.getOpenFileName(self, say("dictation.choose"))
        if name:
            self._attach(Path(name))

    def _attach(self, path: Path) -> None:
        """In a worker: a recording of half an hour takes a moment to be sealed."""
        workplace, session = self._desk.workplace, self._session
        if reason_lacks(workplace, session):
            self.reason_wanted.emit(partial(self._attach, path))
            return
        reason, caption = change_reason(workplace, session), self._caption()

        def work(_: object) -> Done:
            from assessor_app.services.evidence.intake import take_in

            taken = take_in(path, zone=workplace.profile.zone)
            if taken.kind is not EvidenceKind.AUDIO:
                raise EvidenceRefused("not_a_recording", name=path.name)
            return session.attach_to_visit(
                taken, source=EvidenceSource.FILE, caption=caption, reason=reason
            )

        self._desk.tasks.run(work, owner=self, done=self._on_attached, failed=self._on_failed)

    def _caption(self) -> str:
        who = self._who.text().strip()
        name = "caption_of" if who else "caption"
        return self._desk.say(f"dictation.{name}", who=who)

    def _on_attached(self, _: Done) -> None:
        self._show()
        self.said.emit(self._desk.say("dictation.attached"))

    def _on_failed(self, problem: Problem) -> None:
        self.refused.emit(problem)
