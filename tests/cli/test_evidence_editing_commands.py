"""Evidence is described, moved, drawn upon and taken away by commands too."""

from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.visiting import PASSPHRASE, attach, photo_file

from assessor_app.compose import Application


@pytest.fixture
def item(application: Application, visit: str, tmp_path: Path) -> str:
    """One photo as evidence of the visit."""
    workplace = application.unlock(PASSPHRASE)
    session = application.open(workplace, visit)
    attach(session, "P15-06", tmp_path)
    workplace.store.close()
    (id_,) = session.snapshot.evidence
    return id_


def listed(call: Call, visit: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = call("evidence", "list", visit, "--json").data
    return found


def test_evidence_is_described(call: Call, visit: str, item: str) -> None:
    told = ("--caption", "Loket 3", "--url", "ambon.go.id/ktp", "--components", "fee,procedure")

    assert call("evidence", "edit", visit, item, *told).code == 0

    (one,) = listed(call, visit)
    assert one["caption"] == "Loket 3"
    assert one["url"] == "https://ambon.go.id/ktp"
    assert one["components"] == ["fee", "procedure"]
    assert call("evidence", "edit", visit, item, "--caption", "", "--page", "2").code != 0
    assert call("evidence", "edit", visit, item, "--caption", "").code == 0
    assert listed(call, visit)[0]["caption"] is None


def test_evidence_is_moved_shared_and_detached(call: Call, visit: str, item: str) -> None:
    call("evidence", "move", visit, item, "P15-08", "paperwork")
    assert listed(call, visit)[0]["attached_to"] == ["observation/P15-08/-/-/paperwork/-"]
    call("evidence", "share", visit, item, "P15-06", "practice")
    assert len(listed(call, visit)[0]["attached_to"]) == 2  # type: ignore[arg-type]  # a list
    call("evidence", "detach", visit, item[-8:])

    assert listed(call, visit)[0]["attached_to"] == []
    assert "tidak terpasang" in call("evidence", "list", visit).out


def test_signs_are_drawn_and_taken_off(call: Call, visit: str, item: str) -> None:
    signs = ("--sign", "arrow:0,0,3000,3000", "--sign", "text:500,500:antrean di sini")

    assert call("evidence", "annotate", visit, item, *signs, "--ink", "blue").code == 0

    drawn = listed(call, visit)[0]["annotations"]
    assert [one["kind"] for one in drawn] == ["arrow", "text"]  # type: ignore[attr-defined]  # a list
    refused = call("evidence", "annotate", visit, item, "--sign", "panah")
    assert refused.code != 0
    call("evidence", "annotate", visit, item, "--none")
    assert listed(call, visit)[0]["annotations"] == []


def test_the_door_is_evidence_of_the_visit(call: Call, visit: str, tmp_path: Path) -> None:
    file = photo_file(tmp_path, "navy")

    assert call("attach-to-visit", visit, str(file), "--caption", "Pintu").code == 0

    assert listed(call, visit)[0]["attached_to"] == ["visit"]
    assert "kunjungan" in call("evidence", "list", visit).out


def test_a_screenshot_is_attached_with_its_address(call: Call, visit: str, tmp_path: Path) -> None:
    file = photo_file(tmp_path, "navy")
    web = ("--url", "ambon.go.id", "--components", "fee")

    call("attach", visit, "P15-06", "practice", str(file), *web)

    (one,) = listed(call, visit)
    assert (one["url"], one["components"]) == ("https://ambon.go.id", ["fee"])
    assert one["seen_at"]
    assert one["file_name"] == "navy.jpg"
    wrong = call("attach", visit, "P15-06", "paperwork", str(file), "--components", "luck")
    assert wrong.code != 0


def test_photo_folders_are_a_setting(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "DCIM"
    folder.mkdir()

    assert call("setting", "set", "photo_folders", f"camera={folder}").code == 0

    assert str(folder) in call("setting", "list").out
    assert call("setting", "set", "photo_folders", "camera=relatif").code != 0
    assert call("setting", "set", "photo_folders", "-").code == 0
    assert str(folder) not in call("setting", "list").out
