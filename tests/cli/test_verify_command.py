"""`verify`: its exit codes, what it says of the signers, and whether one file continues another."""

from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.services.judging import signed_by_both
from tests.signing import attacks
from tests.signing.people import headquarters


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "akar.pem"
    path.write_bytes(headquarters().root())
    return path


@pytest.fixture
def both(tmp_path: Path) -> Path:
    path = tmp_path / "keduanya.pdf"
    path.write_bytes(signed_by_both())
    return path


@pytest.fixture
def first(both: Path, tmp_path: Path) -> Path:
    """The same file as it was when only the lead had signed."""
    path = tmp_path / "pertama.pdf"
    path.write_bytes(attacks.cut_back(both.read_bytes(), revisions=1))
    return path


def test_signers_are_told_with_role_and_field(call: Call, both: Path, root: Path) -> None:
    told = call("verify", both, "--root", root, "--json")

    assert told.code == 0
    assert [(one["role"], one["field"]) for one in told.data["signers"]] == [
        ("lead", "TTD_Asesor1"),
        ("assessor", "TTD_Asesor2"),
    ]
    assert told.data["continues"] is None


def test_a_rollback_is_not_valid_and_its_continuation_is(
    call: Call, both: Path, first: Path, root: Path
) -> None:
    alone = call("verify", first, "--root", root, "--json")
    later = call("verify", both, "--continues", first, "--root", root, "--json")

    assert (alone.code, alone.data["reasons"][0]) == (3, "signer_missing")
    assert (later.code, later.data["continues"]) == (0, True)
    assert later.data["reasons"][:2] == ["valid", "continues_with"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_does_not_continue_is_refused_with_a_sentence(
    call: Call, both: Path, first: Path, root: Path, language: str
) -> None:
    told = call("verify", first, "--continues", both, "--root", root, "--lang", language)

    assert told.code == 1
    assert ("terbalik" if language == "id" else "other way round") in told.out


def test_a_folder_or_nothing_in_the_place_of_either_file_is_wrong_usage(
    call: Call, both: Path, tmp_path: Path
) -> None:
    assert call("verify", tmp_path).code == 2
    assert call("verify", both, "--continues", tmp_path / "tidak-ada.pdf").code == 2
