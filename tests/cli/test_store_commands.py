"""`store backup`, `backups`, `restore`, `sweep`: what they print, and their exit codes."""

from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.visiting import photo_file


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    place = tmp_path / "usb"
    place.mkdir()
    return place


def test_a_backup_goes_beside_the_store_and_to_the_place_that_is_set(
    call: Call, visit: str, home: Path, usb: Path
) -> None:
    assert call("setting", "set", "backup_place", usb).code == 0

    made = call("store", "backup", "--json")

    assert made.code == 0
    assert [one["place"] for one in made.data["made"]] == [str(home / "backups"), str(usb)]
    assert made.data["missed"] == []
    assert list(usb.glob("assessor-*/000001-*/store.db"))


def test_a_place_that_is_missing_is_told_and_the_other_backup_is_made_all_the_same(
    call: Call, visit: str, usb: Path
) -> None:
    call("setting", "set", "backup_place", usb)
    usb.rmdir()

    told = call("store", "backup", "--lang", "en")

    assert told.code == 1
    assert "Backup made" in told.out
    assert f"Not backed up to {usb}" in told.out


def test_a_store_is_backed_up_lost_and_restored_with_its_visits(
    call: Call, visit: str, usb: Path, tmp_path: Path
) -> None:
    assert call("store", "backup", "--to", usb).code == 0
    listed = call("store", "backups", "--in", usb)
    assert str(usb) in listed.out

    new = tmp_path / "new"
    restored = call("--home", new, "store", "restore", usb)

    assert restored.code == 0
    assert "1 kunjungan" in restored.out
    assert " WIT" in restored.out  # the store's own zone, whatever the computer's is
    shown = call("--home", new, "visits", "--json")
    assert [one["visit"] for one in shown.data] == [visit]
    assert call("--home", new, "rebuild").code == 0


def test_restoring_over_a_store_is_refused_and_with_replace_moves_it_aside(
    call: Call, visit: str, home: Path
) -> None:
    assert call("store", "backup").code == 0

    refused = call("store", "restore", home, "--json")
    replaced = call("store", "restore", home, "--replace", "--json")

    assert (refused.code, refused.data["code"]) == (1, "restore_over_store")
    assert replaced.code == 0
    assert Path(replaced.data["aside"]).is_dir()
    assert replaced.data["missing"] == []
    assert call("rebuild").code == 0


def test_a_home_without_backups_says_so(call: Call) -> None:
    assert "Belum ada cadangan" in call("store", "backups").out
    assert call("store", "backups", "--json").data == []


def test_a_passphrase_that_is_wrong_restores_nothing(
    call: Call, visit: str, usb: Path, tmp_path: Path
) -> None:
    call("store", "backup", "--to", usb)
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("bukan sandinya")

    refused = call(
        *("--home", tmp_path / "new", "--passphrase-file", wrong, "store", "restore", usb, "--json")
    )

    assert (refused.code, refused.data["code"]) == (1, "passphrase_wrong")


def test_incomplete_backups_are_restored_only_where_that_is_wanted(
    call: Call, visit: str, usb: Path, tmp_path: Path
) -> None:
    attached = call(*("attach", visit, "P15-06", "practice", photo_file(tmp_path), "--json"))
    assert attached.code == 0, attached.err
    call("store", "backup", "--to", usb)
    (photo,) = usb.rglob("*.original")
    photo.unlink()

    refused = call("--home", tmp_path / "new", "store", "restore", usb, "--json")
    restored = call("--home", tmp_path / "new", "store", "restore", usb, "--incomplete")

    assert (refused.code, refused.data["code"]) == (1, "backup_incomplete")
    assert restored.code == 0
    assert "1 berkas bukti hilang" in restored.out


def test_a_sweep_puts_aside_what_no_record_names_and_says_so(
    call: Call, visit: str, home: Path
) -> None:
    shelf = home / "store" / "evidence" / "ab"
    shelf.mkdir(parents=True)
    (shelf / "01a20343-1255-73b7-a2a0-5676fa2b33ab.original").write_bytes(b"x" * 2000)
    (shelf / ".01a20343-1255-73b7-a2a0-5676fa2b33ab.original.0a0b0c.part").write_bytes(b"y")

    swept = call("store", "sweep")
    again = call("store", "sweep", "--json")

    assert swept.code == 0
    assert "01a20343-1255-73b7-a2a0-5676fa2b33ab (original)" in swept.out
    assert "setengah jadi" in swept.out
    assert "selama 30 hari" in swept.out
    assert again.data == {
        "ok": True,
        "aside": [],
        "back": [],
        "removed": [],
        "parts": [],
        "bytes": 0,
        "in_work": 0,
    }
