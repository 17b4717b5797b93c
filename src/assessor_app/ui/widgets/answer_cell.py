"""One cell of a grid of answers: the levels as signs in a line, or the answer in words."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from assessor_app.domain.instrument import Side
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.choices import Option
from assessor_app.ui.widgets.painting import draw_mark

_SIGN = 20
_CHORD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_WAYS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class AnswerCell(QWidget):
    """Has the focus as a whole: its digits answer it, arrows leave it."""

    answered = Signal(str)
    opened = Signal()  # what has no room here is to be answered elsewhere
    moved = Signal(int, int)  # rows down, columns to the right

    def __init__(
        self, name: str, options: Sequence[Option], tokens: Tokens, *, side: Side, spoken: str
    ) -> None:
        """Without options it says the answer in words, and a press leads to where it is given."""
        super().__init__()
        spoken_as(self, Role.Grouping)
        self.side = side
        self._spoken = spoken
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._keys = {option.key: option.value for option in options}
        self._buttons = {one.value: self._button(name, one, tokens) for one in options}
        self._words = button("", f"{name}.words", role="flat")
        self._words.clicked.connect(self.opened)
        self._words.setVisible(not options)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(4)
        for made in self._buttons.values():
            row.addWidget(made)
        row.addWidget(self._words)
        row.addStretch(1)

    def show_answer(self, answer: str | None, *, told: str) -> None:
        """Show its own answer; `told` says what holds, also where it follows from elsewhere."""
        for value, made in self._buttons.items():
            made.setChecked(value == answer)
        self._words.setText(told)
        self._words.setAccessibleName(f"{self._spoken}: {told}")
        self.setAccessibleName(f"{self._spoken}: {told}")
        self.setToolTip(told)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus; elsewhere they answer the page."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if not self._is_own(event):
            super().keyPressEvent(event)
        elif way is not None:
            self.moved.emit(*way)
        elif self.isEnabled():
            self.answered.emit(self._keys[event.text()])

    def _is_own(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _CHORD:
            return False  # a chord, such as that of a filter
        return Qt.Key(event.key()) in _WAYS or event.text() in self._keys

    def _button(self, name: str, option: Option, tokens: Tokens) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"{name}.{option.value}")
        made.setAccessibleName(f"{self._spoken}, {option.label}")
        made.setToolTip(option.label)
        made.setIcon(_sign(option, tokens))
        made.setIconSize(QSize(_SIGN, _SIGN))
        made.setCheckable(True)
        made.setFixedSize(TOUCH_TARGET_PX, TOUCH_TARGET_PX)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cell has it
        made.clicked.connect(lambda: self._on_pressed(option.value))
        return made

    def _on_pressed(self, value: str) -> None:
        """Chosen stays chosen, as it is recorded."""
        self._buttons[value].setChecked(True)
        self.setFocus()
        self.answered.emit(value)


def _sign(option: Option, tokens: Tokens) -> QPixmap:
    picture = QPixmap(QSize(_SIGN, _SIGN) * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_mark(
        painter,
        picture.rect().toRectF().adjusted(0, 0, -_SIGN, -_SIGN),
        tokens=tokens,
        mark=option.mark,
    )
    painter.end()
    return picture
