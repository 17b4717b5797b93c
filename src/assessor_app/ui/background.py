"""What is done beside the assessor's work: tidying and backing up, told where there is a reason."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem, StoreProblem
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # imported by the work that needs them
    from assessor_app.services.backup import Backups, Why
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.evidence.sweeping import Swept
    from assessor_app.ui.tasks import Tell

Result = TypeVar("Result")

_QUIET_MS = 1500  # after the list is painted: opening a visit comes first
_STOPPED = "backup_stopped"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it; a part that failed is among the problems and held up no other."""

    swept: "Swept | None" = None
    backups: "Backups | None" = None
    due: int = 0  # respondents whose personal data has been kept as long as is set
    problems: tuple[StoreProblem, ...] = ()


class Background(QObject):
    """One piece of work at a time, in a thread of its own: no page waits for it, nor it for one.

    The lock does: what is stopped leaves nothing half-done behind.
    """

    told = Signal(str, object)  # a text, and its Tone
    backed_up = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._stopping = threading.Event()  # from the lock to the next unlocking

    def begin_soon(self) -> None:
        """After an unlocking: once the first page has been painted and nobody waits for it."""
        workplace = self._desk.workplace
        self._stopping.clear()
        QTimer.singleShot(_QUIET_MS, self, lambda: self._begin_with(workplace))

    def begin(self) -> None:
        """Sweep, back up what is new, and look whose data is due."""
        self._run(self._all)

    def back_up(self) -> None:
        """After the closing of a visit."""
        self._run(self._backup_after_close)

    def when_stopped(self, act: Callable[[], None]) -> None:
        """Break off what runs, and call `act` once it rests."""
        self._stopping.set()
        self._desk.background.when_rested(act)

    def stop(self) -> None:
        """Break off what runs, and wait until it rests: the window is closed."""
        self._stopping.set()
        self._desk.background.wait()

    def _begin_with(self, workplace: "Workplace") -> None:
        if self._desk.unlocked and self._desk.workplace is workplace:
            self.begin()

    def _run(self, work: Callable[["Workplace"], Done]) -> None:
        """Once the work before has come to its end: two backups at a time hinder each other."""
        self._desk.background.when_rested(lambda: self._start(work), owner=self._window)

    def _start(self, work: Callable[["Workplace"], Done]) -> None:
        if self._stopping.is_set() or not self._desk.unlocked:
            return
        workplace = self._desk.workplace

        def do(_tell: "Tell") -> Done:
            return work(workplace)

        self._desk.background.run(
            do, owner=self._window, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, done: Done) -> None:
        if not self._desk.unlocked:
            return
        if done.backups is not None and done.backups.made:
            self.backed_up.emit()
        lines = self._lines(done)
        if lines:
            grave = bool(done.problems or (done.backups and done.backups.missed))
            self.told.emit("\n".join(lines), Tone.WARNING if grave else Tone.INFO)

    def _on_failed(self, problem: Problem) -> None:
        if self._desk.unlocked:
            self.told.emit(self._desk.told(problem), Tone.WARNING)

    def _lines(self, done: Done) -> list[str]:
        """What is worth telling; that all went well is not."""
        desk, found = self._desk, list[str]()
        if done.swept is not None:
            found += self._of_sweep(done.swept)
        for one in done.backups.missed if done.backups else ():
            if one.problem.code != _STOPPED:
                why = desk.told(one.problem)
                found.append(desk.say("background.missed", place=one.place, why=why))
        if done.due:
            found.append(desk.say("background.due", count=done.due))
        found += [desk.told(problem) for problem in done.problems]
        return found

    def _of_sweep(self, swept: "Swept") -> list[str]:
        from assessor_app.services.evidence.sweeping import DAYS_ASIDE
        from assessor_app.services.evidence.words import size

        desk, found = self._desk, []
        if swept.bytes:
            found.append(desk.say("background.swept", size=size(swept.bytes, desk.words)))
        if swept.aside:
            count = len(swept.aside)
            found.append(desk.say("background.put_aside", count=count, days=DAYS_ASIDE))
        if swept.back:
            found.append(desk.say("background.put_back", count=len(swept.back)))
        return found

    # In the worker, which knows no widget.

    def _all(self, workplace: "Workplace") -> Done:
        from assessor_app.services.backup import Why
        from assessor_app.services.evidence.sweeping import sweep
        from assessor_app.services.people import finish_erasing
        from assessor_app.services.retention import due

        problems: list[StoreProblem] = []
        swept = _try(lambda: sweep(workplace), problems)
        _try(lambda: finish_erasing(workplace), problems)
        over = _try(lambda: due(workplace, workplace.store.clock.now()), problems)
        backups = _try(lambda: self._backed_up(workplace, Why.START), problems)
        return Done(swept, backups, len(over or ()), tuple(problems))

    def _backup_after_close(self, workplace: "Workplace") -> Done:
        from assessor_app.services.backup import Why

        return Done(backups=self._backed_up(workplace, Why.CLOSE))

    def _backed_up(self, workplace: "Workplace", why: "Why") -> "Backups":
        from assessor_app.services.backup import Stage, back_up_if_due

        def look_up(_stage: Stage, _done: int, _count: int) -> None:
            if self._stopping.is_set():
                raise StoreProblem(_STOPPED)

        return back_up_if_due(workplace, why=why, progress=look_up)


def _try(work: Callable[[], Result], problems: list[StoreProblem]) -> Result | None:
    """The result of a piece of work; where it is refused, the next is done all the same."""
    try:
        return work()
    except StoreProblem as problem:
        problems.append(problem)
        return None
