"""The page for a door that stayed shut: refused entry or a closed office, under a minute."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Declaration, Outcome, Receiver, VisitKind
from assessor_app.services.first_choices import kind_under
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.starting.door_photos import DoorPhotos
from assessor_app.ui.pages.starting.form_frame import MARGIN, FormFrame
from assessor_app.ui.pages.starting.kept_form import KeptForm
from assessor_app.ui.pages.starting.office_fields import (
    ChosenOffice,
    OfficeFields,
    show_faults,
    text_fault,
)
from assessor_app.ui.pages.starting.refused_account import RefusedAccount
from assessor_app.ui.pages.starting.refused_declaration import RefusedDeclaration, proposed_for
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, choose, line_edit
from assessor_app.ui.widgets.notice import Tone
from assessor_app.ui.widgets.stacking import Stacking

_OUTCOME, _DECLARED, _ARRIVAL = "(outcome)", "(declared)", "(arrival)"


_BOTH_PX = 860  # of both halves beside each other


@dataclass(frozen=True, slots=True)
class _Begun:
    """A visit that a first try began and could not close, with what was recorded of it."""

    visit: str
    new: NewVisit
    receiver: Receiver


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page that is built anew has to be told."""

    arrival: datetime
    outcome: Outcome | None
    declared: Declaration | None  # chosen by hand
    begun: _Begun | None


class RefusedPage(QWidget):
    """One button starts the visit, records who was met and closes it."""

    closed = Signal(str)  # the visit's id
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("refused")
        self._desk = desk
        self._arrival = desk.workplace.store.clock.now()
        self._begun: _Begun | None = None  # where a first try came no further than the start
        self._office = OfficeFields(desk, "refused")
        if self._office.instruments:
            self._office.show_instrument(self._office.instruments[0])
        self._happened = RefusedAccount(desk)
        self._name = line_edit("refused.name")
        self._position = line_edit("refused.position")
        self._declaring = RefusedDeclaration(desk)
        self._door = DoorPhotos(desk)
        self._happened.outcome_chosen.connect(self._declaring.follow)
        self._fields = self._all_fields()
        self._frame = FormFrame(
            desk,
            "refused",
            content=self._columns(),
            act="make",
            sign="document",
            filled=self._filled,
        )
        self._tell_arrival()
        self._frame.wanted.connect(self._on_made)
        self._frame.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._frame)
        self._office.chosen.connect(self._on_office_chosen)
        self._kept = KeptForm(desk, self, name="refused", more=self._chosen_here)
        self._frame.discarded.connect(self._kept.end)
        self._put_back(self._kept.begin())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._office.first.setFocus()

    @property
    def standing(self) -> Standing:
        """What stands here beside the typed texts."""
        return Standing(self._arrival, self._happened.outcome, self._declaring.by_hand, self._begun)

    def take_over(self, before: "RefusedPage") -> None:
        """Go on where the same page stood in another language or other colours."""
        self.stand(before.standing)

    def stand(self, standing: Standing) -> None:
        """Go on where a page like this one stood."""
        self._arrival, self._begun = standing.arrival, standing.begun
        self._tell_arrival()
        if standing.outcome is not None:
            self._happened.show_outcome(standing.outcome)
            self._declaring.follow(standing.outcome)
        if standing.declared is not None:
            self._declaring.take(standing.declared)

    def may_leave(self) -> bool:
        """Whether leaving loses nothing that is typed; otherwise the page asks."""
        return self._frame.may_leave()

    def settle(self) -> bool:
        """Keep what is typed for when the form is come back to."""
        self._kept.keep()
        return True

    # What was typed here before

    def _chosen_here(self) -> dict[str, str]:
        """What is chosen and in none of the editors; nothing while nothing is chosen."""
        outcome, declared = self._happened.outcome, self._declaring.by_hand
        if outcome is None:
            return {}
        told = {_OUTCOME: outcome.value, _ARRIVAL: instant_text(self._arrival)}
        return told if declared is None else {**told, _DECLARED: declared.value}

    def _put_back(self, before: Mapping[str, object]) -> None:
        if not before:
            return
        self._frame.notice.tell(self._desk.say("refused.kept"), Tone.INFO)
        outcome, declared = before.get(_OUTCOME), before.get(_DECLARED)
        if outcome is not None:
            self.stand(
                Standing(
                    instant_from_text(str(before[_ARRIVAL])),
                    Outcome(str(outcome)),
                    None if declared is None else Declaration(str(declared)),
                    None,
                )
            )

    def _on_office_chosen(self, office: ChosenOffice) -> None:
        """The kind comes along, and who was met is asked next."""
        if office.object_type and self._office.instruments:
            code = kind_under(self._office.instruments[0], office.object_type)
            choose(self._office.kind, code or self._office.object_type)
        self._name.setFocus()

    # How it is laid out

    def _tell_arrival(self) -> None:
        moment = self._desk.words.moment(self._arrival)
        self._frame.show_intro(self._desk.say("refused.intro", moment=moment))

    def _all_fields(self) -> dict[Field, QWidget]:
        say, office, happened = self._desk.say, self._office, self._happened
        first_choice = happened.choices.findChild(
            QWidget, f"refused.outcome.{Outcome.ENTRY_REFUSED.value}"
        )
        return {
            office.institution_field: office.institution,
            office.unit_field: office.unit,
            office.kind_field: office.kind,
            Field(say("refused.name"), self._name): self._name,
            Field(say("refused.position"), self._position): self._position,
            happened.choices_field: first_choice or happened.choices,
            happened.account_field: happened.account,
        }

    def _columns(self) -> QWidget:
        say = self._desk.say
        where = Card(say("refused.where"))
        who = Card(say("refused.who"))
        what = Card(say("refused.what"))
        fields = list(self._fields)
        where.body.addWidget(self._office.search_field)
        for field in fields[:2]:
            where.body.addWidget(field)
        where.body.addWidget(self._office.register, alignment=Qt.AlignmentFlag.AlignLeft)
        where.body.addWidget(fields[2])
        pair = QHBoxLayout()
        pair.setSpacing(MARGIN)
        for field in fields[3:5]:
            pair.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        who.body.addLayout(pair)
        what.body.addWidget(self._happened)
        what.body.addWidget(self._declaring)
        what.body.addWidget(Field(self._desk.say("door.photos"), self._door))
        what.body.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(MARGIN)
        left.addWidget(where)
        left.addWidget(who)
        left.addStretch()
        content = QWidget()
        row = Stacking(below=_BOTH_PX, space=MARGIN)
        content.setLayout(row)
        row.addLayout(left, 2)
        row.addWidget(what, 3)
        return content

    # What happens

    def _filled(self) -> bool:
        """Whether something is typed or chosen that leaving would lose."""
        lines = (self._office.institution, self._office.unit, self._name, self._position)
        texts = (*(line.text() for line in lines), self._happened.text)
        chosen = self._happened.outcome is not None or self._door.count > 0
        return chosen or any(text.strip() for text in texts)

    def _on_made(self) -> None:
        outcome = self._happened.outcome
        if not show_faults(self._fields, self._faults()) or outcome is None:
            return
        if self._door.busy:
            self._frame.notice.tell(self._desk.say("door.busy"), Tone.INFO)
            return
        try:
            visit = self._recorded(outcome)
        except Problem as problem:
            self._tell(problem)
            return
        self._kept.end()
        self.closed.emit(visit)

    def _recorded(self, outcome: Outcome) -> str:
        """The whole visit in one go; a second try goes on where the first one stopped."""
        desk = self._desk
        begun = self._begun_with(self._new_visit(), self._receiver(outcome))
        session = desk.application.open(desk.workplace, begun.visit)
        if session.snapshot.receiver != begun.receiver:
            session.record_receiver(begun.receiver)
        self._door.attach_to(session)
        now = desk.workplace.store.clock.now()
        close_visit(session, desk.workplace, outcome, departure=now, account=self._happened.text)
        return begun.visit

    def _begun_with(self, new: NewVisit, receiver: Receiver) -> _Begun:
        """The visit of the first try, or a new one where what it recorded has been corrected.

        Who was visited and met stands in the record for good: the visit of the first try is then
        declared void, with the reason.
        """
        desk, before = self._desk, self._begun
        if before is not None and (before.new, before.receiver) != (new, receiver):
            session = desk.application.open(desk.workplace, before.visit)
            session.void(desk.say("refused.corrected"))
            self._begun = None
        if self._begun is None:
            instrument = self._office.instruments[0]
            library = desk.application.library
            self._office.keep_new()
            institution_ref, unit_ref = self._office.refs
            started = replace(new, institution_ref=institution_ref, unit_ref=unit_ref)
            visit = start_visit(desk.workplace.store, started, instrument, library=library)
            self._begun = _Begun(visit, new, receiver)
        return self._begun

    def _new_visit(self) -> NewVisit:
        return NewVisit(
            institution=self._office.institution.text(),
            unit=self._office.unit.text(),
            object_type=self._office.object_type,
            kind=VisitKind.UNANNOUNCED,
            arrival=self._arrival,
            team=(self._desk.workplace.profile.name,),
        )

    def _receiver(self, outcome: Outcome) -> Receiver:
        """Who was met, and that nobody took the paper: who met a closed door need not say so."""
        return Receiver(
            declared=self._declaring.declared or proposed_for(outcome),
            name=self._name.text().strip() or None,
            position=self._position.text().strip() or None,
        )

    def _faults(self) -> dict[Field, str]:
        desk, happened = self._desk, self._happened
        found = self._office.faults()
        for field, editor in self._fields.items():
            if editor in (self._name, self._position) and (
                fault := text_fault(desk, editor.text())
            ):
                found[field] = fault
        if not self._office.instruments:
            found[self._office.kind_field] = desk.say("new_visit.no_instrument")
        if happened.outcome is None:
            found[happened.choices_field] = desk.say("refused.missing_outcome")
        if not happened.text:
            found[happened.account_field] = desk.say("refused.missing_account")
        elif fault := text_fault(desk, happened.text):
            found[happened.account_field] = fault
        return found

    def _tell(self, problem: Problem) -> None:
        sentence = self._desk.told(problem)
        if self._begun is not None:
            sentence = self._desk.say("refused.begun", sentence=sentence)
        self._frame.notice.tell(sentence, Tone.ERROR)
