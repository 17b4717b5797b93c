"""A number as it is typed and shown in the language in use, with its unit and what it comes to."""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Scale, Side
from assessor_app.domain.scale import NONE
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import spoken_group
from assessor_app.ui.pages.checklist.editors.nothing import NOTHING_KEY, nothing_choice
from assessor_app.ui.widgets.choices import Choices
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.number_edit import NumberEdit

Judge = Callable[[str, str | None], str]
"""What a recorded number comes to, told against the promised time; empty for nothing to say."""


class NumberEditor(QWidget):
    """What is typed is recorded when it rests; the verdict is of what is recorded.

    `intro` stands above the number and `told` below it, a line each; `none` is what the answer is
    called that there is no number, where that can be one.
    """

    answered = Signal(str)
    left = Signal()  # Enter: the number is finished

    def __init__(
        self,
        desk: Desk,
        indicator: Indicator,
        side: Side,
        *,
        prefix: str,
        intro: str = "",
        none: str = "",
        judge: Judge | None = None,
        told: Iterable[str] = (),
    ) -> None:
        super().__init__()
        self._desk = desk
        self._judge = judge
        group = spoken_group(desk, indicator, side)
        self._number = _number_edit(desk, indicator.scale, name=f"{prefix}.answer")
        self._number.setAccessibleName(group)
        self._number.settled.connect(self.answered)
        self._number.finished.connect(self.left)
        self._none: Choices | None = None
        self._verdict = strong("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if intro:
            column.addWidget(quiet(intro))
        column.addWidget(self._number)
        if none:
            self._none = nothing_choice(desk, prefix, label=none, group=group)
            self._none.chosen.connect(self._on_none)
            column.addWidget(self._none)
        column.addWidget(self._verdict)
        for line in told:
            column.addWidget(quiet(line))

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:
        if self._none is not None:
            self._none.show_value(answer if answer == NONE else None)
        number = None if self._none is not None and answer == NONE else answer
        self._number.show_text(_shown(self._desk, number))
        judge = self._judge
        verdict = judge(answer, promised) if judge is not None and answer is not None else ""
        self._verdict.setText(verdict)
        self._verdict.setVisible(bool(verdict))

    def settle(self) -> bool:
        self._number.typed.settle()
        return True

    def refuse(self) -> None:
        self._number.typed.refuse()

    def choose_by_key(self, key: str) -> bool:
        if key == NOTHING_KEY and self._none is not None:
            self._on_none(NONE)
            return True
        return self._number.begin(key)

    def _on_none(self, none: str) -> None:
        self._number.typed.put("")
        self.answered.emit(none)


def _number_edit(desk: Desk, scale: Scale, *, name: str) -> NumberEdit:
    """A field for a scale's number, with its unit and bounds."""
    return NumberEdit(
        name,
        desk.tokens,
        unit=desk.words.of(scale.unit) if scale.unit else "",
        fewer=desk.say("answering.fewer"),
        more=desk.say("answering.more"),
        least=scale.least if scale.least is not None else Decimal(0),
        most=scale.most,
    )


def _shown(desk: Desk, answer: str | None) -> str:
    """A recorded number in digits as they are typed, without marks between thousands."""
    if answer is None:
        return ""
    try:
        mark = desk.words.number(Decimal("0.5"))[1]
        return f"{Decimal(answer):f}".replace(".", mark)
    except InvalidOperation:  # recorded under another version, where it was no number
        return answer
