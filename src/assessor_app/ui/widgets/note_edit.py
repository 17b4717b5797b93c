"""An editor for notes that tells on its own when a thought is finished."""

import math

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from assessor_app.ui.theme import TOUCH_TARGET_PX, set_look

_PAUSE_MS = 400  # without a key: time to write down what was typed
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
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Show what is recorded; what is being typed at this moment stays."""
        typing = self.hasFocus() and self.toPlainText() != self._told
        self._told = text
        if typing or self.toPlainText() == text:
            return
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._pause.stop()

    def settle(self) -> None:
        """Report the text now if it differs from what was last shown or reported."""
        self._pause.stop()
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.settled.emit(text)

    def setReadOnly(self, read_only: bool) -> None:  # noqa: FBT001, N802 - Qt's
        """A note that can only be read looks so, and can still be scrolled and copied."""
        super().setReadOnly(read_only)
        set_look(self, "locked", read_only)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Take words only: a pasted picture belongs to the evidence."""
        if source.hasText():
            self.insertPlainText(source.text())

    def _on_text_changed(self) -> None:
        if self.toPlainText() != self._told:
            self._pause.start()
        else:
            self._pause.stop()

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
