"""A work behind the veil of a page, which whoever waits for it can end."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import BROKEN_OFF, BreakingOff
from assessor_app.ui.widgets.busy import Busy

if TYPE_CHECKING:
    from assessor_app.ui.tasks import Tell

Result = TypeVar("Result")


class Waiting(QObject):
    """One work at a time; it ends early where it next tells how far it is.

    A work that is begun while another lasts takes its place: of that one nothing is told any more.

    `stopped` is given the sentence that nothing half done was left behind.
    """

    def __init__(
        self, desk: Desk, busy: Busy, *, owner: QWidget, stopped: Callable[[str], None]
    ) -> None:
        super().__init__(owner)
        self._desk = desk
        self._busy = busy
        self._owner = owner
        self._stopped = stopped
        self._breaking = BreakingOff()
        busy.cancelled.connect(self._on_cancelled)

    def begin(
        self,
        work: "Callable[[Tell], Result]",
        text: str,
        *,
        done: Callable[[Result], None],
        failed: Callable[[Problem], None],
        worded: Callable[[str], str] = str,
        binding: str = "",
    ) -> None:
        """Do `work(tell)`, saying `text` at first; the veil is lifted before its end is told.

        `worded` makes a sentence of what it tells; from the step `binding` on it goes to its end.
        """
        self._breaking.break_off()
        breaking = self._breaking = BreakingOff()

        def on_progress(told: str) -> None:
            if self._breaking is not breaking:
                return
            if told == binding:
                self._busy.bind()
            self._busy.show_progress(worded(told))

        def on_done(result: Result) -> None:
            if self._breaking is not breaking:
                return
            self._busy.end()
            done(result)

        def on_failed(problem: Problem) -> None:
            if self._breaking is not breaking:
                return
            self._busy.end()
            if problem.code == BROKEN_OFF:
                self._stopped(self._desk.told(problem))
            else:
                failed(problem)

        self._busy.begin(text, cancel=self._desk.say("step.cancel"))
        self._desk.tasks.run(
            lambda tell: work(breaking.heard(tell)),
            owner=self._owner,
            done=on_done,
            failed=on_failed,
            progress=on_progress,
        )

    def _on_cancelled(self) -> None:
        self._breaking.break_off()
