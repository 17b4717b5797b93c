"""Lines for a day and for a moment: anything may be typed, and what it means is judged later.

An editor that mends what is typed would record a date that nobody meant.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit

from assessor_app.domain.problem import RecordRefused
from assessor_app.services.entries import CLOCK_SLACK
from assessor_app.ui.pages.parts.typed_time import day_of, day_text, moment_of, moment_text

_USUAL = 17  # letters "x" that Qt makes a line wide by
_CURSOR = 4  # pixels
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DatedLine(QLineEdit):
    """A line whose day can be taken from a calendar; up and down step what is shown."""

    picked = Signal()  # a day was taken from the calendar

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)

    def step(self, count: int) -> None:
        """Go on by some of the smallest unit that is shown."""
        raise NotImplementedError

    def day_shown(self) -> date:
        """The day to open the calendar at."""
        raise NotImplementedError

    def take_day(self, day: date) -> None:
        """Show another day."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif not self.isReadOnly():
            with suppress(OverflowError):  # beyond the calendar there is no day
                self.step(step)

    def open_calendar(self) -> None:
        """Let a day be taken; the line has the keyboard again once it was."""
        if self.isReadOnly():
            return
        shown = self.day_shown()
        made = QCalendarWidget(self)
        made.setWindowFlag(Qt.WindowType.Popup)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        for chosen in (made.clicked, made.activated):
            chosen.connect(lambda day: self._on_picked(made, day))
        size = made.sizeHint()
        corner = self.mapToGlobal(QPoint(self.width() - size.width(), self.height()))
        room = self.screen().availableGeometry()
        if corner.y() + size.height() > room.bottom():
            corner.setY(corner.y() - self.height() - size.height())
        made.move(max(room.left(), corner.x()), max(room.top(), corner.y()))
        made.show()

    def _on_picked(self, calendar: QCalendarWidget, day: QDate) -> None:
        calendar.close()
        self.take_day(date(day.year(), day.month(), day.day()))
        self.setFocus()
        self.picked.emit()


class DayEdit(DatedLine):
    """A day; what is no day stays as it was typed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.editingFinished.connect(self._tidy)

    @property
    def day(self) -> date | None:
        """The day that is meant; None where it cannot be read."""
        return day_of(self.text())

    def show_day(self, day: date) -> None:
        self.setText(day_text(day))

    def step(self, count: int) -> None:
        if self.day is not None:
            self.show_day(self.day + count * _DAY)

    def day_shown(self) -> date:
        today = QDate.currentDate()
        return self.day or date(today.year(), today.month(), today.day())

    def take_day(self, day: date) -> None:
        self.show_day(day)

    def _tidy(self) -> None:
        if self.day is not None:
            self.show_day(self.day)


class MomentEdit(DatedLine):
    """A moment in `zone`, shown to the minute; one that nobody touched means now.

    The dynamic property "untouched" tells whoever keeps drafts that nobody chose what is shown.
    """

    def __init__(self, name: str, zone: tzinfo, *, at: datetime) -> None:
        super().__init__(name)
        self._zone = zone
        self._last = at.astimezone(zone)
        self.propose(at)
        self.textEdited.connect(self._on_touched)
        self.editingFinished.connect(self._tidy)

    def minimumSizeHint(self) -> QSize:
        """Never so narrow that a day or an hour is cut."""
        hint, metrics = super().minimumSizeHint(), self.fontMetrics()
        frame = super().sizeHint().width() - _USUAL * metrics.horizontalAdvance("x")
        shown = metrics.horizontalAdvance(moment_text(self._last))
        return hint.expandedTo(QSize(shown + frame + _CURSOR, 0))

    def setText(self, text: str | None) -> None:
        """Show what was chosen, be it what is shown already."""
        super().setText(text)
        self._on_touched()

    def choose(self, at: datetime) -> None:
        """Show a moment as chosen by somebody."""
        self._last = at.astimezone(self._zone)
        self.setText(moment_text(self._last))

    def propose(self, at: datetime) -> None:
        """Show a moment that nobody chose."""
        self.choose(at)
        self.setProperty("untouched", True)

    @property
    def touched(self) -> bool:
        """Whether somebody chose what is shown, even where it is what was proposed."""
        return not self.property("untouched")

    @property
    def shown(self) -> datetime | None:
        """The moment as it is shown, chosen or proposed; None where it cannot be read."""
        return moment_of(self.text(), self._zone, same_day=self._last.date())

    def instant(self, *, now: datetime, not_before: datetime | None) -> datetime:
        """The moment that is meant: `now` while nobody touched the proposal.

        What is told to the minute is not earlier than what happened within that minute. Raises
        RecordRefused `instant_unreadable` or `instant_in_future`.
        """
        if not self.touched:
            return now
        told = self.shown
        if told is None:
            raise RecordRefused("instant_unreadable", value=self.text())
        if told > now + CLOCK_SLACK:
            raise RecordRefused("instant_in_future", value=self.text())
        if not_before is not None and timedelta() < not_before - told < _MINUTE:
            return not_before
        return told

    def step(self, count: int) -> None:
        if self.shown is not None:
            self.choose(self.shown + count * _MINUTE)

    def day_shown(self) -> date:
        return (self.shown or self._last).date()

    def take_day(self, day: date) -> None:
        clock = (self.shown or self._last).timetz()
        self.choose(datetime.combine(day, clock))

    def _on_touched(self) -> None:
        self.setProperty("untouched", False)

    def _tidy(self) -> None:
        """Show what was read in the one form, so that it can be checked."""
        if self.touched and self.shown is not None:
            self.choose(self.shown)
