"""Of which service product or respondent an answer is, where the instrument asks for each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from assessor_app.ui.theme import set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import choose, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import quiet

_MOST_BUTTONS = 4  # of more names a list is made, which has room for any number


class SubjectBar(QWidget):
    """Names to choose from, and a line for a new one. An empty name is the unit as a whole."""

    chosen = Signal(str)

    def __init__(
        self, prefix: str, names: Sequence[str], *, label: str, whole: str, new: str
    ) -> None:
        """`whole` is what the unit as a whole is called; empty where it cannot be chosen."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(quiet(label))
        self._buttons: dict[str, QPushButton] = {}
        self._list: QComboBox | None = None
        rows = [*([("", whole)] if whole else []), *((name, name) for name in names)]
        if len(rows) > _MOST_BUTTONS:
            self._list = combo(f"{prefix}.all", rows)
            self._list.setAccessibleName(label)
            self._list.activated.connect(self._on_listed)
            row.addWidget(self._list, stretch=1)
        else:
            self._add_buttons(row, prefix, rows)
        self._new = line_edit(f"{prefix}.new", placeholder=new)
        self._new.setAccessibleName(new)
        self._new.returnPressed.connect(self._on_named)
        row.addWidget(self._new, stretch=1)

    def show_chosen(self, name: str) -> None:
        if self._list is not None:
            choose(self._list, name)
        for own, made in self._buttons.items():
            made.setChecked(own == name)

    def _add_buttons(self, row: QHBoxLayout, prefix: str, rows: Sequence[tuple[str, str]]) -> None:
        for place, (value, text) in enumerate(rows):
            made = button(text, f"{prefix}.{place}", tip=text)
            made.setCheckable(True)
            set_look(made, "subject", True)
            made.clicked.connect(self._on_clicked)
            self._buttons[value] = made
            row.addWidget(made)

    def _on_listed(self) -> None:
        if self._list is not None:
            self.chosen.emit(value_of(self._list))

    def _on_clicked(self) -> None:
        name = next(own for own, made in self._buttons.items() if made is self.sender())
        self.show_chosen(name)
        self.chosen.emit(name)

    def _on_named(self) -> None:
        name = self._new.text().strip()
        if name:
            self.chosen.emit(name)
