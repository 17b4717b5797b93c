"""A checklist of parts: each that was found is ticked, and that none was is an answer too."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.scale import NONE
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import judged, ladder, spoken_group
from assessor_app.ui.pages.checklist.editors.nothing import NOTHING_KEY, nothing_choice
from assessor_app.ui.pages.checklist.key_table import DIGITS, FURTHER
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.tick_list import Tick, TickList

_KEYS = (*DIGITS, *FURTHER)


class PartsEditor(QWidget):
    """Each tick is recorded at once; with the last one taken away the answer is open again."""

    answered = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._indicator = indicator
        self._side = side
        scale, group = indicator.scale, spoken_group(desk, indicator, side)
        ticks = [
            Tick(part.value, desk.words.of(part.name), _KEYS[place] if place < len(_KEYS) else "")
            for place, part in enumerate(scale.parts)
        ]
        self._keys = {tick.key: tick.value for tick in ticks if tick.key}
        columns = 2 if len(indicator.sides) == 1 else 1
        self._list = TickList(prefix, ticks, desk.tokens, columns=columns, group=group)
        self._list.ticked.connect(lambda values: self.answered.emit(" ".join(values)))
        none = desk.say("answering.no_part")
        self._none = nothing_choice(desk, prefix, label=none, group=group)
        self._none.chosen.connect(self.answered)
        self._verdict = strong("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._verdict)
        column.addWidget(self._list)
        column.addWidget(self._none)
        if scale.steps:
            column.addWidget(quiet(ladder(desk, indicator, unit=desk.say("answering.parts"))))

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:  # noqa: ARG002 - one shape for all editors
        scale = self._indicator.scale
        found = [part.value for part in scale.chosen(answer or "")]
        self._list.show_ticked(found)
        self._none.show_value(answer if answer == NONE else None)
        told = self._desk.words.parts_count(scale, answer or "")
        fulfilment = self._indicator.fulfilment(self._side, answer) if answer else None
        self._verdict.setText(judged(self._desk, told, fulfilment))

    def settle(self) -> bool:
        """A tick is reported at once."""
        return True

    def refuse(self) -> None:
        """What is shown as ticked is what is recorded."""

    def choose_by_key(self, key: str) -> bool:
        if key == NOTHING_KEY:
            self.answered.emit(NONE)
            return True
        value = self._keys.get(key)
        if value is None or not self._list.isEnabled():
            return False
        self._list.toggle(value)
        return True
