"""Instants as the record keeps them: UTC text with microseconds."""

import calendar
from datetime import UTC, date, datetime


def instant_text(instant: datetime) -> str:
    """`2026-11-22T02:52:37.123456Z`. Raises ValueError for an instant without a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"instant {instant} has no time zone")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant_from_text(text: str) -> datetime:
    """The inverse of `instant_text`. Raises ValueError for any other form."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def one_month_later(day: date) -> date:
    """The same day of the next month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
