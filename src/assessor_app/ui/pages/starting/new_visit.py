"""The page that starts a visit: at the door, three letters or two names are enough."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assessor_app.domain.instants import plausible
from assessor_app.domain.problem import Problem, RecordRefused
from assessor_app.domain.visit import VisitKind
from assessor_app.services.first_choices import fitting_instrument, last_letter, last_team
from assessor_app.services.starting import NewVisitFrom
from assessor_app.services.visits import NewVisit, all_visits, start_visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.pages.starting.form_frame import MARGIN, FormFrame
from assessor_app.ui.pages.starting.instrument_choice import InstrumentChoice, visitable
from assessor_app.ui.pages.starting.kept_form import KeptForm
from assessor_app.ui.pages.starting.newcomers import reading_anew, some_came
from assessor_app.ui.pages.starting.office_fields import (
    ChosenOffice,
    OfficeFields,
    show_faults,
    text_fault,
)
from assessor_app.ui.pages.starting.predecessor_choice import PredecessorChoice
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, choose, combo, line_edit, value_of
from assessor_app.ui.widgets.notice import Tone
from assessor_app.ui.widgets.stacking import Stacking

_TEAM_LINES = 3


_BOTH_PX = 860  # of both halves beside each other


class NewVisitPage(QWidget):
    """An office is chosen or its two names typed; all else has a value that is mostly right."""

    started = Signal(str)  # the visit's id
    left = Signal()

    def __init__(self, desk: Desk, given: NewVisitFrom | None = None) -> None:
        """`given` is what is known beforehand: of the office before, or of what is due."""
        super().__init__()
        self.setObjectName("new_visit")
        self._desk = desk
        self._given = given
        self._zone = desk.workplace.profile.zone
        self._office = OfficeFields(desk, "new_visit")
        self._build_editors()
        self._frame = FormFrame(
            desk,
            "new_visit",
            content=self._columns(),
            act="start",
            sign="play",
            filled=self._filled,
        )
        self._frame.show_intro(desk.say("new_visit.intro"))
        self._frame.wanted.connect(self._on_start_wanted)
        self._frame.discarded.connect(self._on_discarded)
        self._frame.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._frame)
        self._connect()
        self._begin_with(given)
        if some_came(desk):
            desk.tasks.run(
                reading_anew(desk), owner=self, done=self._on_read_anew, failed=self._tell
            )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        office, given = self._office, self._given
        if given is not None and given.unit:
            self._frame.take_focus()
        elif given is not None:
            office.unit.setFocus()
        else:
            office.first.setFocus()

    def may_leave(self) -> bool:
        """Whether leaving loses nothing that is typed; otherwise the page asks."""
        return self._frame.may_leave()

    def settle(self) -> bool:
        """Keep what is typed for when the form is come back to."""
        self._kept.keep()
        return True

    # How it is laid out

    def _build_editors(self) -> None:
        desk, words, office = self._desk, self._desk.words, self._office
        self._instrument = InstrumentChoice(desk, "new_visit.instrument", office.instruments)
        self._kind = combo(
            "new_visit.kind",
            [(kind.value, words(f"visit_kind.{kind.value}")) for kind in VisitKind],
        )
        self._predecessor = PredecessorChoice(desk, "new_visit.predecessor", office)
        self._address = line_edit("new_visit.address")
        self._letter = line_edit("new_visit.letter")
        self._team = QPlainTextEdit()
        self._team.setObjectName("new_visit.team")
        self._team.setTabChangesFocus(True)
        lines = _TEAM_LINES * self._team.fontMetrics().lineSpacing()
        self._team.setMinimumHeight(lines + grown(24))
        self._team.setMaximumHeight(lines + grown(24))
        now = desk.workplace.store.clock.now()
        self._arrival = MomentEdit("new_visit.arrival", self._zone, at=now)
        self._arrival.choose(now)  # recorded as it is shown, however long the form lies open
        zone = now.astimezone(self._zone).strftime("%Z")
        self._fields: dict[Field, QWidget] = {
            office.institution_field: office.institution,
            office.unit_field: office.unit,
            office.kind_field: office.kind,
            self._field("address", self._address): self._address,
            Field(
                desk.say("new_visit.arrival", zone=zone), with_calendar(desk, self._arrival)
            ): self._arrival,
            self._field("letter", self._letter): self._letter,
            self._field("kind", self._kind): self._kind,
            self._predecessor.field: self._predecessor.combo,
            self._field("instrument", self._instrument): self._instrument,
            Field(
                desk.say("new_visit.team"),
                self._team,
                hint=desk.say("new_visit.team_hint", name=desk.workplace.profile.name),
            ): self._team,
        }

    def _field(self, name: str, editor: QWidget) -> Field:
        return Field(self._desk.say(f"new_visit.{name}"), editor)

    def _columns(self) -> QWidget:
        institution, unit, object_type, address, *of_visit = self._fields
        office = Card(self._desk.say("new_visit.office"))
        office.body.addWidget(self._office.search_field)
        for field in (institution, unit):
            office.body.addWidget(field)
        office.body.addWidget(self._office.register, alignment=Qt.AlignmentFlag.AlignLeft)
        for field in (object_type, address):
            office.body.addWidget(field)
        visit = Card(self._desk.say("new_visit.visit"))
        pair = QHBoxLayout()
        pair.setSpacing(MARGIN)
        for field in of_visit[:2]:
            pair.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        visit.body.addLayout(pair)
        for field in of_visit[2:]:
            visit.body.addWidget(field)
        content = QWidget()
        row = Stacking(below=_BOTH_PX, space=MARGIN)
        content.setLayout(row)
        for card in (office, visit):
            card.body.addStretch(1)
            row.addWidget(card, 1)
        return content

    # What it begins with

    def _connect(self) -> None:
        self._instrument.chosen.connect(self._on_instrument_chosen)
        self._on_instrument_chosen()
        self._office.chosen.connect(self._on_office_chosen)
        self._office.named.connect(self._predecessor.show_visits)
        self._kind.currentIndexChanged.connect(self._on_kind_chosen)
        self._predecessor.chosen.connect(self._follow_instrument)

    def _begin_with(self, given: NewVisitFrom | None) -> None:
        """The values that are mostly right, what is given, and what was typed here before."""
        self._kept = KeptForm(self._desk, self, name="new_visit")
        if given is not None:
            self._fill(given)
            self._empty = self._texts()
            self._kept.begin_anew()
            return
        now = self._desk.workplace.store.clock.now()
        visits = all_visits(self._desk.workplace.store)
        self._team.setPlainText("\n".join(last_team(visits, self._desk.workplace.profile.name)))
        self._letter.setText(last_letter(visits, now=now) or "")
        self._empty = self._texts()
        if self._kept.begin():
            say = self._desk.say
            self._frame.notice.tell(
                say("new_visit.kept"), Tone.INFO, action=say("new_visit.kept_forget")
            )
            self._frame.notice.acted.connect(self._on_forget_wanted)

    def _fill(self, given: NewVisitFrom) -> None:
        self._office.institution.setText(given.institution)
        self._office.unit.setText(given.unit)
        self._address.setText(given.address_visited or "")
        self._letter.setText(given.assignment_letter or "")
        self._team.setPlainText("\n".join(given.team))
        if given.kind is not None:
            choose(self._kind, given.kind.value)
        if given.instrument is not None and self._instrument.offers(given.instrument):
            choose(self._instrument.combo, given.instrument)
        if given.object_type is not None and self._office.kind.findData(given.object_type) >= 0:
            choose(self._office.kind, given.object_type)
        self._predecessor.show_visits()
        self._predecessor.choose(given.predecessor)

    # What happens

    def _filled(self) -> bool:
        """Whether something is typed that leaving would lose."""
        return self._texts() != self._empty

    def _texts(self) -> tuple[str, ...]:
        lines = (self._office.institution, self._office.unit, self._address, self._letter)
        return (*(line.text().strip() for line in lines), self._team.toPlainText().strip())

    def _on_office_chosen(self, office: ChosenOffice) -> None:
        """All that comes along with an office of the register; then Enter starts."""
        today = self._desk.workplace.store.clock.now().astimezone(self._zone).date()
        self._address.setText(office.address or "")
        if office.object_type:
            found = fitting_instrument(self._office.instruments, office.object_type, today=today)
            if found is not None:
                choose(self._instrument.combo, found[0].pin)
                choose(self._office.kind, found[1])
        self._predecessor.show_visits()
        self._frame.take_focus()

    def _on_kind_chosen(self) -> None:
        self._predecessor.show_for(VisitKind(value_of(self._kind)))
        self._follow_instrument()

    def _follow_instrument(self) -> None:
        """What is followed up is asked as it was asked then."""
        before = self._predecessor.visit
        if before is not None and value_of(self._kind) == VisitKind.FOLLOW_UP.value:
            if self._instrument.offers(before.instrument_version):
                choose(self._instrument.combo, before.instrument_version)
            if self._office.kind.findData(before.object_type) >= 0:
                choose(self._office.kind, before.object_type)

    def _on_instrument_chosen(self) -> None:
        chosen = self._instrument.instrument
        if chosen is not None:
            self._office.show_instrument(chosen)

    def _on_read_anew(self, _: None) -> None:
        """Offer what was imported; what is chosen stays chosen."""
        self._instrument.offer(visitable(self._desk))

    def _on_discarded(self) -> None:
        self._kept.end()

    def _on_forget_wanted(self) -> None:
        """Begin with an empty form after all."""
        for line in (self._office.institution, self._office.unit, self._address):
            line.clear()
        self._frame.notice.clear()
        self._kept.keep()
        self._office.first.setFocus()

    def _tell(self, problem: Problem) -> None:
        self._frame.notice.tell(self._desk.told(problem), Tone.ERROR)

    def _on_start_wanted(self) -> None:
        instrument = self._instrument.instrument
        if not show_faults(self._fields, self._faults()) or instrument is None:
            return
        try:
            self._office.keep_new(address=self._address.text().strip() or None)
            visit = start_visit(
                self._desk.workplace.store,
                self._new_visit(),
                instrument,
                library=self._desk.application.library,
            )
        except Problem as problem:
            self._tell(problem)
            return
        self._kept.end()
        self.started.emit(visit)

    def _new_visit(self) -> NewVisit:
        institution_ref, unit_ref = self._office.refs
        return NewVisit(
            institution=self._office.institution.text(),
            unit=self._office.unit.text(),
            object_type=self._office.object_type,
            kind=VisitKind(value_of(self._kind)),
            arrival=self._arrived(),
            team=(self._desk.workplace.profile.name, *self._others()),
            address_visited=self._address.text() or None,
            assignment_letter=self._letter.text() or None,
            predecessor=self._predecessor.id,
            institution_ref=institution_ref,
            unit_ref=unit_ref,
        )

    def _others(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self._team.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def _faults(self) -> dict[Field, str]:
        checks = {
            self._address: lambda: text_fault(self._desk, self._address.text()),
            self._letter: lambda: text_fault(self._desk, self._letter.text()),
            self._team: lambda: text_fault(self._desk, self._team.toPlainText()),
            self._arrival: self._arrival_fault,
            self._instrument: self._instrument_fault,
        }
        found = self._office.faults()
        for field, editor in self._fields.items():
            fault = checks[editor]() if editor in checks else ""
            if fault:
                found[field] = fault
        return found

    def _instrument_fault(self) -> str:
        missing = self._instrument.instrument is None
        return self._desk.say("new_visit.no_instrument") if missing else ""

    def _arrived(self) -> datetime:
        now = self._desk.workplace.store.clock.now()
        return plausible(self._arrival.instant(now=now, not_before=None))

    def _arrival_fault(self) -> str:
        try:
            self._arrived()
        except RecordRefused as problem:
            if problem.code == "instant_unreadable":
                return self._desk.told(problem)
            return self._desk.say("new_visit.arrival_ahead")
        except ValueError:
            return self._desk.say("new_visit.arrival_unlikely")
        return ""
