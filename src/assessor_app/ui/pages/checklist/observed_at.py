"""When it was observed, where that was not the moment of recording."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor_app.domain.problem import RecordRefused
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field


class ObservedAt(QWidget):
    """A moment to the minute; one that nobody changed is not reported."""

    settled = Signal(object)  # dict: `observed_at`, an ISO instant or empty

    def __init__(self, desk: Desk, prefix: str, *, at: datetime | None) -> None:
        super().__init__()
        self._desk = desk
        self._recorded: datetime | None = None
        zone = desk.workplace.profile.zone
        now = desk.application.clock.now()
        self._moment = MomentEdit(f"{prefix}.observed_at", zone, at=now)
        self._moment.editingFinished.connect(self.settle)
        self._field = Field(desk.words("fact.observed"), self._moment)
        clear = button(desk.say("observed.now"), f"{prefix}.observed_now")
        clear.clicked.connect(self._on_cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field, stretch=1)
        row.addWidget(clear)
        self.show_moment(at)

    def show_moment(self, at: datetime | None) -> None:
        """Show what is recorded, None for the moment of recording."""
        if at is None and self._recorded is None and self._moment.touched:
            return  # being typed
        if at != self._recorded or not self._moment.touched:
            self._recorded = at
            self._moment.propose(at or self._desk.application.clock.now())

    def settle(self) -> bool:
        """Report the moment where somebody changed it; False where it cannot be."""
        self._field.clear_fault()
        if not self._moment.touched:
            return True
        now = self._desk.application.clock.now()
        try:
            told = self._moment.instant(now=now, not_before=None)
        except RecordRefused as problem:
            self._field.show_fault(self._desk.told(problem))
            return False
        self.settled.emit({"observed_at": told.isoformat()})
        return True

    def _on_cleared(self) -> None:
        self._field.clear_fault()
        self._moment.propose(self._desk.application.clock.now())
        if self._recorded is not None:
            self.settled.emit({"observed_at": ""})
