"""Files that leave on a stick: a folder that is there whole or not at all, and was read back."""

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage.files import told_plainly

_GONE = frozenset({errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOTDIR})


def write_folder_whole(
    target: Path, files: Mapping[str, bytes], *, progress: Callable[[int, int], None]
) -> None:
    """Write files of these names into a new folder; nothing that is there already is touched.

    They are written and synced under a temporary name beside it, each is read back from the
    medium and compared, and only then the folder gets its name. `progress` hears before each step
    how many of how many bytes are written and compared; what it raises ends the writing, and
    nothing stays behind then either. Raises StoreProblem
    `stick_gone`, `disk_full`, `not_writable`, `stick_wrote_otherwise` or `file_failed`; nothing
    stays behind then, as far as the stick still answers.
    """
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    weight = 2 * sum(len(data) for data in files.values())
    done = 0
    with _still_there(target):
        try:
            draft.mkdir()
            for name, data in files.items():
                progress(done, weight)
                _write(draft / name, data)
                done += len(data)
            sync_folder(draft)
            for name, data in files.items():
                progress(done, weight)
                _compare(draft / name, data)
                done += len(data)
            progress(done, weight)
            _rename(draft, target)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        sync_folder(target.parent)


def remove_folder(target: Path, names: Mapping[str, bytes]) -> None:
    """Take away again what `write_folder_whole` wrote, as far as it can be reached."""
    with contextlib.suppress(OSError):
        for name in names:
            (target / name).unlink(missing_ok=True)
        target.rmdir()
        sync_folder(target.parent)


@contextlib.contextmanager
def _still_there(target: Path) -> Iterator[None]:
    """Tell a stick that was pulled out from one that refuses."""
    with told_plainly(target):
        try:
            yield
        except OSError as error:
            if error.errno in _GONE:
                raise StoreProblem("stick_gone", path=target.parent) from error
            raise


def _rename(draft: Path, target: Path) -> None:
    """Never over what came meanwhile; a rename alone would take the place of an empty folder."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    draft.rename(target)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _compare(path: Path, data: bytes) -> None:
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            # Without it the memory of this computer answers, which says nothing of the stick.
            with contextlib.suppress(OSError):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        read = hashlib.file_digest(file, "sha256")
    if read.digest() != hashlib.sha256(data).digest():
        raise StoreProblem("stick_wrote_otherwise", path=path)
