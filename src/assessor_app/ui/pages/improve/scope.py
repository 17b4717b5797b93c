"""Whose way is shown: the visited unit's, or its whole institution's."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.labels import quiet

_WIDEST = 460  # pixels, of both buttons together


class Scope(StrEnum):
    UNIT = "unit"
    INSTITUTION = "institution"


class ScopeChoice(QWidget):
    """Closed until it is known that other units count with this one; says why where none does."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.scope = Scope.UNIT
        options = [
            Option(scope.value, desk.say(f"improve.scope_{scope.value}"), "", Mark.CHOSEN)
            for scope in Scope
        ]
        group = desk.say("improve.scope")
        self._choices = Choices("improve.scope", options, desk.tokens, columns=2, group=group)
        self._choices.show_value(self.scope)
        self._choices.setMaximumWidth(_WIDEST)
        self._choices.setEnabled(False)
        self._choices.chosen.connect(self._on_chosen)
        self.told = quiet(desk.say("improve.scope_sought"))
        """Stands where there is room for a sentence."""
        self.told.setObjectName("improve.scope.told")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self._choices, 1)

    def show_open(self, told: str) -> None:
        """Both can be chosen; `told` says what the whole institution is here."""
        self._choices.setEnabled(True)
        self.told.setText(told)

    def show_closed(self, reason: str) -> None:
        """Only the unit's own way is there, for this reason."""
        self.told.setText(reason)

    def show_scope(self, scope: Scope) -> None:
        """Mark a scope without reporting it."""
        self.scope = scope
        self._choices.show_value(scope)

    def _on_chosen(self, value: str) -> None:
        self.scope = Scope(value)
        self.chosen.emit()
