"""What carries a visit from store to store: a colleague's file, or a part for headquarters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from assessor_app.syncing.bundle import Progress
from assessor_app.syncing.manifest import Manifest, Part


class Carrier(Protocol):
    """An opened one; `path` is what is told of it where something in it is wrong.

    Reading raises StoreProblem where a part is not what the manifest says.
    """

    @property
    def manifest(self) -> Manifest: ...

    @property
    def path(self) -> Path: ...

    def read(self, part: Part) -> bytes:
        """A part that fits into the memory."""
        ...

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part in pieces; only at the end is it sure that it is whole."""
        ...

    def check(self, progress: Progress | None = None) -> None:
        """Read all of it to its end."""
        ...
