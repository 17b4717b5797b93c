"""How the record writes what may be empty: instants, days, objects without their empty names."""

from collections.abc import Mapping
from datetime import date, datetime

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text


def filled(values: Mapping[str, Json]) -> dict[str, Json]:
    """Only what is known: a name that is not there says as much as one that is null."""
    return {name: value for name, value in values.items() if value is not None}


def instant_or_none(instant: datetime | None) -> str | None:
    return instant_text(instant) if instant else None


def day_or_none(day: date | None) -> str | None:
    return day.isoformat() if day else None
