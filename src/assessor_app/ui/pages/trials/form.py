"""One channel: what is announced, how it was tried, what became of it, and the proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.trials import REPLIED, Channel, Result, Trial, Way
from assessor_app.services.tried_told import not_own_told
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field, RestingLine, choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.note_edit import NoteEdit
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.number_edit import NumberEdit
from assessor_app.ui.widgets.stopwatch import WatchFace

_GOOD = frozenset({Result.ANSWERED})
_HALF = frozenset({Result.AUTOMATIC, Result.BUSY, Result.WAITING})


@dataclass(frozen=True, slots=True)
class Proof:
    """A file of the visit that can prove a trial."""

    evidence: str
    text: str


class TrialForm(Card):
    """Reports each change by itself; `fields` are those of the record."""

    changed = Signal(object)  # dict of fields
    started = Signal()
    stopped = Signal(str)  # the result that stops the watch
    proof_wanted = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, indicators: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("trials.form")
        self._desk = desk
        self._trial: Trial | None = None
        words, say = desk.words, desk.say
        self._channel = combo(
            "trials.channel", [(one.value, words(f"trial_channel.{one.value}")) for one in Channel]
        )
        self._channel.activated.connect(lambda _: self._on_channel())
        self._indicator = combo("trials.indicator", [("", say("trials.no_indicator")), *indicators])
        self._indicator.activated.connect(
            lambda _: self._change({"indicator": value_of(self._indicator) or None})
        )
        self._address = RestingLine("trials.address", placeholder=say("trials.address_place"))
        self._address.settled.connect(lambda text: self._change({"address": text or None}))
        self._own = Notice(desk.tokens, "trials.not_own")
        self._way = self._way_choice()
        self._result = self._result_choice()
        self._face = WatchFace("trials.face")
        self._start = button(
            say("trials.start"),
            "trials.start",
            role="primary",
            icon=icon("play", desk.tokens.on_accent),
            tip=say("trials.start_tip"),
        )
        self._start.clicked.connect(self.started)
        self._answered = button(
            say("trials.answered"),
            "trials.answered",
            role="primary",
            tip=say("trials.answered_tip"),
        )
        self._answered.clicked.connect(lambda: self.stopped.emit(Result.ANSWERED.value))
        zone, now = desk.workplace.profile.zone, desk.application.clock.now()
        self._began = MomentEdit("trials.began", zone, at=now)
        self._began.editingFinished.connect(self._on_began)
        self._after = NumberEdit(
            "trials.after",
            desk.tokens,
            unit=say("trials.seconds"),
            fewer=say("answering.fewer"),
            more=say("answering.more"),
            least=Decimal(0),
        )
        self._after.settled.connect(self._on_after)
        self._note = NoteEdit("trials.note", placeholder=say("trials.note_place"))
        self._note.settled.connect(lambda text: self._change({"note": text or None}))
        self._proofs = QVBoxLayout()
        self._no_proof = quiet(say("trials.no_proof"))
        self._add = button(
            say("trials.add_proof"), "trials.add_proof", icon=icon("attach", desk.tokens.accent)
        )
        self._add.clicked.connect(self.proof_wanted)
        self._gone = button(
            say("trials.remove"),
            "trials.remove",
            role="flat",
            icon=icon("trash", desk.tokens.accent),
        )
        self._gone.clicked.connect(self.removed)
        self._furnish()

    @property
    def channel(self) -> str:
        return value_of(self._channel)

    @property
    def indicator(self) -> str:
        return value_of(self._indicator)

    @property
    def address(self) -> str:
        return self._address.text().strip()

    def take_focus(self) -> None:
        self._address.setFocus()

    def begin(self, *, indicator: str) -> None:
        """An empty form for a channel that is not recorded yet."""
        self._trial = None
        for line in (self._address.typed, self._note.typed, self._after.typed):
            line.put("")
        choose(self._channel, Channel.PHONE.value)
        choose(self._indicator, indicator)
        self._show_trial(None)

    def show_trial(self, trial: Trial, proofs: Sequence[Proof], *, editable: bool) -> None:
        """What is recorded of a channel; what is being typed stays."""
        other = self._trial is None or self._trial.id != trial.id
        self._trial = trial
        if other:  # what was typed of another one is not this one's
            self._began.propose(trial.began_at or self._desk.application.clock.now())
        after = "" if trial.answered_after_s is None else str(trial.answered_after_s)
        for line, text in (
            (self._address.typed, trial.address or ""),
            (self._note.typed, trial.note or ""),
        ):
            line.put(text) if other else line.show_text(text)
        self._after.typed.put(after) if other else self._after.show_text(after)
        choose(self._channel, trial.channel.value)
        choose(self._indicator, trial.indicator or "")
        self._show_trial(trial)
        self._show_proofs(trial, proofs)
        self.setEnabled(editable)

    def show_watch(self, face: object) -> None:
        """The watch of the trial: what reads it, or None where it does not run."""
        running = callable(face)
        self._face.run(face if callable(face) else None)
        self._start.setVisible(not running)
        self._answered.setVisible(running)

    def settle(self) -> bool:
        for line in (self._address.typed, self._note.typed, self._after.typed):
            line.settle()
        return self._settle_began()

    def choose_by_key(self, key: str) -> bool:
        """A digit is a result, in their order."""
        order = list(Result)
        place = int(key) - 1 if key.isdecimal() else -1
        if not self.isEnabled() or not 0 <= place < len(order):
            return False
        self._on_result(order[place].value)
        return True

    # How it is laid out

    def _furnish(self) -> None:
        say = self._desk.say
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Field(say("trials.channel"), self._channel), 1)
        top.addWidget(Field(say("trials.indicator"), self._indicator), 1)
        watch = QHBoxLayout()
        watch.setSpacing(12)
        watch.addWidget(self._start)
        watch.addWidget(self._answered)
        watch.addWidget(self._face)
        watch.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        foot.addWidget(self._gone)
        self._began_field = Field(say("trials.began"), self._began)
        self._after_field = Field(say("trials.after"), self._after)
        times = QHBoxLayout()
        times.setSpacing(12)
        times.addWidget(self._began_field, 1)
        times.addWidget(self._after_field, 1)
        self.body.setSpacing(8)
        self.body.addLayout(top)
        self.body.addWidget(Field(say("trials.address"), self._address))
        self.body.addWidget(self._own)
        self.body.addWidget(strong(say("trials.way")))
        self.body.addWidget(self._way)
        self.body.addLayout(watch)
        self.body.addWidget(strong(say("trials.result")))
        self.body.addWidget(self._result)
        self.body.addLayout(times)
        self.body.addWidget(Field(say("trials.note"), self._note))
        self.body.addWidget(strong(say("trials.proof")))
        self.body.addWidget(self._no_proof)
        self.body.addLayout(self._proofs)
        self.body.addLayout(foot)

    def _way_choice(self) -> Choices:
        words, say = self._desk.words, self._desk.say
        options = [
            Option(one.value, words(f"trial_way.{one.value}"), "", Mark.CHOSEN) for one in Way
        ]
        made = Choices("trials.way", options, self._desk.tokens, columns=3, group=say("trials.way"))
        made.chosen.connect(lambda way: self._change({"way": way}))
        return made

    def _result_choice(self) -> Choices:
        words, say = self._desk.words, self._desk.say
        options = [
            Option(one.value, words(f"trial_result.{one.value}"), str(place), _mark(one))
            for place, one in enumerate(Result, start=1)
        ]
        made = Choices(
            "trials.result", options, self._desk.tokens, columns=2, group=say("trials.result")
        )
        made.chosen.connect(self._on_result)
        return made

    # What is shown

    def _show_trial(self, trial: Trial | None) -> None:
        words = self._desk.words
        why = not_own_told(trial, words) if trial is not None else ""
        if why:
            self._own.tell(why, Tone.WARNING)
        else:
            self._own.clear()
        self._way.show_value(trial.way.value if trial is not None and trial.way else None)
        result = trial.result if trial is not None else None
        self._result.show_value(result.value if result else None)
        began = trial.began_at if trial is not None else None
        self._began_field.setVisible(began is not None)
        if began is not None and not self._began.touched:
            self._began.propose(began)
            self._began_field.clear_fault()
        self._after_field.setVisible(result in REPLIED)
        for part in (self._add, self._gone):
            part.setEnabled(trial is not None)
        if trial is None:
            self._show_proofs(None, ())

    def _show_proofs(self, trial: Trial | None, proofs: Sequence[Proof]) -> None:
        while (item := self._proofs.takeAt(0)) is not None:
            widget: QWidget | None = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chosen = trial.proof if trial is not None else ()
        for place, one in enumerate(proofs, start=1):
            box = tick(one.text, f"trials.proof.{place}")
            with QSignalBlocker(box):
                box.setChecked(one.evidence in chosen)
            box.toggled.connect(lambda on, id_=one.evidence: self._on_proof(id_, wanted=on))
            self._proofs.addWidget(box)
        self._no_proof.setVisible(not proofs)

    # What the assessor did

    def _change(self, fields: dict[str, object]) -> None:
        self.changed.emit(fields)

    def _on_channel(self) -> None:
        if self._trial is not None:
            self._change({"channel": value_of(self._channel)})

    def _on_result(self, result: str) -> None:
        if self._answered.isVisibleTo(self):  # the watch runs: this is how it ends
            self.stopped.emit(result)
        else:
            self._change({"result": result})

    def _on_after(self, text: str) -> None:
        told = text.strip()
        self._change({"answered_after_s": int(told) if told.isdecimal() else None})

    def _on_began(self) -> None:
        self._settle_began()

    def _settle_began(self) -> bool:
        """Record the moment that somebody chose; False where it is none, or is still to come."""
        self._began_field.clear_fault()
        if self._trial is None or self._began_field.isHidden() or not self._began.touched:
            return True
        now = self._desk.application.clock.now()
        try:
            told = self._began.instant(now=now, not_before=None)
        except RecordRefused as problem:
            self._began_field.show_fault(self._desk.told(problem))
            return False
        self._began.propose(told)
        self._change({"began_at": told})
        return True

    def _on_proof(self, evidence: str, *, wanted: bool) -> None:
        held = set(self._trial.proof) if self._trial is not None else set()
        proof = held | {evidence} if wanted else held - {evidence}
        self._change({"proof": sorted(proof)})


def replied(result: str) -> bool:
    """Whether somebody or something replied, so that the time until then means something."""
    return Result(result) in REPLIED


def _mark(result: Result) -> Mark:
    if result in _GOOD:
        return Mark.PRESENT
    return Mark.PARTIAL if result in _HALF else Mark.ABSENT
