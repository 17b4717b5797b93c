"""Why a side has no answer: it could not be assessed, or the indicator does not apply here."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.observation import Observation
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field, RestingLine

NOT_ASSESSED = "not_assessed"
NOT_APPLICABLE = "not_applicable"
_DIGITS = {NOT_ASSESSED: "0", NOT_APPLICABLE: "9"}
# They work everywhere; the digits only where no answer begins with one.
_LETTERS = {NOT_ASSESSED: "T", NOT_APPLICABLE: "B"}
_WORDS = {  # how its line is named, its label, and an example in it
    NOT_ASSESSED: ("reason", "reason", "reason_example"),
    NOT_APPLICABLE: ("not_applicable_reason", "not_applicable_reason", "not_applicable_example"),
}


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
        self._desk, self._prefix = desk, prefix
        self._lines: dict[str, RestingLine] = {}  # made when one is first asked for
        self._fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._choices)
        self.show_reasons(self._seen)

    def show_reasons(self, seen: Observation) -> None:
        """Show what is recorded now; what is being typed is not hidden."""
        self._seen = seen
        for name in _DIGITS:
            told = _reason(seen, name)
            if told is None and name not in self._lines:
                continue
            line = self._line(name)
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

    @property
    def asked(self) -> list[str]:
        """The reasons whose lines are open now."""
        return [name for name, field in self._fields.items() if not field.isHidden()]

    def ask_again(self, names: Iterable[str]) -> None:
        """Open the lines that were open in the place of this one."""
        for name in names:
            self._line(name)
            self._fields[name].show()

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
        return next((name for name in _DIGITS if _reason(self._seen, name)), None)

    def _line(self, name: str) -> RestingLine:
        """The line of a reason, with its label; most indicators never need it."""
        if name not in self._lines:
            say = self._desk.say
            ending, label, example = _WORDS[name]
            line = RestingLine(f"{self._prefix}.{ending}", placeholder=say(f"side.{example}"))
            line.settled.connect(lambda text: self._on_reason(name, text))
            self._lines[name], self._fields[name] = line, Field(say(f"side.{label}"), line)
            self._column.addWidget(self._fields[name])
        return self._lines[name]

    def _on_chosen(self, name: str) -> None:
        """Recorded, and shown as chosen, once there is a reason."""
        self._choices.show_value(self._chosen())
        line = self._line(name)
        for other, field in self._fields.items():
            own = other == name or _reason(self._seen, other) is not None
            field.setVisible(own or self._lines[other].typed.pending)
        line.setFocus()

    def _on_reason(self, name: str, text: str) -> None:
        self.recorded.emit({f"{name}_reason": text})


def _reason(seen: Observation, name: str) -> str | None:
    return seen.not_assessed_reason if name == NOT_ASSESSED else seen.not_applicable_reason
