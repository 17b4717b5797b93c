"""Where a file is written: a name that every file system takes, and that nobody has yet."""

import itertools
import os
import unicodedata
from pathlib import Path

from PySide6.QtCore import QStandardPaths

_FORBIDDEN = frozenset('<>:"/\\|?*')  # on Windows and on the sticks that it formats
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL"}) | {
    f"{name}{number}" for name in ("COM", "LPT") for number in range(1, 10)
}
_LONGEST = 120  # bytes of a name, its ending not counted: encrypted home folders take 143
_SUFFIX = ".pdf"

BUNDLE_SUFFIX = ".kunjungan"
"""The ending of a file in which a visit travels."""


def documents_folder() -> Path:
    """The user's folder for documents, or the home folder where there is none."""
    told = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(told) if told else Path.home()
    return folder if folder.is_dir() else Path.home()


def safe_name(text: str) -> str:
    """A file name (without ending) that every file system takes, from any text."""
    plain = "".join(
        " " if sign in _FORBIDDEN or unicodedata.category(sign)[0] in "CZ" else sign
        for sign in unicodedata.normalize("NFC", text)
    )
    short = " ".join(plain.split()).encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    if not short or short.split(".")[0].upper() in _DEVICES:
        return f"_{short}"
    return short


def free_path(folder: Path, name: str, *, suffix: str = _SUFFIX) -> Path:
    """A path in a folder at which nothing lies: the name, or the name with -2, -3, …"""
    safe = safe_name(name)
    tries = (f"{safe}-{number}" if number > 1 else safe for number in itertools.count(1))
    return next(path for one in tries if not os.path.lexists(path := folder / f"{one}{suffix}"))


def with_suffix(told: str, *, folder: Path | None = None, suffix: str = _SUFFIX) -> Path:
    """The path that was typed or chosen, with its ending, by default that of a PDF.

    What is no whole path lies in `folder`, where one is given: nobody knows the folder that the
    program was started in.
    """
    path = (folder or Path()) / Path(told.strip()).expanduser()
    return path if path.suffix.casefold() == suffix else path.with_name(f"{path.name}{suffix}")
