"""A moment told to the minute in the assessor's zone; one that nobody touched means now."""

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtGui import QKeyEvent, QShowEvent, QWheelEvent
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
    """A moment in `zone`, shown to the minute.

    The dynamic property "untouched" tells whoever keeps drafts that nobody chose what is shown.
    """

    def __init__(self, name: str, zone: tzinfo, *, at: datetime) -> None:
        super().__init__()
        self._zone = zone
        self.setObjectName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat("dd/MM/yyyy HH:mm")
        self.propose(at)
        self.dateTimeChanged.connect(self._on_touched)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - as above
        super().showEvent(event)
        self.setMinimumHeight(TOUCH_TARGET_PX)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - as above
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - as above
        """Typing what is shown already chooses it too."""
        if event.text().isdigit():
            self._on_touched()
        super().keyPressEvent(event)

    def setDateTime(self, moment: QDateTime) -> None:  # noqa: N802 - as above
        """Show a moment that was chosen, be it the one that is shown already."""
        super().setDateTime(moment)
        self._on_touched()

    def choose(self, at: datetime) -> None:
        """Show a moment as chosen by somebody."""
        self.setDateTime(_shown(at, self._zone))

    def propose(self, at: datetime) -> None:
        """Show a moment that nobody chose."""
        super().setDateTime(_shown(at, self._zone))
        self.setProperty("untouched", True)

    @property
    def touched(self) -> bool:
        """Whether somebody chose what is shown, even where it is what was proposed."""
        return not self.property("untouched")

    def instant(self, *, now: datetime, not_before: datetime | None) -> datetime:
        """The moment that is meant: `now` while nobody touched the proposal.

        What is told to the minute is not earlier than what happened within that minute. Raises
        RecordRefused `instant_in_future`.
        """
        self.interpretText()  # of a date that is typed by half
        if not self.touched:
            return now
        told = self.shown
        if told > now + CLOCK_SLACK:
            raise RecordRefused("instant_in_future", value=self.text())
        if not_before is not None and timedelta() < not_before - told < _MINUTE:
            return not_before
        return told

    @property
    def shown(self) -> datetime:
        """The moment as it is shown, chosen or proposed."""
        moment = self.dateTime()
        day, time = moment.date(), moment.time()
        return datetime(
            day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=self._zone
        )

    def _on_touched(self) -> None:
        self.setProperty("untouched", False)


def _shown(at: datetime, zone: tzinfo) -> QDateTime:
    local = at.astimezone(zone)
    return QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
