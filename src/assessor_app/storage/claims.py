"""Which files a living process still works on: a claim ends with the process, however it ends."""

import contextlib
import os
from pathlib import Path
from typing import BinaryIO

if os.name == "nt":

    def claim(file: BinaryIO) -> None:
        """Nothing to do: Windows lets nobody remove a file that is open."""

    def claimed(path: Path) -> bool:  # noqa: ARG001 - removing it will tell
        """Whether another open file has claimed this one; on Windows its removal fails then."""
        return False

else:
    import fcntl

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
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False
