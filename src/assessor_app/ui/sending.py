"""Sending to headquarters and fetching from it, beside the assessor's work."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk

if TYPE_CHECKING:  # imported by the work that needs them
    from assessor_app.domain.outbox import Sending
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.sync.place import Transport
    from assessor_app.services.sync.pulling import Pulled
    from assessor_app.services.sync.pushing import Pushed, Stop
    from assessor_app.ui.tasks import Tasks, Tell

_QUIET_MS = 8000  # after the unlocking: the list, and then the backup, come first
_STOPPED = "broken_off"


class Doing(StrEnum):
    """What is being done."""

    SEALING = "sealing"
    SENDING = "sending"
    FETCHING = "fetching"


@dataclass(frozen=True, slots=True)
class Going:
    """How far it is: `done` of `total` bytes, `seconds` left where that can be told."""

    doing: Doing
    visit: str = ""
    kind: str = ""
    done: int = 0
    total: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run came to; `problem` is why it ended before its end.

    `refused` are the visits that could not be sealed, each with its reason.
    """

    pushed: "Pushed | None" = None
    pulled: "Pulled | None" = None
    problem: Problem | None = None

    @property
    def refused(self) -> tuple[tuple[str, Problem], ...]:
        found = self.pushed.refused if self.pushed is not None else ()
        return tuple(one for one in found if one[1].code != _STOPPED)


class Sender(QObject):
    """One run at a time, in a thread of its own: no page waits for it, nor does a backup.

    It outlives the page that began it. The lock and the end of the window let the piece at hand
    come to its end; the queue goes on from there the next time.
    """

    moved = Signal(object)  # Going
    rested = Signal()  # a run has come to its end
    _heard = Signal(object)  # from the worker: a signal is what crosses over to this thread

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._own: Tasks | None = None
        self._stop: Stop | None = None
        self._going: Going | None = None
        self._ended: Ended | None = None
        self._heard.connect(self._on_heard)

    @property
    def going(self) -> Going | None:
        """How far it is; None while it rests."""
        return self._going

    @property
    def ended(self) -> Ended | None:
        """What the last run since the unlocking came to."""
        return self._ended

    @property
    def running(self) -> bool:
        return self._own is not None and self._own.running > 0

    def begin_soon(self) -> None:
        """After an unlocking: what was begun and not finished goes on by itself."""
        workplace = self._desk.workplace
        QTimer.singleShot(_QUIET_MS, self, lambda: self._go_on_with(workplace))

    def send(self) -> None:
        """Queue what has ended, send the queue, then fetch what came."""
        self._run(_send_and_fetch, Going(Doing.SEALING))

    def fetch(self) -> None:
        """Fetch what headquarters has written."""
        self._run(_fetch, Going(Doing.FETCHING))

    def pause(self) -> None:
        """Send nothing more, also after the next unlocking. Raises StoreProblem as writing does."""
        from assessor_app.services.sync.pushing import pause

        pause(self._desk.workplace.store)
        self._ask_to_stop()

    def go_on(self) -> None:
        """Send again. Raises StoreProblem as writing does."""
        from assessor_app.services.sync.pushing import go_on

        go_on(self._desk.workplace.store)
        self.send()

    def when_stopped(self, act: Callable[[], None]) -> None:
        """Let the piece at hand be the last one, and call `act` once it rests."""
        self._ask_to_stop()
        if self._own is None:
            act()
        else:
            self._own.when_rested(act)

    def stop(self) -> None:
        """As `when_stopped`, and wait for it: the window is closed, or the store goes."""
        self._ask_to_stop()
        if self._own is not None:
            self._own.wait()

    def forget(self) -> None:
        """The store is locked: nothing of it is kept here."""
        self._ended = self._going = None

    def _ask_to_stop(self) -> None:
        if self._stop is not None:
            self._stop.ask()

    def _go_on_with(self, workplace: "Workplace") -> None:
        if not self._desk.unlocked or self._desk.workplace is not workplace or self.running:
            return
        from assessor_app.services.sync.place import storage_of
        from assessor_app.services.sync.pushing import is_paused
        from assessor_app.services.sync.queue import listed
        from assessor_app.services.sync.trusted import joined

        store = workplace.store
        if storage_of(workplace) is None or joined(store) is None or is_paused(store):
            return
        if any(one.is_to_be_sent for one in listed(store)):
            self.send()

    def _run(self, work: "Callable[[_Way], Ended]", first: Going) -> None:
        if self.running or not self._desk.unlocked:
            return
        from assessor_app.services.sync.pushing import Stop
        from assessor_app.ui.tasks import Tasks

        self._own = self._own or Tasks()
        self._stop = Stop()
        way = _Way(self._desk, self._desk.workplace, self._stop, self._heard.emit)
        self._own.run(
            partial(_done, work, way),
            owner=self._window,
            done=self._on_done,
            failed=lambda problem: self._on_done(Ended(problem=problem)),
        )
        self._on_heard(first)

    @Slot(object)
    def _on_heard(self, going: Going) -> None:
        if self.running:
            self._going = going
            self.moved.emit(going)

    def _on_done(self, ended: Ended) -> None:
        self._going = None
        if self._desk.unlocked:
            self._ended = ended
        QTimer.singleShot(0, self, self.rested.emit)  # it counts as running until it has reported


# In the worker, which knows no widget.


@dataclass(frozen=True, slots=True)
class _Way:
    """What a run needs to know."""

    desk: Desk
    workplace: "Workplace"
    stop: "Stop"
    tell: Callable[[Going], None]

    def transport(self) -> "Transport":
        from assessor_app.services.sync.place import open_transport

        return open_transport(self.workplace, wait=self.stop.wait)


def _done(work: Callable[[_Way], Ended], way: _Way, _tell: "Tell") -> Ended:
    return work(way)


def _send_and_fetch(way: _Way) -> Ended:
    from assessor_app.services.sync.pushing import push

    transport = way.transport()

    def sealing(kind: str, done: int, total: int) -> None:
        if way.stop.is_asked():
            raise Problem(_STOPPED)
        way.tell(Going(Doing.SEALING, "", kind, done, total))

    def sending(one: "Sending") -> None:
        told = Going(Doing.SENDING, one.visit, one.kind, one.done, one.total, one.seconds)
        way.tell(told)

    pushed = push(
        way.workplace,
        transport,
        library=way.desk.application.library,
        tell=sending,
        tell_sealing=sealing,
        stop=way.stop,
    )
    if pushed.ended_by is not None or pushed.stopped or way.stop.is_asked():
        return Ended(pushed=pushed, problem=pushed.ended_by)
    return replace(_pulled(way, transport), pushed=pushed)


def _fetch(way: _Way) -> Ended:
    return _pulled(way, way.transport())


def _pulled(way: _Way, transport: "Transport") -> Ended:
    from assessor_app.services.sync.pulling import pull

    way.tell(Going(Doing.FETCHING))
    try:
        library = way.desk.application.library
        return Ended(pulled=pull(way.workplace, transport, library=library))
    except Problem as problem:
        return Ended(problem=problem)
