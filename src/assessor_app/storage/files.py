"""Files that are there whole or not at all: temporary name, fsync, rename, fsync of the folder."""

import contextlib
import errno
import glob
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage.claims import claim, claimed

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_PRIVATE = 0o600
_PIECE = 1024 * 1024  # bytes


def write_whole(path: Path, data: bytes, *, mode: int = _PRIVATE, synced: bool = True) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a part.

    Not `synced` it may be lost with the power, and nobody waits for the disk. Raises StoreProblem
    `disk_full`, `not_writable` or `file_failed`; nothing stays behind then.
    """
    with writing_whole(path, mode=mode, synced=synced) as file:
        file.write(data)


@contextlib.contextmanager
def writing_whole(path: Path, *, mode: int = _PRIVATE, synced: bool = True) -> Iterator[BinaryIO]:
    """A file to write into; it is there under its name, whole, when the block ends well.

    Meanwhile it is claimed (storage/claims.py), so that no sweep takes it away. Raises as
    `write_whole`, whatever system call failed within the block.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    with told_plainly(path):
        try:
            with _created(draft, mode) as file:
                claim(file)
                yield file
                if synced:
                    flush(file)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        if synced:
            sync_folder(path.parent)


def clear_rests(path: Path) -> None:
    """Remove what a crash left of writing this file; what a living process works on stays."""
    with contextlib.suppress(OSError):
        for rest in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
            if not claimed(rest):
                rest.unlink(missing_ok=True)


def flush(file: BinaryIO) -> None:
    """Have on the disk what was written so far: what has no room there says so now."""
    file.flush()
    os.fsync(file.fileno())


@contextlib.contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into a StoreProblem that names it."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StoreProblem("disk_full", path=path) from error
        if error.errno in _FORBIDDEN:
            raise StoreProblem("not_writable", path=path) from error
        raise StoreProblem("file_failed", path=path, cause=error.strerror or error) from error


def sync_folders_of(paths: Iterable[Path]) -> None:
    """Make what was done with the names of these files durable. Raises as `write_whole`."""
    for folder in {path.parent for path in paths}:
        with told_plainly(folder):
            sync_folder(folder)


def read_if_there(path: Path) -> bytes | None:
    """What is in a file; None where there is none. Raises StoreProblem where it cannot be read."""
    with told_plainly(path):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None


def make_folder(folder: Path) -> None:
    """Make a folder and all above it durably.

    Raises StoreProblem `folder_is_file`, or as `write_whole` does.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    with told_plainly(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise StoreProblem("folder_is_file", path=folder) from error
        for made in missing:
            sync_folder(made.parent)


def link_or_copy(source: Path, target: Path) -> None:
    """Have a file that never changes in a second place: the same bytes twice only where needed.

    A further name of the file on the same file system, a whole copy on another or where there are
    no such names. The caller syncs the folder. Raises StoreProblem as `write_whole` does.
    """
    with contextlib.suppress(OSError):
        os.link(source, target)
        return
    copy_whole(source, target)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file as `write_whole` writes one. Raises StoreProblem for either of the two."""
    with told_plainly(source):
        file = source.open("rb")
    with file, writing_whole(target) as copy:
        shutil.copyfileobj(file, copy, _PIECE)


def sync_file(path: Path) -> None:
    """Make durable what another library wrote. Raises StoreProblem as `write_whole` does."""
    with told_plainly(path), path.open("r+b") as file:
        os.fsync(file.fileno())


def make_private(path: Path) -> None:
    """Make an empty file that only this user can read. Raises StoreProblem as `write_whole`."""
    with told_plainly(path), _created(path, _PRIVATE):
        pass


def keep_private(*paths: Path) -> None:
    """Take away what others may do with these files, as older versions left it.

    What is missing, or belongs to somebody else, stays as it is. Windows keeps a user's folder
    private by itself.
    """
    if os.name == "nt":
        return
    for path in paths:
        with contextlib.suppress(OSError):
            if stat.S_IMODE(path.stat().st_mode) & ~_PRIVATE:
                path.chmod(_PRIVATE)


def _created(path: Path, mode: int) -> BinaryIO:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    return os.fdopen(handle, "wb")
