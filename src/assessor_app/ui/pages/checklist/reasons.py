"""Why a side has no answer: it could not be assessed, or the indicator does not apply here."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.observation import Observation
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field, RestingLine

NOT_ASSESSED = "not_assessed"
NOT_APPLICABLE = "not_applicable"
_DIGITS = {NOT_ASSESSED: "0", NOT_APPLICABLE: "9"}
_LETTERS = {NOT_ASSESSED: "T", NOT_APPLICABLE: "B"}
LETTER_KEYS = tuple(_LETTERS.values())
"""They work everywhere; the digits only where no answer begins with one."""


class Reasons(QWidget):
    """Neither is recorded, or shown as chosen, before its reason is given."""

    recorded = Signal(object)  # dict: one of the reasons

    def __init__(
        self, desk: Desk, prefix: str, *, group: str, may_not_apply: bool, digits: bool
    ) -> None:
        """`digits` says whether the digit keys are free to stand for the reasons."""
        super().__init__()
        say = desk.say
        self._seen = Observation()
        names = [NOT_ASSESSED, NOT_APPLICABLE] if may_not_apply else [NOT_ASSESSED]
        shown = _DIGITS if digits else _LETTERS
        self._keys = {_LETTERS[name]: name for name in names}
        self._keys |= {shown[name]: name for name in names}
        options = [Option(name, say(f"side.{name}"), shown[name], Mark.NONE) for name in names]
        self._choices = Choices(prefix, options, desk.tokens, columns=2, group=group, fitted=True)
        self._choices.chosen.connect(self._on_chosen)
        self._lines = {
            NOT_ASSESSED: RestingLine(f"{prefix}.reason", placeholder=say("side.reason_example")),
            NOT_APPLICABLE: RestingLine(
                f"{prefix}.not_applicable_reason", placeholder=say("side.not_applicable_example")
            ),
        }
        self._fields = {
            NOT_ASSESSED: Field(say("side.reason"), self._lines[NOT_ASSESSED]),
            NOT_APPLICABLE: Field(say("side.not_applicable_reason"), self._lines[NOT_APPLICABLE]),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._choices)
        for name, line in self._lines.items():
            line.settled.connect(lambda text, name=name: self._on_reason(name, text))
            column.addWidget(self._fields[name])
        self.show_reasons(self._seen)

    def show_reasons(self, seen: Observation) -> None:
        """Show what is recorded now; what is being typed is not hidden."""
        self._seen = seen
        for name, line in self._lines.items():
            told = _reason(seen, name)
            line.typed.show_text(told or "")
            asked = line.hasFocus() or line.typed.pending
            self._fields[name].setVisible(told is not None or asked)
        self._choices.show_value(self._chosen())

    def choose_by_key(self, key: str) -> bool:
        """Ask for the reason that a key stands for; False where it stands for none."""
        name = self._keys.get(key)
        if name is None or not self.isEnabled():
            return False
        self._on_chosen(name)
        return True

    def settle(self) -> None:
        for line in self._lines.values():
            line.typed.settle()

    def end(self) -> None:
        """An answer was given: what is not recorded is not asked for any more."""
        for name, field in self._fields.items():
            field.setVisible(self._lines[name].typed.pending)

    def refuse(self, fields: Mapping[str, object]) -> None:
        """These could not be recorded: what is typed in them stays, marked."""
        for name, line in self._lines.items():
            if f"{name}_reason" in fields:
                line.typed.refuse()

    def _chosen(self) -> str | None:
        return next((name for name in self._lines if _reason(self._seen, name)), None)

    def _on_chosen(self, name: str) -> None:
        """Recorded, and shown as chosen, once there is a reason."""
        self._choices.show_value(self._chosen())
        for other, field in self._fields.items():
            own = other == name or _reason(self._seen, other) is not None
            field.setVisible(own or self._lines[other].typed.pending)
        self._lines[name].setFocus()

    def _on_reason(self, name: str, text: str) -> None:
        self.recorded.emit({f"{name}_reason": text})


def _reason(seen: Observation, name: str) -> str | None:
    return seen.not_assessed_reason if name == NOT_ASSESSED else seen.not_applicable_reason
