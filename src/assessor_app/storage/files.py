"""Files that are there whole or not at all: temporary name, fsync, rename, fsync of the folder."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from assessor_app.domain.problem import StoreProblem

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# Some network and USB file systems have no call to sync a folder.
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def write_whole(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a part.

    Raises StoreProblem `disk_full`, `not_writable` or `file_failed`; nothing stays behind then.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    with told_plainly(path):
        try:
            _write_synced(draft, data, mode)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(path.parent)


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


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and all above it durably. Raises StoreProblem as `write_whole` does."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    with told_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for made in missing:
            sync_folder(made.parent)


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
