"""A storage as seen from here: five verbs over names that tell nothing, and how they fail.

Storages lie, lose and lag. Nothing above relies on a put that creates only, on an order of listing
or on a size that fits: names are the hashes of what they hold, and only a receipt ends an item.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol, runtime_checkable

from assessor_app.domain.problem import StoreProblem

_PART = r"[0-9a-z-](?:[0-9a-z.-]*[0-9a-z-])?"
_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
_LONGEST = 200
"""Characters of a name: with a folder before it, it fits into the 260 of an old Windows."""

PASSING = frozenset({"storage_unreachable", "storage_name_unknown", "storage_page"})
"""Codes of what may pass by itself: a line that is down, a network that wants a login first."""


class TransportFailed(StoreProblem):
    """A storage that could not do what it was asked.

    `retry` says that the same may go well later with nothing changed by a person. `place` is the
    storage as people call it, `cause` what was said by the system or the server, without secrets.
    """

    def __init__(self, code: str, *, place: str, cause: object = "", retry: bool = False) -> None:
        super().__init__(code, place=place, cause=cause)
        self.retry = retry or code in PASSING


class Transport(Protocol):
    """Where pieces are put. Every verb raises TransportFailed, and ValueError for a bad name."""

    def size(self, name: str) -> int | None:
        """Bytes of what lies under a name; None where nothing does."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """Write all of it, or raise: then nothing, or less of it, can be read under this name.

        A folder and S3 keep nothing then; a WebDAV server may keep a beginning, which `size` tells.
        """
        ...

    def get(self, name: str) -> bytes:
        """What lies under a name. Raises TransportFailed `storage_missing` where nothing does."""
        ...

    def list(self, prefix: str) -> Iterator[str]:
        """The names in a folder and in those below it, in no order; "" is the whole storage."""
        ...

    def delete(self, name: str) -> None:
        """Take it away; what is not there is no failure."""
        ...


@runtime_checkable
class Dated(Protocol):
    """A storage that tells the time."""

    def time(self) -> datetime | None:
        """What its clock shows; None where it does not say. Raises TransportFailed."""
        ...


def is_name(text: str) -> bool:
    """Whether a storage may be asked for it: small letters, digits, `-`, `.` and `/` between.

    No part begins or ends with a dot: no `..`, nothing hidden, nothing that Windows shortens.
    """
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None


def checked_name(name: str) -> str:
    """Raises ValueError for what is no name."""
    if not is_name(name):
        raise ValueError(f"{name!r} is no name of a piece")
    return name


def checked_prefix(prefix: str) -> str:
    """A folder as it stands before the names in it: "" or ending in `/`. Raises ValueError."""
    folder = prefix.removesuffix("/")
    return f"{checked_name(folder)}/" if prefix else ""
