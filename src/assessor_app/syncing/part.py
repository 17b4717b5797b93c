"""The plain content of a part that goes to headquarters: a table of what is in it, and the bytes.

Layout: magic, length of the table (4 bytes, big endian), the table (canonical JSON), then the bytes
of one entry after another in the order of the table, and nothing behind them. No name in it is ever
a path, no size is more than the signed manifest says: there is nothing to be unpacked.
"""

import hashlib
import json
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.problem import StoreProblem
from assessor_app.syncing.bundle import Contents, PartDiffers, Progress
from assessor_app.syncing.manifest import Manifest, Part, manifest_bytes, read_manifest
from assessor_app.syncing.reading import as_count, as_hex32, as_list, as_object, as_text

FORM = 1
"""The form that this program writes; it reads this one and those before it."""

_MAGIC = b"ASSESSOR-PART\n"
_LENGTH = struct.Struct(">I")
_LONGEST_TABLE = 16 * 1024 * 1024
_PIECE_BYTES = 256 * 1024
_NAME = re.compile(r"[a-z]+(?:/[0-9a-z-]+)?")


class PartKind(StrEnum):
    """Which part of a visit; in the order in which they are sent."""

    RECORD = "record"  # streams, checkpoints, instrument, documents and their openings
    DERIVATIVES = "derivatives"  # the smaller pictures
    ORIGINALS = "originals"  # evidence as it was captured


@dataclass(frozen=True, slots=True)
class Table:
    """What is in a part. `about` is the manifest of the record; the other parts have none."""

    kind: PartKind
    visit: str
    entries: tuple[Part, ...]
    about: Manifest | None = None


def part_bytes(
    table: Table, contents: Contents, *, progress: Progress | None = None
) -> Iterator[bytes]:
    """A part in pieces, as it is sealed: it never lies anywhere in clear.

    Raises PartDiffers where an entry is not what the table says, and what opening it raises. What
    came before counts for nothing then.
    """
    plain = _table_bytes(table)
    yield _MAGIC + _LENGTH.pack(len(plain)) + plain
    done, total = 0, sum(entry.size for entry in table.entries)
    for entry in table.entries:
        digest, size = hashlib.sha256(), 0
        with contents(entry) as pieces:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                yield piece
        if (size, digest.hexdigest()) != (entry.size, entry.sha256):
            raise PartDiffers(entry)
        done += entry.size
        if progress is not None:
            progress(done, total)


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """A part that is read; `starts` says where in the file each entry begins, by its name."""

    path: Path
    file: BinaryIO
    table: Table
    starts: dict[str, int]
    end: int

    @property
    def manifest(self) -> Manifest:
        """What a record says of itself. Raises StoreProblem `part_damaged` where it is none."""
        if self.table.about is None:
            raise StoreProblem("part_damaged", path=self.path)
        return self.table.about

    def pieces(self, part: Part) -> Iterator[bytes]:
        """An entry in pieces; only at the end is it sure that it is what the table says.

        Raises StoreProblem `part_damaged`, and what reading raises.
        """
        digest, left = hashlib.sha256(), part.size
        at = self.starts[part.name]
        while left:
            self.file.seek(at)
            piece = self.file.read(min(left, _PIECE_BYTES))
            if not piece:
                raise StoreProblem("part_damaged", path=self.path)
            digest.update(piece)
            at, left = at + len(piece), left - len(piece)
            yield piece
        if digest.hexdigest() != part.sha256:
            raise StoreProblem("part_damaged", path=self.path)

    def read(self, part: Part) -> bytes:
        """An entry that fits into the memory. Raises as `pieces` does."""
        return b"".join(self.pieces(part))

    def check(self, progress: Progress | None = None) -> None:
        """Read every entry to its end, and see that nothing follows. Raises as `pieces` does."""
        done, total = 0, sum(entry.size for entry in self.table.entries)
        for entry in self.table.entries:
            for piece in self.pieces(entry):
                done += len(piece)
                if progress is not None:
                    progress(done, total)
        self.file.seek(self.end)
        if self.file.read(1):
            raise StoreProblem("part_damaged", path=self.path)


def open_part(file: BinaryIO, path: Path) -> OpenedPart:
    """Read the table of a part; its entries are read when they are asked for.

    Raises StoreProblem `part_damaged`, or `part_newer` where a later version wrote it.
    """
    start = file.read(len(_MAGIC) + _LENGTH.size)
    if len(start) < len(_MAGIC) + _LENGTH.size or not start.startswith(_MAGIC):
        raise StoreProblem("part_damaged", path=path)
    (length,) = _LENGTH.unpack(start[len(_MAGIC) :])
    plain = file.read(min(length, _LONGEST_TABLE))
    if len(plain) != length:
        raise StoreProblem("part_damaged", path=path)
    table = _read_table(plain, path)
    starts, at = {}, len(start) + length
    for entry in table.entries:
        starts[entry.name] = at
        at += entry.size
    return OpenedPart(path, file, table, starts, at)


def _table_bytes(table: Table) -> bytes:
    about: Json = None if table.about is None else json.loads(manifest_bytes(table.about))
    return canonical(
        {
            "v": FORM,
            "kind": table.kind.value,
            "visit": table.visit,
            "entries": _listed(table.entries),
            "about": about,
        }
    )


def _listed(entries: Sequence[Part]) -> Json:
    return [[one.name, one.size, one.sha256] for one in entries]


def _read_table(plain: bytes, path: Path) -> Table:
    try:
        loaded = as_object(json.loads(plain))
        is_newer = as_count(loaded["v"]) > FORM
        if not is_newer:
            return _table(loaded, plain)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreProblem("part_damaged", path=path) from error
    raise StoreProblem("part_newer", path=path)


def _table(loaded: dict[str, Json], plain: bytes) -> Table:
    """Raises ValueError, KeyError or TypeError where it is not as this program writes it."""
    if canonical(loaded) != plain:
        raise ValueError("not canonical")
    entries = tuple(_entry(one) for one in as_list(loaded["entries"]))
    if len({one.name for one in entries}) != len(entries):
        raise ValueError("an entry is there twice")
    kind, about = PartKind(as_text(loaded["kind"])), loaded["about"]
    manifest = None if about is None else read_manifest(canonical(about))
    if (kind is PartKind.RECORD) != (manifest is not None):
        raise ValueError("a record says of itself what it is, the others do not")
    if manifest is not None and manifest.parts != entries:
        raise ValueError("the record says otherwise")
    return Table(kind, as_text(loaded["visit"]), entries, manifest)


def _entry(row: Json) -> Part:
    name, size, digest = as_list(row)
    if not _NAME.fullmatch(as_text(name)):
        raise ValueError(f"{name!r} is no name")
    return Part(as_text(name), as_count(size), as_hex32(digest))
