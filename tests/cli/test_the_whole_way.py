"""From headquarters' first key to the receipt of a visit: every step by the product's own commands.

The storage is a WebDAV server, and the sending is killed on its way.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.cli.test_command_line import every_answer
from tests.sending import noisy_photo
from tests.storm import serving
from tests.syncing.storages import SECRET, USER
from tests.visiting import PASSPHRASE

_SLOW = 500  # kilobytes a second: a photo takes some seconds
_KILLED_AFTER = (1.7, 2.5)  # seconds


@pytest.fixture
def office(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Call, Call]:
    """The command line of a device, and that of headquarters; neither has a store yet."""
    monkeypatch.setenv("ASSESSOR_STORAGE_SECRET", SECRET)
    device, above = tmp_path / "device", tmp_path / "headquarters"
    return (
        lambda *words, **more: call("--home", device, *words, "--json", **more),
        lambda *words, **more: call("--home", above, *words, "--json", **more),
    )


def test_the_whole_way(office: tuple[Call, Call], call: Call, tmp_path: Path) -> None:
    device, headquarters = office
    _certify(device, headquarters, tmp_path)
    (tmp_path / "webdav" / "kiriman").mkdir(parents=True)

    with serving(tmp_path / "webdav") as address:
        storage = f"{address}/kiriman"
        for each in office:
            assert each("storage", "set", storage, "--user", USER).data["ok"]
            assert each("storage", "test").data["ok"]
        place = _assigned(device, headquarters, tmp_path)

        visit = _visited(device, tmp_path, place)
        document = tmp_path / "temuan.pdf"
        assert device("issue", visit, "--out", document).data["ok"]
        verified = device("verify", document)  # without a word about trust: the root is known
        assert (verified.code, verified.data["standing"]) == (0, "valid")
        assert device("handover", visit, "--to", "Ani", "--how", "usb").data["ok"]

        for after in _KILLED_AFTER:
            _kill_push(tmp_path / "device", after)
        pushed = device("push")
        assert pushed.data["left"] == 0, pushed.out
        received = headquarters("hq", "receive")
        assert received.data["ok"], received.out
        assert device("pull").data["ok"]

        parts = device("outbox").data["items"]
        assert {one["state"] for one in parts} == {"receipted"}
        assert device("show", visit).data["state"] == "receipted"
        assert device("push").data["queued"] == []  # a receipt is nothing new to be sent
    there = headquarters("show", visit).data
    assert there["indicators"] == device("show", visit).data["indicators"]
    assert headquarters("store", "check").code == 0


def _certify(device: Call, headquarters: Call, folder: Path) -> None:
    """Headquarters is founded; a device is enrolled, certified, and joins it."""
    card, request, answer = (folder / name for name in ("or.hq", "asked.csr", "answer.pem"))
    founded = headquarters("hq", "init", "--name", "Ombudsman RI", "--officer", "Sekretariat")
    assert founded.code == 0, founded.err
    assert headquarters("hq", "card", card).code == 0
    assert device("enrol", "--name", "Siti", "--office", "Perwakilan Maluku").code == 0
    asked = device("identity", "request", "--out", request)
    assert asked.code == 0, asked.err
    certified = headquarters("hq", "certify", request, "--out", answer)
    assert certified.code == 0, certified.err
    joined = device("sync", "join", card, "--fingerprint", founded.data["fingerprint"])
    assert joined.code == 0, joined.err
    assert device("identity", "import", answer).code == 0


def _assigned(device: Call, headquarters: Call, folder: Path) -> dict[str, str]:
    """The place of a surprise visit: it is there, and nobody reads it before the day's code."""
    place = {"institution": "Kota Ambon", "unit": "Dinas Kesehatan", "object_type": "opd"}
    told, code = folder / "assignment.json", folder / "code.txt"
    told.write_text(json.dumps({"title": "Maluku", "due": "2026-12-31", "places": [place]}))
    (to,) = (one["device"] for one in headquarters("hq", "devices").data["devices"])
    assigned = headquarters("hq", "assign", told, "--to", to, "--sealed")
    assert headquarters("hq", "receive").data["ok"]
    assert device("pull").data["ok"]
    listed = device("assignments")
    assert "Dinas Kesehatan" not in listed.out
    assert [one["sealed"] for one in listed.data["assignments"]] == [True]
    code.write_text(assigned.data["code"])
    opened = device("assignments", "open", assigned.data["id"], "--code-file", code)
    (found,) = opened.data["places"]
    assert {name: found[name] for name in place} == place
    return place


def _visited(device: Call, folder: Path, place: dict[str, str]) -> str:
    """A visit of the place with a gap and a photo, closed with a receiver."""
    visit = device(
        *("new", "--institution", place["institution"], "--unit", place["unit"]),
        *("--object", place["object_type"], "--instrument", "2015-pemda"),
    ).data["visit"]
    assert device("record", visit, "-", stdin=every_answer(P15_06="practice")).code == 0
    photo = noisy_photo(folder, 7)
    assert device("attach", visit, "P15-06", "practice", photo, "--caption", "Bingkai").data["ok"]
    assert device("exit-talk", visit).data["ok"]
    received = device(
        *("receiver", visit, "--declared", "received", "--name", "Ani", "--capacity", "plt"),
    )
    assert received.data["ok"]
    assert device("close", visit, "--outcome", "completed").data["findings"] == 1
    return str(visit)


def _kill_push(home: Path, after: float) -> None:
    """Begin to send in a process of its own, and kill it."""
    command = [sys.executable, "-m", "assessor_app", "--home", str(home), "push"]
    given = {**os.environ, "ASSESSOR_PASSPHRASE": PASSPHRASE}
    running = subprocess.Popen(
        [*command, "--limit", str(_SLOW)], env=given, stdout=subprocess.DEVNULL
    )
    try:
        running.wait(after)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
