"""The lock that nobody asks for: after some idle minutes, and when the device goes to sleep.

Clocks are parameters, so that no test waits. On Linux logind says beforehand that the device goes
to sleep (ui/sleep_news.py); everywhere the clocks show afterwards that it has slept.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

WARNED_S = 20
"""Seconds before the lock in which it is announced."""

_LOOK_MS = 1000
_SLEPT_S = 10.0  # that the wall clock ran ahead of the other: more than setting a clock right
_STOOD_S = 60.0  # between two looks: on Windows both clocks run on while the device sleeps
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.Wheel,
    }
)
"""Not the moving of a mouse: a table that trembles would keep the store open."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What both clocks show at one look, in seconds."""

    wall: float
    mono: float


@dataclass(frozen=True, slots=True)
class Rules:
    """When the store locks itself; `idle_s` of 0 is never."""

    idle_s: int
    on_suspend: bool


def read_clocks() -> Clocks:
    """What the clocks of this device show now."""
    return Clocks(time.time(), time.monotonic())


def slept(before: Clocks, now: Clocks) -> bool:
    """Whether the device has slept between two looks."""
    wall, mono = now.wall - before.wall, now.mono - before.mono
    return wall - mono > _SLEPT_S or mono > _STOOD_S


class IdleLock(QObject):
    """Counts the seconds in which nobody touches anything; tells when it is time to lock.

    Work in progress is not idle. Qt's windows are listened to, each from when it gets the keyboard.
    """

    due = Signal()
    announced = Signal(int)  # the seconds that are left
    calmed = Signal()  # somebody is there after all

    def __init__(
        self,
        parent: QObject,
        *,
        busy: Callable[[], bool],
        clocks: Callable[[], Clocks] = read_clocks,
    ) -> None:
        super().__init__(parent)
        self._busy = busy
        self._clocks = clocks
        self._rules: Rules | None = None
        self._before = Clocks(0, 0)
        self._idle = 0.0
        self._announced = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def watching(self) -> bool:
        return self._rules is not None

    def begin(self, rules: Rules) -> None:
        """Watch from now on, by these rules."""
        if not self.watching:
            QGuiApplication.instance().focusWindowChanged.connect(self._listen_to)  # type: ignore[union-attr]  # there is one while there is a window
            for window in QGuiApplication.topLevelWindows():
                self._listen_to(window)
        self._rules = rules
        self._before = self._clocks()
        self._idle = 0.0
        self._timer.start()

    def end(self) -> None:
        """Watch no more: there is nothing to lock."""
        if not self.watching:
            return
        QGuiApplication.instance().focusWindowChanged.disconnect(self._listen_to)  # type: ignore[union-attr]  # the same one
        self._rules = None
        self._timer.stop()
        self._calm()

    def look(self) -> None:
        """Look at the clocks, and say what follows from them."""
        rules, before, now = self._rules, self._before, self._clocks()
        if rules is None:
            return
        self._before = now
        if slept(before, now) and rules.on_suspend:
            self.due.emit()
            return
        if self._busy():
            self.stir()
            return
        # What the device slept counts as idle too, where it does not lock by itself.
        self._idle += max(now.mono - before.mono, now.wall - before.wall, 0.0)
        left = rules.idle_s - self._idle
        if not rules.idle_s:
            return
        if left <= 0:
            self.due.emit()
        elif left <= min(WARNED_S, rules.idle_s / 2):
            self._announced = True
            self.announced.emit(math.ceil(left))

    def stir(self) -> None:
        """Somebody touched something, or something is being worked on."""
        self._idle = 0.0
        self._calm()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self.stir()
        return False

    def _calm(self) -> None:
        if self._announced:
            self._announced = False
            self.calmed.emit()

    def _listen_to(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
