"""Files on their way to being evidence: two at a time, each told by its name, all of them stopped
at a word."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.tasks import Tasks, Tell

if TYPE_CHECKING:
    from assessor_app.services.evidence.taken import TakenIn

AT_ONCE = 2
"""Files that are held in memory at the same time: each with its picture takes some 60 MB."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that is to be taken in: its name, the work of a worker, and what comes after it."""

    name: str
    work: "Callable[[Tell], TakenIn]"
    done: "Callable[[TakenIn], None]"
    failed: Callable[[Problem], None]
    left: Callable[[], None]
    """What is done instead where the whole was stopped before."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run of files has come; `names` are those in work, `failed` what did not go in."""

    total: int = 0
    finished: int = 0
    names: tuple[str, ...] = ()
    failed: tuple[tuple[str, Problem], ...] = ()
    stopped: int = 0

    @property
    def running(self) -> bool:
        return self.finished < self.total


@dataclass(slots=True)
class _Run:
    total: int = 0
    finished: int = 0
    stopped: int = 0
    names: list[str] = field(default_factory=list)
    failed: list[tuple[str, Problem]] = field(default_factory=list)


class Incoming(QObject):
    """A run begins with the first file and ends when none is left; what is added meanwhile is of
    it."""

    changed = Signal()

    def __init__(self, tasks: Tasks, owner: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._owner = owner
        self._waiting: deque[Coming] = deque()
        self._run = _Run()

    @property
    def progress(self) -> Progress:
        """Of this run, or of the last one where nothing comes in."""
        run = self._run
        return Progress(run.total, run.finished, tuple(run.names), tuple(run.failed), run.stopped)

    def add(self, more: Iterable[Coming]) -> None:
        """Take more in, as soon as there is room for it."""
        if not self.progress.running:
            self._run = _Run()
        listed = list(more)
        self._run.total += len(listed)
        self._waiting.extend(listed)
        self._go_on()
        self.changed.emit()

    def stop(self) -> None:
        """Take nothing more in; what is in work comes to its end."""
        while self._waiting:
            one = self._waiting.popleft()
            self._run.finished += 1
            self._run.stopped += 1
            one.left()
        self.changed.emit()

    def forget(self) -> None:
        """What did not go in has been read."""
        if not self.progress.running:
            self._run = _Run()
            self.changed.emit()

    def _go_on(self) -> None:
        while self._waiting and len(self._run.names) < AT_ONCE:
            self._begin(self._waiting.popleft())

    def _begin(self, one: Coming) -> None:
        self._run.names.append(one.name)

        def done(taken: "TakenIn") -> None:
            self._end(one.name)
            one.done(taken)

        def failed(problem: Problem) -> None:
            self._run.failed.append((one.name, problem))
            self._end(one.name)
            one.failed(problem)

        self._tasks.run(one.work, owner=self._owner, done=done, failed=failed)

    def _end(self, name: str) -> None:
        self._run.names.remove(name)
        self._run.finished += 1
        self._go_on()
        self.changed.emit()
