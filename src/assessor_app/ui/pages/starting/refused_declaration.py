"""Why nobody received the document at a door that stayed shut; the outcome proposes it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.visit import Declaration, Outcome
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field

_OFFERED = (Declaration.REFUSED, Declaration.ABSENT)


class RefusedDeclaration(QWidget):
    """Follows the outcome until it is chosen by hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.declared: Declaration | None = None
        self.by_hand: Declaration | None = None
        self._choices = Choices(
            "refused.declared",
            [
                Option(one.value, desk.say(f"refused.declared_{one.value}"), "", Mark.CHOSEN)
                for one in _OFFERED
            ],
            desk.tokens,
            columns=len(_OFFERED),
        )
        self._choices.chosen.connect(lambda value: self.take(Declaration(value)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Field(desk.say("refused.declared"), self._choices))

    def take(self, declared: Declaration) -> None:
        """Choose what was declared, whatever the outcome."""
        self.by_hand = declared
        self._show(declared)

    def follow(self, outcome: Outcome) -> None:
        """Propose what goes with an outcome, unless something was chosen."""
        self._show(self.by_hand or proposed_for(outcome))

    def _show(self, declared: Declaration) -> None:
        self.declared = declared
        self._choices.show_value(declared.value)


def proposed_for(outcome: Outcome) -> Declaration:
    """Who refuses entry refuses the paper too; at a closed office nobody may take it."""
    refused = outcome is Outcome.ENTRY_REFUSED
    return Declaration.REFUSED if refused else Declaration.ABSENT
