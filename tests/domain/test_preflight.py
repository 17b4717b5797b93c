"""What needs attention before leaving, from readings of every kind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assessor_app.domain.preflight import (
    Battery,
    Check,
    FolderSeen,
    Grade,
    InstrumentSeen,
    Judged,
    Readings,
    judge,
    to_mend,
)

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
WIT = timedelta(hours=9)
READY = Readings(
    now=NOW,
    disk_free=50_000_000_000,
    photo_bytes=5_000_000,
    battery=Battery(90, plugged=False),
    recorded=NOW - timedelta(hours=20),
    built=NOW - timedelta(days=30),
    device_offset=WIT,
    papers_offset=WIT,
    typed=NOW - timedelta(hours=1),
    hint_made=NOW - timedelta(days=40),
    certificate_ends=NOW + timedelta(days=200),
    instrument=InstrumentSeen("2026@1", 2026, verified=True),
    folders=(FolderSeen("/media/DCIM", exists=True, readable=True),),
    backed_up=NOW - timedelta(hours=2),
    second_place="/media/usb",
    second_reached=True,
)


def of(check: Check, **values: object) -> Judged:
    readings = replace(READY, **values)  # type: ignore[arg-type]  # named as its fields
    (found,) = (one for one in judge(readings) if one.check is check)
    return found


def test_where_all_is_in_order_nothing_is_to_be_mended() -> None:
    judged = judge(READY)

    assert [one.check for one in judged] == list(Check)
    assert {one.grade for one in judged} == {Grade.READY}
    assert not to_mend(judged)


def test_of_a_device_that_tells_nothing_only_what_can_be_mended_is_asked_for() -> None:
    judged = judge(Readings(now=NOW))

    assert {one.check for one in to_mend(judged)} == {
        Check.PASSPHRASE,
        Check.CERTIFICATE,
        Check.INSTRUMENT,
        Check.BACKUP,
        Check.SECOND_PLACE,
    }


@pytest.mark.parametrize(
    ("free", "grade", "photos"),
    [
        (0, Grade.ATTENTION, 0),
        (999_999_999, Grade.ATTENTION, 199),
        (1_000_000_000, Grade.READY, 200),
        (10**12, Grade.READY, 5000),
    ],
)
def test_the_disk_has_room_for_a_day_of_photos(free: int, grade: Grade, photos: int) -> None:
    found = of(Check.DISK, disk_free=free)

    assert (found.grade, found.places["photos"]) == (grade, photos)


def test_a_store_without_any_photo_divides_by_nothing() -> None:
    assert of(Check.DISK, photo_bytes=0).grade is Grade.READY


@pytest.mark.parametrize(
    ("battery", "grade", "code"),
    [
        (None, Grade.UNKNOWN, "battery_unknown"),
        (Battery(59, plugged=False), Grade.ATTENTION, "battery_low"),
        (Battery(59, plugged=None), Grade.ATTENTION, "battery_low"),
        (Battery(5, plugged=True), Grade.READY, "battery_charging"),
        (Battery(60, plugged=False), Grade.READY, "battery_enough"),
    ],
)
def test_a_battery_lasts_for_two_offices_or_is_charging(
    battery: Battery | None, grade: Grade, code: str
) -> None:
    found = of(Check.BATTERY, battery=battery)

    assert (found.grade, found.code) == (grade, code)


@pytest.mark.parametrize(
    ("recorded", "built", "code"),
    [
        (NOW + timedelta(minutes=3), None, "clock_behind"),
        (NOW + timedelta(minutes=1), None, "clock_right"),  # watches are set right
        (None, NOW + timedelta(days=1), "clock_behind"),  # earlier than the program was made
        (NOW - timedelta(days=367), None, "clock_ahead"),
        (None, NOW - timedelta(days=900), "clock_right"),  # a new device with an old program
        (None, None, "clock_unknown"),
    ],
)
def test_the_clock_is_held_against_what_is_known(
    recorded: datetime | None, built: datetime | None, code: str
) -> None:
    assert of(Check.CLOCK, recorded=recorded, built=built).code == code


def test_a_device_in_another_zone_than_its_papers_is_told() -> None:
    assert of(Check.ZONE, device_offset=timedelta(hours=7)).grade is Grade.ATTENTION
    assert of(Check.ZONE, device_offset=None).grade is Grade.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (None, "passphrase_never"),
        (NOW - timedelta(days=8), "passphrase_long_ago"),
        (NOW - timedelta(days=7), "passphrase_typed"),
        (NOW + timedelta(days=2), "passphrase_never"),  # under a clock that was wrong
    ],
)
def test_a_passphrase_that_was_not_typed_lately_is_asked_for(
    typed: datetime | None, code: str
) -> None:
    assert of(Check.PASSPHRASE, typed=typed).code == code


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (None, "certificate_none"),
        (NOW, "certificate_ended"),
        (NOW + timedelta(days=30), "certificate_ends_soon"),
        (NOW + timedelta(days=31), "certificate_valid"),
    ],
)
def test_a_certificate_is_warned_of_thirty_days_before(ends: datetime | None, code: str) -> None:
    assert of(Check.CERTIFICATE, certificate_ends=ends).code == code


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        (InstrumentSeen(None), "instrument_none"),
        (InstrumentSeen("a@1", 2026, verified=True, broken=2), "instrument_broken"),
        (InstrumentSeen("a@1", 2025, verified=True), "instrument_old"),
        (InstrumentSeen("a@1", 2026, verified=False), "instrument_unverified"),
    ],
)
def test_the_instrument_is_there_whole_and_of_this_year(seen: InstrumentSeen, code: str) -> None:
    assert of(Check.INSTRUMENT, instrument=seen).code == code


def test_each_photo_folder_is_there_and_readable() -> None:
    good = READY.folders[0]
    gone = FolderSeen("/media/phone", exists=False, readable=False)
    shut = FolderSeen("/root/x", exists=True, readable=False)

    assert of(Check.PHOTO_FOLDER, folders=()).grade is Grade.UNKNOWN
    assert of(Check.PHOTO_FOLDER, folders=(good, gone)).places["path"] == gone.path
    assert of(Check.PHOTO_FOLDER, folders=(good, shut)).code == "photo_folder_unreadable"


def test_backups_are_young_and_in_two_places() -> None:
    assert of(Check.BACKUP, backed_up=None).code == "backup_none"
    old = of(Check.BACKUP, backed_up=NOW - timedelta(days=4))
    assert (old.code, old.places["days"]) == ("backup_old", 4)
    assert of(Check.SECOND_PLACE, second_place=None).code == "second_place_none"
    assert of(Check.SECOND_PLACE, second_reached=False).code == "second_place_behind"


def test_what_is_unfinished_is_named_but_not_endlessly() -> None:
    names = tuple(f"Unit {number}" for number in range(1, 6))
    found = of(Check.VISITS, under_way=names, unsigned=("Unit 9",))

    assert found.code == "visits_open"
    assert found.places == {"count": 5, "units": "Unit 1, Unit 2, Unit 3 …"}
    assert of(Check.VISITS, unsigned=("Unit 9",)).places["units"] == "Unit 9"
    assert of(Check.EVIDENCE, awaited=2).grade is Grade.ATTENTION
