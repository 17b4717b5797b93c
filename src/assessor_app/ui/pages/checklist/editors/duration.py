"""Time: on paper what was promised, in practice what it took, and whether that is kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scale import NONE
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import judged, ladder, spoken_group
from assessor_app.ui.pages.checklist.editors.numbers import number_edit, shown_number
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.labels import quiet, strong


class PromiseEditor(QWidget):
    """The promised time, or that none was promised."""

    answered = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        group = spoken_group(desk, indicator, side)
        self._number = number_edit(desk, indicator.scale, name=f"{prefix}.answer")
        self._number.setAccessibleName(group)
        self._number.settled.connect(self.answered)
        none = Option(NONE, desk.say("answering.no_promise"), "", Mark.ABSENT)
        self._none = Choices(prefix, [none], desk.tokens, columns=1, group=group)
        self._none.chosen.connect(self._on_none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(quiet(desk.say("answering.promised")))
        column.addWidget(self._number)
        column.addWidget(self._none)

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:  # noqa: ARG002 - one shape for all editors
        self._none.show_value(answer if answer == NONE else None)
        number = answer if answer != NONE else None
        self._number.show_text(shown_number(self._desk, number))

    def settle(self) -> bool:
        self._number.typed.settle()
        return True

    def refuse(self) -> None:
        self._number.typed.refuse()

    def choose_by_key(self, key: str) -> bool:
        return self._number.begin(key)

    def _on_none(self, _: str) -> None:
        self._number.typed.put("")
        self.answered.emit(NONE)


class TimeTakenEditor(QWidget):
    """The time it took, and how it compares with the promise."""

    answered = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._indicator = indicator
        self._number = number_edit(desk, indicator.scale, name=f"{prefix}.answer")
        self._number.setAccessibleName(spoken_group(desk, indicator, side))
        self._number.settled.connect(self.answered)
        self._verdict = strong("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(quiet(desk.say("answering.took")))
        column.addWidget(self._number)
        column.addWidget(self._verdict)
        if indicator.scale.steps:
            of_promise = desk.say("answering.of_promise")
            column.addWidget(quiet(ladder(desk, indicator, unit=of_promise)))

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:
        self._number.show_text(shown_number(self._desk, answer))
        told = self._told(answer, promised)
        self._verdict.setText(told)
        self._verdict.setVisible(bool(told))

    def settle(self) -> bool:
        self._number.typed.settle()
        return True

    def refuse(self) -> None:
        self._number.typed.refuse()

    def choose_by_key(self, key: str) -> bool:
        return self._number.begin(key)

    def _told(self, answer: str | None, promised: str | None) -> str:
        if answer is None:
            return ""
        if promised is None:
            return self._desk.say("answering.no_promise_yet")
        if promised == NONE:
            return self._desk.say("answering.nothing_to_keep")
        words, indicator = self._desk.words, self._indicator
        try:
            fulfilment = indicator.fulfilment(Side.PRACTICE, answer, promised=promised)
        except (RecordRefused, ArithmeticError):  # recorded under another version of the scale
            return ""
        told = self._desk.say(
            "answering.against",
            promise=words.answer(indicator, promised, side=Side.PAPERWORK),
            took=words.answer(indicator, answer, side=Side.PRACTICE),
        )
        return judged(self._desk, told, fulfilment)
