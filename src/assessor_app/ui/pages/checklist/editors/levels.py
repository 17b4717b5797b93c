"""One of some levels: buttons with their rubrics, agreement in one row."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import AnswerKind, Indicator, Level, Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import spoken_group
from assessor_app.ui.pages.checklist.key_table import DIGITS, FURTHER
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.likert import likert_row

_KEYS = (*DIGITS, *FURTHER)
_IN_A_LINE = 2


class LevelsEditor(QWidget):
    """A level stays chosen until another one is, or a reason why there is none."""

    answered = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> None:
        super().__init__()
        group = spoken_group(desk, indicator, side)
        agreement = indicator.kind is AnswerKind.LIKERT
        options = [
            Option(
                level.value,
                desk.words.of(level.rubric),
                _KEYS[place] if place < len(_KEYS) else "",
                Mark.CHOSEN if agreement else level_mark(level),
            )
            for place, level in enumerate(indicator.levels)
        ]
        self._keys = {option.key: option.value for option in options if option.key}
        self._answer: str | None = None
        if agreement:
            self._choices = likert_row(prefix, options, desk.tokens, group=group)
        else:
            self._choices = Choices(prefix, options, desk.tokens, columns=2, group=group)
        self._choices.chosen.connect(self.answered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._choices)

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:  # noqa: ARG002 - one shape for all editors
        self._answer = answer
        self._choices.show_value(answer)

    def settle(self) -> bool:
        """A level is reported at once."""
        return True

    def refuse(self) -> None:
        """What is shown as chosen is what is recorded."""

    @property
    def is_short(self) -> bool:
        """Whether the levels stand in one line."""
        return len(self._keys) <= _IN_A_LINE

    def level_of(self, key: str) -> str | None:
        """The level that a key stands for."""
        return self._keys.get(key)

    def choose_by_key(self, key: str) -> bool:
        value = self._keys.get(key)
        if value is None:
            return False
        if value != self._answer:
            self.answered.emit(value)
        return True


def level_mark(level: Level) -> Mark:
    """The sign of a level: full, none, in between, or neither good nor bad."""
    if level.fulfilment is None:
        return Mark.CHOSEN
    if level.fulfilment in (0, 1):
        return Mark.PRESENT if level.fulfilment else Mark.ABSENT
    return Mark.PARTIAL
