"""The page that starts a visit: at the door, two names are enough."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assessor_app.domain.instants import plausible
from assessor_app.domain.problem import Problem, RecordRefused
from assessor_app.domain.visit import VisitKind
from assessor_app.services.visits import NewVisit, start_visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.pages.starting.form_frame import MARGIN, FormFrame
from assessor_app.ui.pages.starting.instrument_choice import InstrumentChoice, visitable
from assessor_app.ui.pages.starting.newcomers import reading_anew, some_came
from assessor_app.ui.pages.starting.office_fields import OfficeFields, show_faults, text_fault
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, combo, line_edit, value_of
from assessor_app.ui.widgets.notice import Tone

_TEAM_LINES = 3


class NewVisitPage(QWidget):
    """Institution and unit must be typed; all else has a value that is mostly right."""

    started = Signal(str)  # the visit's id
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("new_visit")
        self._desk = desk
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
        self._frame.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._frame)
        if some_came(desk):
            desk.tasks.run(
                reading_anew(desk), owner=self, done=self._on_read_anew, failed=self._tell
            )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._office.institution.setFocus()

    def may_leave(self) -> bool:
        """Whether leaving loses nothing that is typed; otherwise the page asks."""
        return self._frame.may_leave()

    # How it is laid out

    def _build_editors(self) -> None:
        desk, words, office = self._desk, self._desk.words, self._office
        self._instrument = InstrumentChoice(desk, "new_visit.instrument", office.instruments)
        self._instrument.chosen.connect(self._on_instrument_chosen)
        self._on_instrument_chosen()
        self._kind = combo(
            "new_visit.kind",
            [(kind.value, words(f"visit_kind.{kind.value}")) for kind in VisitKind],
        )
        self._address = line_edit("new_visit.address")
        self._letter = line_edit("new_visit.letter")
        self._team = QPlainTextEdit()
        self._team.setObjectName("new_visit.team")
        self._team.setTabChangesFocus(True)
        lines = _TEAM_LINES * self._team.fontMetrics().lineSpacing()
        self._team.setFixedHeight(lines + 24)
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
        for field in (institution, unit, object_type, address):
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
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MARGIN)
        for card in (office, visit):
            card.body.addStretch(1)
            row.addWidget(card, 1)
        return content

    # What happens

    def _filled(self) -> bool:
        """Whether something is typed that leaving would lose."""
        lines = (self._office.institution, self._office.unit, self._address, self._letter)
        texts = (*(line.text() for line in lines), self._team.toPlainText())
        return any(text.strip() for text in texts)

    def _on_instrument_chosen(self) -> None:
        chosen = self._instrument.instrument
        if chosen is not None:
            self._office.show_instrument(chosen)

    def _on_read_anew(self, _: None) -> None:
        """Offer what was imported; what is chosen stays chosen."""
        self._instrument.offer(visitable(self._desk))

    def _tell(self, problem: Problem) -> None:
        self._frame.notice.tell(self._desk.told(problem), Tone.ERROR)

    def _on_start_wanted(self) -> None:
        instrument = self._instrument.instrument
        if not show_faults(self._fields, self._faults()) or instrument is None:
            return
        try:
            visit = start_visit(
                self._desk.workplace.store,
                self._new_visit(),
                instrument,
                library=self._desk.application.library,
            )
        except Problem as problem:
            self._tell(problem)
            return
        self.started.emit(visit)

    def _new_visit(self) -> NewVisit:
        return NewVisit(
            institution=self._office.institution.text(),
            unit=self._office.unit.text(),
            object_type=self._office.object_type,
            kind=VisitKind(value_of(self._kind)),
            arrival=self._arrived(),
            team=(self._desk.workplace.profile.name, *self._others()),
            address_visited=self._address.text() or None,
            assignment_letter=self._letter.text() or None,
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
