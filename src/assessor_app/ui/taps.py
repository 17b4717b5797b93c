"""Tells a tap from a scroll: a finger that moves answers nothing and chooses nothing."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QGuiApplication, QInputDevice, QMouseEvent, QWindow
from PySide6.QtWidgets import QAbstractSlider, QApplication, QDialog, QWidget


class TapGuard(QObject):
    """Guards the main window from now on, and each dialog over it once that has come up."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        Taps(window)
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._on_window)

    def _on_window(self, now: QWindow | None) -> None:
        if now is None:
            return
        for one in QApplication.topLevelWidgets():
            own = isinstance(one, QDialog) and one.windowHandle() is now
            if own and one.findChild(Taps) is None:
                Taps(one)


class Taps(QObject):
    """Holds back the press that Qt makes of a touch until the finger is lifted where it came down.

    Content that scrolls goes along with the finger, so that the same button lies beneath it at the
    end; Qt would call that a click. Sliders and scroll bars are dragged as ever.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._held: list[QEvent] = []  # a press, and at a second tap the double click after it
        self._began = QPoint()  # on the screen
        self._moved = False
        self._replaying = False
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or self._replaying or not _of_a_finger(event):
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            return self._hold(event)
        if not self._held:
            return False
        way = event.globalPosition().toPoint() - self._began
        self._moved = self._moved or way.manhattanLength() > QApplication.startDragDistance()
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._held.append(event.clone())
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._lift(watched, event)
        return True

    def _hold(self, press: QMouseEvent) -> bool:
        if isinstance(self._window.childAt(press.position().toPoint()), QAbstractSlider):
            return False
        self._held = [press.clone()]
        self._began = press.globalPosition().toPoint()
        self._moved = False
        return True

    def _lift(self, window: QObject, release: QMouseEvent) -> None:
        events, self._held = [*self._held, release.clone()], []
        if self._moved:
            return
        self._replaying = True
        try:
            for event in events:
                QCoreApplication.sendEvent(window, event)
        finally:
            self._replaying = False


def _of_a_finger(event: QMouseEvent) -> bool:
    device = event.device()
    return device is not None and device.type() == QInputDevice.DeviceType.TouchScreen
