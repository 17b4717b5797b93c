"""What happened at the door: two outcomes, and sentences that are ready to be taken."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from assessor_app.domain.visit import Outcome
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import dress
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field

READY = {
    Outcome.ENTRY_REFUSED: ("guard", "officer", "letter", "head_away"),
    Outcome.OFFICE_CLOSED: ("locked", "moved", "holiday", "nobody"),
}
_COLUMNS = 2
_LINES = 3
_SHORT = 24  # characters that one line of a button holds


class RefusedAccount(QWidget):
    """The outcome and the account of it; the ready sentences follow the outcome."""

    outcome_chosen = Signal(object)  # the Outcome

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.outcome: Outcome | None = None
        say, words = desk.say, desk.words
        self.choices = Choices(
            "refused.outcome",
            [Option(one.value, words(f"outcome.{one.value}"), "", Mark.CHOSEN) for one in READY],
            desk.tokens,
            columns=len(READY),
        )
        self.choices.chosen.connect(self._on_chosen)
        self.choices_field = Field(say("refused.outcome"), self.choices)
        self.account = QPlainTextEdit()
        self.account.setObjectName("refused.account")
        self.account.setTabChangesFocus(True)
        self.account.setFixedHeight(_LINES * self.account.fontMetrics().lineSpacing() + 24)
        self.account_field = Field(
            say("refused.account"), self.account, hint=say("refused.account_hint")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.choices_field)
        column.addWidget(self._ready_label())
        self._ready = {outcome: self._ready_sentences(outcome) for outcome in READY}
        for ready in self._ready.values():
            column.addWidget(ready)
        column.addWidget(self.account_field)

    @property
    def text(self) -> str:
        return self.account.toPlainText().strip()

    def show_outcome(self, outcome: Outcome) -> None:
        """Choose what happened, and offer its sentences."""
        self.outcome = outcome
        self.choices.show_value(outcome.value)
        self.choices_field.clear_fault()
        for one, ready in self._ready.items():
            ready.setVisible(one is outcome)
        self._label.show()

    def _on_chosen(self, value: str) -> None:
        self.show_outcome(Outcome(value))
        self.outcome_chosen.emit(self.outcome)

    def _ready_label(self) -> QLabel:
        self._label = QLabel(self._desk.say("refused.ready"))
        dress(self._label, "quiet")
        self._label.hide()
        return self._label

    def _ready_sentences(self, outcome: Outcome) -> QWidget:
        ready = QWidget()
        grid = QGridLayout(ready)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        for place, name in enumerate(READY[outcome]):
            sentence = self._desk.say(f"refused.ready_{name}")
            taken = button(sentence, f"refused.ready.{name}")
            taken.setText(_in_two_lines(sentence).replace("&", "&&"))
            taken.clicked.connect(partial(self._take, sentence))
            grid.addWidget(taken, place // _COLUMNS, place % _COLUMNS)
        ready.hide()
        return ready

    def _take(self, sentence: str) -> None:
        """Put a ready sentence at the end of the account; once is enough."""
        text = self.text
        if sentence in text:
            return
        self.account.setPlainText(f"{text} {sentence}".strip())
        self.account_field.clear_fault()


def _in_two_lines(sentence: str) -> str:
    """The sentence broken at the gap nearest to its middle: two of them fit beside each other."""
    gaps = [place for place, sign in enumerate(sentence) if sign == " "]
    if len(sentence) <= _SHORT or not gaps:
        return sentence
    middle = min(gaps, key=lambda place: abs(place - len(sentence) / 2))
    return f"{sentence[:middle]}\n{sentence[middle + 1 :]}"
