"""`push` and `outbox`: what they print, and with which code they end."""

from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.sending import join_headquarters
from tests.visiting import PASSPHRASE, complete

from assessor_app.compose import Application
from assessor_app.domain.outbox import ItemState
from assessor_app.instruments.library import Library
from assessor_app.services.session import Session, open_session
from assessor_app.storage import outbox


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def joined(application: Application, session: Session, library: Library, tmp_path: Path) -> str:
    """A visit that has ended, in a store that belongs to a headquarters."""
    with closing(application.unlock(PASSPHRASE).store) as store:
        join_headquarters(store)
        workplace = application.unlock(PASSPHRASE)
        with closing(workplace.store):
            complete(open_session(workplace.store, session.visit_id, library), workplace, tmp_path)
    return session.visit_id


def answered(application: Application) -> None:
    """Every part gets its receipt, as a letter of headquarters would bring it."""
    with closing(application.unlock(PASSPHRASE).store) as store:
        for item in outbox.items(store):
            outbox.move(store, item.id, ItemState.RECEIPTED, receipt="0" * 64)


def test_a_device_that_joined_nobody_is_told_so(call: Call, session: Session, stick: Path) -> None:
    said = call("push", "--to", stick)
    assert said.code in (1, 2)
    assert list(stick.iterdir()) == []


def test_a_visit_goes_to_a_stick_and_is_listed_until_its_receipt(
    call: Call, joined: str, stick: Path, application: Application
) -> None:
    pushed = call("push", "--to", stick, "--json")
    again = call("push", "--to", stick)
    listed = call("outbox", "--json")
    shown = call("outbox", "list")

    assert pushed.code == again.code == 0
    assert [one["visit"] for one in pushed.data["queued"]] == [joined]
    assert (pushed.data["left"], pushed.data["ok"]) == (0, True)
    assert pushed.data["put_bytes"] == sum(
        path.stat().st_size for path in stick.rglob("*") if path.is_file()
    )
    assert "assessor pull" in again.out
    parts = [(one["part"], one["state"]) for one in listed.data["items"]]
    assert parts == [(kind, "sent") for kind in ("record", "derivatives", "originals")]
    assert joined[-8:] in shown.out
    answered(application)
    states = {one["state"] for one in call("outbox", "--json").data["items"]}
    assert states == {"receipted"}


def test_a_stick_that_is_gone_ends_with_words_and_keeps_the_queue(
    call: Call, joined: str, tmp_path: Path, stick: Path
) -> None:
    stick.rmdir()
    failed = call("push", "--to", stick, "--json")
    assert failed.code == 1
    assert failed.data["code"] == "storage_folder_missing"
    assert failed.data["left"] == 3
    stick.mkdir()
    told = call("push", "--to", stick)
    assert told.code == 0


def test_a_visit_that_goes_on_is_sent_where_it_is_named(
    call: Call, joined: str, visit: str, stick: Path
) -> None:
    pushed = call("push", "--to", stick, "--visit", visit, "--json")
    assert [one["visit"] for one in pushed.data["queued"]] == [visit]


def test_a_pause_holds_until_it_is_lifted(call: Call, joined: str, stick: Path) -> None:
    assert call("outbox", "pause").code == 0
    assert call("push", "--to", stick).code != 0
    assert list(stick.iterdir()) == []
    assert call("outbox", "resume").code == 0
    assert call("push", "--to", stick).code == 0


def test_what_is_damaged_is_listed_with_its_reason_and_goes_once_more(
    call: Call, joined: str, stick: Path, home: Path
) -> None:
    assert call("outbox").code == 0
    call("outbox", "pause")
    stick.rmdir()
    call("outbox", "resume")
    call("push", "--to", stick)
    for path in (home / "store" / "outbox").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    stick.mkdir()
    call("push", "--to", stick)

    shown, listed = call("outbox"), call("outbox", "--json")
    assert {one["reason"] for one in listed.data["items"]} == {"outbox_damaged"}
    assert "store/outbox/" in shown.out.replace("\\", "/")
    again = call("outbox", "resend", "--json")
    assert again.data["visits"] == [joined]
    assert call("outbox", "resend").code == 0
    assert call("push", "--to", stick, "--json").data["left"] == 0
    assert {one["state"] for one in call("outbox", "--json").data["items"]} == {"sent"}


def test_originals_are_freed_when_it_is_said_and_not_while_the_visit_may_go_on(
    call: Call, joined: str, stick: Path, application: Application
) -> None:
    call("push", "--to", stick)
    answered(application)
    kept = call("outbox", "free", "--show", "--json")
    assert (kept.data["files"], kept.data["freed"]) == ([], False)
    voided = call("void", joined, "--reason", "Kunjungan uji")
    assert voided.code == 0, voided.err
    shown = call("outbox", "free", "--show", "--json")
    assert len(shown.data["files"]) == 2
    freed = call("outbox", "free", "--json")
    assert (freed.data["files"], freed.data["freed"]) == (shown.data["files"], True)
    assert call("outbox", "free", "--json").data["files"] == []
    assert call("store", "check").code == 0


def test_a_rule_is_set_and_ended(call: Call, joined: str) -> None:
    assert call("outbox", "free", "--after", "30", "--json").data["after"] == 30
    assert "30" in call("outbox", "free", "--show").out
    assert call("outbox", "free", "--never", "--json").data["after"] is None
