"""What is typed in an editor, reported when it rests; what was refused stays typed."""

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.ui.theme import set_look

_PAUSE_MS = 400  # without a key: time to write down what was typed


class Resting(QObject):
    """Stands between an editor and the record: each text is reported once, and kept if refused."""

    settled = Signal(str)

    def __init__(
        self, editor: QWidget, *, read: Callable[[], str], write: Callable[[str], None]
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._read, self._write = read, write
        self._told: str | None = ""  # shown or reported last; None once that was refused
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)

    @property
    def pending(self) -> bool:
        """Whether something is typed that was not reported, or was refused."""
        return self._told is None or _as_recorded(self._read()) != _as_recorded(self._told)

    def show_text(self, text: str) -> None:
        """Show what is recorded; what is typed and not recorded yet stays.

        Spaces and line ends at the end of what is being typed stay too, though none is recorded.
        """
        if self.pending:
            return
        self._told = text
        if _as_recorded(self._read()) != _as_recorded(text):
            self._write(text)
            self._pause.stop()

    def put(self, text: str) -> None:
        """Show this in the place of whatever is typed: another answer took its place."""
        self._told = text
        self._write(text)
        self._pause.stop()
        set_look(self._editor, "fault", False)

    def settle(self) -> None:
        """Report the text now, where it differs from what was last shown or reported."""
        self._pause.stop()
        if self.pending:
            text = self._read()
            self._told = text
            set_look(self._editor, "fault", False)
            self.settled.emit(text)

    def refuse(self) -> None:
        """What was reported last could not be recorded: it stays, and is reported again."""
        self._told = None
        set_look(self._editor, "fault", True)

    def on_typed(self) -> None:
        """Connect this to what the editor says at each change."""
        if self.pending:
            self._pause.start()
        else:
            self._pause.stop()


def _as_recorded(text: str) -> str:
    """The text as the record keeps it (services/entries.py, `clean_text`)."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
