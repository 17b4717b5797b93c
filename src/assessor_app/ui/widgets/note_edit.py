"""An editor for notes that tells on its own when a thought is finished."""

import math

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from assessor_app.ui.theme import TOUCH_TARGET_PX, set_look
from assessor_app.ui.widgets.resting import Resting

_FEWEST_LINES, _MOST_LINES = 2, 8


class NoteEdit(QPlainTextEdit):
    """Reports its text when typing rests, when it loses the focus and on `settle`, if changed."""

    settled = Signal(str)

    def __init__(self, name: str = "", *, placeholder: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.typed = Resting(self, read=self.toPlainText, write=self._write)
        self.typed.settled.connect(self.settled)
        self.textChanged.connect(self.typed.on_typed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Show what is recorded; what is being typed at this moment stays."""
        self.typed.show_text(text)

    def settle(self) -> None:
        """Report the text now if it differs from what was last shown or reported."""
        self.typed.settle()

    def _write(self, text: str) -> None:
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def setReadOnly(self, read_only: bool) -> None:  # noqa: FBT001, N802 - Qt's
        """A note that can only be read looks so, and can still be scrolled and copied."""
        super().setReadOnly(read_only)
        set_look(self, "locked", read_only)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.typed.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take words only: a pasted picture belongs to the evidence."""
        if source.hasText():
            self.insertPlainText(source.text())

    def _fit(self) -> None:
        """Grow with the text, from two lines to eight; a plain document counts in lines."""
        lines = round(self.document().size().height())
        shown = min(max(lines, _FEWEST_LINES), _MOST_LINES)
        around = self.height() - self.viewport().height() if self.isVisible() else 16
        margin = 2 * self.document().documentMargin()
        wanted = math.ceil(shown * self._line_height() + margin) + around
        height = max(wanted + 2, TOUCH_TARGET_PX)
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _line_height(self) -> int:
        """Lines of a document are whole pixels high."""
        return math.ceil(QFontMetricsF(self.font()).lineSpacing())
