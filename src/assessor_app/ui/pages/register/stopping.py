"""How far a long work is, and the button that stops it."""

import threading

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import strong

_WIDE = 520  # pixels


class Stopping(QWidget):
    """Nothing is written while it is looked at: stopping leaves everything as it was."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.wanted = threading.Event()
        self._text = strong("")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setObjectName("register.progress")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._stop = button(desk.say("register.stop"), "register.stop")
        self._stop.clicked.connect(self.stop)
        inner = QWidget()
        inner.setMaximumWidth(grown(_WIDE))
        column = QVBoxLayout(inner)
        column.setSpacing(16)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        column.addWidget(self._stop, alignment=Qt.AlignmentFlag.AlignHCenter)
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addWidget(inner, alignment=Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(2)

    def begin(self, text: str) -> threading.Event:
        """Show what is begun; the event tells the work that it is to stop."""
        self.wanted = threading.Event()
        self._stop.setEnabled(True)
        self.show_progress(text)
        return self.wanted

    def show_progress(self, text: str) -> None:
        """Say how far it is."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)

    def stop(self) -> None:
        """Stop at the next word of the work."""
        self.wanted.set()
        self._stop.setEnabled(False)

    def take_focus(self) -> None:
        self._stop.setFocus()
