"""What is measured before leaving: on real files, a real store, and in words of both languages."""

import itertools
import shutil
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import SteppingClock, begin
from tests.visiting import PASSPHRASE, attach, complete

from assessor_app.compose import Application
from assessor_app.domain.preflight import (
    Battery,
    Check,
    FolderSeen,
    Grade,
    InstrumentSeen,
    Readings,
    judge,
    to_mend,
)
from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.backup import back_up
from assessor_app.services.enrolment import Workplace
from assessor_app.services.preflight import readings as measuring
from assessor_app.services.preflight.battery import of_linux, of_pmset, of_power_status
from assessor_app.services.preflight.readings import USUAL_PHOTO, measure
from assessor_app.services.preflight.remembering import (
    hint_made_at,
    note_hint_sheet,
    note_typed,
    try_passphrase,
    typed_at,
)
from assessor_app.services.preflight.telling import told, verdict
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.store_settings import change_settings
from assessor_app.texts import Language

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)


def supply(folder: Path, **lines: str) -> None:
    folder.mkdir(parents=True)
    for name, text in lines.items():
        (folder / name).write_text(f"{text}\n")


def test_the_kernel_tells_charge_and_plug(tmp_path: Path) -> None:
    supply(tmp_path / "AC", type="Mains", online="0")
    supply(tmp_path / "BAT0", type="Battery", capacity="83", status="Discharging")
    supply(tmp_path / "BAT1", type="Battery", capacity="41", status="Discharging")
    supply(tmp_path / "mouse", type="Battery", scope="Device", capacity="3", status="Discharging")

    assert of_linux(tmp_path) == Battery(41, plugged=False)


def test_a_tablet_without_a_mains_file_tells_by_its_status(tmp_path: Path) -> None:
    supply(tmp_path / "battery", type="Battery", capacity="100", status="Full")

    assert of_linux(tmp_path) == Battery(100, plugged=True)


@pytest.mark.parametrize("capacity", ["", "unknown", "-1"])
def test_a_battery_that_tells_no_number_is_none(tmp_path: Path, capacity: str) -> None:
    supply(tmp_path / "BAT0", type="Battery", capacity=capacity)

    assert of_linux(tmp_path) is None
    assert of_linux(tmp_path / "nowhere") is None


def test_the_other_systems_tell_in_their_own_words() -> None:
    running = "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t67%; discharging"
    charging = "Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t100%; charged;"

    assert of_pmset(running) == Battery(67, plugged=False)
    assert of_pmset(charging) == Battery(100, plugged=True)
    assert of_pmset("Now drawing from 'AC Power'") is None
    assert of_power_status(1, 8, 55) == Battery(55, plugged=True)
    assert of_power_status(0, 1, 55) == Battery(55, plugged=False)
    assert of_power_status(255, 1, 55) == Battery(55, plugged=None)
    assert of_power_status(1, 128, 0) is None
    assert of_power_status(1, 1, 255) is None


def test_the_average_photo_is_that_of_this_store_with_its_copies(tmp_path: Path) -> None:
    assert measuring.photo_bytes(tmp_path) == USUAL_PHOTO
    for number, size in itertools.product((1, 2), (900_000, 100_000)):
        form = "original" if size > 500_000 else "report"
        (tmp_path / f"photo{number}.{form}").write_bytes(b"x" * size)

    assert measuring.photo_bytes(tmp_path) == 1_000_000


def test_a_few_screenshots_promise_no_endless_room(tmp_path: Path) -> None:
    (tmp_path / "small.original").write_bytes(b"x")

    assert measuring.photo_bytes(tmp_path) == USUAL_PHOTO // 10


def test_what_is_free_is_what_the_system_says(tmp_path: Path) -> None:
    free = measuring.disk_free(tmp_path)

    assert free is not None
    assert abs(free - shutil.disk_usage(tmp_path).free) < 2_000_000_000
    assert measuring.disk_free(tmp_path / "gone") is None
    assert measuring.built_at(tmp_path) is None


def test_a_fresh_store_is_measured_whole(
    workplace: Workplace, library: Library, session: Session, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)

    seen = measure(workplace, library)

    assert seen.under_way == ("Dinas Kependudukan",)
    assert seen.recorded is not None
    assert seen.papers_offset == timedelta(hours=9)
    assert seen.instrument.pin is not None
    assert seen.certificate_ends is not None
    assert (seen.typed, seen.hint_made, seen.backed_up, seen.awaited) == (None, None, None, 0)


def test_a_closed_visit_without_a_document_is_told(
    workplace: Workplace, library: Library, session: Session, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)

    seen = measure(workplace, library)

    assert (seen.under_way, seen.unsigned) == ((), ("Dinas Kependudukan",))


def test_the_second_place_is_current_once_it_was_backed_up_to(
    workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    change_settings(workplace, backup_place=usb)
    assert not measure(workplace, library).second_reached

    back_up(workplace)

    seen = measure(workplace, library)
    assert seen.second_reached
    assert seen.backed_up is not None
    shutil.rmtree(usb)
    assert not measure(workplace, library).second_reached


def test_a_broken_file_among_the_instruments_is_counted(tmp_path: Path) -> None:
    shutil.copy("resources/instruments/2015-pemda.yaml", tmp_path)
    (tmp_path / "rusak.yaml").write_text("id: [", encoding="utf-8")

    seen = measuring.instrument_seen(Library([tmp_path]), now=NOW)

    assert (seen.pin, seen.broken) == ("2015-pemda@1", 1)
    assert measuring.instrument_seen(Library([]), now=NOW).pin is None


def test_a_passphrase_that_is_tried_counts_as_typed(
    application: Application, workplace: Workplace, clock: SteppingClock
) -> None:
    store = workplace.store
    with pytest.raises(StoreProblem, match="passphrase_wrong"):
        try_passphrase(workplace, "bukan ini")
    assert typed_at(store) is None

    try_passphrase(workplace, PASSPHRASE)

    at = typed_at(store)
    assert at is not None
    assert clock.moment - at < timedelta(minutes=1)


def test_it_is_remembered_for_each_assessor_and_survives_a_lock(
    application: Application, workplace: Workplace
) -> None:
    note_typed(workplace.store)
    note_hint_sheet(workplace.store)
    typed = typed_at(workplace.store)
    other = replace(workplace.store, assessor="somebody-else")

    assert typed_at(other) is None
    note_typed(other)
    again = application.unlock(PASSPHRASE)
    assert typed_at(again.store) == typed
    assert hint_made_at(again.store) is not None
    again.store.close()


def test_a_damaged_memory_is_as_if_nothing_was_typed(workplace: Workplace) -> None:
    kept = {workplace.store.assessor: "kemarin"}
    workplace.store.memory.keep_section("passphrase_typed", kept)

    assert typed_at(workplace.store) is None


def readings() -> list[Readings]:
    """Enough different ones that every sentence is told."""
    empty = Readings(now=NOW)
    long_ago, soon = NOW - timedelta(days=400), NOW + timedelta(days=3)
    folder = "/media/DCIM"
    changes: list[dict[str, object]] = [
        {"disk_free": 1, "recorded": soon, "device_offset": timedelta(0)},
        {"disk_free": 10**9, "photo_bytes": 10**6, "recorded": long_ago, "typed": long_ago},
        {"disk_free": 10**12, "recorded": NOW, "typed": NOW, "hint_made": NOW},
        {"battery": Battery(10)},
        {"battery": Battery(90), "certificate_ends": long_ago, "backed_up": NOW},
        {"battery": Battery(90, plugged=True), "certificate_ends": soon, "backed_up": long_ago},
        {"certificate_ends": NOW + timedelta(days=99), "awaited": 2, "under_way": ("A", "B")},
        {"device_offset": timedelta(0), "papers_offset": timedelta(0), "unsigned": ("C",)},
        {"device_offset": timedelta(0), "papers_offset": timedelta(hours=7)},
        {"instrument": InstrumentSeen("a@1", 2020)},
        {"instrument": InstrumentSeen("a@1", 2026, verified=True, broken=1)},
        {"instrument": InstrumentSeen("a@1", 2026, verified=True), "second_place": folder},
        {"instrument": InstrumentSeen("a@1", 2026), "second_place": folder, "second_reached": True},
        {"folders": (FolderSeen(folder, exists=False, readable=False),)},
        {"folders": (FolderSeen(folder, exists=True, readable=False),)},
        {"folders": (FolderSeen(folder, exists=True, readable=True),)},
    ]
    assert {name for one in changes for name in one} <= {one.name for one in fields(Readings)}
    return [empty, *(replace(empty, **one) for one in changes)]  # type: ignore[arg-type]  # named


@pytest.mark.parametrize("language", Language)
def test_every_line_is_told_with_what_to_do_about_it(language: Language) -> None:
    words = Words(language, ZoneInfo("Asia/Jayapura"))
    lines = [told(one, words) for seen in readings() for one in judge(seen)]

    assert len({line.judged.code for line in lines}) >= 38
    for line in lines:
        assert line.title
        assert line.sentence
        assert "{" not in line.sentence + line.advice
        assert bool(line.advice) is (line.judged.grade is Grade.ATTENTION)


def test_the_whole_is_said_in_one_sentence() -> None:
    words = Words(Language.INDONESIAN, ZoneInfo("Asia/Jayapura"))
    judged = judge(Readings(now=NOW))
    ready = [one for one in judged if one.grade is not Grade.ATTENTION]
    (backup,) = (one for one in judged if one.check is Check.BACKUP)

    assert verdict(judged, words) == f"{len(to_mend(judged))} hal perlu diperhatikan"
    assert verdict([*ready, backup], words) == "1 hal perlu diperhatikan"
    assert verdict(ready, words) == "Siap berangkat"


def test_a_second_visit_is_named_too(workplace: Workplace, library: Library) -> None:
    for _ in range(2):
        begin(workplace, library.get("2015-pemda"), library)

    assert len(measure(workplace, library).under_way) == 2
