"""What a living process still works on: a claim ends with the process, however it ends."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from assessor_app.domain.problem import StoreProblem

if os.name == "nt":

    def claim(file: BinaryIO) -> None:
        """Nothing to do: Windows lets nobody remove a file that is open."""

    def claimed(path: Path) -> bool:  # noqa: ARG001 - removing it will tell
        """Whether another open file has claimed this one; on Windows its removal fails then."""
        return False

    @contextlib.contextmanager
    def claiming_folder(folder: Path) -> Iterator[bool]:  # noqa: ARG001 - moving it will tell
        """Claim a folder; on Windows what somebody works on in it cannot be taken away."""
        yield True

    @contextlib.contextmanager
    def unused(database: Path) -> Iterator[None]:  # noqa: ARG001 - renaming it will tell
        """Keep others from opening a database; on Windows an open one cannot be renamed."""
        yield

else:
    import fcntl

    # What SQLite locks while a database is open: bytes of a page that it never uses (its os.h).
    _SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510

    def claim(file: BinaryIO) -> None:
        """Mark an open file as being worked on, until it is closed or the process has ended.

        Some network and USB file systems know no such marks; what is worked on there is guarded
        by `Draft.require` alone.
        """
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def claimed(path: Path) -> bool:
        """Whether another open file has claimed this one."""
        try:
            with path.open("rb") as file:
                return not _locked(file.fileno())
        except OSError:
            return False

    @contextlib.contextmanager
    def claiming_folder(folder: Path) -> Iterator[bool]:
        """Claim a folder for oneself meanwhile; False where somebody else has."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            yield _locked(handle)
        finally:
            os.close(handle)

    @contextlib.contextmanager
    def unused(database: Path) -> Iterator[None]:
        """Keep every other process from opening a database meanwhile, whatever its key is.

        Not for one that this process has open: closing any handle of a file gives up all locks
        that a process has on it. Raises StoreProblem `store_busy` where another has it open.
        """
        try:
            file = database.open("r+b")
        except OSError:  # none is there, or none that this user could open
            yield
            return
        with file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
            except (BlockingIOError, PermissionError) as error:  # systems say one or the other
                raise StoreProblem("store_busy", path=database.parent) from error
            except OSError:  # a file system without locks, where SQLite has none either
                pass
            yield

    def _locked(handle: int) -> bool:
        """Lock an open file or folder; true as well where the file system knows no locks."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let nobody else claim a folder meanwhile. Raises StoreProblem `store_busy`."""
    with claiming_folder(folder) as mine:
        if not mine:
            raise StoreProblem("store_busy", path=folder)
        yield
