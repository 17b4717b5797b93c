"""What changes the look from outside of any page: keys for larger letters, and the system."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.looks import as_drawn, dress_desk, larger, smaller
from assessor_app.ui.system_look import SystemLook, scheme_of

_KEYS = (
    ("Ctrl++", larger),
    ("Ctrl+=", larger),  # the same key, where plus needs the shift
    ("Ctrl+-", smaller),
    ("Ctrl+0", as_drawn),
)


class LookKeys(QObject):
    """Says what is to be changed; the window builds its page anew around it.

    What the system changes while a dialog stands open waits: the page that the dialog stands over
    would be built anew under it.
    """

    wanted = Signal(object)  # Callable[[Desk], None]

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._due = False
        for key, change in _KEYS:
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.activated.connect(lambda change=change: self.wanted.emit(change))
        SystemLook(self).changed.connect(self._on_system_changed)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._due and event.type() == QEvent.Type.WindowActivate:
            self._on_system_changed()
        return False

    def _on_system_changed(self) -> None:
        self._due = QApplication.activeModalWidget() is not None
        if not self._due and scheme_of(self._desk.theme) is not self._desk.scheme:
            self.wanted.emit(dress_desk)
