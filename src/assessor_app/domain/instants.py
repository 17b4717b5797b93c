"""Instants as the record keeps them: UTC text with microseconds."""

import calendar
import re
from datetime import UTC, date, datetime

EARLIEST, LATEST = 2000, 2200
"""Years that a visit can lie in; anything else is a mistyped date or an unset camera clock."""

_FORM = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}[.][0-9]{6}Z")


def instant_text(instant: datetime) -> str:
    """`2026-11-22T02:52:37.123456Z`. Raises ValueError for an instant without a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"instant {instant} has no time zone")
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return utc.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def instant_from_text(text: str) -> datetime:
    """The inverse of `instant_text`. Raises ValueError for any other form."""
    if not _FORM.fullmatch(text):
        raise ValueError(f"{text!r} is no instant of the record")
    return datetime.fromisoformat(text)


def plausible(instant: datetime) -> datetime:
    """The instant in UTC. Raises ValueError outside of the years that a visit can lie in."""
    try:
        utc = instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{instant} is beyond the calendar") from error
    if not EARLIEST <= utc.year < LATEST:
        raise ValueError(f"{instant} is outside of {EARLIEST} to {LATEST}")
    return utc


def one_month_later(day: date) -> date:
    """The same day of the next month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
