"""One line of the check: its sign, what was found, what to do, and the way there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.domain.preflight import Grade
from assessor_app.services.preflight.telling import Told
from assessor_app.ui.theme import Space, Tokens, dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, quiet, strong
from assessor_app.ui.widgets.notice import Tone, look_of

_SIGN = 24
TONES = {Grade.READY: Tone.SUCCESS, Grade.UNKNOWN: Tone.INFO, Grade.ATTENTION: Tone.WARNING}


class CheckRow(QFrame):
    """What needs attention stands out by its sign, its word and its advice."""

    acted = Signal()

    def __init__(self, told: Told, tokens: Tokens, *, way: str, extra: QWidget | None) -> None:
        """`way` is the word of the button that leads to where it is mended, empty for none."""
        super().__init__()
        check, grade = told.judged.check.value, told.judged.grade
        self.setObjectName(f"preflight.{check}")
        self.setProperty("grade", grade.value)
        name, hue = look_of(tokens, TONES[grade])
        sign = QLabel()
        sign.setPixmap(icon(name, hue.ink, size=_SIGN).pixmap(_SIGN, _SIGN))
        word = quiet(told.word)
        word.setProperty("tone", TONES[grade].value)
        word.setWordWrap(False)
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(strong(told.title), stretch=1)
        head.addWidget(word, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        found = body(told.sentence)
        found.setObjectName(f"preflight.{check}.found")
        words.addWidget(found)
        if told.advice:
            words.addWidget(quiet(told.advice))
        if extra is not None:
            words.addWidget(extra)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, stretch=1)
        if way:
            there = button(way, f"preflight.{check}.go", icon=icon("next", tokens.ink))
            there.clicked.connect(self.acted)
            row.addWidget(there, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{told.title}. {told.word}. {told.sentence}")
        dress(self, "preflight")
