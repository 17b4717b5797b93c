"""The head of the office: the exit talk, the response, and who receives the document."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import (
    Capacity,
    Declaration,
    VisitKind,
    VisitState,
)
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.parts.rest import rest_of
from assessor_app.ui.pages.review.receiver_form import (
    ReceiverForm,
    clean,
    draft_of,
    form_of,
    known_form,
)
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field, NoteEdit, choose, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import body, heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

_DRAFT = "receiver"
_OPEN_FOR_RECEIVER = frozenset({VisitState.OPEN, VisitState.EXIT_TALK, VisitState.CLOSED})
_MARKS = {
    Declaration.RECEIVED: Mark.PRESENT,
    Declaration.REFUSED: Mark.ABSENT,
    Declaration.ABSENT: Mark.NONE,
}


class ReceiverSection(QWidget):
    """Recorded as a whole by one button, and when the page is left with all that is needed.

    The record takes a receiver only with a declaration: what is typed before is kept as a draft.
    """

    said = Signal(str)
    recorded = Signal()
    exit_talk_begun = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._declared: Declaration | None = None
        self._notice = Notice(desk.tokens, "review.receiver.notice")
        self._response = NoteEdit("review.response")
        self._name = line_edit("review.receiver.name")
        self._nip = line_edit("review.receiver.nip")
        self._position = line_edit("review.receiver.position")
        self._capacity = combo("review.receiver.capacity", self._capacities())
        self._declaration = self._declarations()
        self._name_field = Field(desk.say("review.receiver.name"), self._name)
        self._exit_talk = button(
            desk.say("review.exit_talk.begin"),
            "review.exit_talk",
            icon=icon("person", desk.tokens.ink),
        )
        self._exit_talk.clicked.connect(self._on_exit_talk)
        self._exit_told = body("")
        self._save = primary(
            desk,
            "review.receiver.save",
            text=desk.say("review.receiver.save"),
            sign="save",
            act=self._on_save,
        )
        self._fixed = quiet(desk.say("review.receiver.fixed"))
        self._furnish()
        self.refresh()
        self._show(self._unfinished() or known_form(session))
        self._rest = rest_of(self, self._keep)
        for changed in self._changes():
            changed.connect(self._rest.start)

    @property
    def declared(self) -> Declaration | None:
        """What is chosen now, recorded or not."""
        return self._declared

    def refresh(self) -> None:
        """Show what the visit's state allows."""
        visit = self._session.snapshot.visit
        open_ = visit.state is VisitState.OPEN
        self._exit_talk.setVisible(open_ and visit.kind is not VisitKind.MYSTERY)
        self._exit_told.setText(self._desk.say(f"review.exit_talk.{self._exit_state()}"))
        writable = visit.state in _OPEN_FOR_RECEIVER
        for editor in (self._response, self._name, self._nip, self._position):
            editor.setReadOnly(not writable)
        for chooser in (self._capacity, self._declaration):
            chooser.setEnabled(writable)
        self._save.setVisible(writable)
        self._fixed.setVisible(not writable)

    def choose(self, declared: Declaration | None) -> None:
        """Choose what was declared, as by a tap."""
        self._declared = declared
        self._declaration.show_value(declared.value if declared else None)

    def settle(self) -> bool:
        """Record what was typed where it is enough; otherwise keep it and say so.

        False where it could neither be recorded nor kept.
        """
        if not self._keep():
            return False
        if not self._changed():
            return True
        if self._declared is None or self._nameless() or self._session.snapshot.paused:
            self.said.emit(self._desk.say("review.receiver.incomplete"))
            return True
        return self._record()

    def _furnish(self) -> None:
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self._talk_card(), stretch=2)
        columns.addWidget(self._receiver_card(), stretch=3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content, "review.receiver.scroll"))

    def _talk_card(self) -> Card:
        say = self._desk.say
        card = Card(say("review.exit_talk.title"))
        card.body.addWidget(self._exit_told)
        card.body.addWidget(self._exit_talk)
        hint = say("review.response.hint")
        card.body.addWidget(Field(say("review.response.label"), self._response, hint=hint))
        card.body.addStretch()
        return card

    def _receiver_card(self) -> Card:
        say = self._desk.say
        card = Card()
        card.body.addWidget(heading(say("review.receiver.title")))
        card.body.addWidget(self._declaration)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.addWidget(self._name_field, 0, 0)
        grid.addWidget(Field(say("review.receiver.nip"), self._nip), 0, 1)
        grid.addWidget(Field(say("review.receiver.position"), self._position), 1, 0)
        grid.addWidget(Field(say("review.receiver.capacity"), self._capacity), 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        card.body.addWidget(self._notice)
        card.body.addWidget(self._fixed)
        card.body.addWidget(self._save)
        card.body.addStretch()
        return card

    def _capacities(self) -> list[tuple[str, str]]:
        words = self._desk.words
        rows = [(one.value, words(f"capacity.{one.value}")) for one in Capacity]
        return [("", self._desk.say("review.receiver.no_capacity")), *rows]

    def _declarations(self) -> Choices:
        say = self._desk.say
        options = [
            Option(one.value, say(f"review.declared.{one.value}"), "", _MARKS[one])
            for one in Declaration
        ]
        choices = Choices("review.declared", options, self._desk.tokens, columns=1)
        choices.setAccessibleName(say("review.receiver.title"))
        choices.chosen.connect(self._on_declared)
        return choices

    def _exit_state(self) -> str:
        visit = self._session.snapshot.visit
        if visit.kind is VisitKind.MYSTERY:
            return "none"
        return "not_begun" if visit.state is VisitState.OPEN else "begun"

    def _show(self, form: ReceiverForm) -> None:
        self.choose(form.declared)
        self._name.setText(form.name)
        self._nip.setText(form.nip)
        self._position.setText(form.position)
        for line in (self._name, self._nip, self._position):
            line.setCursorPosition(0)  # of what is longer than its field the beginning is seen
        self._response.show_text(form.response)
        choose(self._capacity, form.capacity)

    def _typed(self) -> ReceiverForm:
        return ReceiverForm(
            declared=self._declared,
            name=clean(self._name.text()),
            nip=clean(self._nip.text()),
            position=clean(self._position.text()),
            capacity=value_of(self._capacity),
            response=clean(self._response.toPlainText()),
        )

    def _changes(self) -> tuple[SignalInstance, ...]:
        lines = (self._name, self._nip, self._position)
        return (
            *(line.textChanged for line in lines),
            self._response.textChanged,
            self._capacity.currentIndexChanged,
            self._declaration.chosen,
        )

    def _unfinished(self) -> ReceiverForm | None:
        """What was typed before and never recorded."""
        if self._session.snapshot.visit.state not in _OPEN_FOR_RECEIVER:
            return None
        kept = draft(self._desk.workplace, self._session.visit_id, name=_DRAFT)
        return form_of(kept) if kept else None

    def _keep(self) -> bool:
        """Keep what is typed and not recorded as a draft; False where that failed."""
        self._rest.stop()
        value = draft_of(self._typed()) if self._changed() else {}
        try:
            keep_draft(self._desk.workplace, self._session.visit_id, name=_DRAFT, value=value)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return False
        return True

    def _changed(self) -> bool:
        open_ = self._session.snapshot.visit.state in _OPEN_FOR_RECEIVER
        return open_ and self._typed() != known_form(self._session)

    def _nameless(self) -> bool:
        absent = self._declared is Declaration.ABSENT
        return not absent and not self._typed().name

    def _on_declared(self, value: str) -> None:
        self._declared = Declaration(value)
        self._notice.clear()
        self._name_field.clear_fault()

    def _on_save(self) -> None:
        self._notice.clear()
        self._name_field.clear_fault()
        if self._declared is None:
            self._notice.tell(self._desk.say("review.receiver.undeclared"), Tone.ERROR)
            return
        if self._nameless():
            self._name_field.show_fault(self._desk.say("review.receiver.nameless"))
            self._name.setFocus()
            return
        self._record()

    def _record(self) -> bool:
        """Record what is typed; False where that was refused."""
        form = self._typed()
        if not form.declared:
            return True
        try:
            self._session.record_receiver(form.receiver(form.declared))
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return False
        self._notice.clear()
        self._keep()
        self.said.emit(self._desk.say("review.receiver.saved"))
        self.recorded.emit()
        return True

    def _on_exit_talk(self) -> None:
        try:
            self._session.begin_exit_talk()
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self.refresh()
        self.exit_talk_begun.emit()
        self.said.emit(self._desk.say("review.exit_talk.begun"))
        self._response.setFocus()
