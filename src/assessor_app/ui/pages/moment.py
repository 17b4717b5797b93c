"""A moment told to the minute in the assessor's zone; one that nobody touched means now."""

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit

from assessor_app.domain.problem import RecordRefused
from assessor_app.services.entries import CLOCK_SLACK
from assessor_app.ui.theme import TOUCH_TARGET_PX

_MINUTE = timedelta(minutes=1)


class DayEdit(QDateEdit):
    """A day; the wheel scrolls the page and never changes what is recorded."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)
        self.setDisplayFormat("dd/MM/yyyy")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The style sheet's least height is the text's: a finger needs more."""
        super().showEvent(event)
        self.setMinimumHeight(TOUCH_TARGET_PX)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - as above
        event.ignore()


class MomentEdit(QDateTimeEdit):
    """A moment in `zone`, shown to the minute."""

    def __init__(self, name: str, zone: tzinfo, *, at: datetime) -> None:
        super().__init__()
        self._zone = zone
        self.setObjectName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat("dd/MM/yyyy HH:mm")
        local = at.astimezone(zone)
        self._proposed = QDateTime(
            QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
        )
        self.setDateTime(self._proposed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - as above
        super().showEvent(event)
        self.setMinimumHeight(TOUCH_TARGET_PX)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - as above
        event.ignore()

    def instant(self, *, now: datetime, not_before: datetime | None) -> datetime:
        """The moment that is meant: `now` while nobody changed the proposal.

        What is told to the minute is not earlier than what happened within that minute. Raises
        RecordRefused `instant_in_future`.
        """
        shown = self.dateTime()
        if shown == self._proposed:
            return now
        day, time = shown.date(), shown.time()
        told = datetime(
            day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=self._zone
        )
        if told > now + CLOCK_SLACK:
            raise RecordRefused("instant_in_future", value=self.text())
        if not_before is not None and timedelta() < not_before - told < _MINUTE:
            return not_before
        return told
