"""The face of a watch: large digits that go on by themselves while it runs."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel

from assessor_app.ui.theme import dress

_TICK_MS = 250  # four times a second: no second is ever jumped over


class WatchFace(QLabel):
    """Asks `read` for its text while it runs and is seen; rests otherwise."""

    def __init__(self, name: str, *, role: str = "title") -> None:
        super().__init__()
        self.setObjectName(name)
        dress(self, role)
        self._read: Callable[[], str] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show)

    def run(self, read: Callable[[], str] | None) -> None:
        """Show what `read` says from now on; with None it stands still and shows nothing."""
        self._read = read
        self._show()
        if read is not None and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._read is not None:
            self._show()
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _show(self) -> None:
        text = self._read() if self._read is not None else ""
        if text != self.text():
            self.setText(text)
