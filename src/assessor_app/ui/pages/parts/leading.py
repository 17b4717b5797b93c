"""Who leads the visit, and what only the lead does: closing it, and what comes after."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.visit import ISSUED_STATES, VisitState
from assessor_app.services.session import Session
from assessor_app.services.timeline import late_count
from assessor_app.services.trust import names_of_people
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.history import show_late
from assessor_app.ui.pages.parts.reason_dialog import ReasonDialog, Step
from assessor_app.ui.theme import dress, set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import quiet, strong


def lead_told(desk: Desk, session: Session) -> str:
    """Who leads the visit; empty in visits from before there was a lead."""
    lead = session.snapshot.visit.lead
    if lead is None:
        return ""
    if session.is_led_here:
        return desk.say("lead.own")
    name = names_of_people(desk.workplace.store).get(lead, desk.words("people.unknown"))
    return desk.say("lead.other", name=name)


def ask_to_lead(
    desk: Desk, session: Session, over: QWidget, *, taken: Callable[[], object]
) -> None:
    """Take the lead for a reason, where its holder cannot close the visit or sign for it."""
    step = Step(
        name="lead.take",
        heading=desk.say("lead.take"),
        told=desk.say("lead.explained", lead=lead_told(desk, session)),
        example=desk.say("lead.example"),
        go=desk.say("lead.go"),
    )
    dialog = ReasonDialog(desk, over, step, act=session.take_lead)
    dialog.done_so.connect(taken)
    dialog.open()


class AfterClosing(Card):
    """What came after the visit was closed, and how it is opened again; else hidden."""

    reopened = Signal()

    def __init__(self, desk: Desk, session: Session, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        dress(self, "gap")
        self._desk = desk
        self._session = session
        self._told = strong("")
        self._why = quiet("")
        say = desk.say
        self._look = button(say("late.look"), f"{name}.look")
        self._look.clicked.connect(lambda: show_late(desk, session, self))
        self._reopen = button(say("reopen.ask"), f"{name}.reopen")
        self._reopen.clicked.connect(self._on_reopen)
        self._take = button(say("lead.take"), f"{name}.take")
        self._take.clicked.connect(self._on_take)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._told)
        texts.addWidget(self._why)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(texts, stretch=1)
        row.addWidget(self._look)
        row.addWidget(self._take)
        row.addWidget(self._reopen)
        self.body.setContentsMargins(16, 8, 8, 8)
        self.body.addLayout(row)
        self.show_state()

    def show_state(self) -> None:
        """Show what came late, and who can open the visit again."""
        desk, session = self._desk, self._session
        state = session.snapshot.visit.state
        late = late_count(desk.workplace, session.visit_id) if _over(state) else 0
        own = session.is_led_here
        self._told.setText(desk.say("late.count", count=late))
        self._told.setVisible(bool(late))
        set_look(self, "hue", "yellow" if late else "grey")
        self._look.setVisible(bool(late))
        self._reopen.setVisible(state is VisitState.CLOSED and own)
        self._take.setVisible(state is VisitState.CLOSED and not own)
        self._why.setText(self._who(state, own=own))
        self.setVisible(state is VisitState.CLOSED or bool(late))

    def _who(self, state: VisitState, *, own: bool) -> str:
        """Who opens the visit again, from where it has come to."""
        if state in ISSUED_STATES:
            return self._desk.say("reopen.headquarters")
        if state is VisitState.VOIDED:
            return self._desk.say("reopen.voided")
        if own:
            return self._desk.say("reopen.by_you")
        return self._desk.say("reopen.by_lead", lead=lead_told(self._desk, self._session))

    def _on_take(self) -> None:
        ask_to_lead(self._desk, self._session, self, taken=self._on_taken)

    def _on_taken(self) -> None:
        self.show_state()
        (self._reopen if self._reopen.isVisible() else self).setFocus()

    def _on_reopen(self) -> None:
        desk, session = self._desk, self._session
        step = Step(
            name="reopen",
            heading=desk.say("reopen.heading"),
            told=desk.say("reopen.explained"),
            example=desk.say("reopen.example"),
            go=desk.say("reopen.go"),
        )

        def act(reason: str) -> None:
            session.reopen(reason, at=desk.application.clock.now())

        dialog = ReasonDialog(desk, self, step, act=act)
        dialog.done_so.connect(self.reopened)
        dialog.open()


def _over(state: VisitState) -> bool:
    return state in ISSUED_STATES or state in (VisitState.CLOSED, VisitState.VOIDED)
