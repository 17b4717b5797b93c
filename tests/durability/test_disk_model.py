"""The model of a disk that loses power: it keeps what was synced, and may lose all the rest."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from syscalls import Create, MakeFolder, Operation, Remove, Rename, Resize, Sync, Write
from torn_disk import SECTOR, Disk


def left(tmp_path: Path, done: Iterable[Operation], *, seed: int) -> dict[str, bytes]:
    """The files after a cut, by their place below the root, which is empty at first."""
    before, after = tmp_path / "before", tmp_path / f"after-{seed}"
    before.mkdir(exist_ok=True)
    disk = Disk(before, root=Path("/disk"))
    for operation in done:
        disk.do(operation)
    disk.after_cut(after, random.Random(seed))
    files = (path for path in after.rglob("*") if path.is_file())
    return {str(path.relative_to(after)): path.read_bytes() for path in files}


def ever_left(tmp_path: Path, *done: Operation) -> list[dict[str, bytes]]:
    return [left(tmp_path, done, seed=seed) for seed in range(200)]


ROOT = Path("/disk")
FILE, DRAFT = ROOT / "a", ROOT / "a.part"


def test_what_was_synced_with_its_folder_is_kept(tmp_path: Path) -> None:
    done = (Create(FILE), Write(FILE, 0, b"saved"), Sync(FILE), Sync(ROOT))

    assert all(files == {"a": b"saved"} for files in ever_left(tmp_path, *done))


def test_a_file_whose_folder_was_not_synced_may_be_gone(tmp_path: Path) -> None:
    found = ever_left(tmp_path, Create(FILE), Write(FILE, 0, b"saved"), Sync(FILE))

    assert {} in found
    assert {"a": b"saved"} in found


def test_a_name_may_stand_without_the_content_that_was_not_synced(tmp_path: Path) -> None:
    assert {"a": b""} in ever_left(tmp_path, Create(FILE), Write(FILE, 0, b"saved"), Sync(ROOT))


def test_a_rename_that_was_not_synced_may_be_undone(tmp_path: Path) -> None:
    drafted = (Create(DRAFT), Write(DRAFT, 0, b"new"), Sync(DRAFT), Sync(ROOT))
    found = ever_left(tmp_path, *drafted, Rename(DRAFT, FILE))

    assert {"a.part": b"new"} in found
    assert {"a": b"new"} in found
    assert {} not in found


def test_a_removal_that_was_not_synced_may_be_undone(tmp_path: Path) -> None:
    found = ever_left(tmp_path, Create(FILE), Sync(FILE), Sync(ROOT), Remove(FILE))

    assert {"a": b""} in found
    assert {} in found


def test_what_lies_in_a_folder_that_was_not_synced_above_may_be_gone(tmp_path: Path) -> None:
    inner = ROOT / "folder" / "a"
    done = (MakeFolder(inner.parent), Create(inner), Sync(inner), Sync(inner.parent))
    found = ever_left(tmp_path, *done)

    assert {} in found
    assert {"folder/a": b""} in found


def test_a_later_write_may_come_without_an_earlier_one(tmp_path: Path) -> None:
    made = (Create(FILE), Write(FILE, 0, b"oooooo"), Sync(FILE), Sync(ROOT))
    found = ever_left(tmp_path, *made, Write(FILE, 0, b"111"), Write(FILE, 3, b"222"))

    assert {files["a"] for files in found} == {b"oooooo", b"111ooo", b"ooo222", b"111222"}


def test_a_write_may_be_torn_between_sectors_and_never_inside_of_one(tmp_path: Path) -> None:
    old, new = b"o" * 3 * SECTOR, b"n" * 3 * SECTOR
    made = (Create(FILE), Write(FILE, 0, old), Sync(FILE), Sync(ROOT))
    found = {files["a"] for files in ever_left(tmp_path, *made, Write(FILE, 0, new))}
    sectors = [one[at : at + SECTOR] for one in found for at in range(0, len(one), SECTOR)]

    assert set(sectors) == {b"o" * SECTOR, b"n" * SECTOR}
    assert b"n" * SECTOR + b"o" * SECTOR + b"n" * SECTOR in found


def test_a_file_that_was_cut_short_may_have_its_old_length(tmp_path: Path) -> None:
    made = (Create(FILE), Write(FILE, 0, b"long"), Sync(FILE), Sync(ROOT))
    found = ever_left(tmp_path, *made, Resize(FILE, 1))

    assert {files["a"] for files in found} == {b"long", b"l"}


def test_a_rename_between_folders_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotImplementedError, match="between folders"):
        left(tmp_path, (MakeFolder(ROOT / "b"), Create(FILE), Rename(FILE, ROOT / "b/a")), seed=1)
