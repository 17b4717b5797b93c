"""Work that takes longer than a blink: in a worker thread, its end told in the GUI thread."""

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem

Result = TypeVar("Result")
Tell = Callable[[str], None]

BROKEN_OFF = "broken_off"
_THREADS = 2
_log = logging.getLogger(__name__)


class BreakingOff:
    """Lets somebody who waits end a work: where it next tells how far it is, it is refused.

    What was begun is given up as after any refusal: files and records are written whole or not at
    all. A work that tells nothing more comes to its end.
    """

    def __init__(self) -> None:
        self._wanted = threading.Event()

    def break_off(self) -> None:
        self._wanted.set()

    def heard(self, tell: Tell) -> Tell:
        """The `tell` that a work is given in the place of its own."""

        def told(text: str) -> None:
            if self._wanted.is_set():
                raise Problem(BROKEN_OFF)
            tell(text)

        return told


class Tasks(QObject):
    """The only threads of the window: what is run reports by signals and touches no widget."""

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._pool.setExpiryTimeout(1000)
        self._reports: set[_Report] = set()
        self._afterwards: list[tuple[Callable[[], None], QWidget | None]] = []

    @property
    def running(self) -> int:
        """How many works have not reported their end yet."""
        return len(self._reports)

    def run(
        self,
        work: Callable[[Tell], Result],
        *,
        owner: QWidget,
        done: Callable[[Result], None],
        failed: Callable[[Problem], None],
        progress: Tell | None = None,
    ) -> None:
        """Do `work(tell)` in a worker; exactly one of `done` and `failed` is called at its end.

        None is called once `owner` is gone: the work itself is finished all the same. A fault of
        the program is logged and told as Problem `program_fault`.
        """
        report = _Report(self, work, owner=owner, done=done, failed=failed, progress=progress)
        self._reports.add(report)
        report.ended.connect(self._forget)
        self._pool.start(_Work(report))

    def when_rested(self, act: Callable[[], None], *, owner: QWidget | None = None) -> None:
        """Call `act` once nothing is running; what was asked for is done in that order.

        It is not called once `owner` is gone, where one is given.
        """
        self._afterwards.append((act, owner))
        self._rest()

    def _rest(self) -> None:
        while self._afterwards and not self._reports:
            act, owner = self._afterwards.pop(0)
            if owner is None or shiboken6.isValid(owner):
                act()

    def wait(self) -> None:
        """Let all that was begun come to its end and be told (before locking, at closing)."""
        while self._reports:
            self._pool.waitForDone()
            for report in tuple(self._reports):
                QCoreApplication.sendPostedEvents(report, QEvent.Type.MetaCall.value)

    @Slot(QObject)
    def _forget(self, report: "_Report") -> None:
        self._reports.discard(report)
        report.deleteLater()
        self._rest()


class _Report(QObject):
    """Lives in the GUI thread, so that what the worker emits arrives there.

    It holds everything that the work was given and lets go of it in the GUI thread: what a worker
    drops last is destroyed there, and with a widget in it that takes Qt along.
    """

    told = Signal(str)
    succeeded = Signal(object)
    refused = Signal(object)
    ended = Signal(QObject)

    def __init__(
        self,
        tasks: Tasks,
        work: Callable[[Tell], object],
        *,
        owner: QWidget,
        done: Callable[[Any], None],
        failed: Callable[[Problem], None],
        progress: Tell | None,
    ) -> None:
        super().__init__(tasks)
        self._work: Callable[[Tell], object] | None = work
        self._owner: QWidget | None = owner
        self._done: Callable[[Any], None] | None = done
        self._failed: Callable[[Problem], None] | None = failed
        self._progress = progress
        self.told.connect(self._on_told)
        self.succeeded.connect(self._on_succeeded)
        self.refused.connect(self._on_refused)

    def do(self) -> object:
        """Do the work, in the thread that calls this."""
        return self._work(self.told.emit) if self._work is not None else None

    @Slot(str)
    def _on_told(self, text: str) -> None:
        if self._progress is not None and shiboken6.isValid(self._owner):
            self._progress(text)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        self._end(self._done, result)

    @Slot(object)
    def _on_refused(self, problem: Problem) -> None:
        self._end(self._failed, problem)

    def _end(self, tell: Callable[[Any], None] | None, value: object) -> None:
        owner = self._owner
        self._work = self._owner = self._done = self._failed = self._progress = None
        try:
            if tell is not None and shiboken6.isValid(owner):
                tell(value)
        finally:
            self.ended.emit(self)


class _Work(QRunnable):
    def __init__(self, report: _Report) -> None:
        super().__init__()
        self._report = report

    def run(self) -> None:
        try:
            result = self._report.do()
        except Problem as problem:
            self._report.refused.emit(problem)
        except Exception as error:  # noqa: BLE001 - told and logged: a worker has no one else
            _log.exception("a task failed")
            self._report.refused.emit(Problem("program_fault", cause=type(error).__name__))
        else:
            self._report.succeeded.emit(result)
