"""One finding: both sides as recorded, its legal basis, and what the assessor may change of it."""

from datetime import date
from itertools import pairwise

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.event import Json
from assessor_app.domain.findings import DEFAULT_DUE, Finding
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instants import one_month_later
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import ANSWERABLE, FindingRecord
from assessor_app.services.advice import proposed_advice, proposed_wording
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.report.cards import answer, in_language, notes
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.moment import DayEdit
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, NoteEdit, line_edit
from assessor_app.ui.widgets.labels import body, heading, quiet, strong


class FindingEditor(QWidget):
    """Everything typed is recorded at rest; an emptied text gives the proposal back."""

    said = Signal(str)
    refused = Signal(object)  # the Problem

    def __init__(self, desk: Desk, session: Session, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self._desk = desk
        self._session = session
        self._name = _name_of(finding)
        self._writable = session.snapshot.visit.state in ANSWERABLE
        self._wording = _Proposed(desk, f"review.wording.{self._name}", proposed_wording(finding))
        self._advice = _Proposed(desk, f"review.advice.{self._name}", proposed_advice(finding))
        self._owner = line_edit(f"review.owner.{self._name}")
        self._due = DayEdit(f"review.due.{self._name}")
        self._due_by = quiet("")
        self._furnish()
        self._show_record()
        self._wording.changed.connect(lambda text: self._record(FindingEdit(wording=text)))
        self._advice.changed.connect(lambda text: self._record(FindingEdit(advice=text)))
        self._owner.editingFinished.connect(self._on_owner)
        self._due.dateChanged.connect(self._on_due)

    def follow(self, before: QWidget) -> None:
        """Have the Tab key lead from another widget through this editor."""
        stops = (before, *self._wording.stops, *self._advice.stops, self._owner, self._due)
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def settle(self) -> None:
        """Record what was typed and is not recorded yet."""
        self._wording.settle()
        self._advice.settle()
        self._on_owner()

    def _furnish(self) -> None:
        say, words = self._desk.say, self._desk.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        text = words.of(self.finding.indicator.text)
        column.addWidget(
            heading(say("review.finding.title", code=self.finding.indicator.code, text=text))
        )
        sides = QHBoxLayout()
        sides.setSpacing(12)
        for side in Side:
            sides.addWidget(self._side(side), stretch=1)
        column.addLayout(sides)
        column.addWidget(strong(say("review.finding.legal")))
        column.addWidget(quiet("\n".join(self.finding.indicator.legal_basis)))
        column.addWidget(Field(say("review.finding.wording"), self._wording))
        column.addWidget(Field(say("review.finding.advice"), self._advice))
        column.addLayout(self._whose())
        column.addStretch()

    def _whose(self) -> QGridLayout:
        say = self._desk.say
        row = QGridLayout()
        row.setHorizontalSpacing(12)
        row.addWidget(Field(say("review.finding.owner"), self._owner), 0, 0)
        row.addWidget(Field(say("review.finding.due"), self._due), 0, 1)
        row.addWidget(self._due_by, 1, 0, 1, 2)
        return row

    def _side(self, side: Side) -> Card:
        words = self._desk.words
        card = Card(words.side(side))
        compared: Compared = self.finding.compared
        card.body.addWidget(strong(answer(compared, side, self._session.snapshot, words).label))
        told = notes(compared, side, self._session.snapshot)
        card.body.addWidget(body(told) if told else quiet(self._desk.say("review.finding.no_note")))
        card.body.addStretch()
        return card

    def _show_record(self) -> None:
        known = self._known()
        self._wording.show_recorded(known.wording)
        self._advice.show_recorded(known.advice)
        self._owner.setText(known.owner or "")
        self._owner.setCursorPosition(0)  # where it is longer than its field, its beginning is seen
        arrived = self._arrived()
        self._due.setMinimumDate(_shown(arrived))
        self._due.setDate(_shown(known.due_date or self._default_due()))
        self._show_due_by(known)
        for editor in (self._owner, self._due):
            editor.setReadOnly(not self._writable)
        for text in (self._wording, self._advice):
            text.set_writable(writable=self._writable)

    def _show_due_by(self, known: FindingRecord) -> None:
        say = self._desk.say
        if known.due_set_by in (None, DEFAULT_DUE):
            self._due_by.setText(say("review.finding.due_proposed"))
        else:
            self._due_by.setText(say("review.finding.due_set", who=known.due_set_by))

    def _known(self) -> FindingRecord:
        return self._session.snapshot.findings.get(self.finding.id, FindingRecord())

    def _arrived(self) -> date:
        zone = self._desk.workplace.profile.zone
        return self._session.snapshot.visit.arrival.astimezone(zone).date()

    def _default_due(self) -> date:
        zone = self._desk.workplace.profile.zone
        return one_month_later(self._desk.application.clock.now().astimezone(zone).date())

    def _on_owner(self) -> None:
        typed = self._owner.text().strip()
        if self._writable and typed != (self._known().owner or ""):
            self._record(FindingEdit(owner=typed))

    def _on_due(self, day: QDate) -> None:
        chosen = date(day.year(), day.month(), day.day())
        if self._writable and chosen != self._known().due_date:
            self._record(FindingEdit(due=chosen))

    def _record(self, edit: FindingEdit) -> None:
        product = self._session.snapshot.products.get(self.finding.product)
        code = self.finding.indicator.code
        try:
            edit_finding(self._session, self._desk.workplace, code, edit, product=product)
        except Problem as problem:
            self.refused.emit(problem)
            return
        known = self._known()
        self._show_due_by(known)
        self._wording.show_state(known.wording)
        self._advice.show_state(known.advice)
        self.said.emit(self._desk.say("review.finding.saved", code=code))


class _Proposed(QWidget):
    """A text that the product proposes and the assessor may change or have back.

    What equals the proposal in either language is recorded as no text of the assessor's own, so
    that the document of the other language keeps its own wording.
    """

    changed = Signal(str)  # the assessor's own text; empty for the proposal

    def __init__(self, desk: Desk, name: str, proposal: Json) -> None:
        super().__init__()
        self._texts = set(proposal.values()) if isinstance(proposal, dict) else {proposal}
        self._desk = desk
        self._proposal = in_language(proposal, desk.words)
        self._recorded = ""
        self._edit = NoteEdit(name)
        self._edit.setPlaceholderText(self._proposal)
        self._edit.settled.connect(self._on_settled)
        self._edit.textChanged.connect(self._on_text_changed)
        self._state = quiet("")
        self._back = button(desk.say("review.finding.give_back"), f"{name}.proposal", role="flat")
        self._back.clicked.connect(self._on_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._edit)
        row = QHBoxLayout()
        row.addWidget(self._state, stretch=1)
        row.addWidget(self._back)
        column.addLayout(row)

    @property
    def stops(self) -> tuple[QWidget, QWidget]:
        """Where the Tab key halts."""
        return self._edit, self._back

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The editor is what is spoken of."""
        self._edit.setAccessibleName(name)

    def set_writable(self, *, writable: bool) -> None:
        self._edit.setReadOnly(not writable)
        self._back.setVisible(writable)

    def show_recorded(self, recorded: Json) -> None:
        """Show the text that is recorded, or the proposal where there is none."""
        self.show_state(recorded)
        self._edit.show_text(self._recorded or self._proposal)

    def show_state(self, recorded: Json) -> None:
        """Say whose text it is."""
        self._recorded = in_language(recorded, self._desk.words)
        own = bool(self._recorded) and self._recorded not in self._texts
        name = "own" if own else "proposed"
        self._state.setText(self._desk.say(f"review.text.{name}"))
        self._back.setEnabled(own)

    def settle(self) -> None:
        self._edit.settle()

    def _on_text_changed(self) -> None:
        """What is put back from a page in the other language is the proposal in this one."""
        if self._edit.toPlainText() in self._texts - {self._proposal}:
            self._edit.show_text(self._proposal)

    def _on_settled(self, text: str) -> None:
        own = "" if text.strip() in self._texts else text.strip()
        if own != (self._recorded if self._recorded not in self._texts else ""):
            self.changed.emit(own)

    def _on_back(self) -> None:
        self._edit.setPlainText(self._proposal)
        self._edit.settle()


def _name_of(finding: Finding) -> str:
    """Unique among the findings, and the same in both languages and after a restart."""
    code = finding.indicator.code
    return code if finding.product == WHOLE_UNIT else f"{code}.{finding.product}"


def _shown(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
