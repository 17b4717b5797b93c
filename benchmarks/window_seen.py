"""A window under measurement: keys go to it as a keyboard sends them, and paint ends are noted."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sqlalchemy as sa
from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    Qt,
    QTimer,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy.engine.interfaces import DBAPIConnection

_STILL_S = 0.06  # nothing painted for so long: what was put off is counted too
_PATIENCE_S = 60.0
_COUNTED = {
    QEvent.Type.Paint: "paints",
    QEvent.Type.LayoutRequest: "layouts",
    QEvent.Type.Polish: "polished",
    QEvent.Type.StyleChange: "restyled",
    QEvent.Type.Resize: "resized",
}


@dataclass(frozen=True, slots=True)
class Took:
    """From an event until the end of the last paint that it caused, in seconds.

    `cpu` is that of the whole process, so that other programs on the machine do not count.
    """

    wall: float
    cpu: float


def rest(milliseconds: int) -> None:
    """Let the window's event loop run as it does for somebody who does nothing.

    `QTest.qWait` keeps the interpreter locked while it waits: no worker would come to its turn.
    """
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Flushes(QObject):
    """Counts how often the window was brought to the screen; sees nothing but the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.UpdateRequest
        return False


class Seen:
    """Does things to a window and tells when what they changed stood on the screen."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self._flushes = Flushes(window)
        self._events = QAbstractEventDispatcher.instance()
        QApplication.setCursorFlashTime(0)  # a caret that blinks is no answer

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> Took:
        """A key pressed and released at the window, by way of Qt's queue of window events."""
        none = Qt.KeyboardModifier.NoModifier
        handle = self.window.windowHandle()
        return self.of(lambda: QTest.keyClick(handle, key, modifier or none))

    def of(self, act: Callable[[], object]) -> Took:
        """What `act` took, and all that it put off: until nothing was painted for a while."""
        began, cpu = time.perf_counter(), time.process_time()
        flushed = self._flushes.count
        act()
        painted = Took(time.perf_counter() - began, time.process_time() - cpu)
        still_since = time.perf_counter()
        while True:
            worked = self._events.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            # Outside of a loop that runs, nobody else lets go of what was left.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            now = time.perf_counter()
            if self._flushes.count > flushed:
                flushed, still_since = self._flushes.count, now
                painted = Took(now - began, time.process_time() - cpu)
            elif not worked and now - still_since > _STILL_S:
                return painted
            elif not worked:
                time.sleep(0.0005)

    def until(self, true: Callable[[], bool], act: Callable[[], object]) -> Took:
        """What `act` took until something became true and stood on the screen."""
        began, cpu = time.perf_counter(), time.process_time()
        act()
        while not true():
            self._events.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            if time.perf_counter() - began > _PATIENCE_S:
                raise TimeoutError("the window never came to it")
        spent = time.perf_counter() - began, time.process_time() - cpu
        rest = self.of(lambda: None)
        return Took(spent[0] + rest.wall, spent[1] + rest.cpu)


class _Everything(QObject):
    """Counts the events of all widgets: too slow to stand by while time is measured."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        name = _COUNTED.get(event.type())
        if name is not None:
            self.found[name] += 1
        return False


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Counts the work of what is done within: events of all widgets, statements of all stores."""
    application = QApplication.instance()
    if application is None:
        raise RuntimeError("nothing is to be seen yet")
    everything = _Everything()
    application.installEventFilter(everything)
    before = _statements.count
    try:
        yield everything.found
    finally:
        application.removeEventFilter(everything)
        everything.found["statements"] += _statements.count - before


class _Statements:
    """Counts what every database that is opened from now on is asked."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self, connection: DBAPIConnection, _: object) -> None:
        connection.set_trace_callback(self._on_statement)

    def _on_statement(self, _: str) -> None:
        self.count += 1


_statements = _Statements()
sa.event.listen(sa.pool.Pool, "connect", _statements.watch)
