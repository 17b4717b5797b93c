"""`issue --kind`, `--addendum` and `--document`, `handover --document`, as they are typed."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.services.issued_home import with_minutes

from assessor_app.instruments.library import Library

STATED = "Kantor dibuka pada 24 November 2026."


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


def test_an_addendum_is_read_from_a_file_signed_verified_and_copied_by_its_number(
    call: Call, visit: str, tmp_path: Path
) -> None:
    text, out, copy = (tmp_path / name for name in ("isi.txt", "ad.pdf", "lagi.pdf"))
    text.write_text(STATED, encoding="utf-8")

    said = call("issue", visit, "--out", out, "--addendum", f"@{text}", "--json").data
    again = call("issue", visit, "--out", copy, "--document", said["number"], "--json").data

    assert said["number"].startswith("AD-")
    assert again["again"]
    assert copy.read_bytes() == out.read_bytes()
    verdict = call("verify", out, "--trust-trial")
    assert verdict.code == 0
    assert "adendum" in verdict.out
    documents = call("show", visit, "--json").data["documents"]
    assert [one["number"].split("-")[0] for one in documents] == ["BA", "AD"]


def test_which_document_goes_is_said_by_its_number(call: Call, visit: str, tmp_path: Path) -> None:
    second = call("issue", visit, "--out", tmp_path / "ad.pdf", "--addendum", STATED, "--json")
    minutes = call("show", visit, "--json").data["documents"][0]["number"]
    noon = datetime(2026, 11, 22, 5, 0, tzinfo=UTC).isoformat()
    to = ("--to", "Ibu Kepala", "--how", "print", "--at", noon, "--json")

    assert call("handover", visit, *to).data["document"] == second.data["number"]
    assert call("handover", visit, *to, "--document", minutes).data["document"] == minutes
    unknown = call("handover", visit, *to, "--document", "T-1")
    assert unknown.code == 1
    assert unknown.data["code"] == "document_unknown"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--addendum", " "), "addendum_empty"),
        (("--kind", "addendum"), "addendum_empty"),
        (("--kind", "findings"), "findings_of_completed_only"),
        (("--addendum", "@nowhere.txt"), "given_missing"),
        (("--addendum", "x", "--document", "T-1"), "document_unknown"),
    ],
)
def test_what_cannot_be_made_is_refused_before_a_passphrase_is_asked_for(
    call: Call, visit: str, tmp_path: Path, given: tuple[str, ...], code: str
) -> None:
    said = call("issue", visit, "--out", tmp_path / "x.pdf", *given, "--json")

    assert said.code == 1
    assert said.data["code"] == code
    assert not (tmp_path / "x.pdf").exists()


def test_an_addendum_is_no_other_kind(call: Call, visit: str, tmp_path: Path) -> None:
    said = call("issue", visit, "--out", tmp_path / "x.pdf", "--addendum", "x", "--kind", "minutes")

    assert said.code == 2


def test_a_file_that_is_no_text_is_no_statement(call: Call, visit: str, tmp_path: Path) -> None:
    binary = tmp_path / "isi.doc"
    binary.write_bytes(b"\xd0\xcf\x11\xe0")

    said = call("issue", visit, "--out", tmp_path / "x.pdf", "--addendum", f"@{binary}", "--json")

    assert said.data["code"] == "statement_not_text"
