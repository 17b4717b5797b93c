"""Whether a window was open over the store when the program ended: left behind by a crash alone."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assessor_app.storage.claims import claim, claimed

_MARK = "window.open"


@dataclass(slots=True)
class Running:
    """A mark beside the database, empty: it tells nothing but that it is there.

    It is claimed as long as its process lives, so that a second window over the same store is
    taken for no crash. Nobody claims on Windows; there what is open cannot be removed.
    """

    folder: Path
    _file: BinaryIO | None = None

    def begin(self) -> bool:
        """Set the mark; True where the window before did not end in order. Never fails."""
        path = self.folder / _MARK
        crashed = path.exists() and not claimed(path) and _removed(path)
        with contextlib.suppress(OSError):  # where nothing can be written nothing is remembered
            self._file = path.open("ab")
            claim(self._file)
        return crashed

    def end(self) -> None:
        """Take the mark away: all was said in order. Never fails."""
        if self._file is None:
            return
        self._file.close()
        self._file = None
        path = self.folder / _MARK
        with contextlib.suppress(OSError):
            if not claimed(path):  # another window is still open
                path.unlink(missing_ok=True)

    def __del__(self) -> None:
        """A window that nobody could close is let go of with its process."""
        if self._file is not None:
            self._file.close()


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
