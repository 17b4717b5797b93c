"""The page for a door that stayed shut: refused entry or a closed office, under a minute."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Declaration, Outcome, Receiver, VisitKind
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.centred import centred
from assessor_app.ui.pages.office_fields import OfficeFields, show_faults, text_fault
from assessor_app.ui.pages.refused_account import RefusedAccount
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

_MARGIN = 16
_WIDEST = 1334


class RefusedPage(QWidget):
    """One button starts the visit, records who was met and closes it."""

    closed = Signal(str)  # the visit's id
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("refused")
        self._desk = desk
        self._arrival = desk.workplace.store.clock.now()
        self._begun: str | None = None  # where a first try came no further than the start
        self._office = OfficeFields(desk, "refused")
        if self._office.instruments:
            self._office.show_instrument(self._office.instruments[0])
        self._happened = RefusedAccount(desk)
        self._name = line_edit("refused.name")
        self._position = line_edit("refused.position")
        self._notice = Notice(desk.tokens, "refused.notice")
        self._fields = self._all_fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addWidget(title(desk.say("refused.title")))
        self._intro = quiet("")
        self._tell_arrival()
        column.addWidget(self._intro)
        column.addWidget(self._notice)
        column.addWidget(self._columns(), 1)
        column.addLayout(self._foot())
        self.setFocusProxy(self._office.institution)
        for keys, act in (
            ("Ctrl+Return", self._on_made),
            ("Ctrl+Enter", self._on_made),
            ("Escape", self.left.emit),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def take_over(self, before: QWidget) -> None:
        """Go on where the same page stood in another language or other colours."""
        if isinstance(before, RefusedPage):
            self._arrival, self._begun = before._arrival, before._begun  # noqa: SLF001 - own class
            self._tell_arrival()
            if before._happened.outcome is not None:  # noqa: SLF001 - as above
                self._happened.show_outcome(before._happened.outcome)  # noqa: SLF001 - as above

    # How it is laid out

    def _tell_arrival(self) -> None:
        moment = self._desk.words.moment(self._arrival)
        self._intro.setText(self._desk.say("refused.intro", moment=moment))

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

    def _columns(self) -> QScrollArea:
        say = self._desk.say
        where = Card(say("refused.where"))
        who = Card(say("refused.who"))
        what = Card(say("refused.what"))
        fields = list(self._fields)
        for field in fields[:3]:
            where.body.addWidget(field)
        pair = QHBoxLayout()
        pair.setSpacing(_MARGIN)
        for field in fields[3:5]:
            pair.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        who.body.addLayout(pair)
        what.body.addWidget(self._happened)
        what.body.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(_MARGIN)
        left.addWidget(where)
        left.addWidget(who)
        left.addStretch()
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_MARGIN)
        row.addLayout(left, 2)
        row.addWidget(what, 3)
        return centred(content, "refused.scroll", widest=_WIDEST)

    def _foot(self) -> QHBoxLayout:
        desk = self._desk
        back = button(
            desk.say("refused.back"),
            "refused.back",
            role="flat",
            icon=icon("back", desk.tokens.accent),
        )
        back.clicked.connect(self.left)
        make = button(
            desk.say("refused.make"),
            "refused.make",
            role="primary",
            icon=icon("document", desk.tokens.on_accent),
            tip=desk.say("refused.make_tip"),
        )
        make.clicked.connect(self._on_made)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addStretch()
        foot.addWidget(make)
        return foot

    # What happens

    def _on_made(self) -> None:
        self._notice.clear()
        outcome = self._happened.outcome
        if not show_faults(self._fields, self._faults()) or outcome is None:
            return
        try:
            visit = self._recorded(outcome)
        except Problem as problem:
            self._tell(problem)
            return
        self.closed.emit(visit)

    def _recorded(self, outcome: Outcome) -> str:
        """The whole visit in one go; a second try goes on where the first one stopped."""
        desk = self._desk
        if self._begun is None:
            instrument = self._office.instruments[0]
            self._begun = start_visit(desk.workplace.store, self._new_visit(), instrument)
        session = desk.application.open(desk.workplace, self._begun)
        receiver = self._receiver(outcome)
        if receiver is not None:
            session.record_receiver(receiver)
        now = desk.workplace.store.clock.now()
        close_visit(session, desk.workplace, outcome, departure=now, account=self._happened.text)
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

    def _receiver(self, outcome: Outcome) -> Receiver | None:
        """Who was met. Who refuses entry refuses the paper too; of a closed office nobody may."""
        name, position = self._name.text().strip(), self._position.text().strip()
        if not name and not position:
            return None
        refused = outcome is Outcome.ENTRY_REFUSED
        return Receiver(
            declared=Declaration.REFUSED if refused else Declaration.ABSENT,
            name=name or None,
            position=position or None,
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
        self._notice.tell(sentence, Tone.ERROR)
