"""What is missing before the visit can be closed and what contradicts itself, each a link."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from assessor_app.domain.closing import CriticalRule, OpenRule
from assessor_app.domain.doubts import Doubt
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.visit import Outcome
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.rows import RowView
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of
from assessor_app.ui.widgets.labels import body, heading
from assessor_app.ui.widgets.notice import Notice, Tone

RECEIVER = "receiver"
"""Where a row leads that speaks of the receiver and of no indicator."""

_OUTCOMES = (
    Outcome.COMPLETED,
    Outcome.INTERRUPTED,
    Outcome.STOPPED,
    Outcome.ENTRY_REFUSED,
    Outcome.OFFICE_CLOSED,
)
_INDICATOR = "indicator"
_OUTCOME_PX = 480


class MissingSection(QWidget):
    """How the visit ended, and all that this ending still asks for."""

    indicator_wanted = Signal(str)  # its code
    receiver_wanted = Signal()
    outcome_chosen = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
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
        column.addWidget(how)
        column.addWidget(self.notice)
        column.addWidget(self._list, stretch=1)
        column.addWidget(self._empty, stretch=1)

    @property
    def outcome(self) -> Outcome:
        return Outcome(value_of(self._outcome))

    @property
    def must(self) -> int:
        """How much has to be done before the visit can be closed."""
        return len(self._session.open_rules(self.outcome))

    def refresh(self) -> int:
        """Show what is open now; returns how many rows that is."""
        rules = self._session.open_rules(self.outcome)
        doubts = self._session.doubts(self._desk.application.clock.now())
        must = [self._rule_row(place, rule) for place, rule in enumerate(rules)]
        think = [*self._doubt_rows(doubts), *self._receiver_rows()]
        rows: list[Row] = []
        if must:
            rows += [Row(self._desk.say("review.missing.must", count=len(must))), *must]
        if think:
            rows += [Row(self._desk.say("review.missing.think", count=len(think))), *think]
        self._list.rows.show_rows(rows)
        self._list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if rows and not self._list.currentIndex().isValid():
            self._list.choose_first()
        if not must:
            self.notice.clear()
        return len(must) + len(think)

    def tell_open(self) -> None:
        """Say why the visit cannot be closed yet, and take the keyboard to the first reason."""
        told = self._desk.say("review.close.open", count=self.must)
        self.notice.tell(told, Tone.ERROR)
        self._list.choose_first()
        self._list.setFocus()

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
        words = self._desk.words
        code = _indicator_of(rule)
        side = words.side(rule.side).lower() if rule.side else ""
        sentence = words(
            f"open_rule.{rule.rule.value}", indicator=code or rule.indicator, side=side
        )
        return self._row(f"{place}", code, rule.product_name, sentence, sign="cross", tone="red")

    def _doubt_rows(self, doubts: tuple[Doubt, ...]) -> Iterator[Row]:
        words = self._desk.words
        for place, doubt in enumerate(doubts):
            side = words.side(doubt.side).lower() if doubt.side else ""
            sentence = words(f"doubt.{doubt.kind.value}", indicator=doubt.indicator, side=side)
            yield self._row(
                f"doubt {place}",
                doubt.indicator,
                doubt.product_name,
                sentence,
                sign="warning",
                tone="yellow",
            )

    def _receiver_rows(self) -> Iterator[Row]:
        snapshot = self._session.snapshot
        if snapshot.receiver is None and self.outcome is Outcome.COMPLETED:
            yield Row(
                self._desk.say("review.missing.receiver"),
                target=RECEIVER,
                detail=self._desk.say("review.missing.receiver_next"),
                sign="warning",
                tone="yellow",
            )

    def _row(
        self, name: str, code: str, product: str | None, sentence: str, *, sign: str, tone: str
    ) -> Row:
        text = ""
        if code:
            text = self._desk.words.of(self._session.instrument.indicator(code).text)
        if product:
            text = self._desk.say("review.of_product", text=text, product=product)
        target = f"{_INDICATOR} {code} {name}" if code else f"- - {name}"
        return Row(sentence, target=target, detail=text, sign=sign, tone=tone)

    def _on_followed(self, target: str) -> None:
        kind, _, rest = target.partition(" ")
        if target == RECEIVER:
            self.receiver_wanted.emit()
        elif kind == _INDICATOR:
            self.indicator_wanted.emit(rest.split(" ")[0])


def _indicator_of(rule: OpenRule) -> str:
    """The indicator's code; of a conflict that lies elsewhere, nothing."""
    if rule.rule is not CriticalRule.CONFLICT:
        return rule.indicator
    if rule.indicator.startswith("observation/"):
        return ObservationKey.from_entity(rule.indicator).indicator
    return ""
