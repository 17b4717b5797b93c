"""Counting the visits beside the work: a few steps at a time, so that no key is kept waiting."""

import contextlib
import time
from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import InstrumentFault
from assessor_app.ui.desk import Desk

if TYPE_CHECKING:  # imported once the rows are painted
    from assessor_app.domain.listing import Counts
    from assessor_app.domain.visit import Visit
    from assessor_app.services.counted import CountedVisits
    from assessor_app.services.overview import VisitLine
    from assessor_app.ui.tasks import Tell

_TURN_S = 0.008  # of counting at one go: half a frame
_AFTER_PAINTING_MS = 10
_AT_LATEST_MS = 400  # where no row is there to be painted


class VisitsCounter(QObject):
    """What was counted before is known at once; the rest follows, and is kept for the next time."""

    begun = Signal()  # the rows are painted
    counted = Signal(dict)  # dict[str, Counts]: what became known, by visit
    finished = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._visits: tuple[Visit, ...] = ()
        self._waiting: deque[Visit] = deque()
        self._known: CountedVisits | None = None
        self._steps: Iterator[VisitLine | None] | None = None
        self._reading = False
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)
        # What counts is imported once the rows are painted: they can be chosen and opened before.
        self._beginning = QTimer(self)
        self._beginning.setSingleShot(True)
        self._beginning.setInterval(_AT_LATEST_MS)
        self._beginning.timeout.connect(self._on_begun)

    @property
    def active(self) -> bool:
        """Whether something is still to be counted."""
        return self._beginning.isActive() or self._reading or self._turn.isActive()

    def begin(self, visits: "tuple[Visit, ...]") -> None:
        """Count these visits anew, once they are painted."""
        self.stop()
        self._visits = visits
        self._beginning.start(_AT_LATEST_MS)

    def hurry(self) -> None:
        """The rows are painted: nothing has to be waited for."""
        if self._beginning.isActive():
            self._beginning.start(_AFTER_PAINTING_MS)

    def stop(self) -> None:
        """Count no further; what was counted is kept."""
        self._beginning.stop()
        self._turn.stop()
        self._reading = False
        self._steps = None
        self._waiting.clear()
        if self._known is not None and self._desk.unlocked:
            self._known.keep()

    def _on_begun(self) -> None:
        from assessor_app.services.counted import counted_visits, instrument_is_here

        workplace, library = self._desk.workplace, self._desk.application.library
        self._known = counted_visits(workplace, workplace.store.log.streams())
        here: dict[str, bool] = {}
        found: dict[str, Counts] = {}
        for visit in self._visits:
            counts = self._known.of(visit)
            digest = visit.instrument_digest
            if counts is not None and digest not in here:
                here[digest] = instrument_is_here(visit, library)
            if counts is not None and here[digest]:
                found[visit.id] = counts
            else:
                self._waiting.append(visit)
        self.begun.emit()
        if found:
            self.counted.emit(found)
        if self._waiting:
            self._read_instruments()
        else:
            self._turn.start()

    def _read_instruments(self) -> None:
        """Read what is counted by in a worker: a whole file is more than a frame's work."""
        self._reading = True
        first = {visit.instrument_digest: visit for visit in self._waiting}
        self._desk.background.run(
            partial(_read, self._desk, tuple(first.values())),
            owner=self._page,
            done=self._on_read,
            failed=self._on_read,
        )

    def _on_read(self, _: object) -> None:
        if self._reading:
            self._reading = False
            self._turn.start()

    def _on_turn(self) -> None:
        """Count for half a frame, then let the window breathe."""
        until = time.monotonic() + _TURN_S
        found: dict[str, Counts] = {}
        while self._waiting and time.monotonic() < until:
            line = self._step()
            if line is not None:
                visit = self._waiting.popleft()
                found[visit.id] = line.counts
                if self._known is not None:
                    self._known.take(visit, line.counts)
        if found:
            self.counted.emit(found)
        if not self._waiting:
            self.stop()
            self.finished.emit()

    def _step(self) -> "VisitLine | None":
        """One step of counting the first visit that waits; its line at the last of them."""
        if self._steps is None:
            from assessor_app.services.overview import counting

            workplace, library = self._desk.workplace, self._desk.application.library
            self._steps = counting(workplace, library, self._waiting[0])
        line = next(self._steps)
        if line is not None:
            self._steps = None
        return line


# In a worker, which knows no widget.


def _read(desk: Desk, visits: "tuple[Visit, ...]", _tell: "Tell") -> None:
    from assessor_app.services import overview  # noqa: F401 - so that the first step has it
    from assessor_app.services.counted import instrument_is_here
    from assessor_app.services.instruments import instrument_of

    library = desk.application.library
    for visit in visits:
        if instrument_is_here(visit, library):
            with contextlib.suppress(InstrumentFault):
                instrument_of(visit, library)
