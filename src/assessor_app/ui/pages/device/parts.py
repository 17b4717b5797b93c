"""What the sections of the device page have in common: how they stand, and the rows they show."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.ui.theme import Tokens, icon
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.notice import Tone

_SIGN_PX = 28


@dataclass(frozen=True, slots=True)
class State:
    """How a section stands, in one line."""

    text: str
    tone: Tone


class Section(Protocol):
    """A part of the page: shows what is so now, and says when it changed something."""

    changed: SignalInstance

    def refresh(self) -> None: ...
    def state(self) -> State: ...


def row_of(
    tokens: Tokens, sign: str, head: str, *lines: str, buttons: tuple[QPushButton, ...] = ()
) -> QWidget:
    """A sign, a name with lines below it, and what can be done about it."""
    picture = QLabel()
    picture.setPixmap(icon(sign, tokens.ink, size=_SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(strong(head))
    for line in lines:
        words.addWidget(quiet(line))
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 4, 0, 4)
    layout.setSpacing(12)
    layout.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
    layout.addLayout(words, stretch=1)
    for one in buttons:
        layout.addWidget(one, alignment=Qt.AlignmentFlag.AlignVCenter)
    return row


def emptied(layout: QLayout) -> QLayout:
    """The layout without what was in it; not destroyed at once, since a click may come from it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    return layout
