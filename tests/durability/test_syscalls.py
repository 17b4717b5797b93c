"""What strace tells is read into operations, and what the model does not know is refused."""

import sys
from pathlib import Path

import pytest

from syscalls import (
    Create,
    MakeFolder,
    Operation,
    Remove,
    Rename,
    Resize,
    Say,
    Sync,
    Write,
    record,
    traced,
)

WORK = """
import os, sys
root, said = sys.argv[1:]
os.mkdir(root + "/d")
one = os.open(root + '/d/a "b", <c> é', os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
os.write(one, b"one, \\x00(2)")
os.write(one, b"three")
os.pwrite(one, b"X", 2)
os.fsync(one)
told = os.open(said, os.O_WRONLY | os.O_CREAT, 0o600)
os.writev(told, [b"done\\n"])
os.rename(root + '/d/a "b", <c> é', root + "/d/e")
os.write(one, b"!")
os.ftruncate(one, 3)
folder = os.open(root + "/d", os.O_RDONLY)
os.fsync(folder)
os.unlink("e", dir_fd=folder)
os.write(one, b"nobody sees this")
"""


def operations(code: str, tmp_path: Path) -> list[Operation]:
    root, said = tmp_path / "root", tmp_path / "said"
    root.mkdir()
    command = [sys.executable, "-I", "-c", code, str(root), str(said)]
    calls = record(command, tmp_path / "log", root=root, said=said)
    return [one for call in calls for one in call.operations]


def test_each_change_of_a_file_is_read_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "root" / "d"
    file, renamed = folder / 'a "b", <c> é', folder / "e"

    assert operations(WORK, tmp_path) == [
        MakeFolder(folder),
        Create(file),
        Resize(file, 0),
        Write(file, 0, b"one, \x00(2)"),
        Write(file, 9, b"three"),
        Write(file, 2, b"X"),
        Sync(file),
        Say(b"done\n"),
        Rename(file, renamed),
        Write(renamed, 14, b"!"),
        Resize(renamed, 3),
        Sync(folder),
        Remove(renamed),
    ]


@pytest.mark.parametrize(
    "change",
    [
        "os.link(root + '/a', root + '/b')",
        "os.symlink(root + '/a', root + '/b')",
        "os.writev(one, [b'x'])",
        "os.posix_fallocate(one, 0, 10)",
        "mmap.mmap(one, 1)",
        "os.truncate(root + '/a', 1)",
        "os.open(root + '/a', os.O_WRONLY | os.O_APPEND)",
    ],
)
def test_a_change_that_the_model_does_not_know_is_refused(change: str, tmp_path: Path) -> None:
    made = "import mmap, os, sys\nroot = sys.argv[1]\n"
    made += "one = os.open(root + '/a', os.O_RDWR | os.O_CREAT, 0o600)\nos.write(one, b'x')\n"

    with pytest.raises(NotImplementedError, match="knows no"):
        operations(made + change, tmp_path)


def test_without_strace_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(FileNotFoundError, match="apt-get install strace"):
        traced(["true"], tmp_path / "log")
