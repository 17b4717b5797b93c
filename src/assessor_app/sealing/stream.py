"""Bytes of any length sealed and opened in chunks: AES-256-GCM in the STREAM construction.

Layout: magic, 32-byte salt, 7-byte nonce prefix, then chunks of 64 KiB with their tags. The nonce
of a chunk is prefix, counter, and a last flag: truncated, reordered or swapped chunks do not open.
What the stream is `bound` to (its name, its form) is authenticated with every chunk, not stored.
"""

import itertools
import secrets
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assessor_app.sealing.box import BrokenSeal
from assessor_app.sealing.subkeys import subkey

CHUNK_BYTES = 64 * 1024
_MAGIC = b"ASSESSOR-VAULT-1"
_SALT_BYTES = 32
_PREFIX_BYTES = 7
_TAG_BYTES = 16
_HEAD_BYTES = len(_MAGIC) + _SALT_BYTES + _PREFIX_BYTES


class Source(Protocol):
    """All that is asked of what is read: a file, a pipe, or what hashes on the way."""

    def read(self, size: int, /) -> bytes: ...


KeyOf = Callable[[bytes], bytes]
"""The 32-byte key of one stream, made of the random salt at its head."""


def key_of(secret: bytes, purpose: str) -> KeyOf:
    """Keys for the streams of one purpose under one secret: each salt has its own."""
    return lambda salt: subkey(secret, purpose, salt=salt)


def seal(source: Source, target: BinaryIO, *, key: KeyOf, bound: bytes) -> int:
    """Seal all that `source` still holds into `target`; returns the bytes that were read.

    Holds a few chunks in memory, whatever the length. Raises what the two files raise.
    """
    salt, prefix = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_PREFIX_BYTES)
    cipher = AESGCM(key(salt))
    target.write(_MAGIC + salt + prefix)
    read = 0
    for nonce, piece in _numbered(prefix, _pieces(source, CHUNK_BYTES)):
        target.write(cipher.encrypt(nonce, piece, bound))
        read += len(piece)
    return read


def opened(source: Source, *, key: KeyOf, bound: bytes) -> Iterator[bytes]:
    """The plain chunks one after another, each of them authentic.

    Only at the end is it sure that none was cut off: what was made of them before counts for
    nothing otherwise. Raises BrokenSeal, and what reading raises.
    """
    head = _filled(source, _HEAD_BYTES)
    if len(head) < _HEAD_BYTES or not head.startswith(_MAGIC):
        raise BrokenSeal("no sealed stream")
    salt, prefix = head[len(_MAGIC) : -_PREFIX_BYTES], head[-_PREFIX_BYTES:]
    cipher = AESGCM(key(salt))
    for nonce, piece in _numbered(prefix, _pieces(source, CHUNK_BYTES + _TAG_BYTES)):
        try:
            yield cipher.decrypt(nonce, piece, bound)
        except (InvalidTag, ValueError) as error:  # ValueError: shorter than a tag
            raise BrokenSeal("a chunk does not open") from error


def sealed_size(plain: int) -> int:
    """How many bytes a stream of so many bytes takes when it is sealed."""
    chunks = max(1, -(-plain // CHUNK_BYTES))
    return _HEAD_BYTES + plain + chunks * _TAG_BYTES


def _pieces(source: Source, size: int) -> Iterator[bytes]:
    """What is left of a file in pieces of one size, the last may be shorter; one of an empty file.

    A pipe or a socket may hand over less than it was asked for before its end.
    """
    piece = _filled(source, size)
    yield piece
    while len(piece) == size and (piece := _filled(source, size)):
        yield piece


def _filled(source: Source, size: int) -> bytes:
    piece = source.read(size)
    while piece and len(piece) < size and (more := source.read(size - len(piece))):
        piece += more
    return piece


def _numbered(prefix: bytes, pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each piece with its nonce; a piece is known to be the last when none comes after it."""
    number = 0
    for piece, following in itertools.pairwise(itertools.chain(pieces, (None,))):
        if piece is not None:
            yield prefix + struct.pack(">IB", number, following is None), piece
            number += 1
