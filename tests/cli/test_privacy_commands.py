"""Personal data, settings and wiping as the command line tells them."""

import gc
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.calling import Answer, Call
from tests.conftest import SMALL, SteppingClock
from tests.visiting import photo_file

from assessor_app.domain.problem import StoreProblem

NAME, CONTACT = "Yohana Latuconsina", "0812-9999-0000"
PERSON = json.dumps({"name": NAME, "contact": CONTACT}).encode()


@pytest.fixture
def interviewed(call: Call, home: Path) -> str:
    """A visit in which the head of the office, K-1, was asked."""
    (home / "instruments").mkdir()
    shutil.copy(SMALL / "kinds.yaml", home / "instruments")
    begun = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas Kesehatan", "--object", "opd"),
        *("--instrument", "kinds", "--json"),
    )
    visit = str(begun.data["visit"])
    line = {"indicator": "K-10", "side": "practice", "respondent": "K-1", "post": "kepala"}
    said = call("record", visit, "-", stdin=json.dumps({**line, "answer": "4"}).encode())
    assert said.code == 0, said.out
    return visit


def wiped(call: Call, confirmation: str) -> Answer:
    """Wipe as a process of its own would: what earlier calls had open ended with theirs."""
    gc.collect()
    return call("store", "wipe", "--confirm", confirmation, "--json")


def keep(call: Call, visit: str, *more: str) -> Answer:
    return call("person", "keep", visit, "K-1", *more, stdin=PERSON)


def test_a_person_is_kept_shown_listed_and_erased(call: Call, interviewed: str) -> None:
    kept = keep(call, interviewed, "--json")
    assert kept.code == 0, kept.err
    assert call("person", "show", interviewed, "K-1", "--json").data == {
        "respondent": kept.data["respondent"],
        "state": "kept",
        "name": NAME,
        "contact": CONTACT,
        "note": None,
    }
    listed = call("person", "list", "--json").data
    assert [(one["pseudonym"], one["state"]) for one in listed] == [("K-1", "kept")]
    assert listed[0]["until"] == kept.data["until"]

    erased = call("person", "erase", interviewed, "K-1", "--reason", "Diminta", "--lang", "en")

    assert "its key was destroyed" in erased.out
    gone = call("person", "show", interviewed, "K-1", "--json").data
    assert (gone["state"], gone["reason"]) == ("erased", "Diminta")
    assert call("person", "list", "--json").data[0]["until"] is None


def test_what_is_said_in_sentences_names_whom_and_until_when(call: Call, interviewed: str) -> None:
    assert call("person", "list").out.strip() == (
        "Tidak ada data pribadi responden di perangkat ini."
    )
    assert "tidak pernah disimpan" in call("person", "show", interviewed, "K-1").out
    assert "paling lama sampai" in keep(call, interviewed).out
    assert f"K-1: {NAME}; kontak: {CONTACT}; catatan: –" in (
        call("person", "show", interviewed, "K-1").out
    )
    listed = call("person", "list").out
    assert "tersimpan" in listed
    assert NAME not in listed
    call("person", "erase", interviewed, "K-1", "--reason", "Diminta")
    gone = call("person", "show", interviewed, "K-1").out
    assert "Alasan: Diminta" in gone
    assert "Siti Rahma, S.H." in gone
    assert "dihapus" in call("person", "list").out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"\xff", "person_not_utf8"),
        (b"Yohana", "person_not_json"),
        (b"[]", "person_not_object"),
        (b'{"name": "Y", "nik": "1"}', "person_field_unknown"),
        (b'{"name": 7}', "person_field_not_text"),
        (b'{"contact": "0812"}', "person_name_missing"),
    ],
)
def test_what_is_no_person_is_refused_and_not_repeated(
    call: Call, interviewed: str, line: bytes, code: str
) -> None:
    refused = call("person", "keep", interviewed, "K-1", "--json", stdin=line)

    assert (refused.code, refused.data["code"]) == (1, code)
    assert "Yohana" not in refused.out + refused.err
    assert "aris ini" not in call("person", "keep", interviewed, "K-1", stdin=line).err
    assert call("person", "list", "--json").data == []


def test_a_stranger_and_a_missing_reason_are_refused(call: Call, interviewed: str) -> None:
    unknown = call("person", "keep", interviewed, "K-9", stdin=PERSON)
    keep(call, interviewed)
    unreasoned = call("person", "erase", interviewed, "K-1", "--reason", " ")

    assert unknown.code == unreasoned.code == 1
    assert "K-1" in unknown.err
    assert "Alasan penghapusan belum diisi" in unreasoned.err
    assert call("person", "list", "--json").data[0]["state"] == "kept"


def test_nothing_is_due_before_its_time(call: Call, interviewed: str) -> None:
    keep(call, interviewed)

    due = call("person", "retention", "--json")
    applied = call("person", "retention", "--yes")

    assert due.data == {"erased": False, "due": []}
    assert "Tidak ada data pribadi" in applied.out
    assert call("person", "list", "--json").data[0]["state"] == "kept"


def test_what_is_beyond_its_time_is_told_and_then_erased(
    call: Call, interviewed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(call, interviewed)
    later = SteppingClock(datetime.now(UTC) + timedelta(days=366))
    monkeypatch.setattr("assessor_app.compose.system_clock", lambda: later)

    told = call("person", "retention")
    kept = call("person", "list", "--json").data[0]["state"]
    done = call("person", "retention", "--yes")

    assert "--yes" in told.out
    assert "K-1" in told.out
    assert kept == "kept"
    assert "dihapus (1)" in done.out
    assert "masa simpan sudah lewat" in call("person", "show", interviewed, "K-1").out
    assert call("person", "retention", "--json").data == {"erased": False, "due": []}


def test_damaged_files_are_told_of_in_the_list(call: Call, home: Path, interviewed: str) -> None:
    keep(call, interviewed)
    for path in (home / "store" / "people").glob("*.sealed"):
        path.write_bytes(b"damaged")

    assert "hilang atau rusak" in call("person", "list").out
    assert call("person", "show", interviewed, "K-1", "--json").data["code"] == "person_damaged"


def test_settings_are_listed_with_what_they_mean(call: Call) -> None:
    assert call("setting", "list", "--json").data == {
        "timezone": "Asia/Jayapura",
        "idle_minutes": 10,
        "lock_on_suspend": True,
        "backup_place": None,
        "retention_days": 365,
        "keyring": False,
        "letterhead_organisation": None,
        "letterhead_office": None,
        "letterhead_address": None,
        "letterhead_contact": None,
        "letterhead_logo": None,
        "photo_folders": [],
    }
    told = call("setting", "list").out
    values = {line.split()[0]: line.split()[1:3] for line in told.splitlines()}
    assert values["lock_on_suspend"][0] == "hidup"
    assert values["backup_place"] == ["tidak", "ada"]


def test_a_setting_is_changed_by_its_name(call: Call, tmp_path: Path) -> None:
    place = tmp_path / "usb"
    place.mkdir()

    assert call("setting", "set", "idle_minutes", "0").code == 0
    assert call("setting", "set", "lock_on_suspend", "mati").out.strip().endswith("mati.")
    assert call("setting", "set", "backup_place", place, "--json").data["backup_place"] == str(
        place
    )

    found = call("setting", "list", "--json").data
    assert (found["idle_minutes"], found["lock_on_suspend"]) == (0, False)
    assert call("setting", "set", "backup_place", "-", "--json").data["backup_place"] is None


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("idle_minutes", "lima", "setting_not_number"),
        ("retention_days", "0", "setting_out_of_range"),
        ("lock_on_suspend", "mungkin", "setting_not_truth"),
        ("backup_place", "/no/such/place", "setting_folder_unfit"),
        ("timezone", "Asia/Ambon", "timezone_unknown"),
        ("colour", "red", "setting_unknown"),
        ("logo", "x", "setting_unknown"),
        ("office", "Ambon", "setting_unknown"),
        ("letterhead_", "x", "setting_unknown"),
        ("workplace", "x", "setting_unknown"),
        ("keyring", "on", "setting_elsewhere"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(
    call: Call, name: str, value: str, code: str
) -> None:
    refused = call("setting", "set", name, value, "--json")

    assert (refused.code, refused.data["code"]) == (1, code)


def test_a_wiping_is_told_before_and_needs_the_end_of_the_devices_id(
    call: Call, home: Path, interviewed: str
) -> None:
    keep(call, interviewed)

    told = call("store", "wipe")
    data = call("store", "wipe", "--json")
    wrong = call("store", "wipe", "--confirm", "ya", "--json")

    assert (told.code, data.code, wrong.code) == (1, 1, 1)
    for part in ("Kunjungan: 1; peristiwa: 4", "Data pribadi responden: 1", "Tidak ada cadangan"):
        assert part in told.out
    assert "Berkas bukti" not in told.out
    assert interviewed in told.out
    assert f"--confirm {data.data['confirmation']}" in told.out
    assert (data.data["visits"], data.data["people"]) == (1, 1)
    assert data.data["unsent"] == [interviewed]
    assert wrong.data["code"] == "wipe_not_confirmed"
    assert call("visits", "--json").data[0]["visit"] == interviewed

    done = wiped(call, data.data["confirmation"])

    assert done.data == {"ok": True, "left": [str(home / "instruments")]}
    assert not (home / "store").exists()
    assert call("visits", "--json").data["code"] == "not_enrolled"


def test_backups_are_told_of_and_left(call: Call, home: Path, visit: str, tmp_path: Path) -> None:
    assert call("store", "backup").code == 0
    whole = call("store", "wipe")
    assert call("attach", visit, "P15-06", "practice", photo_file(tmp_path)).code == 0
    lacking = call("store", "wipe")
    data = call("store", "wipe", "--json").data

    assert "ada lengkap dalam cadangan" in whole.out
    assert "tidak lengkap dalam cadangan itu: 1" in lacking.out
    assert "Berkas bukti dan dokumen: 1 (" in lacking.out
    assert data["newest_backup"]["lacking"] == [visit]
    assert wiped(call, data["confirmation"]).data["left"] == [str(home / "backups")]


def test_a_wiping_that_was_cut_short_is_finished_without_a_passphrase(
    call: Call, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "store").rename(home / ".store.being-wiped")
    monkeypatch.delenv("ASSESSOR_PASSPHRASE")

    finished = call("store", "wipe")

    assert finished.code == 0
    assert "sudah diselesaikan" in finished.out
    assert not list(home.glob(".store*"))


def test_an_erasing_that_power_cut_short_is_finished_by_the_next_command(
    call: Call, home: Path, interviewed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_: object) -> None:
        raise StoreProblem("disk_failing", path=home)

    respondent = keep(call, interviewed, "--json").data["respondent"]
    with monkeypatch.context() as power:
        power.setattr("assessor_app.storage.people.People.erase", power_cut)
        assert call("person", "erase", interviewed, "K-1", "--reason", "Diminta").code == 1
    assert (home / "store" / "people" / f"{respondent}.key").exists()

    assert call("visits").code == 0

    assert not (home / "store" / "people" / f"{respondent}.key").exists()
