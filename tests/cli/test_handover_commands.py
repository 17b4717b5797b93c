"""`handover` with and without a stick, `returned`, and what `show` says of it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.services.issued_home import countersigned, with_minutes
from tests.signing.people import assessor
from tests.visiting import jpeg

from assessor_app.instruments.library import Library


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, enrolled: Path, library: Library
) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("issued") / "home"
    return home, with_minutes(enrolled, home, library)


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "home"))


@pytest.fixture
def visit(made: tuple[Path, str]) -> str:
    return made[1]


NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC).isoformat()


def test_a_hand_over_by_usb_writes_the_folder_and_says_so(
    call: Call, visit: str, made: tuple[Path, str], tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    said = call("handover", visit, "--to", "Ibu Kepala", "--usb", stick, "--at", NOON, "--json")

    assert said.data["ok"]
    folder = Path(said.data["folder"])
    assert sorted(said.data["files"]) == sorted(path.name for path in folder.iterdir())
    (pdf,) = (path for path in folder.glob("BA-*.pdf"))
    assert pdf.read_bytes() == made[0].with_name("home.pdf").read_bytes()
    assert call("verify", pdf, "--trust-trial").code == 0
    assert call("show", visit, "--json").data["state"] == "handed_over"
    again = call("handover", visit, "--to", "Ibu Kepala", "--usb", stick, "--at", NOON)
    assert "dibaca ulang" in again.out


@pytest.mark.parametrize(
    "way", [(), ("--how", "print", "--usb", "."), ("--how", "pigeon")], ids=["none", "two", "no"]
)
def test_a_hand_over_needs_one_way(call: Call, visit: str, way: tuple[str, ...]) -> None:
    assert call("handover", visit, "--to", "Ani", *way).code == 2


def test_a_stick_that_is_not_there_is_refused(call: Call, visit: str, tmp_path: Path) -> None:
    said = call(
        *("handover", visit, "--to", "Ani", "--usb", tmp_path / "no", "--at", NOON, "--json")
    )

    assert (said.code, said.data["code"]) == (1, "stick_folder_missing")
    assert call("show", visit, "--json").data["state"] == "issued"


def test_a_hand_over_to_nobody_is_refused_by_the_fields_own_name(call: Call, visit: str) -> None:
    given = ("handover", visit, "--to", " ", "--how", "print", "--at", NOON)

    assert "Isian “Diserahkan kepada” kosong" in call(*given).err
    assert "“Handed to” is empty" in call(*given, "--lang", "en").err


def test_a_hand_over_is_told_with_the_documents_number(call: Call, visit: str) -> None:
    given = ("handover", visit, "--to", "Ani", "--how", "print", "--at", NOON)

    number = call(*given, "--json").data["document"]

    assert f"Penyerahan dokumen {number} kepada Ani dicatat" in call(*given).out


def test_what_came_back_is_attached_shown_and_saved(
    call: Call, visit: str, made: tuple[Path, str], tmp_path: Path
) -> None:
    scan, file = tmp_path / "scan.jpg", tmp_path / "balik.pdf"
    scan.write_bytes(jpeg())
    file.write_bytes(countersigned(made[0].with_name("home.pdf").read_bytes(), assessor()))
    at = ("--from", "Sekretaris", "--at", NOON)

    first = call("returned", "add", visit, scan, *at, "--note", "cap basah", "--json")
    second = call("returned", "add", visit, file, *at, "--json")

    assert (first.data["kind"], second.data["kind"]) == ("wet_ink_copy", "countersigned")
    refused = call("returned", "add", visit, scan, *at, "--json")
    assert refused.data["code"] == "returned_already"
    shown = call("show", visit, "--json").data["returned"]
    assert [(one["from"], one["note"]) for one in shown] == [
        ("Sekretaris", "cap basah"),
        ("Sekretaris", None),
    ]
    assert "pindaian cetakan" in call("show", visit).out
    assert "Dokumen kembali dari kantor" in call("history", visit).out
    out = tmp_path / "salinan.pdf"
    saved = call("returned", "save", visit, second.data["id"][-12:], "--out", out, "--json")
    assert saved.data["sha256"] == second.data["sha256"]
    assert out.read_bytes() == file.read_bytes()
    assert call("store", "check").code == 0
