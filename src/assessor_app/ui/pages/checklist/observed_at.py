"""When it was observed, where that was not the moment of recording."""

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor_app.domain.problem import RecordRefused
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.moment import MomentEdit
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field

_MINUTE = timedelta(minutes=1)


class ObservedAt(QWidget):
    """A moment to the minute; empty means: when it was recorded."""

    settled = Signal(object)  # dict: `observed_at`, an ISO instant or empty

    def __init__(self, desk: Desk, prefix: str, *, at: datetime | None) -> None:
        super().__init__()
        self._desk = desk
        self._shown = at
        clock = desk.application.clock
        zone = desk.workplace.profile.zone
        self._moment = MomentEdit(f"{prefix}.observed_at", zone, at=at or clock.now())
        self._moment.editingFinished.connect(self.settle)
        self._field = Field(desk.words("fact.observed"), self._moment)
        clear = button(desk.say("observed.now"), f"{prefix}.observed_now")
        clear.clicked.connect(self._on_cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field, stretch=1)
        row.addWidget(clear)

    def settle(self) -> None:
        """Report the moment where somebody changed it."""
        now = self._desk.application.clock.now()
        try:
            told = self._moment.instant(now=now, not_before=None)
        except RecordRefused as problem:
            self._field.show_fault(self._desk.told(problem))
            return
        self._field.clear_fault()
        known = self._shown
        if told == now or (known is not None and abs(told - known) < _MINUTE):
            return  # nobody changed what was proposed
        self._shown = told
        self.settled.emit({"observed_at": told.isoformat()})

    def _on_cleared(self) -> None:
        if self._shown is not None:
            self._shown = None
            self.settled.emit({"observed_at": ""})
