"""The channels that were noted, each with what became of it; one of them is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from assessor_app.ui.theme import Tokens, icon, set_look
from assessor_app.ui.widgets.buttons import button

_AROUND_TEXT = 16  # pixels above and below its lines
_SIGNS = {"good": "check", "bad": "cross", "open": "clock", "aside": "dash"}


@dataclass(frozen=True, slots=True)
class ChannelShown:
    """One row in words; `state` is good, bad, open or aside (not the unit's own)."""

    id: str
    text: str
    state: str


class Channels(QWidget):
    """Rows are buttons: a finger hits them, a key reaches them."""

    chosen = Signal(str)  # id

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)
        self._rows: list[QPushButton] = []

    def show_channels(self, found: Sequence[ChannelShown], current: str) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for place, one in enumerate(found):
            made = button(one.text, f"trials.row.{place + 1}", tip=one.text)
            hue = {
                "good": self._tokens.green,
                "bad": self._tokens.red,
                "open": self._tokens.yellow,
                "aside": self._tokens.grey,
            }[one.state]
            made.setIcon(icon(_SIGNS[one.state], hue.ink))
            made.setCheckable(True)
            policy = made.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            made.setSizePolicy(policy)  # what has no room is told by the tip
            made.setChecked(one.id == current)
            set_look(made, "subject", True)
            set_look(made, "listed", True)
            made.clicked.connect(lambda _, id_=one.id: self.chosen.emit(id_))
            self._column.insertWidget(place, made)
            self._rows.append(made)
            self._fit(made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._rows:
            self._fit(row)

    def _fit(self, row: QPushButton) -> None:
        """Room for all its lines, of which the style sheet, once it has dressed it, knows one."""
        row.ensurePolished()
        lines = row.text().count("\n") + 1
        row.setMinimumHeight(lines * row.fontMetrics().lineSpacing() + _AROUND_TEXT)
