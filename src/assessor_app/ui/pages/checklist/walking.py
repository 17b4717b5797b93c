"""The ways from one indicator to the next: by the outline, what is open, or the interview."""

from PySide6.QtCore import QObject, Signal

from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline_row import Narrowing
from assessor_app.ui.pages.checklist.interviewing import Interviewing
from assessor_app.ui.pages.checklist.outline_panel import OutlinePanel
from assessor_app.ui.pages.checklist.spot import Spot


class Walking(QObject):
    """Says which indicator is wanted next, or that there is none further."""

    wanted = Signal(str)  # an indicator's code
    said = Signal(str)

    def __init__(self, desk: Desk, session: Session, outline: OutlinePanel) -> None:
        super().__init__(outline)
        self._desk = desk
        self._outline = outline
        self._interviewing = Interviewing(desk, session)

    def first(self) -> str:
        """Where to begin: the first indicator with an open side."""
        codes = self._outline.codes
        return next((code for code in codes if not self._outline.row(code).settled), codes[0])

    def step(self, code: str, by: int) -> None:
        """One indicator forward (1) or back (-1)."""
        told = self._desk.say(f"{self._within}.last") if by > 0 else ""
        self._go(self._outline.step(code, by), otherwise=told)

    def next_open(self, code: str) -> None:
        """The next indicator with an open side."""
        name = "filters.none_open" if self._within == "filters" else "checklist.all_settled"
        told = self._desk.say(name)
        self._go(self._outline.next_open(code), otherwise=told)

    def next_question(self, spot: Spot) -> None:
        """On to what else the same respondent is asked."""
        told = self._desk.say("respondents.walked", name=spot.subject)
        self._go(self._interviewing.next_question(spot), otherwise=told)

    def walked(self, spot: Spot) -> bool:
        """Whether the present respondent was asked everything."""
        return self._interviewing.walked(spot)

    @property
    def _within(self) -> str:
        """Whose end it is: the checklist's, or that of what it is narrowed to."""
        return "checklist" if self._outline.narrowing == Narrowing() else "filters"

    def _go(self, code: str | None, *, otherwise: str) -> None:
        if code is not None:
            self.wanted.emit(code)
        elif otherwise:
            self.said.emit(otherwise)
