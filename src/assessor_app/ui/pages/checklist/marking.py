"""What is done at an indicator with one key: mark it, take it, answer both sides alike."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from assessor_app.domain.instrument import Side
from assessor_app.domain.marks import UNMARKED
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.same import same_as_paperwork
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.checklist.spot import Spot


class Marking(QObject):
    """Records through `recording`; what cannot be said shortly is said why."""

    refused = Signal(object)  # Problem

    def __init__(
        self, desk: Desk, session: Session, recording: Recording, *, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._recording = recording

    def mark(self, code: str) -> None:
        """Mark an indicator for later, or take the mark off."""
        later = not self._session.snapshot.marks.get(code, UNMARKED).later
        self._recording.put(partial(self._session.mark, code, later=later))

    def take(self, code: str) -> None:
        """Take an indicator as one's own part, or give it up."""
        taken = self._session.snapshot.marks.get(code, UNMARKED).mine != self._session.me
        self._recording.put(partial(self._session.take, code, taken=taken))

    def same(self, spot: Spot) -> bool:
        """Give practice the answer of paperwork; whether it has that now."""
        seen = spot.seen()
        try:
            answer = same_as_paperwork(
                spot.indicator, seen.get(Side.PAPERWORK), seen.get(Side.PRACTICE)
            )
        except RecordRefused as problem:
            self.refused.emit(problem)
            return False
        done = self._recording.record(spot.place(), Side.PRACTICE.value, {"answer": answer})
        return done is not None
