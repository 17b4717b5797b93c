"""The file in which one visit travels: sealed parts behind a head that says who can open it.

Layout: magic, length of the head (4 bytes, big endian), the head, then one sealed stream
(sealing/stream.py) after another: the manifest, and the parts in the order in which it names them.
The head is bound to every stream; the manifest gives size and hash of every part. So nothing can
be changed, left out, put in another order or brought over from another file.
"""

import hashlib
import json
import secrets
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from assessor_app.domain.event import canonical
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.box import BrokenSeal
from assessor_app.sealing.cost import Cost
from assessor_app.sealing.slots import (
    SECRET_BYTES,
    PassphraseSlot,
    RecoverySlot,
    open_recovery,
    open_slot,
    read_passphrase_slot,
    read_recovery_slot,
    seal_recovery,
    seal_slot,
)
from assessor_app.sealing.stream import KeyOf, key_of, opened, seal, sealed_size
from assessor_app.syncing.manifest import Manifest, Part, manifest_bytes, read_manifest

FORM = 1
"""The form that this program writes; it reads this one and those before it."""

_MAGIC = b"ASSESSOR-BUNDLE\n"
_LENGTH = struct.Struct(">I")
_LONGEST_HEAD = 1024 * 1024
_PURPOSE = "bundle"
_ABOUT = {"for": _PURPOSE}
_MANIFEST = "manifest"

Progress = Callable[[int, int], None]
"""Hears how many bytes are done, and of how many."""

Contents = Callable[[Part], AbstractContextManager[Iterable[bytes]]]
"""Opens what is to be sealed as a part, in pieces."""


class PartDiffers(Exception):  # noqa: N818 - it names what differs, as Problem does
    """What was to be sealed is not what the manifest says of it."""

    def __init__(self, part: Part) -> None:
        super().__init__(part.name)
        self.part = part


@dataclass(frozen=True, slots=True)
class Locks:
    """Who can open a bundle: whoever knows the passphrase, and the holders of recovery keys."""

    passphrase: str
    cost: Cost
    recovery: tuple[X25519PublicKey, ...] = ()


def write_bundle(
    target: BinaryIO,
    manifest: Manifest,
    contents: Contents,
    *,
    locks: Locks,
    progress: Progress | None = None,
) -> None:
    """Seal a manifest and its parts into an open file, a few chunks in memory at a time.

    Raises PartDiffers where a part is not what the manifest says, StoreProblem for a passphrase
    that cannot be used, and what reading and writing raise. What was written counts for nothing
    then.
    """
    secret = secrets.token_bytes(SECRET_BYTES)
    plain = manifest_bytes(manifest)
    head = canonical(
        {
            "form": FORM,
            "app": manifest.app,
            "manifest": len(plain),
            "passphrase": seal_slot(
                secret, locks.passphrase, cost=locks.cost, about=_ABOUT
            ).as_json(),
            "recovery": [
                seal_recovery(secret, one, about=_ABOUT).as_json() for one in locks.recovery
            ],
        }
    )
    key, sealed = key_of(secret, _PURPOSE), hashlib.sha256(head).digest()
    target.write(_MAGIC + _LENGTH.pack(len(head)) + head)
    seal(BytesIO(plain), target, key=key, bound=_bound(sealed, _MANIFEST))
    done, total = 0, sum(part.size for part in manifest.parts)
    for part in manifest.parts:
        with contents(part) as pieces:
            source = PieceReader(pieces)
            seal(source, target, key=key, bound=_bound(sealed, part.name))
        if (source.size, source.sha256) != (part.size, part.sha256):
            raise PartDiffers(part)
        done += part.size
        if progress is not None:
            progress(done, total)


@dataclass(frozen=True, slots=True)
class Sealed:
    """The file and the key of its streams; `head` is the SHA-256 that is bound to each."""

    path: Path
    file: BinaryIO
    key: KeyOf
    head: bytes

    def pieces(self, name: str, *, start: int, size: int) -> Iterator[bytes]:
        """The plain bytes of one stream. Raises StoreProblem `bundle_damaged`."""
        window, found = _Window(self.file, start, sealed_size(size)), 0
        try:
            for piece in opened(window, key=self.key, bound=_bound(self.head, name)):
                found += len(piece)
                yield piece
        except BrokenSeal as error:
            raise StoreProblem("bundle_damaged", path=self.path) from error
        if found != size:
            raise StoreProblem("bundle_damaged", path=self.path)


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle: what it says of itself, and its parts, each read when it is asked for.

    `starts` says where in the file the stream of each part begins, `end` where the last one ends.
    """

    manifest: Manifest
    sealed: Sealed
    starts: Mapping[str, int]
    end: int

    @property
    def path(self) -> Path:
        return self.sealed.path

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part in pieces; only at the end is it sure that it is whole and the one sealed.

        Raises StoreProblem `bundle_damaged`, and what reading raises.
        """
        digest = hashlib.sha256()
        start = self.starts[part.name]
        for piece in self.sealed.pieces(part.name, start=start, size=part.size):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != part.sha256:
            raise StoreProblem("bundle_damaged", path=self.path)

    def read(self, part: Part) -> bytes:
        """A part that fits into the memory. Raises as `pieces` does."""
        return b"".join(self.pieces(part))

    def check(self, progress: Progress | None = None) -> None:
        """Read every part to its end, and see that nothing follows. Raises as `pieces` does."""
        done, total = 0, sum(part.size for part in self.manifest.parts)
        for part in self.manifest.parts:
            for piece in self.pieces(part):
                done += len(piece)
                if progress is not None:
                    progress(done, total)
        self.sealed.file.seek(self.end)
        if self.sealed.file.read(1):
            raise StoreProblem("bundle_damaged", path=self.path)


def open_bundle(file: BinaryIO, path: Path, *, secret: str | X25519PrivateKey) -> Bundle:
    """Open a bundle with its passphrase, or with the private half of a recovery key.

    Raises StoreProblem `bundle_foreign`, `bundle_newer`, `bundle_damaged`,
    `bundle_passphrase_wrong` or `bundle_recovery_missing`, and what reading raises.
    """
    raw = _read_head(file, path)
    head = _head(raw, path)
    key = key_of(_unsealed(head, secret, path=path), _PURPOSE)
    sealed = Sealed(path, file, key, hashlib.sha256(raw).digest())
    at = len(_MAGIC) + _LENGTH.size + len(raw)
    plain = b"".join(sealed.pieces(_MANIFEST, start=at, size=head.manifest))
    try:
        manifest = read_manifest(plain)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreProblem("bundle_damaged", path=path) from error
    starts, at = {}, at + sealed_size(head.manifest)
    for part in manifest.parts:
        starts[part.name] = at
        at += sealed_size(part.size)
    return Bundle(manifest, sealed, starts, at)


class PieceReader:
    """Pieces as a file that is read, hashed and counted on the way."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = b""
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """Of what was read so far, hex."""
        return self._digest.hexdigest()

    def read(self, size: int, /) -> bytes:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = piece
        data, self._left = self._left[:size], self._left[size:]
        self._digest.update(data)
        self.size += len(data)
        return data


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands in clear: the size of the manifest, and the ways to the key."""

    manifest: int
    passphrase: PassphraseSlot
    recovery: tuple[RecoverySlot, ...]


class _Window:
    """A stretch of a file, as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._at = start
        self._left = size

    def read(self, size: int, /) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(min(size, self._left))
        self._at += len(data)
        self._left -= len(data)
        return data


def _bound(head: bytes, name: str) -> bytes:
    return head + name.encode()


def _read_head(file: BinaryIO, path: Path) -> bytes:
    start = file.read(len(_MAGIC) + _LENGTH.size)
    if not start.startswith(_MAGIC) or len(start) < len(_MAGIC) + _LENGTH.size:
        raise StoreProblem("bundle_foreign", path=path)
    (length,) = _LENGTH.unpack(start[len(_MAGIC) :])
    raw = file.read(min(length, _LONGEST_HEAD))
    if len(raw) != length:
        raise StoreProblem("bundle_damaged", path=path)
    return raw


def _head(raw: bytes, path: Path) -> _Head:
    try:
        loaded = json.loads(raw)
        form, app = loaded["form"], str(loaded["app"])
        if type(form) is int and form > FORM:
            # Only what is the same in every form to come is read of a newer one.
            raise StoreProblem("bundle_newer", path=path, app=app)
        size = loaded["manifest"]
        if form != FORM or type(size) is not int or size < 0 or canonical(loaded) != raw:
            raise StoreProblem("bundle_damaged", path=path)
        recovery = tuple(read_recovery_slot(one) for one in loaded["recovery"])
        return _Head(size, read_passphrase_slot(loaded["passphrase"]), recovery)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreProblem("bundle_damaged", path=path) from error


def _unsealed(head: _Head, secret: str | X25519PrivateKey, *, path: Path) -> bytes:
    if isinstance(secret, str):
        found = open_slot(head.passphrase, secret)
        if found is None:
            raise StoreProblem("bundle_passphrase_wrong", path=path)
        return found
    for slot in head.recovery:
        found = open_recovery(slot, secret)
        if found is not None:
            return found
    raise StoreProblem("bundle_recovery_missing", path=path)
