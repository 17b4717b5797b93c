"""Pausing a visit with its reason, and going on with it, today or on another day."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assessor_app.domain.problem import Problem
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import dress, icon, set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body


class PauseBar(Card):
    """Hidden while the visit runs; asks for the reason, or says since when it rests and why."""

    changed = Signal()  # it rests now, or runs again
    said = Signal(str)
    refused = Signal(object)  # Problem

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("checklist.pausing")
        dress(self, "gap")
        set_look(self, "hue", "yellow")
        self._desk = desk
        self._session = session
        say = desk.say
        self._told = body("")
        self._reason = line_edit("pause.reason", placeholder=say("pause.example"))
        self._reason.returnPressed.connect(self._on_paused)
        self._field = Field(say("pause.reason"), self._reason)
        self._pause = button(say("pause.pause"), "pause.pause", role="primary")
        self._pause.clicked.connect(self._on_paused)
        self._cancel = button(say("pause.cancel"), "pause.cancel")
        self._cancel.clicked.connect(self.show_state)
        self._resume = button(
            say("pause.resume"),
            "pause.resume",
            role="primary",
            icon=icon("play", desk.tokens.on_accent),
        )
        self._resume.clicked.connect(self._on_resumed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._told, stretch=1)
        for widget in (self._cancel, self._pause, self._resume):
            row.addWidget(widget)
        column = QVBoxLayout()
        column.addWidget(self._field)
        column.addLayout(row)
        self.body.addLayout(column)
        self.show_state()

    def ask(self) -> None:
        """Ask why the visit is paused."""
        self._show(asking=True, paused=False)
        self._told.setText(self._desk.say("pause.explained"))
        self._reason.setFocus()

    def show_state(self) -> None:
        """Show since when the visit is paused and why; nothing while it runs."""
        paused = self._session.snapshot.paused
        self._show(asking=False, paused=paused)
        if not paused:
            return
        self._resume.setFocus()
        last = self._session.snapshot.sessions[-1]
        since = self._desk.words.moment(last.ended) if last.ended else "–"
        self._told.setText(self._desk.say("pause.since", moment=since, why=last.why or "–"))

    def _show(self, *, asking: bool, paused: bool) -> None:
        self._field.setVisible(asking)
        self._pause.setVisible(asking)
        self._cancel.setVisible(asking)
        self._resume.setVisible(paused)
        self.setVisible(asking or paused)

    def _on_paused(self) -> None:
        reason = self._reason.text().strip()
        if not reason:
            self._field.show_fault(self._desk.say("pause.reason_missing"))
            return
        self._field.clear_fault()
        try:
            self._session.pause(reason, at=self._desk.application.clock.now())
        except Problem as problem:
            self.refused.emit(problem)
            return
        self._reason.clear()
        self._tell("pause.paused")

    def _on_resumed(self) -> None:
        try:
            self._session.resume(at=self._desk.application.clock.now())
        except Problem as problem:
            self.refused.emit(problem)
            return
        self._tell("pause.resumed")

    def _tell(self, name: str) -> None:
        self.show_state()
        self.changed.emit()
        self.said.emit(self._desk.say(name))
