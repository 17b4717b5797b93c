"""Trying the channels that the unit announces: called, wrote, visited; and what came of it."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import Problem
from assessor_app.domain.trials import Trial, tally
from assessor_app.services import stopwatch
from assessor_app.services.evidence.words import name_of
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.services.tried_told import channel_name, result_told, tally_told, watch
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.photos import Goal, Photos
from assessor_app.ui.pages.checklist.proving import Proving
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.parts.page_keys import PageKeys, typing
from assessor_app.ui.pages.parts.reason_bar import ReasonBar
from assessor_app.ui.pages.trials.channels import Channels, ChannelShown
from assessor_app.ui.pages.trials.form import Proof, TrialForm, replied
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.labels import quiet, strong, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

_WIDE = 900  # pixels from which the list has room beside the form
_NEW = ""


class TrialsPage(QWidget):
    """Every change is recorded the moment it is made; a new channel with its first one."""

    left = Signal()
    said = Signal(str)

    def __init__(
        self, desk: Desk, session: Session, photos: Photos, *, indicator: str | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("trials")
        self._desk = desk
        self._session = session
        self._photos = photos
        self._here = indicator if indicator and self._asked(indicator) else ""
        self._current = _NEW
        self._refused = False
        self._reasons = ReasonBar(desk, session, "trials.reason")
        self._recording = Recording(desk, session, self, reasons=self._reasons)
        self._proving = Proving(desk, photos, self)
        self._notice = Notice(desk.tokens, "trials.notice")
        self._tally = strong("")
        self._tally.setObjectName("trials.tally")
        self._list = Channels(desk.tokens)
        words = desk.words
        self._form = TrialForm(
            desk,
            [
                (one.code, f"{one.code} {words.of(one.text)}")
                for one in session.instrument.indicators()
            ],
        )
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._connect()
        self._furnish()
        self._add_keys()
        self.hint = desk.say("trials.keys")
        trials = session.snapshot.trials
        self._look_at(trials[0].id if trials else _NEW)

    # How it is laid out

    def _connect(self) -> None:
        self._list.chosen.connect(self._on_chosen)
        form = self._form
        form.changed.connect(self._on_changed)
        form.started.connect(self._on_started)
        form.stopped.connect(self._on_stopped)
        form.proof_wanted.connect(self._on_proof_wanted)
        form.removed.connect(self._on_removed)
        self._photos.attached.connect(self._on_attached)
        self._recording.changed.connect(self._show)
        self._recording.refused.connect(self._tell)
        self._recording.said.connect(self.said)
        for bar in (self._reasons, self._photos, self._proving):
            bar.refused.connect(self._tell)
        self._reasons.said.connect(self.said)
        self._reasons.given.connect(self._show)
        self._reasons.dropped.connect(self._show)

    def _furnish(self) -> None:
        say, tokens = self._desk.say, self._desk.tokens
        back = button(
            say("trials.back"), "trials.back", role="flat", icon=icon("back", tokens.accent)
        )
        back.clicked.connect(self._on_back)
        new = button(
            say("trials.new"),
            "trials.new",
            role="primary",
            icon=icon("add", tokens.on_accent),
            tip=say("trials.new_tip"),
        )
        new.clicked.connect(self._on_new)
        self._undo = icon_button(say("actions.undo"), "trials.undo", icon("undo", tokens.accent))
        self._undo.clicked.connect(partial(self._turn_back, self._recording.undo))
        head = QHBoxLayout()
        head.addWidget(title(say("trials.title")), 1)
        for part in (self._undo, new, back):
            head.addWidget(part)
        form = QWidget()
        inner = QVBoxLayout(form)
        inner.setContentsMargins(0, 0, 6, 0)
        inner.addWidget(self._form)
        inner.addStretch(1)
        let_flow(form)
        self._columns.setSpacing(12)
        self._listing = scrolling(self._list, "trials.list")
        self._columns.addWidget(self._listing, 2)
        area = scrolling(form, "trials.area")
        self._columns.addWidget(area, 3)
        for one in (self._listing, area):
            one.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(quiet(say("trials.intro")))
        column.addWidget(self._tally)
        column.addWidget(self._notice)
        column.addWidget(self._reasons)
        column.addLayout(self._columns, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)

    def _add_keys(self) -> None:
        keys = PageKeys(self)
        for digit in "12345678":
            keys.plain(digit, partial(self._form.choose_by_key, digit))
        keys.plain("+", self._on_new)
        keys.plain("Up", partial(self._step, -1))
        keys.plain("Down", partial(self._step, 1))
        keys.always("Ctrl+Z", partial(self._turn_back, self._recording.undo))
        keys.always("Ctrl+Shift+Z", partial(self._turn_back, self._recording.redo))
        keys.always("Esc", self._on_escape)

    # Where the assessor is

    @property
    def current(self) -> str:
        """The id of the channel that is looked at; empty for a new one."""
        return self._current

    def take_over(self, before: QWidget) -> None:
        """Look at the same channel in another language or other colours."""
        if isinstance(before, TrialsPage):
            self._look_at(before.current)

    def settle(self) -> bool:
        """Record what is typed; False where something was refused."""
        self._refused = False
        settled = self._form.settle()
        return self._reasons.settle() and settled and not self._refused

    # What is recorded

    def _on_changed(self, fields: Mapping[str, object]) -> None:
        if not self._current:
            if not any(fields.values()):
                return  # nothing was typed yet that could be recorded
            fields = {**self._begun(), **fields}
        self._record(self._current or None, fields)

    def _begun(self) -> dict[str, object]:
        """What a new channel is recorded with."""
        begun: dict[str, object] = {"channel": self._form.channel}
        if self._form.indicator:
            begun["indicator"] = self._form.indicator
        if self._form.address:
            begun["address"] = self._form.address
        return begun

    def _record(
        self,
        trial: str | None,
        fields: Mapping[str, object],
        *,
        then: Callable[[], None] | None = None,
    ) -> bool:
        """Record, now or once there is a reason; `then` is done in the same step."""
        known = {one.id for one in self._session.snapshot.trials}
        zone = self._desk.workplace.profile.zone

        def act(reason: str | None) -> Done:
            done = self._session.record_trial(fields, zone=zone, trial=trial, reason=reason)
            if then is not None:
                then()
            return done

        done = self._recording.carry_out(
            ("trial", trial, tuple(sorted(fields))), act, what=self._desk.say("trials.waiting")
        )
        if done is None:
            self._refused = not self._reasons.waits
            self._show()
            return False
        self._notice.clear()
        new = {one.id for one in self._session.snapshot.trials} - known
        if new:
            self._current = new.pop()
        self._show()
        return True

    def _on_removed(self) -> None:
        if self._current and self._record(self._current, {"channel": None}):
            trials = self._session.snapshot.trials
            self._look_at(trials[0].id if trials else _NEW)

    # The watch

    def _on_started(self) -> None:
        """The moment of trying; what is not recorded yet is recorded first."""
        if not self.settle() or not self._recording.takes_answers():
            return
        if not self._current and not self._record(None, self._begun()):
            return
        workplace, visit = self._desk.workplace, self._session.visit_id
        try:
            found = stopwatch.start(workplace, visit, self._current, name=stopwatch.TRIAL)
        except Problem as problem:
            self._tell(problem)
            return
        self._record(self._current, {"began_at": found.started_at})

    def _on_stopped(self, result: str) -> None:
        """The watch ends with what became of the trial; a reply took the time that it says."""
        workplace, visit = self._desk.workplace, self._session.visit_id
        found = stopwatch.running(workplace, visit, name=stopwatch.TRIAL)
        fields: dict[str, object] = {"result": result}
        if found is not None and replied(result):
            fields["answered_after_s"] = stopwatch.elapsed(workplace, found).seconds
        if found is not None:
            self._record(
                found.indicator,
                fields,
                then=lambda: stopwatch.forget(workplace, visit, name=stopwatch.TRIAL),
            )
        self._show()

    # Proof

    def _on_proof_wanted(self) -> None:
        """Files are attached to the trial's indicator, and prove the trial too."""
        trial = self._trial()
        code = trial.indicator if trial is not None and trial.indicator else self._here
        if not self._asked(code):
            self._notice.tell(self._desk.say("trials.proof_where"), Tone.INFO)
            return
        self._proving.choose(Goal(str(code), self._side(str(code))))

    def _on_attached(self, goal: Goal, _: Done) -> None:
        """What has just been attached to the trial's indicator proves it."""
        trial = self._trial()
        if trial is None or goal.indicator != (trial.indicator or self._here):
            self._show()
            return
        newest = max(self._session.snapshot.evidence, default="")
        if newest and newest not in trial.proof:
            self._record(trial.id, {"proof": sorted({*trial.proof, newest})})

    def _proofs(self, trial: Trial) -> list[Proof]:
        """Evidence of the trial's indicator, and what proves it already."""
        words = self._desk.words
        found = [
            one
            for _, one in sorted(self._session.snapshot.evidence.items())
            if one.id in trial.proof
            or any(key.indicator == trial.indicator for key in one.attached_to)
        ]
        return [Proof(one.id, name_of(one, place, words)) for place, one in enumerate(found, 1)]

    # The ways

    def _on_new(self) -> None:
        if self.settle():
            self._look_at(_NEW)
            self._form.take_focus()

    def _on_chosen(self, trial: str) -> None:
        if self.settle():
            self._look_at(trial)
        self._show()

    def _step(self, by: int) -> None:
        ids = [one.id for one in self._session.snapshot.trials]
        if self._current in ids and self.settle():
            self._look_at(ids[min(max(ids.index(self._current) + by, 0), len(ids) - 1)])

    def _look_at(self, trial: str) -> None:
        known = {one.id for one in self._session.snapshot.trials}
        self._current = trial if trial in known else _NEW
        if not self._current:
            self._form.begin(indicator=self._here)
        self._show()

    def _on_escape(self) -> None:
        if typing():
            self.settle()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._on_back()

    def _on_back(self) -> None:
        if self.settle():
            self.left.emit()

    def _turn_back(self, act: Callable[[], Done | None]) -> None:
        if self.settle():
            act()

    # What is shown

    def _show(self, _: object = None) -> None:
        words, snapshot = self._desk.words, self._session.snapshot
        if self._current and self._trial() is None:  # taken back by an undo
            self._current = _NEW
            self._form.begin(indicator=self._here)
        self._tally.setText(
            tally_told(tally(snapshot.trials), words)
            if snapshot.trials
            else self._desk.say("trials.none")
        )
        self._listing.setVisible(bool(snapshot.trials))
        self._list.show_channels([self._shown(one) for one in snapshot.trials], self._current)
        trial = self._trial()
        if trial is not None:
            self._form.show_trial(trial, self._proofs(trial), editable=snapshot.takes_answers)
        self._form.setEnabled(snapshot.takes_answers)
        self._show_watch()
        undo, _redo = self._recording.next_actions()
        self._undo.setEnabled(undo is not None)
        say = self._desk.say
        self._undo.setToolTip(say("actions.undo_what", what=undo) if undo else say("actions.undo"))

    def _show_watch(self) -> None:
        workplace = self._desk.workplace
        found = stopwatch.running(workplace, self._session.visit_id, name=stopwatch.TRIAL)
        if found is None or found.indicator != self._current:
            self._form.show_watch(None)
        else:
            running = found
            self._form.show_watch(lambda: watch(stopwatch.elapsed(workplace, running).seconds))

    def _shown(self, one: Trial) -> ChannelShown:
        words = self._desk.words
        text = self._desk.say(
            "trials.row", channel=channel_name(one, words), result=result_told(one, words)
        )
        if one.not_own is not None:
            return ChannelShown(one.id, self._desk.say("trials.row_aside", row=text), "aside")
        state = "good" if one.answered else "open" if not one.tried else "bad"
        return ChannelShown(one.id, text, state)

    def _trial(self) -> Trial | None:
        trials = self._session.snapshot.trials
        return next((one for one in trials if one.id == self._current), None)

    def _asked(self, code: str | None) -> bool:
        return any(one.code == code for one in self._session.instrument.indicators())

    def _side(self, code: str) -> Side:
        sides = self._session.instrument.indicator(code).sides
        return Side.PRACTICE if Side.PRACTICE in sides else sides[0]

    def _tell(self, problem: Problem) -> None:
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
