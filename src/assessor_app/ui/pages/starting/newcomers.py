"""Instrument files that came or changed since they were read: imported while the window is open."""

import hashlib
from collections.abc import Callable

from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell


def some_came(desk: Desk) -> bool:
    """Whether the assessor's own folder holds other files than those that were read from it.

    It is asked at every opening of a page, and reads nothing but a few small files; one that
    cannot be used counts as new each time.
    """
    library, folder = desk.application.library, desk.home / "instruments"
    known = {library.file_of(one): one.digest for one in library.all()}
    read = {file: digest for file, digest in known.items() if file and file.parent == folder}
    try:
        there = {
            file: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.yaml")
        }
    except OSError:  # one is being written or cannot be read: reading anew tells
        return True
    return there != read


def reading_anew(desk: Desk) -> Callable[[Tell], None]:
    """The work of reading all instruments again, a quarter of a second, for a worker."""

    def read(_: Tell) -> None:
        library = desk.application.library
        library.forget()
        library.all()

    return read
