"""Of which service product or respondent an answer is, where the instrument asks for each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor_app.ui.theme import set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import line_edit
from assessor_app.ui.widgets.labels import quiet


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
        self._buttons = {}
        rows = [("", whole)] if whole else []
        for place, (value, text) in enumerate([*rows, *((name, name) for name in names)]):
            made = button(text, f"{prefix}.{place}", tip=text)
            made.setCheckable(True)
            set_look(made, "subject", True)
            made.clicked.connect(self._on_clicked)
            self._buttons[value] = made
            row.addWidget(made)
        self._new = line_edit(f"{prefix}.new", placeholder=new)
        self._new.setAccessibleName(new)
        self._new.returnPressed.connect(self._on_named)
        row.addWidget(self._new, stretch=1)

    def show_chosen(self, name: str) -> None:
        for own, made in self._buttons.items():
            made.setChecked(own == name)

    def _on_clicked(self) -> None:
        name = next(own for own, made in self._buttons.items() if made is self.sender())
        self.show_chosen(name)
        self.chosen.emit(name)

    def _on_named(self) -> None:
        name = self._new.text().strip()
        if name:
            self.chosen.emit(name)
