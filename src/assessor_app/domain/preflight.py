"""What has to be in order before an assessor leaves for the field, judged from plain readings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Check(StrEnum):
    """What is looked at, in the order in which it is told."""

    DISK = "disk"
    BATTERY = "battery"
    CLOCK = "clock"
    ZONE = "zone"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a check
    HINT = "hint"
    CERTIFICATE = "certificate"
    INSTRUMENT = "instrument"
    PHOTO_FOLDER = "photo_folder"
    BACKUP = "backup"
    SECOND_PLACE = "second_place"
    EVIDENCE = "evidence"
    VISITS = "visits"


class Grade(StrEnum):
    """How a line is meant."""

    READY = "ready"
    UNKNOWN = "unknown"  # it cannot be told here, or need not be: nothing has to be done
    ATTENTION = "attention"


FEWEST_PHOTOS = 200
"""Photos that should still fit: three offices of a day with a reserve."""
LEAST_CHARGE = 60
"""Percent that last for two offices on a tablet that is not plugged in."""
CLOCK_SLACK = timedelta(minutes=2)
LONG_AGO = timedelta(days=366)
"""A clock that is so far behind or ahead of what was recorded last is looked at."""
TYPED_LATELY = timedelta(days=7)
BACKUP_LATELY = timedelta(days=3)
CERTIFICATE_WARNED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Battery:
    """The charge in percent; `plugged` is None where the system does not say."""

    percent: int
    plugged: bool | None = None


@dataclass(frozen=True, slots=True)
class FolderSeen:
    """A folder for photos as it is found now."""

    path: str
    exists: bool
    readable: bool


@dataclass(frozen=True, slots=True)
class InstrumentSeen:
    """The instrument that a new visit would take; `broken` counts files that cannot be used."""

    pin: str | None
    year: int = 0
    verified: bool = False
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Readings:
    """What was measured; None where it could not be.

    `photo_bytes` is what one photo takes with its copies; `recorded` when something was recorded
    last here, `built` when the program itself was made. `device_offset` and `papers_offset` are
    those of the device's own clock and of where papers are dated. `backed_up` is the newest backup
    in any place, `second_place` whether there is a place beside the store's own, and
    `second_reached` whether it is there now with a backup as new.
    """

    now: datetime
    disk_free: int | None = None
    photo_bytes: int = 1
    battery: Battery | None = None
    recorded: datetime | None = None
    built: datetime | None = None
    device_offset: timedelta | None = None
    papers_offset: timedelta | None = None
    typed: datetime | None = None
    hint_made: datetime | None = None
    certificate_ends: datetime | None = None
    instrument: InstrumentSeen = field(default_factory=lambda: InstrumentSeen(None))
    folders: tuple[FolderSeen, ...] = ()
    backed_up: datetime | None = None
    second_place: str | None = None
    second_reached: bool = False
    awaited: int = 0
    under_way: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One line: what was looked at, how it stands, and what is told of it.

    `code` names the sentence and, where something has to be done, what to do; `places` are raw
    values, which the telling puts into words.
    """

    check: Check
    grade: Grade
    code: str
    places: Mapping[str, object] = field(default_factory=dict)


def judge(readings: Readings) -> tuple[Judged, ...]:
    """Every check in order; what is in order is told too, so that nobody wonders."""
    return (
        _disk(readings),
        _battery(readings),
        _clock(readings),
        _zone(readings),
        _passphrase(readings),
        _hint(readings),
        _certificate(readings),
        _instrument(readings),
        _folders(readings),
        _backup(readings),
        _second_place(readings),
        _evidence(readings),
        _visits(readings),
    )


def to_mend(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """What needs attention before leaving."""
    return tuple(one for one in judged if one.grade is Grade.ATTENTION)


_MANY = 5000  # photos: more are not worth an exact number


def _ready(check: Check, code: str, **places: object) -> Judged:
    return Judged(check, Grade.READY, code, places)


def _unknown(check: Check, code: str, **places: object) -> Judged:
    return Judged(check, Grade.UNKNOWN, code, places)


def _attention(check: Check, code: str, **places: object) -> Judged:
    return Judged(check, Grade.ATTENTION, code, places)


def _disk(seen: Readings) -> Judged:
    if seen.disk_free is None:
        return _unknown(Check.DISK, "disk_unknown")
    fit = seen.disk_free // max(seen.photo_bytes, 1)
    places = {"free": seen.disk_free, "photos": fit}
    if fit < FEWEST_PHOTOS:
        return _attention(Check.DISK, "disk_short", **places)
    if fit > _MANY:
        return _ready(Check.DISK, "disk_ample", free=seen.disk_free, photos=_MANY)
    return _ready(Check.DISK, "disk_enough", **places)


def _battery(seen: Readings) -> Judged:
    battery = seen.battery
    if battery is None:
        return _unknown(Check.BATTERY, "battery_unknown")
    if battery.percent < LEAST_CHARGE and not battery.plugged:
        return _attention(Check.BATTERY, "battery_low", percent=battery.percent)
    code = "battery_charging" if battery.plugged else "battery_enough"
    return _ready(Check.BATTERY, code, percent=battery.percent)


def _clock(seen: Readings) -> Judged:
    known = [one for one in (seen.recorded, seen.built) if one is not None]
    if not known:
        return _unknown(Check.CLOCK, "clock_unknown", now=seen.now)
    latest = max(known)
    if seen.now < latest - CLOCK_SLACK:
        return _attention(Check.CLOCK, "clock_behind", now=seen.now, before=latest)
    if seen.recorded is not None and seen.now - seen.recorded > LONG_AGO:
        return _attention(Check.CLOCK, "clock_ahead", now=seen.now, before=seen.recorded)
    return _ready(Check.CLOCK, "clock_right", now=seen.now)


def _zone(seen: Readings) -> Judged:
    if seen.device_offset is None or seen.papers_offset is None:
        return _unknown(Check.ZONE, "zone_unknown")
    if seen.device_offset != seen.papers_offset:
        return _attention(Check.ZONE, "zone_differs", now=seen.now)
    return _ready(Check.ZONE, "zone_same")


def _passphrase(seen: Readings) -> Judged:
    if seen.typed is None or seen.typed > seen.now + CLOCK_SLACK:
        return _attention(Check.PASSPHRASE, "passphrase_never")
    days = (seen.now - seen.typed).days
    if seen.now - seen.typed > TYPED_LATELY:
        return _attention(Check.PASSPHRASE, "passphrase_long_ago", at=seen.typed, days=days)
    return _ready(Check.PASSPHRASE, "passphrase_typed", at=seen.typed)


def _hint(seen: Readings) -> Judged:
    if seen.hint_made is None:
        return _unknown(Check.HINT, "hint_none")
    return _ready(Check.HINT, "hint_made", at=seen.hint_made)


def _certificate(seen: Readings) -> Judged:
    ends = seen.certificate_ends
    if ends is None:
        return _attention(Check.CERTIFICATE, "certificate_none")
    if ends <= seen.now:
        return _attention(Check.CERTIFICATE, "certificate_ended", at=ends)
    if ends - seen.now <= CERTIFICATE_WARNED:
        days = (ends - seen.now).days
        return _attention(Check.CERTIFICATE, "certificate_ends_soon", at=ends, days=days)
    return _ready(Check.CERTIFICATE, "certificate_valid", at=ends)


def _instrument(seen: Readings) -> Judged:
    one = seen.instrument
    if one.pin is None:
        return _attention(Check.INSTRUMENT, "instrument_none")
    if one.broken:
        return _attention(Check.INSTRUMENT, "instrument_broken", pin=one.pin, count=one.broken)
    if one.year < seen.now.year:
        return _attention(Check.INSTRUMENT, "instrument_old", pin=one.pin, year=one.year)
    if not one.verified:
        return _unknown(Check.INSTRUMENT, "instrument_unverified", pin=one.pin)
    return _ready(Check.INSTRUMENT, "instrument_ready", pin=one.pin)


def _folders(seen: Readings) -> Judged:
    if not seen.folders:
        return _unknown(Check.PHOTO_FOLDER, "photo_folder_none")
    for one in seen.folders:
        if not one.exists:
            return _attention(Check.PHOTO_FOLDER, "photo_folder_missing", path=one.path)
        if not one.readable:
            return _attention(Check.PHOTO_FOLDER, "photo_folder_unreadable", path=one.path)
    return _ready(Check.PHOTO_FOLDER, "photo_folder_ready", count=len(seen.folders))


def _backup(seen: Readings) -> Judged:
    made = seen.backed_up
    if made is None:
        return _attention(Check.BACKUP, "backup_none")
    if seen.now - made > BACKUP_LATELY:
        days = (seen.now - made).days
        return _attention(Check.BACKUP, "backup_old", at=made, days=days)
    return _ready(Check.BACKUP, "backup_made", at=made)


def _second_place(seen: Readings) -> Judged:
    if seen.second_place is None:
        return _attention(Check.SECOND_PLACE, "second_place_none")
    if not seen.second_reached:
        return _attention(Check.SECOND_PLACE, "second_place_behind", path=seen.second_place)
    return _ready(Check.SECOND_PLACE, "second_place_current", path=seen.second_place)


def _evidence(seen: Readings) -> Judged:
    if seen.awaited:
        return _attention(Check.EVIDENCE, "evidence_awaited", count=seen.awaited)
    return _ready(Check.EVIDENCE, "evidence_whole")


def _visits(seen: Readings) -> Judged:
    if seen.under_way:
        return _attention(Check.VISITS, "visits_open", **_some(seen.under_way))
    if seen.unsigned:
        return _attention(Check.VISITS, "visits_unsigned", **_some(seen.unsigned))
    return _ready(Check.VISITS, "visits_done")


def _some(units: tuple[str, ...]) -> dict[str, object]:
    """How many, and the first of their names."""
    more = " …" if len(units) > _NAMED else ""
    return {"count": len(units), "units": ", ".join(units[:_NAMED]) + more}


_NAMED = 3  # units that a line has room for
