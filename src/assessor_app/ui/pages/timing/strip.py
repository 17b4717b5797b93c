"""The watch over every page while it runs: the next customer, the end, and the way back to it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout

from assessor_app.domain.problem import Problem
from assessor_app.domain.timings import Running
from assessor_app.services import stopwatch
from assessor_app.services.session import Session
from assessor_app.services.tried_told import watch
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.key_table import sequence
from assessor_app.ui.theme import Space, dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.stacking import Stacking
from assessor_app.ui.widgets.stopwatch import WatchFace

_BESIDE = 620  # pixels below which the ways stand under what is measured


class WatchStrip(QFrame):
    """Hidden while no watch runs."""

    measured = Signal(object)  # Done
    refused = Signal(object)  # Problem
    wanted = Signal(str)  # the indicator that the watch belongs to

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("watch")
        dress(self, "card")
        self._desk = desk
        self._session: Session | None = None
        say, tokens = desk.say, desk.tokens
        self._face = WatchFace("watch.face", role="heading")
        self._place = button("", "watch.place", role="flat", icon=icon("clock", tokens.accent))
        self._place.clicked.connect(self._on_place)
        self._lap = button(
            say("timing.lap"),
            "watch.lap",
            icon=icon("add", tokens.accent),
            tip=say("timing.lap_tip"),
        )
        self._lap.clicked.connect(partial(self._on_measured, again=True))
        self._stop = button(
            say("timing.stop"),
            "watch.stop",
            role="primary",
            icon=icon("check", tokens.on_accent),
            tip=say("timing.stop_tip"),
        )
        self._stop.clicked.connect(partial(self._on_measured, again=False))
        self._drop = button(say("timing.drop"), "watch.drop")
        self._drop.clicked.connect(self._on_drop)
        measured, ways = QHBoxLayout(), QHBoxLayout()
        for part in (self._face, self._place):
            measured.addWidget(part)
        measured.addStretch(1)
        for part in (self._lap, self._stop, self._drop):
            ways.addWidget(part)
        row = Stacking(below=_BESIDE, space=Space.SMALL)
        row.setContentsMargins(14, 2, 6, 2)
        row.addLayout(measured, 1)
        row.addLayout(ways)
        self.setLayout(row)
        for action, made in (("watch", self._lap), ("watch_stop", self._stop)):
            QShortcut(QKeySequence(sequence(action)), self).activated.connect(made.click)
        self.hide()

    def show_of(self, session: Session | None) -> None:
        """The watch that runs in a visit; hidden without one."""
        self._session = session
        found = self._running()
        self.setVisible(found is not None)
        if found is None:
            self._face.run(None)
            return
        workplace = self._desk.workplace
        self._face.run(lambda: watch(stopwatch.elapsed(workplace, found).seconds))
        run = stopwatch.elapsed(workplace, found)
        name = "timing.at_by_wall" if run.by_wall else "timing.at"
        text = self._desk.say(name, indicator=found.indicator)
        self._place.setText(text)
        self._place.setAccessibleName(text)
        worth = self._can_be_recorded(found) and not (run.forgotten or run.turned_back)
        for part in (self._lap, self._stop):
            part.setVisible(worth)
        self._drop.setVisible(not worth)

    def _running(self) -> Running | None:
        if self._session is None or not self._desk.unlocked:
            return None
        return stopwatch.running(self._desk.workplace, self._session.visit_id)

    def _can_be_recorded(self, watch: Running) -> bool:
        """Whether the visit takes it: it is not closed, and the indicator is still in its rules."""
        session = self._session
        if session is None or not session.snapshot.takes_answers:
            return False
        return any(one.code == watch.indicator for one in session.instrument.indicators())

    def _on_drop(self) -> None:
        if self._session is None:
            return
        try:
            stopwatch.forget(self._desk.workplace, self._session.visit_id)
        except Problem as problem:
            self.refused.emit(problem)
            return
        self._desk.watches.changed.emit()

    def _on_place(self) -> None:
        found = self._running()
        if found is not None and self._session is not None:
            known = {one.code for one in self._session.instrument.indicators()}
            if found.indicator in known:
                self.wanted.emit(found.indicator)

    def _on_measured(self, *, again: bool) -> None:
        found, session = self._running(), self._session
        if found is None or session is None:
            return
        try:
            done = stopwatch.record_customer(session, self._desk.workplace, found, again=again)
        except Problem as problem:
            self.refused.emit(problem)
            return
        self.show_of(session)
        self.measured.emit(done)
