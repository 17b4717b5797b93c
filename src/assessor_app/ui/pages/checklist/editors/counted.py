"""How many: a number beside its unit, with the target and what it comes to."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import judged, ladder, spoken_group
from assessor_app.ui.pages.checklist.editors.numbers import number_edit, shown_number
from assessor_app.ui.widgets.labels import quiet, strong


class CountEditor(QWidget):
    """What is typed is recorded when it rests; the verdict is of what is recorded."""

    answered = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._indicator = indicator
        self._side = side
        scale, words = indicator.scale, desk.words
        self._number = number_edit(desk, scale, name=f"{prefix}.answer")
        self._number.setAccessibleName(spoken_group(desk, indicator, side))
        self._number.settled.connect(self.answered)
        self._verdict = strong("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._number)
        column.addWidget(self._verdict)
        unit = words.of(scale.unit) if scale.unit else ""
        if scale.target is not None and not scale.steps:
            target = words("answer.with_unit", number=words.number(scale.target), unit=unit)
            column.addWidget(quiet(desk.say("answering.target", target=target.strip())))
        if scale.steps:
            column.addWidget(quiet(ladder(desk, indicator, unit=unit)))

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:  # noqa: ARG002 - one shape for all editors
        self._number.show_text(shown_number(self._desk, answer))
        self._verdict.setVisible(answer is not None)
        if answer is not None:
            told = self._desk.words.answer(self._indicator, answer, side=self._side)
            fulfilment: Decimal | None = self._indicator.fulfilment(self._side, answer)
            self._verdict.setText(judged(self._desk, told, fulfilment))

    def settle(self) -> bool:
        self._number.typed.settle()
        return True

    def refuse(self) -> None:
        self._number.typed.refuse()

    def choose_by_key(self, key: str) -> bool:
        return self._number.begin(key)
