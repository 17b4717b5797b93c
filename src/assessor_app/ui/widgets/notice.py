"""A line that tells what happened: sign, sentence, and at most one thing to do about it."""

from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Hue, Space, Tokens, dress, icon, set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body
from assessor_app.ui.widgets.stacking import Stacking

_SIGN = 24
_BESIDE = 420  # pixels below which what can be done stands under the sentence


class Tone(StrEnum):
    """How a message is meant."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


class Notice(QFrame):
    """Hidden until something is told; screen readers hear it at once."""

    acted = Signal()

    def __init__(self, tokens: Tokens, name: str) -> None:
        super().__init__()
        spoken_as(self, Role.AlertMessage)
        self._tokens = tokens
        self.setObjectName(name)
        self._sign = QLabel()
        self._text = body("")
        self._text.setObjectName(f"{name}.text")
        self._action = button("", f"{name}.action")
        self._action.clicked.connect(self.acted)
        told = QHBoxLayout()
        told.setSpacing(Space.MEDIUM)
        told.addWidget(self._sign)
        told.addWidget(self._text, stretch=1)
        layout = Stacking(below=_BESIDE, space=Space.MEDIUM)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.addLayout(told, stretch=1)
        layout.addWidget(self._action)
        self.setLayout(layout)
        self.setMinimumHeight(56)
        dress(self, "notice")
        self.clear()

    def tell(self, text: str, tone: Tone, *, action: str = "") -> None:
        """Show a sentence; `action` is the word on its button, where there is one."""
        name, hue = look_of(self._tokens, tone)
        set_look(self, "tone", tone.value)
        set_look(self._text, "tone", tone.value)
        self._sign.setPixmap(icon(name, hue.ink, size=_SIGN).pixmap(QSize(_SIGN, _SIGN)))
        self._text.setText(text)
        self._action.setText(action.replace("&", "&&"))
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.setVisible(True)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing."""
        self._give_focus_away()
        self._text.clear()
        self.setAccessibleName("")
        self.setVisible(False)

    def _give_focus_away(self) -> None:
        """Hiding the focused button would throw the focus to wherever Qt likes."""
        parent = self.parentWidget()
        if self._action.hasFocus() and isinstance(parent, QWidget):
            parent.setFocus(Qt.FocusReason.OtherFocusReason)


def look_of(tokens: Tokens, tone: Tone) -> tuple[str, Hue]:
    """The icon and the colours of a tone."""
    match tone:
        case Tone.INFO:
            return "info", tokens.teal
        case Tone.SUCCESS:
            return "ok", tokens.green
        case Tone.WARNING:
            return "warning", tokens.yellow
        case Tone.ERROR:
            return "octagon", tokens.red
        case _:
            assert_never(tone)
