"""The head of the office: the exit talk, the response, and who receives the document."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import (
    Declaration,
    VisitKind,
    VisitState,
)
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.receiving import fix_receiver
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.parts.rest import rest_of
from assessor_app.ui.pages.review.dictation import Dictation
from assessor_app.ui.pages.review.receiver_choices import capacities, declarations
from assessor_app.ui.pages.review.receiver_form import (
    ReceiverForm,
    clean,
    draft_of,
    form_of,
    known_form,
)
from assessor_app.ui.pages.review.receiver_ways import ReceiverWays
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, NoteEdit, choose, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import body, heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

_DRAFT = "receiver"
_OPEN_FOR_RECEIVER = frozenset({VisitState.OPEN, VisitState.EXIT_TALK, VisitState.CLOSED})


class ReceiverSection(QWidget):
    """Recorded as a whole by one button, and when the page is left with all that is needed.

    The record takes a receiver only with a declaration: what is typed before is kept as a draft.
    """

    said = Signal(str)
    recorded = Signal()
    exit_talk_begun = Signal()
    reason_wanted = Signal(object)  # what is to be done once there is one

    def __init__(
        self,
        desk: Desk,
        session: Session,
        *,
        amends: Callable[[], str | None] | None = None,
    ) -> None:
        """`amends` gives the reason why the receiver of an issued document is another one now."""
        super().__init__()
        self._desk = desk
        self._session = session
        self._amends = amends
        self._declared: Declaration | None = None
        self._notice = Notice(desk.tokens, "review.receiver.notice")
        self._response = NoteEdit("review.response")
        self._dictation = Dictation(desk, session)
        self._dictation.begun.connect(self._response.setFocus)
        self._dictation.said.connect(self.said)
        self._dictation.refused.connect(self._on_dictation_refused)
        self._dictation.reason_wanted.connect(self.reason_wanted)
        self._name = line_edit("review.receiver.name")
        self._nip = line_edit("review.receiver.nip")
        self._position = line_edit("review.receiver.position")
        self._capacity = combo("review.receiver.capacity", capacities(desk))
        self._declaration = declarations(desk)
        self._declaration.chosen.connect(self._on_declared)
        self._ways = ReceiverWays(desk, session)
        self._ways.spoke.connect(self._bring)
        self._ways.name_wanted.connect(self._ask_for_name)
        self._name.textChanged.connect(self._ways.call)
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
        writable = self._is_writable
        for editor in (self._response, self._name, self._nip, self._position):
            editor.setReadOnly(not writable)
        for chooser in (self._capacity, self._declaration):
            chooser.setEnabled(writable)
        self._ways.allow(writable=writable)
        self._dictation.allow(writable=writable)
        self._save.setVisible(writable)
        self._fixed.setVisible(not writable)

    def choose(self, declared: Declaration | None) -> None:
        """Choose what was declared, as by a tap."""
        self._declared = declared
        self._declaration.show_value(declared.value if declared else None)
        self._ways.follow(declared)

    def set_narrow(self, *, narrow: bool) -> None:
        """The talk above the receiver where there is no room beside it."""
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(below if narrow else beside)

    def settle(self) -> bool:
        """Record what was typed where it is enough; otherwise keep it and say so.

        False where it could neither be recorded nor kept.
        """
        if not self._keep():
            return False
        if not self._changed():
            return True
        if not self._is_enough() or self._session.snapshot.paused:
            self.said.emit(self._desk.say("review.receiver.incomplete"))
            return True
        return self._record()

    def _furnish(self) -> None:
        content = QWidget()
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns = columns
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self._talk_card(), stretch=2)
        columns.addWidget(self._receiver_card(), stretch=3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(content, "review.receiver.scroll")
        whole.addWidget(self._area)

    def _talk_card(self) -> Card:
        say = self._desk.say
        card = Card(say("review.exit_talk.title"))
        card.body.addWidget(self._exit_told)
        card.body.addWidget(self._exit_talk)
        hint = say("review.response.hint")
        card.body.addWidget(Field(say("review.response.label"), self._response, hint=hint))
        card.body.addWidget(self._dictation)
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
        card.body.addWidget(self._ways)
        card.body.addWidget(self._notice)
        card.body.addWidget(self._fixed)
        card.body.addWidget(self._save)
        card.body.addStretch()
        return card

    def _exit_state(self) -> str:
        visit = self._session.snapshot.visit
        if visit.kind is VisitKind.MYSTERY:
            return "none"
        return "not_begun" if visit.state is VisitState.OPEN else "begun"

    def _show(self, form: ReceiverForm) -> None:
        self._ways.show_known(signs=form.signs, handwriting=form.handwriting, reason=form.reason)
        self.choose(form.declared)
        self._name.setText(form.name)
        self._nip.setText(form.nip)
        self._position.setText(form.position)
        for line in (self._name, self._nip, self._position):
            line.setCursorPosition(0)  # of what is longer than its field the beginning is seen
        self._response.show_text(form.response)
        self._dictation.show_known(said_by=form.said_by, said_at=form.said_at)
        choose(self._capacity, form.capacity)

    def _typed(self) -> ReceiverForm:
        return ReceiverForm(
            declared=self._declared,
            name=clean(self._name.text()),
            nip=clean(self._nip.text()),
            position=clean(self._position.text()),
            capacity=value_of(self._capacity),
            response=clean(self._response.toPlainText()),
            reason=self._ways.reason,
            signs=self._ways.signs.value if self._ways.signs else "",
            handwriting=self._ways.handwriting,
            said_by=clean(self._dictation.said_by),
            said_at=self._dictation.said_at,
        )

    def _changes(self) -> tuple[SignalInstance, ...]:
        lines = (self._name, self._nip, self._position)
        return (
            *(line.textChanged for line in lines),
            self._response.textChanged,
            self._capacity.currentIndexChanged,
            self._declaration.chosen,
            self._ways.changed,
            self._dictation.changed,
        )

    @property
    def _is_writable(self) -> bool:
        state = self._session.snapshot.visit.state
        return self._amends is not None or state in _OPEN_FOR_RECEIVER

    def _unfinished(self) -> ReceiverForm | None:
        """What was typed before and never recorded."""
        if self._amends is not None or not self._is_writable:
            return None
        kept = draft(self._desk.workplace, self._session.visit_id, name=_DRAFT)
        return form_of(kept) if kept else None

    def _keep(self) -> bool:
        """Keep what is typed and not recorded as a draft; False where that failed."""
        self._rest.stop()
        if self._amends is not None:  # Esc leaves everything as it is
            return True
        value = draft_of(self._typed()) if self._changed() else {}
        try:
            keep_draft(self._desk.workplace, self._session.visit_id, name=_DRAFT, value=value)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return False
        return True

    def _changed(self) -> bool:
        drawn = self._ways.drawn is not None
        return self._is_writable and (drawn or self._typed() != known_form(self._session))

    def _nameless(self) -> bool:
        absent = self._declared is Declaration.ABSENT
        return not absent and not self._typed().name

    def _bring(self, part: QWidget) -> None:
        """Bring a part into sight, once the column has the height of what was shown."""
        QTimer.singleShot(0, self._area, lambda: self._area.ensureWidgetVisible(part))

    def _is_enough(self) -> bool:
        """Whether it can be recorded without another question."""
        reasonless = self._declared is Declaration.REFUSED and not self._ways.reason
        asked = self._nameless() or reasonless or self._ways.is_unsigned
        return self._declared is not None and not asked

    def _on_declared(self, value: str) -> None:
        self._declared = Declaration(value)
        self._ways.follow(self._declared)
        self._ways.propose()
        self._notice.clear()
        self._name_field.clear_fault()

    def _ask_for_name(self) -> None:
        self._name_field.show_fault(self._desk.say("review.receiver.nameless"))
        self._name.setFocus()
        self._bring(self._name_field)

    def _on_dictation_refused(self, problem: Problem) -> None:
        self._notice.tell(self._desk.told(problem), Tone.ERROR)

    def _on_save(self) -> None:
        self._notice.clear()
        self._name_field.clear_fault()
        if self._declared is None:
            self._notice.tell(self._desk.say("review.receiver.undeclared"), Tone.ERROR)
            return
        if self._nameless():
            self._ask_for_name()
        elif self._declared is Declaration.REFUSED and not self._ways.reason:
            self._ways.ask_for_reason()
        elif self._ways.is_unsigned:
            self._notice.tell(self._desk.say("receiving.unsigned"), Tone.ERROR)
            self._ways.ask_for_signature()
        else:
            self._record()

    def _record(self) -> bool:
        """Record what is typed; False where that was refused."""
        form = self._typed()
        if not form.declared:
            return True
        reason = self._amends() if self._amends else None
        if self._amends and reason is None:
            return False
        try:
            fix_receiver(
                self._session,
                self._desk.workplace,
                form.receiver(form.declared),
                handwriting=self._ways.drawn,
                amends=reason,
            )
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return False
        self._ways.settled()
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
