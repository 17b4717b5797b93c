"""Identities on the command line: told, asked for, imported, changed; and the pinned roots."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from tests.cli.calling import Call
from tests.conftest import SteppingClock
from tests.signing.office import Office, pem


@pytest.fixture(autouse=True)
def quick_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessor_app.signing.identity._KDF_ROUNDS", 1000)


@pytest.fixture(autouse=True)
def in_its_year(monkeypatch: pytest.MonkeyPatch) -> SteppingClock:
    """The enrolled home is of a fixed day, and so are the certificates of the office."""
    clock = SteppingClock()
    monkeypatch.setattr("assessor_app.compose.system_clock", lambda: clock)
    return clock


def test_every_identity_is_told_with_its_label(call: Call) -> None:
    told = call("identity", "show", "--lang", "en")
    (data,) = call("identity", "show", "--json").data

    assert told.code == 0
    assert "Siti Rahma, S.H. (you)" in told.out
    assert "TRIAL – uncertified" in told.out
    assert data["standing"] == "trial"
    assert "tidak tersertifikasi" in data["label"]
    assert data["days_left"] in (364, 365)
    assert data["notice"] is None
    assert len(data["fingerprint"]) == 64


def test_a_request_goes_to_headquarters_and_its_answer_signs(call: Call, tmp_path: Path) -> None:
    office, out, file = Office(), tmp_path / "siti.csr", tmp_path / "siti.pem"

    asked = call("identity", "request", "--out", out, "--json")
    (waiting,) = call("identity", "show", "--json").data
    told_waiting = call("identity", "show")
    again = call("identity", "request", "--out", tmp_path / "lagi.csr", "--json")
    file.write_bytes(pem(office.answer(out.read_bytes()), office.issuing_certificate))
    imported = call("identity", "import", file)
    (data,) = call("identity", "show", "--json").data

    assert asked.data["again"] is False
    assert again.data["again"] is True
    assert waiting["request"]["key"] == asked.data["key"] == again.data["key"]
    assert "menunggu" in told_waiting.out
    assert imported.code == 0
    assert data["standing"] == "office"
    assert data["issuer"] == office.issuing.name
    assert data["request"] is None
    assert len(data["former"]) == 1
    assert "tidak tersertifikasi" in data["label"]


def test_an_answer_that_does_not_fit_is_refused_with_its_reason(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "lain.pem"
    file.write_bytes(b"lain")

    early = call("identity", "import", file, "--json")
    call("identity", "request", "--out", tmp_path / "siti.csr")
    refused = call("identity", "import", file, "--json")

    assert (early.code, early.data["code"]) == (1, "request_missing")
    assert (refused.code, refused.data["code"]) == (1, "answer_unreadable")


def test_roots_are_pinned_by_a_typed_fingerprint_and_removed(call: Call, tmp_path: Path) -> None:
    office, file = Office(), tmp_path / "akar.pem"
    file.write_bytes(pem(office.root_certificate))
    printed = office.root_certificate.fingerprint(hashes.SHA256()).hex()

    none = call("identity", "roots", "--lang", "en")
    differs = call("identity", "root", "add", file, "--fingerprint", "0" * 64, "--json")
    without = call("identity", "root", "add", file)
    added = call("identity", "root", "add", file, "--fingerprint", printed, "--json")
    listed = call("identity", "roots", "--json")
    table = call("identity", "roots")
    call("identity", "request", "--out", tmp_path / "siti.csr")
    answer = tmp_path / "siti.pem"
    answer.write_bytes(
        pem(office.answer((tmp_path / "siti.csr").read_bytes()), office.issuing_certificate)
    )
    call("identity", "import", answer)
    (trusted,) = call("identity", "show", "--json").data
    removed = call("identity", "root", "remove", printed[:8], "--reason", "diganti")

    assert "No root certificates" in none.out
    assert (differs.code, differs.data["code"]) == (1, "root_fingerprint_differs")
    assert without.code == 2
    assert added.data["fingerprint"] == printed
    assert [one["source"] for one in listed.data] == ["recorded"]
    assert office.root.name in table.out
    assert trusted["standing"] == "trusted"
    assert removed.code == 0
    assert call("identity", "roots", "--json").data == []


def test_a_second_assessor_gets_an_identity_at_joining_or_later(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_NEW_PASSPHRASE", "milik Budi sendiri")
    without = call("keys", "add-assessor", "--name", "Budi", "--office", "Maluku")
    monkeypatch.setenv("ASSESSOR_NEW_PASSPHRASE", "milik Ana sendiri")
    monkeypatch.setenv("ASSESSOR_NEW_SIGNING_PASSPHRASE", "tanda tangan Ana")
    joined = call("keys", "add-assessor", "--name", "Ana", "--office", "Maluku", "--json")
    told = call("identity", "show")

    monkeypatch.setenv("ASSESSOR_PASSPHRASE", "milik Budi sendiri")
    monkeypatch.setenv("ASSESSOR_SIGNING_PASSPHRASE", "tanda tangan Budi")
    made = call("identity", "new")
    refused = call("identity", "new", "--json")
    replaced = call("identity", "new", "--replace", "--json")

    assert "identity new" in without.out
    assert joined.data["identity"] is True
    assert "belum ada identitas" in told.out
    assert made.code == 0
    assert refused.data["code"] == "identity_still_valid"
    assert replaced.data["former"]
    standings = [one["standing"] for one in call("identity", "show", "--json").data]
    assert standings == ["trial", "trial", "trial"]


def test_replacing_an_identity_says_that_the_waiting_key_goes(call: Call, tmp_path: Path) -> None:
    call("identity", "request", "--out", tmp_path / "siti.csr")

    replaced = call("identity", "new", "--replace", "--lang", "en")

    assert "was dropped" in replaced.out
    assert call("identity", "show", "--json").data[0]["request"] is None


def test_the_signing_passphrase_is_changed(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSESSOR_NEW_SIGNING_PASSPHRASE", "frasa yang baru")

    assert call("identity", "passphrase").code == 0

    old = call("identity", "request", "--out", tmp_path / "a.csr", "--json")
    monkeypatch.setenv("ASSESSOR_SIGNING_PASSPHRASE", "frasa yang baru")
    new = call("identity", "request", "--out", tmp_path / "a.csr", "--json")
    assert old.data["code"] == "identity_passphrase_wrong"
    assert new.code == 0


def test_the_end_is_told_ahead_and_a_lost_file_too(
    call: Call, home: Path, in_its_year: SteppingClock
) -> None:
    in_its_year.moment += timedelta(days=350)
    soon = call("identity", "show", "--lang", "en")
    in_its_year.moment += timedelta(days=30)
    over = call("identity", "show", "--json")
    told = call("identity", "show", "--lang", "en")
    (home / "store" / "signing.p12").unlink()
    gone = call("identity", "show", "--lang", "en")

    assert "days left: 15" in soon.out
    assert over.data[0]["notice"] == "identity_ended"
    assert "(ended)" in told.out
    assert "not there any more" in gone.out
