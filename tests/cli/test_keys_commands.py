"""The keys on the command line: passphrases, assessors, headquarters, the keyring."""

from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.keyrings import KeyringInMemory, unprotecting, using
from tests.visiting import PASSPHRASE

from assessor_app.settings import read_settings


def passphrase_file(folder: Path, passphrase: str) -> Path:
    path = folder / f"{len(list(folder.iterdir()))}.txt"
    path.write_text(passphrase + "\n", encoding="utf-8")
    return path


def test_the_list_says_who_can_open_the_store_and_that_headquarters_cannot(call: Call) -> None:
    listed = call("keys", "list")
    data = call("keys", "list", "--json").data

    assert listed.code == 0
    assert "Siti Rahma, S.H." in listed.out
    assert "tidak dapat dibuka siapa pun" in listed.out
    assert [one["is_self"] for one in data["assessors"]] == [True]
    assert data["recovery"] == []


def test_a_passphrase_is_changed(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = passphrase_file(tmp_path, "frasa sandi yang baru")

    assert call("keys", "change-passphrase", "--new-passphrase-file", new).code == 0

    assert call("visits", "--json").data["code"] == "passphrase_wrong"
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", "frasa sandi yang baru")
    assert call("visits").code == 0


def test_a_second_assessor_comes_and_goes(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = passphrase_file(tmp_path, "milik Budi")
    person = ("--name", "Budi", "--office", "Ombudsman RI")

    added = call("keys", "add-assessor", *person, "--new-passphrase-file", new, "--json")
    listed = call("keys", "list", "--lang", "en")
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", "milik Budi")
    as_budi = call("keys", "list", "--json")
    own = call("keys", "remove-assessor", added.data["assessor"], "--json")
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", PASSPHRASE)
    removed = call("keys", "remove-assessor", "Budi", "--reason", "pindah tugas")
    after = call("keys", "list")

    assert "12" in added.err  # characters below which a passphrase is called short
    assert "Budi" in listed.out
    assert [one["is_self"] for one in as_budi.data["assessors"]] == [False, True]
    assert own.data["code"] == "own_passphrase"
    assert removed.code == 0
    assert "tidak dapat membuka" in after.out


def test_headquarters_makes_its_key_and_opens_a_store_with_it(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_RECOVERY_PASSPHRASE", "sandi kantor pusat")
    monkeypatch.setenv("ASSESSOR_NEW_PASSPHRASE", "dipulihkan kantor pusat")
    key = tmp_path / "hq.pem"

    made = call("recovery", "new-key", key, "--json")
    added = call("keys", "recovery", "add", f"{key}.pub")
    listed = call("keys", "list", "--json")
    opened = call("recovery", "open", "--key", key, "--reason", "terlupa")
    old = call("visits", "--json")
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", "dipulihkan kantor pusat")
    removed = call("keys", "recovery", "remove", made.data["fingerprint"][:12])
    again = call("recovery", "open", "--key", key, "--json")

    assert made.data["fingerprint"] in added.out
    assert listed.data["recovery"] == [made.data["fingerprint"]]
    assert (opened.code, removed.code) == (0, 0)
    assert "Siti Rahma, S.H." in opened.out
    assert old.data["code"] == "passphrase_wrong"
    assert again.data["code"] == "recovery_slot_missing"


def test_enrolling_seals_the_store_to_the_named_recovery_key(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_RECOVERY_PASSPHRASE", "sandi kantor pusat")
    made = call("recovery", "new-key", tmp_path / "hq.pem", "--json").data
    person = ("--name", "Budi", "--office", "Ombudsman RI", "--home", tmp_path / "new")

    enrolled = call("enrol", *person, "--recovery-key", made["public"], "--json")

    assert enrolled.data["recovery"] == [made["fingerprint"]]


def test_the_surroundings_can_name_the_recovery_key() -> None:
    assert read_settings({"ASSESSOR_RECOVERY_KEY": "/etc/hq.pub"}).recovery_key == Path(
        "/etc/hq.pub"
    )
    assert read_settings({}).recovery_key is None


def test_a_mended_key_file_is_told_beside_the_answer(call: Call, home: Path) -> None:
    (home / "store" / "keys.json").write_bytes(b"{")

    first, second = call("visits", "--json"), call("visits", "--json")

    assert "keys.json" in first.err
    assert first.code == second.code == 0
    assert second.err == ""
    assert first.data == second.data


def test_wrong_passphrases_wait_across_calls(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", "salah")

    codes = [call("visits", "--json").data["code"] for _ in range(4)]

    assert codes == ["passphrase_wrong"] * 3 + ["passphrase_wait"]


def test_the_keyring_opens_the_store_where_no_passphrase_is_given(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = KeyringInMemory()
    with using(own):
        on = call("keys", "keyring", "on")
        listed = call("keys", "list", "--json")
        monkeypatch.delenv("ASSESSOR_PASSPHRASE")
        opened = call("visits")
        own.entries.clear()
        forgotten = call("visits", "--json")

    assert "assessor keys keyring off" in on.out
    assert listed.data["assessors"][0]["in_keyring"]
    assert opened.code == 0
    assert forgotten.data["code"] == "passphrase_not_given"


def test_without_a_keyring_the_switch_says_so_and_off_has_nothing_to_do(call: Call) -> None:
    with using(unprotecting()[0]):
        on, off = (call("keys", "keyring", switch, "--json") for switch in ("on", "off"))

    assert (on.data["code"], off.data["code"]) == ("keyring_missing", "keyring_off")
