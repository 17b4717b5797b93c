"""`store check`: what it says, in both languages and as JSON, and with which exit code."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.services.checked_world import World, issued_world
from tests.visiting import PASSPHRASE, QUICK

from assessor_app.instruments.library import Library
from assessor_app.storage.keys import create_keys


@pytest.fixture
def home(enrolled: Path, library: Library, tmp_path: Path) -> Path:
    """The home that `call` works in: with an issued visit."""
    return issued_world(enrolled, library).copy(tmp_path / "home").home


@pytest.fixture
def world(enrolled: Path, library: Library, home: Path) -> World:
    return replace(issued_world(enrolled, library), home=home)


def test_a_sound_store_is_said_to_be_so(call: Call, world: World) -> None:
    said = call("store", "check", "--lang", "id")
    data = call("store", "check", "--json").data

    assert said.code == 0
    assert said.out.startswith("Hasil pemeriksaan: UTUH.")
    assert said.err == ""
    assert (data["standing"], data["noticed"], data["touched"]) == ("sound", [], [])
    assert (data["visits"], data["files"]) == (1, 4)


def test_a_changed_event_is_told_with_since_when_and_what_to_do(call: Call, world: World) -> None:
    world.spoil("UPDATE event SET hash = 'ff' WHERE visit != 'store' AND seq = 14")

    indonesian = call("store", "check", "--lang", "id")
    english = call("store", "check", "--lang", "en")
    data = call("store", "check", "--json").data

    assert (indonesian.code, english.code) == (1, 1)
    assert "RUSAK ATAU DIUBAH" in indonesian.out
    assert "Masih seperti yang dicatat sampai nomor 13" in indonesian.out
    assert "Sejak nomor 14" in indonesian.out
    assert "Yang perlu Anda lakukan:" in indonesian.out
    assert "P15-06" in english.out
    assert "BROKEN OR CHANGED" in english.out
    altered = next(one for one in data["noticed"] if one["code"] == "event_altered")
    assert (altered["good"]["seq"], altered["bad"]["seq"]) == (13, 14)
    assert data["touched"] == [world.visit]


def test_a_cut_tail_is_found_against_the_printed_document(
    call: Call, world: World, tmp_path: Path
) -> None:
    pdf = tmp_path / "temuan.pdf"
    pdf.write_bytes(world.pdf)
    world.spoil("DELETE FROM event WHERE visit != 'store' AND seq > 20")

    said = call("store", "check", "--against", pdf, "--lang", "en")

    assert said.code == 1
    assert "26 events of this device after number 20 are missing" in said.out
    assert "of the 45 events that it vouches for 25 are missing" in said.out


def test_a_file_that_is_no_document_leaves_it_undetermined(
    call: Call, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")

    said = call("store", "check", "--against", path, "--no-evidence", "--lang", "id")

    assert said.code == 3
    assert "TIDAK DAPAT DIPASTIKAN" in said.out
    assert "x.pdf tidak dapat menjamin apa pun" in said.out


def test_a_missing_file_is_wrong_usage(call: Call, world: World, tmp_path: Path) -> None:
    assert call("store", "check", "--against", tmp_path / "none.pdf").code == 2


def test_one_visit_is_called_by_a_part_of_its_id_and_a_strange_one_is_undetermined(
    call: Call, world: World
) -> None:
    one = call("store", "check", world.visit[-6:], "--json")
    other = call("store", "check", "zzz", "--json")

    assert (one.code, one.data["visits"], one.data["standing"]) == (0, 1, "sound")
    assert (other.code, other.data["code"]) == (3, "visit_unknown")


def test_a_wrong_passphrase_says_nothing_of_the_store(
    call: Call, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", "bukan ini")

    said = call("store", "check", "--json")

    assert (said.code, said.data["code"]) == (3, "passphrase_wrong")


def test_a_damaged_database_and_a_strange_key_file_are_told_apart(call: Call, world: World) -> None:
    database = world.store / "store.db"
    whole = database.read_bytes()
    database.write_bytes(bytes(200) + whole[200:])
    damaged = call("store", "check", "--json")
    database.unlink()
    missing = call("store", "check", "--json")

    assert (damaged.code, damaged.data["code"]) == (1, "damaged")
    assert (missing.code, missing.data["code"]) == (1, "damaged")


def test_the_key_file_of_another_store_is_told(call: Call, world: World, tmp_path: Path) -> None:
    create_keys(tmp_path / "keys.json", PASSPHRASE, assessor="x", cost=QUICK)
    for name in ("keys.json", "keys.previous.json"):
        shutil.copy(tmp_path / name, world.store / name)

    said = call("store", "check", "--lang", "id")

    assert said.code == 1
    assert "milik penyimpanan lain" in said.out


def test_an_archived_copy_is_checked_without_a_byte_of_it_being_written(
    call: Call, world: World
) -> None:
    before = {path: path.read_bytes() for path in world.store.rglob("*") if path.is_file()}

    said = call("store", "check", "--read-only", "--json")

    after = {path: path.read_bytes() for path in world.store.rglob("*") if path.is_file()}
    assert (said.code, said.data["standing"]) == (0, "sound")
    assert after == before


@pytest.mark.parametrize("language", ["id", "en"])
def test_everything_spoilt_at_once_is_told_without_a_traceback(
    call: Call, world: World, language: str
) -> None:
    world.spoil(
        "UPDATE event SET body = 'x' WHERE visit != 'store' AND seq = 3",
        "UPDATE event SET body = 7, hash = 7, actor = 7 WHERE visit = 'store'",
        "UPDATE field_head SET value = '{' WHERE entity LIKE 'assessor/%'",
        "UPDATE field_head SET value = '[' WHERE entity = 'visit'",
        "UPDATE checkpoint SET body = 3, signature = 'x', device = 4",
        "UPDATE device SET public_key = 'x'",
        "INSERT INTO late_event VALUES ('x', 'y')",
    )
    for path in world.sealed():
        path.write_bytes(b"")
    (world.store / "keys.previous.json").write_bytes(b"\0")

    said = call("store", "check", "--lang", language)

    assert said.code == 1
    assert said.err == ""
    assert len(said.out.splitlines()) > 10
