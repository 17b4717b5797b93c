"""F1 over the page, and over every dialog that takes the keys from it."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

_MANUAL = "manual"  # the name of its dialog: no second one over it


class ManualKey(QObject):
    """Gives F1 to the window, and to each dialog as soon as it blocks what it stands over."""

    wanted = Signal(QWidget)  # what the manual is to stand over

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._give(window)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowBlocked:
            dialog = QApplication.activeModalWidget()
            if dialog is not None and dialog.objectName() != _MANUAL:
                self._give(dialog)
        return False

    def _give(self, over: QWidget) -> None:
        if over.findChild(QShortcut, _MANUAL) is None:  # one that was shown before has it
            key = QShortcut(QKeySequence("F1"), over)
            key.setObjectName(_MANUAL)
            key.activated.connect(partial(self.wanted.emit, over))
            over.installEventFilter(self)
