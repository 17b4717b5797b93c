"""Days and moments as people type them; what cannot be read is told, never guessed at."""

import re
from datetime import date, datetime, time, tzinfo

_DAYS = (
    re.compile(r"(?P<day>\d{1,2})([/. -])(?P<month>\d{1,2})\2(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})"),
)
_CLOCK = re.compile(r"(?P<day>.*?)[ ,T]*(?P<hour>\d{1,2})[:.]?(?P<minute>\d{2})", re.ASCII)


def day_text(day: date) -> str:
    """The form in which a day is shown."""
    return f"{day:%d/%m/}{day.year:04}"


def moment_text(moment: datetime) -> str:
    """The form in which a moment is shown, to the minute."""
    return f"{day_text(moment.date())} {moment:%H:%M}"


def day_of(text: str) -> date | None:
    """22/11/2026, 2026-11-22 or 22112026; None for what is no day of the calendar."""
    for form in _DAYS:
        if found := form.fullmatch(text.strip()):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def moment_of(text: str, zone: tzinfo, *, same_day: date) -> datetime | None:
    """A day followed by hour and minute; the hour alone means `same_day`. None for other text."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    day = day_of(found["day"]) if found["day"] else same_day
    try:
        clock = time(int(found["hour"]), int(found["minute"]), tzinfo=zone)
    except ValueError:
        return None
    return datetime.combine(day, clock) if day else None
