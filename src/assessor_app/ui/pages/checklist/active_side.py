"""The side of an indicator that the keys act upon."""

from collections.abc import Callable

from assessor_app.domain.instrument import Side
from assessor_app.ui.models.outline_row import OutlineRow, Sign
from assessor_app.ui.pages.checklist.pane_place import PanePlace
from assessor_app.ui.pages.checklist.photos import Goal
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.checklist.side_pane import SidePane
from assessor_app.ui.pages.checklist.spot import Spot


class ActiveSide:
    """Stays the same from one indicator to the next, where that has it."""

    def __init__(self, place: PanePlace, recording: Recording) -> None:
        self._place = place
        self._recording = recording
        self.side = Side.PAPERWORK

    def show(self, spot: Spot) -> None:
        """Mark it in the pane of a spot; one that is asked of one side only has that."""
        sides = spot.indicator.sides
        if self.side not in sides and sides:
            self.side = sides[0]
        if self._place.pane is not None:
            self._place.pane.show_active(self.side)

    def go_to(self, side: Side) -> None:
        """Act upon the other side, where the indicator has it."""
        pane = self._place.pane
        if pane is not None and side in pane.panes:
            self.side = side
            pane.show_active(side)

    def answer(self, key: str) -> None:
        """Give the answer that a key stands for; where none is taken now, it is said why."""
        pane = self._pane
        if pane is not None and pane.isEnabled() and self._recording.takes_answers():
            pane.choose_by_key(key)

    def answer_both(self, spot: Spot, key: str) -> bool:
        """Give every side the answer of a key, in one action; whether all have it then."""
        pane = self._place.pane
        if pane is None or not pane.isEnabled() or not self._recording.takes_answers():
            return False
        answers = {one.answer_by(key) for one in pane.panes.values()}
        answer = answers.pop() if len(answers) == 1 else None
        if answer is None or self._recording.record_alike(spot.place(), answer) is None:
            return False
        for one in pane.panes.values():
            one.answered_elsewhere()
        return True

    def attest(self) -> None:
        """Lead to the line where it is said why there is no evidence."""
        pane = self._place.pane
        if pane is not None and pane.gap.reason.isVisible():
            pane.gap.reason.setFocus()

    def fold_document(self) -> None:
        """Open or close the details of the document, which the paperwork side has."""
        pane = self._place.pane
        paper = pane.panes.get(Side.PAPERWORK) if pane is not None else None
        if paper is not None:
            paper.fold_document()

    def fold_time(self) -> None:
        if self._pane is not None:
            self._pane.fold_time()

    def write_note(self) -> None:
        if self._pane is not None:
            self._pane.write_note()

    def prove(self, spot: Spot, take: Callable[[Goal], None]) -> None:
        """Take photos to it; nothing where the indicator is only read."""
        if self._pane is not None:
            take(spot.goal(self.side))

    def point_out(self, row: OutlineRow) -> None:
        """Lead to what is missing at the indicator of a row: a gap's proof, or an open side."""
        pane = self._place.pane
        if pane is not None and row.lacks_evidence:
            pane.gap.reason.setFocus()
            return
        for side, sign in ((Side.PAPERWORK, row.paper), (Side.PRACTICE, row.practice)):
            if sign is Sign.OPEN:
                self.go_to(side)
                return

    @property
    def _pane(self) -> SidePane | None:
        """None at what is only read."""
        return self._place.pane.panes.get(self.side) if self._place.pane is not None else None
