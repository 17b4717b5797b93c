"""The stopwatch beside the answers of an indicator that asks for a time."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.instrument import AnswerKind, Side
from assessor_app.domain.problem import Problem
from assessor_app.domain.scale import NONE
from assessor_app.domain.timings import Running, Timed, Timing, as_answer, timed, timings_of
from assessor_app.services import stopwatch
from assessor_app.services.standing import Done
from assessor_app.services.tried_told import lasting, timed_told, watch
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.key_table import sequence
from assessor_app.ui.pages.checklist.sections import Around, Section, Where
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.stopwatch import WatchFace


def stopwatch_section(around: Around) -> Section | None:
    """Only where a time is asked in practice."""
    indicator = around.spot.indicator
    if indicator.kind is not AnswerKind.DURATION or Side.PRACTICE not in indicator.sides:
        return None
    made = TimingSection(around)
    return Section(made, where=Where.FOOT, show_seen=made.show_seen)


class TimingSection(Card):
    """Starts, laps and stops; what was measured is taken over as the answer by one tap."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around
        self._desk = desk = around.desk
        code = around.spot.code
        prefix = self._prefix = f"timing.{code}"
        self.setObjectName(prefix)
        self.body.setContentsMargins(14, 10, 14, 12)
        self.body.setSpacing(8)
        say, tokens = desk.say, desk.tokens
        self._face = WatchFace(f"{prefix}.face")
        self._start = button(
            say("timing.start"),
            f"{prefix}.start",
            role="primary",
            icon=icon("play", tokens.on_accent),
            tip=say("timing.start_tip"),
        )
        self._start.clicked.connect(self._on_start)
        self._lap = button(
            say("timing.lap"),
            f"{prefix}.lap",
            icon=icon("add", tokens.accent),
            tip=say("timing.lap_tip"),
        )
        self._lap.clicked.connect(lambda: self._on_measured(again=True))
        self._stop = button(
            say("timing.stop"),
            f"{prefix}.stop",
            role="primary",
            icon=icon("check", tokens.on_accent),
            tip=say("timing.stop_tip"),
        )
        self._stop.clicked.connect(lambda: self._on_measured(again=False))
        self._drop = button(say("timing.drop"), f"{prefix}.drop", role="flat")
        self._drop.clicked.connect(self._on_drop)
        self._elsewhere = quiet("")
        self._summary = strong("")
        self._summary.setObjectName(f"{prefix}.summary")
        self._against = quiet("")
        self._against.setObjectName(f"{prefix}.against")
        self._rows = _Measured(desk, prefix)
        self._rows.removed.connect(self._on_removed)
        self._take_median = self._take_button("median")
        self._take_longest = self._take_button("longest")
        self._furnish()

    def show_seen(self) -> None:
        """What is measured, and what the watch says."""
        around, words = self._around, self._desk.words
        session, spot = around.session, around.spot
        own = timings_of(session.snapshot.timings, spot.code, product=spot.product)
        editable = session.snapshot.takes_answers
        self._rows.show_timings(own, editable=editable)
        found = timed(own)
        self._summary.setVisible(found is not None)
        self._summary.setText(timed_told(found, words) if found else "")
        self._show_against(found)
        self._show_takes(found, editable=editable)
        self._show_watch(editable=editable)

    def _furnish(self) -> None:
        say = self._desk.say
        head = QHBoxLayout()
        head.addWidget(strong(say("timing.title")), 1)
        head.addWidget(self._face)
        watch_row, takes = Flowing(), Flowing()
        for part in (self._start, self._lap, self._stop, self._drop):
            watch_row.addWidget(part)
        takes.addWidget(self._take_median)
        takes.addWidget(self._take_longest)
        self.body.addLayout(head)
        self.body.addLayout(watch_row)
        for label in (self._elsewhere, self._summary, self._against):
            self.body.addWidget(label)
        self.body.addLayout(takes)
        self.body.addWidget(self._rows)
        self._key = QShortcut(QKeySequence(sequence("watch")), self)
        self._key.activated.connect(self._start.click)

    def _take_button(self, which: str) -> QPushButton:
        made = button("", f"{self._prefix}.take_{which}")
        made.clicked.connect(lambda: self._on_take(which))
        return made

    # The watch

    def _running(self) -> Running | None:
        return stopwatch.running(self._desk.workplace, self._around.session.visit_id)

    def _show_watch(self, *, editable: bool) -> None:
        found = self._running()
        spot = self._around.spot
        own = found is not None and (found.indicator, found.product) == (spot.code, spot.product)
        self._start.setVisible(found is None)
        self._start.setEnabled(editable)
        self._key.setEnabled(found is None)  # the strip over the page has it while one runs
        for part in (self._lap, self._stop, self._drop):
            part.setVisible(own)
            part.setEnabled(editable or part is self._drop)
        self._elsewhere.setVisible(found is not None and not own)
        if found is not None and not own:
            self._elsewhere.setText(self._desk.say("timing.elsewhere", indicator=found.indicator))
        workplace = self._desk.workplace
        if found is not None and own:
            running = found
            self._face.run(lambda: watch(stopwatch.elapsed(workplace, running).seconds))
        else:
            self._face.run(None)

    def _on_start(self) -> None:
        around = self._around
        if not around.recording.takes_answers():
            return
        try:
            stopwatch.start(
                self._desk.workplace,
                around.session.visit_id,
                around.spot.code,
                product=around.spot.product,
            )
        except Problem as problem:
            around.recording.refused.emit(problem)
            return
        self.show_seen()
        self._desk.watches.changed.emit()

    def _on_measured(self, *, again: bool) -> None:
        """Record this customer; the next one begins at once where `again`."""
        around = self._around
        found = self._running()
        if found is None:
            return
        try:  # what is measured ends here, however long the reason of the change takes
            ended = stopwatch.stopped(self._desk.workplace, found)
        except Problem as problem:
            around.recording.refused.emit(problem)
            return
        done = around.recording.carry_out(
            ("timing", found.started_at),
            lambda reason: self._recorded(found, ended, again=again, reason=reason),
            what=self._desk.say("timing.waiting", indicator=found.indicator),
        )
        if done is not None:
            self.show_seen()

    def _recorded(
        self, watch: Running, ended: tuple[int, Running], *, again: bool, reason: str | None
    ) -> Done:
        done = stopwatch.record_customer(
            self._around.session,
            self._desk.workplace,
            watch,
            again=again,
            done=ended,
            reason=reason,
        )
        self._desk.watches.changed.emit()
        return done

    def _on_drop(self) -> None:
        try:
            stopwatch.forget(self._desk.workplace, self._around.session.visit_id)
        except Problem as problem:
            self._around.recording.refused.emit(problem)
            return
        self.show_seen()
        self._desk.watches.changed.emit()

    # What was measured

    def _on_removed(self, timing: str) -> None:
        around, zone = self._around, self._desk.workplace.profile.zone
        around.recording.carry_out(
            ("timing", timing),
            lambda reason: around.session.record_timing(
                {"seconds": None}, zone=zone, timing=timing, reason=reason
            ),
            what=self._desk.say("timing.waiting", indicator=around.spot.code),
        )

    def _show_against(self, found: Timed | None) -> None:
        """The median beside what is promised on paper."""
        spot, words, say = self._around.spot, self._desk.words, self._desk.say
        promised = spot.promised()
        scale = spot.indicator.scale
        self._against.setVisible(found is not None)
        if found is None:
            return
        answer = as_answer(found.median, scale.unit, whole=scale.whole)
        if promised is None or promised == NONE:
            self._against.setText(say("timing.no_promise"))
            return
        told = words.answer(spot.indicator, promised, side=Side.PAPERWORK)
        if answer is None:
            self._against.setText(say("timing.other_unit", promise=told))
            return
        share = spot.indicator.fulfilment(Side.PRACTICE, answer, promised=promised)
        kept = share is not None and share >= 1
        name = "timing.kept" if kept else "timing.not_kept"
        self._against.setText(say(name, promise=told, took=lasting(found.median, words)))

    def _show_takes(self, found: Timed | None, *, editable: bool) -> None:
        scale, words = self._around.spot.indicator.scale, self._desk.words
        for which, made in (("median", self._take_median), ("longest", self._take_longest)):
            seconds = getattr(found, which) if found is not None else 0
            answer = as_answer(seconds, scale.unit, whole=scale.whole) if found else None
            shown = answer is not None and (
                which == "median" or (found is not None and found.count > 1)
            )
            made.setVisible(shown)
            made.setEnabled(editable)
            if answer is not None:
                told = words.answer(self._around.spot.indicator, answer, side=Side.PRACTICE)
                text = self._desk.say(f"timing.take_{which}", time=told)
                made.setText(text)
                made.setAccessibleName(text)

    def _on_take(self, which: str) -> None:
        """The assessor's own act: what was measured becomes the answer in practice."""
        around = self._around
        spot, scale = around.spot, around.spot.indicator.scale
        found = timed(timings_of(around.session.snapshot.timings, spot.code, product=spot.product))
        if found is None:
            return
        answer = as_answer(getattr(found, which), scale.unit, whole=scale.whole)
        if answer is not None:
            around.recording.record(spot.place(), Side.PRACTICE.value, {"answer": answer})


class _Measured(QWidget):
    """The customers in their order, each to be taken back."""

    removed = Signal(str)  # id

    def __init__(self, desk: Desk, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._prefix = prefix
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._shown: tuple[Sequence[Timing], bool] = ((), False)

    def show_timings(self, found: Sequence[Timing], *, editable: bool) -> None:
        if (tuple(found), editable) == self._shown:
            return
        self._shown = (tuple(found), editable)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(found, start=1):
            self._column.addWidget(self._row(number, one, editable=editable))

    def _row(self, number: int, one: Timing, *, editable: bool) -> QWidget:
        say, words = self._desk.say, self._desk.words
        told = say(
            "timing.customer",
            number=number,
            time=lasting(one.seconds, words),
            moment=words.moment(one.started_at),
        )
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(quiet(told), 1)
        gone = icon_button(
            say("timing.remove", number=number),
            f"{self._prefix}.remove.{number}",
            icon("trash", self._desk.tokens.accent),
        )
        gone.setEnabled(editable)
        gone.clicked.connect(lambda _, id_=one.id: self.removed.emit(id_))
        row.addWidget(gone)
        return line
