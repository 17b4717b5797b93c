"""A list whose parts are ticked one by one: a box, a name of any length, and a key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGridLayout, QWidget

from assessor_app.ui.theme import Tokens, icon
from assessor_app.ui.widgets.answer_button import AnswerButton
from assessor_app.ui.widgets.sign_face import SignFace

_BOX = 22


@dataclass(frozen=True, slots=True)
class Tick:
    """One part: what is recorded, what is read, and the key that ticks it (empty for none)."""

    value: str
    label: str
    key: str = ""


class TickList(QWidget):
    """Shows which of its parts are ticked; reports all that are, at each tick of the user."""

    ticked = Signal(list)  # list[str], in the list's order

    def __init__(
        self, prefix: str, ticks: Sequence[Tick], tokens: Tokens, *, columns: int, group: str = ""
    ) -> None:
        super().__init__()
        check = icon("check", tokens.on_accent, size=_BOX).pixmap(_BOX, _BOX)
        self._rows = {tick.value: _row(prefix, tick, tokens, check=check) for tick in ticks}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        down = -(-len(self._rows) // columns)  # read down the first column, then the next
        for index, row in enumerate(self._rows.values()):
            column, place = divmod(index, down)
            grid.addWidget(row, place, column)
            row.clicked.connect(self._on_clicked)
            row.speak_with(group)
        for column in range(columns):
            grid.setColumnStretch(column, 1)

    def show_ticked(self, values: Collection[str]) -> None:
        """Tick these without reporting it."""
        for value, row in self._rows.items():
            row.setChecked(value in values)

    @property
    def values(self) -> list[str]:
        return [value for value, row in self._rows.items() if row.isChecked()]

    def toggle(self, value: str) -> None:
        """Tick or untick a part as a click on it does."""
        self._rows[value].click()

    def _on_clicked(self) -> None:
        self.ticked.emit(self.values)


def _row(prefix: str, tick: Tick, tokens: Tokens, *, check: QPixmap) -> AnswerButton:
    draw = partial(_draw_box, tokens, check)
    face = SignFace(tick.label, tick.key, tokens, sign=_BOX, draw_sign=draw)
    return AnswerButton(f"{prefix}.{tick.value}", tick.label, face, key=tick.key, stays=False)


def _draw_box(
    tokens: Tokens,
    check: QPixmap,
    painter: QPainter,
    place: QRectF,
    ticked: bool,  # noqa: FBT001 - as a face calls it
) -> None:
    painter.setPen(QPen(tokens.accent if ticked else tokens.edge, 2))
    painter.setBrush(tokens.accent if ticked else tokens.field)
    painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
    if ticked:
        painter.drawPixmap(place.topLeft(), check)
