"""What a store has damaged is brought back whole by a colleague's file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.exchanging import Desk, Desks, desks_in
from tests.visiting import attach

from assessor_app.domain.problem import StoreProblem
from assessor_app.services.checking.check import check
from assessor_app.services.exchange import files as bundle_files
from assessor_app.storage.vault import Form, SourceFailed
from assessor_app.syncing.bundle import PieceReader


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def sealed(desk: Desk) -> Path:
    (found,) = (desk.workplace.store.folder / "evidence").glob("*/*.original")
    return found


def shared(desks: Desks, folder: Path) -> tuple[Desk, Desk, str, str]:
    """Two devices that both have a photo of one visit."""
    here, there = desks("A"), desks("B")
    session = here.begin()
    attach(session, "P15-06", folder)
    there.take_in(here.export(session.visit_id))
    (evidence,) = session.snapshot.evidence
    return here, there, session.visit_id, evidence


def harm(desk: Desk, how: str, evidence: str) -> None:
    path = sealed(desk)
    content = bytearray(path.read_bytes())
    match how:
        case "flipped":
            content[len(content) // 2] ^= 1
            path.write_bytes(bytes(content))
        case "empty":
            path.write_bytes(b"")
        case "replaced":  # by somebody who has the key: its seal is whole
            desk.workplace.store.vault.put(evidence, Form.ORIGINAL, b"another photo")
        case "aside":
            path.write_bytes(b"rubbish")
            path.rename(path.with_name(f"{path.name}.aside"))


@pytest.mark.parametrize("how", ["flipped", "empty", "replaced", "aside"])
def test_a_damaged_file_is_replaced_by_the_whole_one_and_kept(
    desks: Desks, tmp_path: Path, how: str
) -> None:
    here, there, visit, evidence = shared(desks, tmp_path)
    harm(there, how, evidence)
    assert check(there.workplace.store).worst is not None

    done = there.take_in(here.export(visit))

    assert (done.new, done.files, done.missing) == (0, 1, ())
    assert check(there.workplace.store).worst is None
    vault, original = there.workplace.store.vault, here.workplace.store.vault
    assert vault.get(evidence, Form.ORIGINAL) == original.get(evidence, Form.ORIGINAL)
    assert [one.name for one in sealed(there).parent.glob("*.damaged")] == [
        f"{evidence}.original.damaged"
    ]


def test_a_file_that_is_damaged_again_is_kept_beside_the_first(
    desks: Desks, tmp_path: Path
) -> None:
    here, there, visit, evidence = shared(desks, tmp_path)
    for how in ("empty", "flipped"):
        harm(there, how, evidence)
        there.take_in(here.export(visit))

    kept = sorted(one.name for one in sealed(there).parent.glob("*.damaged*"))

    assert kept == [f"{evidence}.original.damaged", f"{evidence}.original.damaged-2"]


def test_a_whole_file_is_not_written_again(desks: Desks, tmp_path: Path) -> None:
    here, there, visit, _ = shared(desks, tmp_path)
    before = sealed(there).read_bytes()

    done = there.take_in(here.export(visit))

    assert (done.files, sealed(there).read_bytes() == before) == (0, True)


def test_a_damaged_file_lies_where_it_was_if_the_medium_fails_meanwhile(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there, visit, evidence = shared(desks, tmp_path)
    harm(there, "flipped", evidence)
    before = sealed(there).read_bytes()
    bundle = here.export(visit)

    class Failing(PieceReader):
        def read(self, size: int, /) -> bytes:
            raise OSError(f"taken out before {size} bytes")

    monkeypatch.setattr(bundle_files, "PieceReader", Failing)
    with pytest.raises(StoreProblem) as refused:
        there.take_in(bundle)

    assert refused.value.code == "file_failed"
    assert isinstance(refused.value.__cause__, SourceFailed)
    assert sealed(there).read_bytes() == before
    assert not list(sealed(there).parent.glob("*.damaged"))
