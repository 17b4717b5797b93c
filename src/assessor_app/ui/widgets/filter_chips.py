"""Filters beside each other, each with how many it holds; one of them is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from assessor_app.ui.theme import TOUCH_TARGET_PX, dress

_SPACE = 4


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its value, what it is called, and the key that chooses it."""

    value: str
    label: str
    key: str


class FilterChips(QWidget):
    """Reports which filter was chosen; which one holds is shown by `show_chosen`."""

    chosen = Signal(str)

    def __init__(self, name: str, filters: Sequence[Filter], *, columns: int, spoken: str) -> None:
        """`spoken` names the group; a chip says its own name and how many it holds."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._filters = {one.value: one for one in filters}
        self._chips = {one.value: _chip(name, one) for one in filters}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_SPACE)
        for place, chip in enumerate(self._chips.values()):
            grid.addWidget(chip, *divmod(place, columns))
            chip.clicked.connect(self._on_clicked)
        for column in range(columns):
            grid.setColumnStretch(column, 1)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many each filter holds."""
        for value, chip in self._chips.items():
            label, count = self._filters[value].label, counts.get(value, 0)
            told = f"{count}\n{label}"
            if chip.text() != told:
                chip.setText(told)
                chip.setAccessibleName(f"{label}: {count}")

    def show_chosen(self, value: str) -> None:
        """Mark a filter without reporting it."""
        for own, chip in self._chips.items():
            chip.setChecked(own == value)

    def _on_clicked(self) -> None:
        value = next(own for own, chip in self._chips.items() if chip is self.sender())
        self.show_chosen(value)
        self.chosen.emit(value)


def _chip(name: str, one: Filter) -> QPushButton:
    chip = QPushButton()
    chip.setObjectName(f"{name}.{one.value}")
    chip.setCheckable(True)
    chip.setAutoDefault(True)
    chip.setMinimumHeight(TOUCH_TARGET_PX)
    chip.setToolTip(f"{one.label} ({one.key})")
    chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the focus where keys answer
    dress(chip, "filter")
    return chip
