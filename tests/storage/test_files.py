"""Files that are there whole or not at all, on real full disks."""

import errno
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from assessor_app import durable
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.files import told_plainly, write_whole


def test_a_file_replaces_the_old_one_and_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_whole(path, b"old")
    write_whole(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """The kernel itself refuses: a file-size limit stands in for the end of the disk."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StoreProblem) as refused:
            write_whole(path, bytes(1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert refused.value.code == "disk_full"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "not_writable"),
        (errno.EACCES, "not_writable"),
        (errno.EIO, "file_failed"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(StoreProblem) as refused, told_plainly(tmp_path):
        raise OSError(number, "x")

    assert refused.value.code == code


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as refused:
        write_whole(tmp_path / "none" / "a.pdf", b"x")

    assert refused.value.code == "file_failed"


@pytest.mark.parametrize(("number", "tolerated"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_file_system_without_a_sync_of_folders_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, tolerated: bool
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, "x")

    monkeypatch.setattr("assessor_app.storage.files.os.fsync", refuse)

    if tolerated:
        durable.sync_folder(tmp_path)
        return
    with pytest.raises(OSError, match="x"):
        durable.sync_folder(tmp_path)


def test_windows_needs_no_sync_of_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessor_app.storage.files.os.name", "nt")

    durable.sync_folder(tmp_path / "is not even there")


def test_a_killed_writer_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    script = (
        "import os, signal, pathlib\n"
        "from assessor_app.storage import files\n"
        "files.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"files.write_whole(pathlib.Path({str(path)!r}), b'new')\n"
    )

    ended = subprocess.run([sys.executable, "-c", script], check=False)

    assert ended.returncode < 0
    assert path.read_bytes() == b"old"
