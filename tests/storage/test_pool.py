"""The pool beside the backups: gains what is missing, loses nothing, and is never half."""

from pathlib import Path

import pytest

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.files import copy_whole, link_or_copy
from assessor_app.storage.pool import Filled, Keep, fill, sweep_parts


def everything(name: str) -> bool:
    return bool(name)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    shelf = tmp_path / "vault" / "ab"
    shelf.mkdir(parents=True)
    (shelf / "1.original").write_bytes(b"one")
    (shelf / "1.report").write_bytes(b"derived")
    (shelf / ".2.original.beef.part").write_bytes(b"half")
    return tmp_path / "vault"


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("keep", [link_or_copy, copy_whole])
def test_only_what_is_wanted_and_missing_comes_in_and_what_is_there_stays(
    vault: Path, tmp_path: Path, keep: Keep
) -> None:
    pool = tmp_path / "pool"
    (pool / "cd").mkdir(parents=True)
    (pool / "cd" / "old.original").write_bytes(b"of a store that was lost")

    first = fill(vault, pool, keep=keep, wanted=lambda name: not name.endswith(".report"))
    again = fill(vault, pool, keep=keep, wanted=lambda name: not name.endswith(".report"))

    assert (first, again) == (Filled(1, 3), Filled(0, 0))
    assert names(pool) == ["ab/1.original", "cd/old.original"]


def test_a_file_that_was_cut_in_the_pool_comes_in_again(vault: Path, tmp_path: Path) -> None:
    pool = tmp_path / "pool"
    fill(vault, pool, keep=copy_whole, wanted=everything)
    (pool / "ab" / "1.original").write_bytes(b"o")

    filled = fill(vault, pool, keep=copy_whole, wanted=everything, whole=Path.exists)

    assert filled == Filled(1, 3)
    assert (pool / "ab" / "1.original").read_bytes() == b"one"


def test_a_file_that_was_cut_at_its_source_does_not_replace_its_copy(
    vault: Path, tmp_path: Path
) -> None:
    """The copy may be the only one that is left."""
    pool = tmp_path / "pool"
    fill(vault, pool, keep=copy_whole, wanted=lambda name: name == "1.original")
    (vault / "ab" / "1.original").write_bytes(b"o")

    for whole in (None, lambda _: False):
        filled = fill(vault, pool, keep=copy_whole, wanted=everything, whole=whole)
        assert filled.files <= 1

    assert (pool / "ab" / "1.original").read_bytes() == b"one"


def test_where_there_are_no_links_the_bytes_are_copied(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on exFAT, which most USB sticks have, and between two volumes."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("assessor_app.storage.files.os.link", refuse)

    fill(vault, tmp_path / "pool", keep=link_or_copy, wanted=everything)

    copy = tmp_path / "pool" / "ab" / "1.original"
    assert copy.read_bytes() == b"one"
    assert copy.stat().st_nlink == 1


def test_a_file_that_a_sweep_takes_away_meanwhile_is_no_failure(
    vault: Path, tmp_path: Path
) -> None:
    def swept(file: Path, target: Path) -> None:
        file.unlink()
        copy_whole(file, target)

    assert fill(vault, tmp_path / "pool", keep=swept, wanted=everything) == Filled(0, 0)


def test_a_file_that_is_there_and_cannot_be_kept_is_told(vault: Path, tmp_path: Path) -> None:
    def full(file: Path, target: Path) -> None:
        raise StoreProblem("disk_full", path=target)

    with pytest.raises(StoreProblem, match="disk_full"):
        fill(vault, tmp_path / "pool", keep=full, wanted=everything)


def test_whoever_waits_hears_how_much_is_done(vault: Path, tmp_path: Path) -> None:
    for number in range(60):
        (vault / "ab" / f"x{number}.original").write_bytes(b"x")
    heard: list[tuple[int, int]] = []

    fill(
        vault,
        tmp_path / "pool",
        keep=link_or_copy,
        wanted=lambda name: name.startswith("x"),
        told=lambda done, count: heard.append((done, count)),
    )

    assert heard == [(0, 60), (50, 60), (60, 60)]


def test_the_rest_of_unfinished_writing_goes(vault: Path) -> None:
    sweep_parts(vault)

    assert names(vault) == ["ab/1.original", "ab/1.report"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert fill(tmp_path / "none", tmp_path / "pool", keep=copy_whole, wanted=everything) == (
        Filled(0, 0)
    )
    assert not (tmp_path / "pool").exists()
