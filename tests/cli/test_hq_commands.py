"""Headquarters on the command line: founded, asked, answered, joined; sent to, pulled from."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.conftest import SteppingClock
from tests.visiting import QUICK, jpeg

from assessor_app.paths import resources_dir


@pytest.fixture(autouse=True)
def in_its_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """The enrolled home is of a fixed day, and so are its certificates."""
    clock = SteppingClock()
    monkeypatch.setattr("assessor_app.compose.system_clock", lambda: clock)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessor_app.services.enrolment.calibrated", lambda: QUICK)


@pytest.fixture
def office(call: Call, tmp_path: Path) -> Path:
    """Headquarters, in a home of its own."""
    home = tmp_path / "hq"
    made = call(
        *("--home", home, "hq", "init", "--name", "Ombudsman RI"),
        *("--officer", "Dewi Lestari", "--timezone", "Asia/Jakarta", "--json"),
    )
    assert made.code == 0, made.err
    return home


def joined(call: Call, office: Path, folder: Path) -> str:
    """The device asks, is certified and joins; the device's id."""
    asked = call("identity", "request", "--out", folder / "a.csr", "--json").data
    done = call(
        *("--home", office, "hq", "certify", folder / "a.csr", "--out", folder / "a.pem"),
        *("--key", asked["key"][:16], "--json"),
    )
    assert done.code == 0, done.err
    assert call("identity", "import", folder / "a.pem").code == 0
    card = call("--home", office, "hq", "card", folder / "c.hq", "--json").data
    shown = call("sync", "join", folder / "c.hq", "--json").data
    assert shown["joined"] is False
    assert shown["fingerprint"] == card["fingerprint"]
    assert call("sync", "join", folder / "c.hq", "--fingerprint", card["fingerprint"]).code == 0
    return str(done.data["device"])


def test_a_visit_goes_the_whole_way_by_commands(
    call: Call, office: Path, visit: str, tmp_path: Path
) -> None:
    storage, photo = tmp_path / "storage", tmp_path / "a.jpg"
    storage.mkdir()
    photo.write_bytes(jpeg())
    joined(call, office, tmp_path)
    assert call("close", visit, "--outcome", "office_closed", "--account", "Terkunci").code == 0
    signed = call("issue", visit, "--out", tmp_path / "a.pdf")
    assert signed.code == 0, signed.err
    assert call("verify", tmp_path / "a.pdf").code == 0

    sent = call("push", "--to", storage, "--json")
    received = call("--home", office, "hq", "receive", storage, "--json")
    pulled = call("pull", "--from", storage, "--json")

    assert sent.code == received.code == pulled.code == 0, sent.out + received.out + pulled.out
    assert {one["state"] for one in received.data["changed"]} == {"receipted"}
    assert {one["state"] for one in pulled.data["answered"]} == {"receipted"}
    items = call("outbox", "list", "--json").data["items"]
    assert {one["state"] for one in items} == {"receipted"}
    assert "Tidak ada surat baru" in call("pull", "--from", storage).out


def test_a_revoked_device_is_refused_in_words_and_told(
    call: Call, office: Path, visit: str, tmp_path: Path
) -> None:
    storage = tmp_path / "storage"
    storage.mkdir()
    device = joined(call, office, tmp_path)
    assert call("close", visit, "--outcome", "office_closed", "--account", "Terkunci").code == 0
    assert call("push", "--to", storage).code == 0
    revoked = call("--home", office, "hq", "revoke", device, "--reason", "Dicuri di Ambon")
    assert revoked.code == 0, revoked.err

    received = call("--home", office, "hq", "receive", storage)
    pulled = call("pull", "--from", storage)

    assert received.code == 1
    assert "Dicuri di Ambon" in received.out
    assert "ditolak" in pulled.out
    assert call("sync", "trust", "--json").data["revoked_devices"] == [device]
    listed = call("--home", office, "hq", "devices", "--json").data["devices"]
    assert [one["revoked"] is not None for one in listed] == [True]
    assert "dicabut" in call("--home", office, "hq", "devices").out


def test_a_store_of_visits_is_no_headquarters_and_becomes_none(call: Call, visit: str) -> None:
    assert visit
    refused = call("hq", "init", "--name", "Ombudsman RI", "--officer", "Dewi")

    assert refused.code == 1
    assert "tersendiri" in refused.err
    assert (
        "bukan kantor pusat" in call("hq", "devices", "--json").err + call("hq", "receive", ".").err
    )


def test_a_device_that_joined_nobody_says_so(call: Call, tmp_path: Path) -> None:
    assert "belum bergabung" in call("sync", "trust").out
    refused = call("pull", "--from", tmp_path)
    assert refused.code == 1
    assert "belum bergabung" in refused.err


def test_a_sealed_assignment_is_opened_with_the_code_of_the_day(
    call: Call, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, file = tmp_path / "storage", tmp_path / "a.json"
    storage.mkdir()
    result = {"year": 2024, "score": "71.5", "zone": "yellow", "source": None}
    place = {
        "institution": "Kota Ambon",
        "unit": "Dinas Sosial",
        "address": "Jalan Raya 1",
        "last_results": [result],
        "open_findings": ["Tidak ada loket"],
    }
    file.write_text(json.dumps({"title": "Maluku", "due": "2027-03-31", "places": [place]}))
    device = joined(call, office, tmp_path)
    made = call("--home", office, "hq", "assign", file, "--to", device, "--sealed", "--json").data
    told = call("--home", office, "hq", "assign", file, "--to", device, "--sealed")
    assert "Kode hari kunjungan" in told.out
    instrument = next((resources_dir() / "instruments").glob("2015-pemda*.yaml"))
    assert "1 perangkat" in call("--home", office, "hq", "publish", instrument).out
    assert call("--home", office, "hq", "receive", storage).code == 0
    assert "Tidak ada penugasan" in call("assignments").out

    assert call("pull", "--from", storage).code == 0
    sealed = call("assignments")
    assert "Tersegel" in sealed.out
    assert "Ambon" not in sealed.out
    monkeypatch.setenv("ASSESSOR_ASSIGNMENT_CODE", made["code"])
    opened = call("assignments", "open", made["id"])

    assert "Dinas Sosial, Kota Ambon" in opened.out
    assert "71,50" in opened.out
    assert "Tidak ada loket" in opened.out
