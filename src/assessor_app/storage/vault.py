"""The evidence vault: each file sealed under a key of its own, its name and form bound into it."""

import contextlib
import hashlib
import itertools
import os
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.box import BrokenSeal
from assessor_app.sealing.stream import KeyOf, Source, key_of, opened, seal
from assessor_app.storage.claims import claim, claimed
from assessor_app.storage.files import (
    make_folder,
    sync_folders_of,
    told_plainly,
    write_whole,
    writing_whole,
)
from assessor_app.storage.keys import DataKey

_PART = ".part"
ASIDE = ".aside"
"""Ends the name of a file that was put aside (storage/aside.py): no event named it."""
FREED = ".freed"
"""Ends the name of the mark that an original was let go of on purpose (services/freed.py)."""
_DAMAGED = ".damaged"  # ends the name of what was replaced, kept to be looked into


class Form(StrEnum):
    """In which form a file is kept."""

    ORIGINAL = "original"  # the bytes as captured, never altered
    REPORT = "report"  # the smaller picture that goes into the PDF
    THUMBNAIL = "thumbnail"  # the small picture of a list
    DOCUMENT = "document"  # a signed PDF as issued
    RECORD = "record"  # the full record of a document, of which the PDF carries a part
    HANDWRITING = "handwriting"  # a receiver's signature, stroke by stroke
    RETURNED = "returned"  # what came back of a document


DERIVED = (Form.REPORT, Form.THUMBNAIL)
"""Made of the original and made anew where lost: no hash of them is recorded."""

FORM_OF: Mapping[str, Form] = {
    "evidence": Form.ORIGINAL,
    "document": Form.DOCUMENT,
    "record": Form.RECORD,
    "handwriting": Form.HANDWRITING,
    "returned": Form.RETURNED,
}
"""The form of the file that an event names by an entity of this kind and its `sha256`."""

_FORMS = frozenset(form.value for form in Form)


def form_named(entity: str) -> Form:
    """The form of the file that an entity names; of a kind that is unknown here an original."""
    return FORM_OF.get(entity.partition("/")[0], Form.ORIGINAL)


class Measured(NamedTuple):
    """What was put: SHA-256 (hex) and number of the plain bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that lies in the vault's folders; `form` is None for the rest of an unfinished one."""

    path: Path
    id: str
    form: Form | None
    aside: bool = False


class SourceFailed(Exception):  # noqa: N818 - it says what failed, as Problem does
    """What was to be put could not be read to its end; nothing was put. Its cause says why."""


@dataclass(frozen=True, slots=True)
class Vault:
    """The folder of sealed files."""

    folder: Path
    key: DataKey

    def put(self, file_id: str, form: Form, data: bytes) -> None:
        """Seal and write a file, durably; it is there whole or not at all.

        Raises StoreProblem as `write_whole` does.
        """
        self.put_file(file_id, form, BytesIO(data))

    def put_file(self, file_id: str, form: Form, source: Source) -> Measured:
        """Seal what is left of `source`, hashed on the way: a long video fills no memory.

        Raises StoreProblem as `put`, and SourceFailed.
        """
        path = self._path(file_id, form)
        make_folder(path.parent)
        reading = _Reading(source)
        with writing_whole(path) as target:
            size = seal(reading, target, key=self._key, bound=_bound(file_id, form))
        return Measured(reading.digest.hexdigest(), size)

    def get(self, file_id: str, form: Form) -> bytes:
        """The bytes as they were put.

        Raises StoreProblem `evidence_missing`, `evidence_freed` or `evidence_damaged`.
        """
        with self.pieces(file_id, form) as pieces:
            return b"".join(pieces)

    @contextlib.contextmanager
    def pieces(self, file_id: str, form: Form) -> Iterator[Iterator[bytes]]:
        """The bytes as they were put, one piece after another. Raises as `get`."""
        path = self._lying(file_id, form)
        if not path.exists():
            if form is Form.ORIGINAL and self._mark(file_id).exists():
                raise StoreProblem("evidence_freed", path=path, file=file_id)
            raise StoreProblem("evidence_missing", path=path)
        try:
            with told_plainly(path):
                file = path.open("rb")
            with file:
                yield opened(_Told(file, path), key=self._key, bound=_bound(file_id, form))
        except BrokenSeal as error:
            raise StoreProblem("evidence_damaged", path=path) from error

    def stream_to(self, file_id: str, form: Form, target: BinaryIO) -> Measured:
        """Write the bytes as they were put into an open file, which has room for all of them.

        What was written counts for nothing unless this returns. Raises as `get`; what writing
        raises goes through.
        """
        digest, size = hashlib.sha256(), 0
        with self.pieces(file_id, form) as pieces:
            for piece in pieces:
                target.write(piece)
                digest.update(piece)
                size += len(piece)
        return Measured(digest.hexdigest(), size)

    def check(self, file_id: str, form: Form, sha256: str) -> None:
        """Read a file whole and compare it with its recorded hash (hex).

        Raises StoreProblem `evidence_missing`, `evidence_damaged`, or `evidence_replaced` where it
        is whole and is not the file that was recorded.
        """
        digest = hashlib.sha256()
        with self.pieces(file_id, form) as pieces:
            for piece in pieces:
                digest.update(piece)
        if digest.hexdigest() != sha256:
            path = self._path(file_id, form)
            raise StoreProblem("evidence_replaced", path=path, file=file_id)

    def opens(self, file_id: str, form: Form) -> bool:
        """Whether a file is there, its seal unbroken from beginning to end."""
        try:
            with self.pieces(file_id, form) as pieces:
                for _ in pieces:
                    pass
        except StoreProblem:
            return False
        return True

    def has(self, file_id: str, form: Form) -> bool:
        """Whether a file is there, in its place or aside."""
        return self._lying(file_id, form).exists()

    def require(self, file_id: str, form: Form) -> None:
        """For `Draft.require`: an event may name only a file that is there.

        Raises StoreProblem `evidence_swept`.
        """
        if not self.has(file_id, form):
            raise StoreProblem("evidence_swept", path=self._path(file_id, form))

    @contextlib.contextmanager
    def replacing(self, file_id: str, form: Form) -> Iterator[None]:
        """Keep a damaged file under another name while a whole one takes its place.

        It is put back where the block ends badly. Raises StoreProblem as `write_whole` does.
        """
        path = self._lying(file_id, form)
        kept = _free(path.with_name(f"{file_id}.{form.value}{_DAMAGED}"))
        with told_plainly(path):
            path.replace(kept)
        try:
            yield
        except BaseException:
            with told_plainly(path):
                kept.replace(path)
            raise

    @contextlib.contextmanager
    def claiming(self, file_id: str, form: Form) -> Iterator[None]:
        """Keep every sweep away from a file that no event names yet.

        Raises as `require` where a sweep was faster.
        """
        self.require(file_id, form)
        path = self._lying(file_id, form)
        with told_plainly(path), path.open("rb") as file:
            claim(file)
            yield

    def drop(self, file_id: str, form: Form) -> None:
        """Remove a file that no event names: what was half-done goes away again.

        One that was put aside stays there. Raises StoreProblem where it cannot be removed.
        """
        path = self._path(file_id, form)
        with told_plainly(path):
            path.unlink(missing_ok=True)

    def taken(self, file_id: str, form: Form) -> int:
        """The bytes that a file takes on disk; 0 where none is there."""
        path = self._lying(file_id, form)
        with told_plainly(path):
            return path.stat().st_size if path.exists() else 0

    def mark_freed(self, file_id: str) -> None:
        """Let whoever wants an original that is not there be told that it was let go of.

        Whether it truly was, the record says. Raises StoreProblem as `write_whole` does.
        """
        mark = self._mark(file_id)
        make_folder(mark.parent)
        write_whole(mark, b"")

    def free(self, file_id: str) -> None:
        """Remove an original for good, and mark that. Raises StoreProblem as writing does."""
        self.mark_freed(file_id)
        path = self._lying(file_id, Form.ORIGINAL)
        with told_plainly(path):
            path.unlink(missing_ok=True)
        sync_folders_of([path])

    def walk(self, *, besides: Container[str] = frozenset()) -> Iterator[Sealed]:
        """Every file of the vault `besides` those of known ids, and what unfinished writing left.

        What was put aside is among them, whatever its id is. In no order. Files of other names are
        not the vault's and are passed over. 60,000 files whose ids are known take a tenth of a
        second. Raises StoreProblem where a folder cannot be read.
        """
        with told_plainly(self.folder):
            for shelf in _listed(self.folder):
                for name in _listed(self.folder / shelf):
                    # Nothing stands before the first point of .….part.
                    if name.partition(".")[0] not in besides or name.endswith(ASIDE):
                        yield from _sealed(self.folder / shelf / name)

    def ids(self) -> set[str]:
        """The ids of all files that are there in any form."""
        return {one.id for one in self.walk() if one.form is not None}

    def remove(self, files: Iterable[Sealed]) -> int | None:
        """Remove files of one id that no event names; the bytes that they took on disk.

        None, and nothing is removed, where a living process still works on one of them. Raises
        StoreProblem where one cannot be removed.
        """
        listed = sorted(files, key=lambda one: one.form is not Form.ORIGINAL)
        if any(claimed(one.path) for one in listed):
            return None
        size = 0
        for one in listed:
            with told_plainly(one.path):
                try:
                    taken = one.path.stat().st_size
                    one.path.unlink()
                except FileNotFoundError:
                    continue
                except PermissionError:  # it is open, on Windows: the original is tried first
                    return size or None
            size += taken
        sync_folders_of(one.path for one in listed)
        return size

    def _path(self, file_id: str, form: Form) -> Path:
        return self.folder / file_id[-2:] / f"{file_id}.{form.value}"

    def _mark(self, file_id: str) -> Path:
        return self.folder / file_id[-2:] / f"{file_id}{FREED}"

    def _lying(self, file_id: str, form: Form) -> Path:
        """Where a file is: in its place, or aside until a sweep puts it back."""
        path = self._path(file_id, form)
        aside = path.with_name(f"{path.name}{ASIDE}")
        return aside if aside.exists() and not path.exists() else path

    @property
    def _key(self) -> KeyOf:
        return key_of(self.key.secret, "evidence")


class _Reading:
    """Hashes what is read of a source, and tells its failing apart from that of the vault."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        try:
            data = self._source.read(size)
        except OSError as error:
            raise SourceFailed(str(error)) from error
        self.digest.update(data)
        return data


@dataclass(frozen=True, slots=True)
class _Told:
    """A file whose failing is told as a StoreProblem that names it, whoever reads it."""

    file: BinaryIO
    path: Path

    def read(self, size: int, /) -> bytes:
        with told_plainly(self.path):
            return self.file.read(size)


def _free(path: Path) -> Path:
    """The path, or with the first number after it that nothing is called by yet."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in itertools.count(2))
    return next(one for one in itertools.chain([path], numbered) if not one.exists())


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - a Path for each name takes five times as long
    except (FileNotFoundError, NotADirectoryError):
        return []


def _sealed(path: Path) -> Iterator[Sealed]:
    name = path.name
    if name.endswith(_PART):
        yield Sealed(path, name.lstrip(".").partition(".")[0], None)
    elif form := form_of(name.removesuffix(ASIDE)):
        yield Sealed(path, name.partition(".")[0], form, aside=name.endswith(ASIDE))


def form_of(name: str) -> Form | None:
    """The form of a file of this name in its place; None where it is none of the vault's."""
    form = name.partition(".")[2]
    return Form(form) if form in _FORMS else None


def _bound(file_id: str, form: Form) -> bytes:
    return f"{file_id}/{form.value}".encode()
