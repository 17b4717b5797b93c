"""One finding: both sides as recorded, its legal basis, and what the assessor may change of it."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from assessor_app.domain.findings import DEFAULT_DUE, HEAD_DUE, Finding
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.problem import Problem, RecordRefused, VisitRefused
from assessor_app.domain.visit import FindingRecord
from assessor_app.services.advice import proposed_advice, proposed_wording
from assessor_app.services.change_reason import change_reason
from assessor_app.services.finding_templates import Part
from assessor_app.services.findings import Due, DueBy, FindingEdit, edit_finding, proposed_due
from assessor_app.services.report.answers import answer
from assessor_app.services.report.cards import due_set_by_told, notes
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.moment import DayEdit
from assessor_app.ui.pages.review.due_dialog import who_combo
from assessor_app.ui.pages.review.finding_templates import FindingTemplates
from assessor_app.ui.pages.review.proposed_text import ProposedText
from assessor_app.ui.theme import Space
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, RestingLine, choose, value_of
from assessor_app.ui.widgets.labels import body, heading, quiet, strong
from assessor_app.ui.widgets.stacking import Stacking

_BOTH_PX = 520  # wide: less does not hold both sides beside each other


class FindingEditor(QWidget):
    """Everything typed is recorded at rest; an emptied text gives the proposal back."""

    said = Signal(str)
    refused = Signal(object)  # the Problem
    reason_wanted = Signal(str)  # the indicator's code; what is typed stays until there is one

    def __init__(self, desk: Desk, session: Session, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self._desk = desk
        self._session = session
        self._name = _name_of(finding)
        snapshot = session.snapshot
        self._writable = snapshot.takes_answers
        self._wording = ProposedText(
            desk, f"review.wording.{self._name}", proposed_wording(finding)
        )
        self._advice = ProposedText(desk, f"review.advice.{self._name}", proposed_advice(finding))
        self._owner = RestingLine(f"review.owner.{self._name}")
        self._due = DayEdit(f"review.due.{self._name}")
        self._due_beside = with_calendar(desk, self._due)
        self._by = who_combo(desk, f"review.due_by.{self._name}")
        self._fields = self._all_fields()
        self._due_by = quiet("")
        self._due_recorded = ""
        self._due_pending = False  # whether the date that is shown was refused
        self._furnish()
        self._show_record()
        self._wording.changed.connect(self._on_wording)
        self._wording.restored.connect(self._fields["wording"].clear_fault)
        self._advice.changed.connect(self._on_advice)
        self._advice.restored.connect(self._fields["advice"].clear_fault)
        self._owner.settled.connect(self._on_owner)
        self._due.editingFinished.connect(self._on_due)
        self._due.picked.connect(self._on_due)
        self._by.activated.connect(self._on_due_by)
        for part, text in ((Part.WORDING, self._wording), (Part.ADVICE, self._advice)):
            text.templates_wanted.connect(partial(self._on_templates, part, text))

    def follow(self, before: QWidget) -> None:
        """Have the Tab key lead from another widget through this editor."""
        stops = (
            before,
            *self._wording.stops,
            *self._advice.stops,
            self._owner,
            self._due,
            self._due_beside.button,
            self._by,
        )
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def settle(self) -> bool:
        """Record what was typed and is not recorded yet; False where some of it was refused."""
        if not self._writable:
            return True
        self._wording.settle()
        self._advice.settle()
        self._owner.typed.settle()
        self._on_due()
        pending = (self._wording.pending, self._advice.pending, self._owner.typed.pending)
        return not any(pending) and not self._due_pending

    def _furnish(self) -> None:
        say, words = self._desk.say, self._desk.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        text = words.of(self.finding.indicator.text)
        column.addWidget(
            heading(say("review.finding.title", code=self.finding.indicator.code, text=text))
        )
        sides = Stacking(below=_BOTH_PX, space=Space.MEDIUM)
        for side in self.finding.indicator.sides:
            sides.addWidget(self._side(side), stretch=1)
        column.addLayout(sides)
        if self.finding.indicator.legal_basis:
            column.addWidget(strong(say("review.finding.legal")))
            column.addWidget(quiet("\n".join(self.finding.indicator.legal_basis)))
        column.addWidget(self._fields["wording"])
        column.addWidget(self._fields["advice"])
        column.addLayout(self._whose())
        column.addStretch()

    def _all_fields(self) -> dict[str, Field]:
        """By the name of what they edit."""
        editors: dict[str, QWidget] = {
            "wording": self._wording,
            "advice": self._advice,
            "owner": self._owner,
            "due": self._due_beside,
            "due_by": self._by,
        }
        say = self._desk.say
        return {
            name: Field(say(f"review.finding.{name}"), editor) for name, editor in editors.items()
        }

    def _whose(self) -> QGridLayout:
        row = QGridLayout()
        row.setHorizontalSpacing(12)
        row.addWidget(self._fields["owner"], 0, 0, 1, 2)
        row.addWidget(self._fields["due"], 1, 0)
        row.addWidget(self._fields["due_by"], 1, 1)
        row.addWidget(self._due_by, 2, 0, 1, 2)
        return row

    def _side(self, side: Side) -> Card:
        words = self._desk.words
        card = Card(words.side(side))
        compared: Compared = self.finding.compared
        given = answer(compared, side, self._session.snapshot, words)
        card.body.addWidget(strong(given.whole or given.label))
        if given.detail:
            card.body.addWidget(quiet(given.detail))
        told = notes(compared, side, self._session.snapshot)
        card.body.addWidget(body(told) if told else quiet(self._desk.say("review.finding.no_note")))
        card.body.addStretch()
        return card

    def _show_record(self) -> None:
        known = self._known()
        self._wording.show_recorded(known.wording)
        self._advice.show_recorded(known.advice)
        self._owner.typed.show_text(known.owner or "")
        self._owner.setCursorPosition(0)  # where it is longer than its field, its beginning is seen
        self._due.show_day(known.due_date or self._proposed().day)
        self._due_recorded = self._due.text()
        self._show_due_by(known)
        for editor in (self._owner, self._due):
            editor.setReadOnly(not self._writable)
        choose(self._by, (DueBy.HEAD if known.due_set_by == HEAD_DUE else DueBy.ASSESSOR).value)
        self._by.setEnabled(self._writable)
        for text in (self._wording, self._advice):
            text.set_writable(writable=self._writable)

    def _show_due_by(self, known: FindingRecord) -> None:
        desk, say = self._desk, self._desk.say
        proposed = self._proposed()
        who = known.due_set_by or proposed.set_by
        if known.due_date is None and proposed.kept:
            told = due_set_by_told(who, desk.words)
            self._due_by.setText(say("follow_up.due_kept", who=told))
        elif who == DEFAULT_DUE:
            self._due_by.setText(say("review.finding.due_proposed"))
        elif who == HEAD_DUE:
            self._due_by.setText(say("due_dates.head_set"))
        else:
            self._due_by.setText(say("review.finding.due_set", who=who))

    def _known(self) -> FindingRecord:
        return self._session.snapshot.findings.get(self.finding.id, FindingRecord())

    def _proposed(self) -> Due:
        desk = self._desk
        today = desk.application.clock.now().astimezone(desk.workplace.profile.zone).date()
        return proposed_due(self._session, desk.workplace, day=today)(self.finding)

    def _on_wording(self, text: str) -> None:
        if not self._record(FindingEdit(wording=text), "wording"):
            self._wording.refuse()

    def _on_advice(self, text: str) -> None:
        if not self._record(FindingEdit(advice=text), "advice"):
            self._advice.refuse()

    def _on_owner(self, text: str) -> None:
        if text.strip() == (self._known().owner or ""):
            self._fields["owner"].clear_fault()
        elif self._writable and not self._record(FindingEdit(owner=text.strip()), "owner"):
            self._owner.typed.refuse()

    def _on_due(self) -> None:
        """Record the date as it was typed; one that is none stays before the eyes."""
        typed = self._due.text()
        if not self._writable:
            return
        if typed == self._due_recorded:
            self._due_pending = False
            self._fields["due"].clear_fault()
        elif (day := self._due.day) is None:
            self._due_pending = True
            self._fields["due"].show_fault(self._desk.say("form.day_unreadable", value=typed))
        else:
            self._due_pending = not self._record(FindingEdit(due=day, due_by=self._who), "due")
            self._due_recorded = self._due_recorded if self._due_pending else typed

    @property
    def _who(self) -> DueBy:
        return DueBy(value_of(self._by))

    def _on_due_by(self) -> None:
        """Who sets the date that stands there; a date that nobody set is set by it."""
        day = self._due.day
        if self._writable and day is not None:
            self._record(FindingEdit(due=day, due_by=self._who), "due")
            self._due_recorded = self._due.text()

    def _on_templates(self, part: Part, text: ProposedText, typed: str) -> None:
        dialog = FindingTemplates(
            self._desk, self._session, self.finding, part, text=typed, over=self
        )
        dialog.chosen.connect(text.take_over)
        dialog.open()

    def _record(self, edit: FindingEdit, name: str) -> bool:
        """Record an edit of the field of that name; False where it was refused."""
        product = self._session.snapshot.products.get(self.finding.product)
        code = self.finding.indicator.code
        try:
            edit_finding(
                self._session,
                self._desk.workplace,
                code,
                edit,
                product=product,
                reason=change_reason(self._desk.workplace, self._session),
            )
        except RecordRefused as problem:
            self._fields[name].show_fault(self._desk.told(problem))
            return False
        except VisitRefused as problem:
            if problem.code != "reason_after_exit_talk":
                self.refused.emit(problem)
            else:
                self.reason_wanted.emit(code)
            return False
        except Problem as problem:
            self.refused.emit(problem)
            return False
        self._fields[name].clear_fault()
        known = self._known()
        self._show_due_by(known)
        self._wording.show_state(known.wording)
        self._advice.show_state(known.advice)
        self.said.emit(self._desk.say("review.finding.saved", code=code))
        return True


def _name_of(finding: Finding) -> str:
    """Unique among the findings, and the same in both languages and after a restart."""
    code = finding.indicator.code
    return code if finding.product == WHOLE_UNIT else f"{code}.{finding.product}"
