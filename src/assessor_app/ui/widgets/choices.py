"""The answers of one side of an indicator as buttons: sign, word, colour and key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.answer_button import AnswerButton, Face
from assessor_app.ui.widgets.painting import Mark, draw_mark, mark_hue
from assessor_app.ui.widgets.sign_face import SignFace

__all__ = ["Choices", "Mark", "Option"]

_SIGN, _SPACE, _NARROW_SPACE = 20, 8, 4


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what is recorded, what is read, the key that gives it, and its kind."""

    value: str
    label: str
    key: str
    mark: Mark


class Choices(QWidget):
    """Shows one of its options as chosen; reports another one that the user takes."""

    chosen = Signal(str)  # the option's value

    def __init__(
        self,
        prefix: str,
        options: Sequence[Option],
        tokens: Tokens,
        *,
        columns: int,
        group: str = "",
        fitted: bool = False,
        face: Callable[[Option, Tokens], Face] | None = None,
    ) -> None:
        """Columns are equally wide; `fitted` ones as their words need it, on two lines.

        A `face` of its own makes buttons of one width close beside each other.
        """
        super().__init__()
        spoken_as(self, Role.Grouping)
        self.setObjectName(prefix)
        self._buttons = {one.value: _button(prefix, one, tokens, face=face) for one in options}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_NARROW_SPACE if face else _SPACE)
        for index, button in enumerate(self._buttons.values()):
            row, column = divmod(index, columns)
            last = index == len(self._buttons) - 1
            layout.addWidget(button, row, column, 1, columns - column if last else 1)
            button.clicked.connect(self._on_clicked)
        for column in range(columns):
            wanted = [_two_lines(button) for button in [*self._buttons.values()][column::columns]]
            layout.setColumnStretch(column, max(wanted, default=1) if fitted else 1)
        self._value: str | None = None
        self.setAccessibleName(group)

    def show_value(self, value: str | None) -> None:
        """Mark the recorded answer without reporting it as a new one."""
        self._value = value
        for own, button in self._buttons.items():
            button.setChecked(own == value)

    def setAccessibleName(self, name: str) -> None:
        """Name the group; each button speaks it before its own label."""
        super().setAccessibleName(name)
        for button in self._buttons.values():
            button.speak_with(name)

    def _on_clicked(self) -> None:
        button = self.sender()
        value = next(own for own, one in self._buttons.items() if one is button)
        if value == self._value:
            return
        self.show_value(value)
        self.chosen.emit(value)


def _button(
    prefix: str,
    option: Option,
    tokens: Tokens,
    *,
    face: Callable[[Option, Tokens], Face] | None,
) -> AnswerButton:
    """An option as a button, whose colour the style sheet takes from its mark."""
    worn = (face or _signed)(option, tokens)
    made = AnswerButton(f"{prefix}.{option.value}", option.label, worn, key=option.key, stays=True)
    made.setProperty("mark", option.mark.value)
    if face is not None:
        policy = made.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        made.setSizePolicy(policy)
    return made


def _signed(option: Option, tokens: Tokens) -> SignFace:
    return SignFace(
        option.label,
        option.key,
        tokens,
        sign=_SIGN,
        draw_sign=partial(_draw_sign, tokens, option.mark),
        chosen_ink=mark_hue(tokens, option.mark).ink,
    )


def _draw_sign(
    tokens: Tokens,
    mark: Mark,
    painter: QPainter,
    place: QRectF,
    chosen: bool,  # noqa: FBT001 - as a face calls it
) -> None:
    """An answer shows its own sign at all times, a mere choice whether it is the one."""
    shown = mark if chosen or mark is not Mark.CHOSEN else Mark.OPEN
    draw_mark(painter, place, tokens=tokens, mark=shown)


def _two_lines(button: AnswerButton) -> int:
    """The narrowest width at which the words of a button fit on two lines."""
    face, font = button.face, button.font()
    return face.two_lines(font) if isinstance(face, SignFace) else face.width(font)
