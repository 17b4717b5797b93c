"""A number to type, or to count up and down with the finger; reported when it rests."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from assessor_app.ui.theme import Tokens, grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.resting import Resting

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_WIDEST_PX = 180
_BUTTON_PX = 60
_UNFINISHED = ",."  # a number may still go on behind them


class NumberEdit(QWidget):
    """What is typed is judged by whoever hears `settled`: any text may be.

    Steps go by one and stay within `least` and `most`; a decimal comma and a point are the same.
    """

    settled = Signal(str)
    finished = Signal()  # Enter was pressed, after what is typed was told

    def __init__(
        self,
        name: str,
        tokens: Tokens,
        *,
        unit: str,
        fewer: str,
        more: str,
        least: Decimal | None = None,
        most: Decimal | None = None,
    ) -> None:
        """`fewer` and `more` are what the two buttons are called."""
        super().__init__()
        self._least, self._most = least, most
        self._line = _NumberLine(name)
        self._line.stepped.connect(self.step)
        self.typed = self._line.typed
        self.typed.settled.connect(self.settled)
        self._line.returnPressed.connect(self._on_return)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for by, told, sign in ((-1, fewer, "dash"), (1, more, "add")):
            what = "fewer" if by < 0 else "more"
            made = button("", f"{name}.{what}", icon=icon(sign, tokens.accent), tip=told)
            made.setAccessibleName(told)
            made.setFixedWidth(grown(_BUTTON_PX))
            made.clicked.connect(lambda _, by=by: self.step(by))
            row.addWidget(made)
        row.insertWidget(1, self._line)
        if unit:
            row.addWidget(quiet(unit), stretch=1)
        else:
            row.addStretch(1)

    def setAccessibleName(self, name: str) -> None:
        """The line is what is spoken of."""
        self._line.setAccessibleName(name)

    def text(self) -> str:
        return self._line.text()

    def show_text(self, text: str) -> None:
        """Show what is recorded; what is typed and not recorded yet stays."""
        self.typed.show_text(text)

    def begin(self, key: str) -> bool:
        """Type over what stands there, beginning with a digit; False for any other key."""
        if not key.isdigit() or not self.isEnabled():
            return False
        self._line.setFocus()
        self._line.setText(key)
        return True

    def _on_return(self) -> None:
        self.typed.settle()
        self.finished.emit()

    def step(self, by: int) -> None:
        """Count up or down from what stands there, or from nothing."""
        try:
            known = Decimal(self._line.text().strip().replace(",", ".") or 0)
        except InvalidOperation:
            return  # what cannot be read is not counted on from
        wanted = known + by
        if self._least is not None:
            wanted = max(wanted, self._least)
        if self._most is not None:
            wanted = min(wanted, self._most)
        comma = "," in self._line.text()
        told = f"{wanted:f}"
        self._line.setText(told.replace(".", ",") if comma else told)


class _NumberLine(QLineEdit):
    """Up and down count; a comma that nothing follows yet is not part of the number."""

    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMaximumWidth(grown(_WIDEST_PX))
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.typed = Resting(self, read=self._number, write=self.setText)
        self.textChanged.connect(self.typed.on_typed)
        self.editingFinished.connect(self.typed.settle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif not self.isReadOnly():
            self.stepped.emit(step)

    def _number(self) -> str:
        return self.text().strip().rstrip(_UNFINISHED)
