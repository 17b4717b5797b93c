"""What is missing before the visit can be closed and what contradicts itself, each a link."""

from collections.abc import Iterator
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.closing import CriticalRule, OpenRule
from assessor_app.domain.doubts import Doubt, DoubtKind
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.trials import tally
from assessor_app.domain.visit import Outcome
from assessor_app.services.objections import told_doubt, told_rule
from assessor_app.services.session import Session
from assessor_app.services.told_fields import FieldWords
from assessor_app.services.tried_told import tally_told
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.review.moving import others
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of
from assessor_app.ui.widgets.labels import body, heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone

_OUTCOMES = (
    Outcome.COMPLETED,
    Outcome.INTERRUPTED,
    Outcome.STOPPED,
    Outcome.ENTRY_REFUSED,
    Outcome.OFFICE_CLOSED,
)
_OUTCOME_PX = 480


class _To(StrEnum):
    """What a row leads to: the first word of its target."""

    INDICATOR = "indicator"
    FINDING = "finding"
    RECEIVER = "receiver"
    CONFLICT = "conflict"
    INTERVIEWS = "interviews"
    TRIALS = "trials"
    NOWHERE = "nowhere"


_OF_INTERVIEWS = frozenset({DoubtKind.POST_NOT_INTERVIEWED, DoubtKind.TOO_FEW_USERS})

_Leads = tuple[_To, str]  # and which one of that kind


class MissingSection(QWidget):
    """How the visit ended, and all that this ending still asks for."""

    indicator_wanted = Signal(str)  # its code
    finding_wanted = Signal(str)  # its id
    receiver_wanted = Signal()
    outcome_chosen = Signal()
    move_wanted = Signal()
    conflict_wanted = Signal(str)  # the entity that two devices recorded differently
    interviews_wanted = Signal()
    trials_wanted = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._indicators = {one.code: one for one in session.instrument.indicators()}
        self.notice = Notice(desk.tokens, "review.notice")
        words = desk.words
        self._outcome = combo(
            "review.outcome", [(one.value, words(f"outcome.{one.value}")) for one in _OUTCOMES]
        )
        recorded = session.snapshot.visit.outcome or Outcome.COMPLETED
        choose(self._outcome, recorded.value)
        self._outcome.setEnabled(session.snapshot.visit.outcome is None)
        self._outcome.currentIndexChanged.connect(lambda _: self.outcome_chosen.emit())
        self._list = RowView(
            "review.missing", desk.tokens, spoken=desk.say("review.missing.spoken")
        )
        self._list.followed.connect(self._on_followed)
        self._empty = self._all_well()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        hint = desk.say("review.outcome.hint")
        how = Field(desk.say("review.outcome.label"), self._outcome, hint=hint)
        how.setMaximumWidth(_OUTCOME_PX)
        row = QHBoxLayout()
        row.addWidget(how, stretch=1)
        row.addStretch()
        row.addWidget(self._move_button(), alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self._tried = quiet("")
        self._tried.setObjectName("review.tried")
        column.addWidget(self._tried)
        column.addWidget(self.notice)
        column.addWidget(self._list, stretch=1)
        column.addWidget(self._empty, stretch=1)

    @property
    def outcome(self) -> Outcome:
        return Outcome(value_of(self._outcome))

    def choose(self, outcome: str) -> None:
        """Choose how the visit ended, where it has not been closed."""
        if outcome in set(Outcome):
            choose(self._outcome, outcome)

    @property
    def must(self) -> int:
        """How much has to be done before the visit can be closed."""
        return len(self._session.open_rules(self.outcome))

    @property
    def doubts(self) -> int:
        """How much contradicts itself; the visit can be closed with it."""
        return len(self._session.doubts(self._desk.application.clock.now()))

    def refresh(self) -> int:
        """Show what is open now; returns how many rows that is."""
        rules = self._session.open_rules(self.outcome)
        doubts = self._session.doubts(self._desk.application.clock.now())
        must = [
            self._rule_row(place, rule)
            for place, rule in enumerate(rules)
            if rule.rule is not CriticalRule.CONFLICT
        ]
        contrary = self._conflict_rows()
        think = [*self._doubt_rows(doubts), *self._trial_rows(), *self._receiver_rows()]
        self._show_tried()
        rows: list[Row] = []
        if contrary:
            rows += [Row(self._desk.say("conflict.rows", count=len(contrary))), *contrary]
        if must:
            rows += [Row(self._desk.say("review.missing.must", count=len(must))), *must]
        if think:
            rows += [Row(self._desk.say("review.missing.think", count=len(think))), *think]
        marked = self._marked_rows()
        if marked:
            rows += [Row(self._desk.say("marked.rows", count=len(marked))), *marked]
        self._list.rows.show_rows(rows)
        self._list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if rows and not self._list.currentIndex().isValid():
            self._list.choose_first()
        if not rules:
            self.notice.clear()
        return len(contrary) + len(must) + len(think)

    def tell_open(self) -> None:
        """Say why the visit cannot be closed yet, and take the keyboard to the first reason."""
        told = self._desk.say("review.close.open", count=self.must)
        self.notice.tell(told, Tone.ERROR)
        self._list.choose_first()
        self._list.setFocus()

    def _move_button(self) -> QPushButton:
        """Leads to another instrument, where the visit could go on under one."""
        words, instrument = self._desk.words, self._session.instrument
        move = button(
            self._desk.say("moving.wanted"),
            "review.move",
            role="flat",
            tip=words.of(instrument.title),
        )
        move.clicked.connect(self.move_wanted)
        if not others(self._desk, self._session):
            move.hide()
        return move

    def _all_well(self) -> QWidget:
        card = Card()
        card.body.addStretch()
        sign = QLabel()
        sign.setPixmap(icon("ok", self._desk.tokens.green.ink, size=64).pixmap(64, 64))
        ended = self._session.snapshot.visit.outcome is not None
        following = "none_closed" if ended else "none_next"
        texts = (
            heading(self._desk.say("review.missing.none")),
            body(self._desk.say(f"review.missing.{following}")),
        )
        for label in (sign, *texts):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            card.body.addWidget(label)
        card.body.addStretch()
        return card

    def _rule_row(self, place: int, rule: OpenRule) -> Row:
        sentence = told_rule(rule, self._desk.language)
        leads = self._leads_to(rule.indicator)
        return self._row(leads, place, sentence, sign="cross", tone="red")

    def _marked_rows(self) -> list[Row]:
        """What was marked to come back to; it keeps nobody from closing, and counts as nothing."""
        marks = self._session.snapshot.marks
        return [
            Row(
                self._desk.say("marked.row"),
                target=f"{_To.INDICATOR} {code}",
                code=code,
                detail=self._desk.words.of(indicator.text),
                sign="flag",
                tone="yellow",
            )
            for code, indicator in self._indicators.items()
            if code in marks and marks[code].later
        ]

    def _conflict_rows(self) -> list[Row]:
        """One row for each part of the visit that two devices recorded differently."""
        snapshot, instrument = self._session.snapshot, self._session.instrument
        told = FieldWords(self._desk.words, instrument, snapshot, {})
        entities = dict.fromkeys(one.entity for one in snapshot.conflicts)
        return [
            Row(
                self._desk.say("conflict.row", part=told.part(entity)),
                target=f"{_To.CONFLICT} {entity}",
                detail=self._question_of(entity),
                sign="gap",
                tone="red",
            )
            for entity in entities
        ]

    def _question_of(self, entity: str) -> str:
        """What an indicator asks; of another part, what is to be done."""
        if entity.startswith("observation/"):
            known = self._indicators.get(ObservationKey.from_entity(entity).indicator)
            if known is not None:
                return self._desk.words.of(known.text)
        return self._desk.say("conflict.row_next")

    def _doubt_rows(self, doubts: tuple[Doubt, ...]) -> Iterator[Row]:
        for place, doubt in enumerate(doubts):
            sentence = told_doubt(doubt, self._desk.language)
            leads = self._leads_to(doubt.indicator)
            if doubt.kind in _OF_INTERVIEWS:
                leads = _To.INTERVIEWS, doubt.indicator
            yield self._row(leads, place, sentence, sign="warning", tone="yellow")

    def _trial_rows(self) -> Iterator[Row]:
        """That channels of the unit's own were announced and not tried."""
        found = tally(self._session.snapshot.trials)
        if found.tried < found.announced:
            yield Row(
                tally_told(found, self._desk.words),
                target=_To.TRIALS,
                detail=self._desk.say("trials.untried_next"),
                sign="warning",
                tone="yellow",
            )

    def _show_tried(self) -> None:
        """What came of the channels, once any is recorded."""
        trials = self._session.snapshot.trials
        self._tried.setVisible(bool(trials))
        told = tally_told(tally(trials), self._desk.words)
        self._tried.setText(self._desk.say("trials.summary", told=told))

    def _receiver_rows(self) -> Iterator[Row]:
        snapshot = self._session.snapshot
        if snapshot.receiver is None and self.outcome is Outcome.COMPLETED:
            yield Row(
                self._desk.say("review.missing.receiver"),
                target=_To.RECEIVER,
                detail=self._desk.say("review.missing.receiver_next"),
                sign="warning",
                tone="yellow",
            )

    def _row(self, leads: _Leads, place: int, sentence: str, *, sign: str, tone: str) -> Row:
        """A row of its kind at its place in the list; both are part of what it is called."""
        kind, where = leads
        known = self._indicators.get(where) if kind in (_To.INDICATOR, _To.INTERVIEWS) else None
        text = self._desk.words.of(known.text) if known else ""
        target = f"{kind} {where} {sign} {place}"
        return Row(sentence, target=target, detail=text, sign=sign, tone=tone)

    def _leads_to(self, name: str) -> _Leads:
        """Where that can be put right which `name` calls: an indicator's code, or an entity."""
        entity, _, id_ = name.partition("/")
        match entity:
            case "observation":
                return self._leads_to(ObservationKey.from_entity(name).indicator)
            case "evidence" if photo := self._session.snapshot.evidence.get(id_):
                return self._leads_to(photo.attached_to[0].indicator if photo.attached_to else "")
            case "finding":
                return _To.FINDING, id_
            case "receiver":
                return _To.RECEIVER, ""
            case _:
                return (_To.INDICATOR, name) if name in self._indicators else (_To.NOWHERE, "")

    def _on_followed(self, target: str) -> None:
        kind, _, rest = target.partition(" ")
        where = rest.partition(" ")[0]
        match kind:
            case _To.RECEIVER:
                self.receiver_wanted.emit()
            case _To.FINDING:
                self.finding_wanted.emit(where)
            case _To.INDICATOR:
                self.indicator_wanted.emit(where)
            case _To.CONFLICT:
                self.conflict_wanted.emit(where)
            case _To.INTERVIEWS:
                self.interviews_wanted.emit()
            case _To.TRIALS:
                self.trials_wanted.emit()
