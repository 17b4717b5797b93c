"""The database's log (`-wal`) as a crash left it: is all in it that was said to be saved?

SQLite ends the log at the first frame that does not fit, because a torn last write looks just so.
A flipped bit would take every later answer away without a word. Frames are told apart without a
key: their heads are plain, and their checksums, each carried on from the one before, are taken of
the encrypted pages (https://sqlite.org/walformat.html).

- One flipped bit is found by the checksums and the page's own seal, and put right.
- At most one transaction is under way when the power goes, and at its end stands one commit.
  Where two or more commits that follow from each other lie behind the end, the log is damaged.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_HEAD = struct.Struct(">8I")  # magic, version, page size, count, salt, salt, checksum, checksum
_FRAME = struct.Struct(">6I")  # page, size at a commit, salt, salt, checksum, checksum
_STRETCH = 64  # bytes whose words are summed up before the sums are cut to 32 bits
_CHECKED_OF_HEAD, _CHECKED_OF_FRAME = 24, 8  # bytes at the beginning that the checksum is of
_LITTLE, _BIG = 0x377F0682, 0x377F0683  # the magic tells the order of bytes in checksums
_PAGE = 4096  # bytes, SQLCipher's, where a damaged head does not tell
_PAGES = frozenset(1 << power for power in range(9, 17))  # what SQLite knows
_MASK = 0xFFFFFFFF

Checksum = tuple[int, int]
Sealed = Callable[[int, bytes], bool]
"""Whether a page of that number is as the engine sealed it."""


@dataclass(frozen=True, slots=True, order=True)
class Flip:
    """One bit of a file that is not what it was."""

    offset: int
    mask: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a log is found to be: whole but for `flips`, or `damaged` beyond them."""

    flips: tuple[Flip, ...] = ()
    damaged: bool = False

    @property
    def whole(self) -> bool:
        return not (self.flips or self.damaged)


@dataclass(frozen=True, slots=True)
class _Geometry:
    order: str  # of the bytes in checksums, as `struct` writes it
    page: int
    salts: tuple[int, int]
    sealed: Sealed

    @property
    def step(self) -> int:
        return _FRAME.size + self.page


def look(content: bytes, sealed: Sealed) -> Looked:
    """Walk a log from its head, past every single flipped bit, to where nothing fits any more."""
    log = bytearray(content)
    if len(log) < _HEAD.size + _FRAME.size:
        return Looked()
    flips = []
    fits, flip = _head_fits(log, sealed)
    if flip:
        flips.append(flip)
    if not fits:
        return Looked(damaged=_commits_behind(log, _unread_geometry(log, sealed), _HEAD.size) > 1)
    geometry, checksum = _geometry(log, sealed), _words(log, 24)
    at = committed = _HEAD.size
    while at + geometry.step <= len(log):
        fits, flip = _frame_fits(log, geometry, at, checksum)
        if not fits:
            break
        if flip:
            flips.append(flip)
        checksum = _words(log, at + 16)
        at += geometry.step
        if _size_at_commit(log, at - geometry.step):
            committed = at
    return Looked(
        # A bit in what was never committed is no loss, and nobody's to put right.
        flips=tuple(one for one in flips if one.offset < committed and committed > _HEAD.size),
        damaged=_commits_behind(log, geometry, at) > 1,
    )


def _head_fits(log: bytearray, sealed: Sealed) -> tuple[bool, Flip | None]:
    """Whether the head is whole, if need be with one bit put right."""
    if _is_head(log):
        return True, None
    found = []
    for flip in (Flip(offset, 1 << bit) for offset in range(_HEAD.size) for bit in range(8)):
        log[flip.offset] ^= flip.mask
        if _is_head(log):
            found.append((not _leads_on(log, _geometry(log, sealed)), flip))
        log[flip.offset] ^= flip.mask
    if not found:
        return False, None
    _, flip = min(found)  # rather one from which the first frame follows
    log[flip.offset] ^= flip.mask
    return True, flip


def _leads_on(log: bytearray, geometry: _Geometry) -> bool:
    if len(log) < _HEAD.size + geometry.step:
        return False
    found = _frame_checksum(log, geometry, _HEAD.size, _words(log, 24))
    first = (_words(log, _HEAD.size + 8), _words(log, _HEAD.size + 16))
    return first == (geometry.salts, found)


def _is_head(log: bytearray) -> bool:
    magic, _, page, *_ = _HEAD.unpack_from(log)
    if magic not in {_LITTLE, _BIG} or page not in _PAGES:
        return False
    return _carried(log, _order(magic), 0, _CHECKED_OF_HEAD, (0, 0)) == _words(log, 24)


def _frame_fits(
    log: bytearray, geometry: _Geometry, at: int, before: Checksum
) -> tuple[bool, Flip | None]:
    """Whether a frame follows from the one before, if need be with one bit put right."""
    found, said = _frame_checksum(log, geometry, at, before), _words(log, at + 16)
    salts = _words(log, at + 8)
    if (found, salts) == (said, geometry.salts):
        return True, None
    if found == said:
        flip = _one_bit(salts, geometry.salts, at + 8)
    elif salts == geometry.salts:
        flip = _flip_under_checksum(log, geometry, at, found)
    else:
        flip = None  # left by an older round of the log
    if flip:
        log[flip.offset] ^= flip.mask
    return flip is not None, flip


def _flip_under_checksum(
    log: bytearray, geometry: _Geometry, at: int, found: Checksum
) -> Flip | None:
    """The one bit, of a frame's content or of its checksum, that makes the two differ.

    Sums of words tell high bits of different words badly apart: the page's own seal decides.
    """
    said = _words(log, at + 16)
    for flip in (_one_bit(said, found, at + 16), *_flips_in_content(log, geometry, at, found)):
        if flip is None:
            continue
        log[flip.offset] ^= flip.mask
        number, _ = _words(log, at)
        page = bytes(log[at + _FRAME.size : at + geometry.step])
        log[flip.offset] ^= flip.mask
        if geometry.sealed(number, page):
            return flip
    return None


def _one_bit(found: Checksum, expected: Checksum, at: int) -> Flip | None:
    """The only bit in which two pairs of words differ."""
    difference = (found[0] ^ expected[0]) << 32 | (found[1] ^ expected[1])
    if difference.bit_count() != 1:
        return None
    place = difference.bit_length() - 1
    return Flip(at + 7 - place // 8, 1 << place % 8)


def _flips_in_content(
    log: bytearray, geometry: _Geometry, at: int, found: Checksum
) -> Iterator[Flip]:
    """Each one bit of a frame's content that would explain why its checksum is another.

    A bit that is off by d in a pair of words is off by (d, d) or (0, d) in the sums after that
    pair, and each later pair carries (u, v) on to (u + v, u + 2v). This is undone from the end.
    """
    said = _words(log, at + 16)
    u, v = (found[0] - said[0]) & _MASK, (found[1] - said[1]) & _MASK
    page = at + _FRAME.size
    for pair in reversed((at, *range(page, page + geometry.page, 8))):
        for word, off in ((pair, u if u == v else 0), (pair + 4, v if u == 0 else 0)):
            flip = _bit_off_by(log, geometry.order, word, off)
            if flip:
                yield flip
        u, v = (2 * u - v) & _MASK, (v - u) & _MASK


def _bit_off_by(log: bytearray, order: str, word: int, off: int) -> Flip | None:
    """The bit of a word that makes it greater by `off` (modulo 2**32) than it was."""
    (value,) = struct.unpack_from(f"{order}I", log, word)
    mask = value ^ ((value - off) & _MASK)
    if mask.bit_count() != 1:
        return None
    place = mask.bit_length() - 1
    byte = place // 8 if order == "<" else 3 - place // 8
    return Flip(word + byte, 1 << place % 8)


def _commits_behind(log: bytearray, geometry: _Geometry, end: int) -> int:
    """The most commits behind the end of a log that follow from one another.

    A frame that follows from the one before it was written after it, in the same round. What an
    interrupted transaction left, or an older one that was written over, holds one commit at most.
    """
    most = commits = 0
    follows = False
    for at in range(end + geometry.step, len(log) - geometry.step + 1, geometry.step):
        before = at - geometry.step
        if not follows:
            commits = _is_commit(log, geometry, before)
        follows = _words(log, at + 8) == geometry.salts and (
            _frame_checksum(log, geometry, at, _words(log, before + 16)) == _words(log, at + 16)
        )
        if follows:
            commits += _is_commit(log, geometry, at)
            most = max(most, commits)
    return most


def _is_commit(log: bytearray, geometry: _Geometry, at: int) -> bool:
    return _words(log, at + 8) == geometry.salts and _size_at_commit(log, at) > 0


def _geometry(log: bytearray, sealed: Sealed) -> _Geometry:
    magic, _, page, *_ = _HEAD.unpack_from(log)
    return _Geometry(_order(magic), page, _words(log, 16), sealed)


def _unread_geometry(log: bytearray, sealed: Sealed) -> _Geometry:
    """What a log is like whose head does not tell: as this machine writes it, with its frames'."""
    return _Geometry("<", _PAGE, _words(log, _HEAD.size + 8), sealed)


def _order(magic: int) -> str:
    return ">" if magic == _BIG else "<"


def _size_at_commit(log: bytearray, at: int) -> int:
    return _words(log, at)[1]


def _words(log: bytearray, at: int) -> Checksum:
    first, second = struct.unpack_from(">2I", log, at)
    return first, second


def _frame_checksum(log: bytearray, geometry: _Geometry, at: int, before: Checksum) -> Checksum:
    head = _carried(log, geometry.order, at, _CHECKED_OF_FRAME, before)
    return _carried(log, geometry.order, at + _FRAME.size, geometry.page, head)


def _carried(log: bytearray, order: str, at: int, size: int, before: Checksum) -> Checksum:
    """The checksum of the bytes, carried on from the one before.

    Sixteen words at a time: the sums then are cut to 32 bits more seldom, twice as fast in all.
    """
    first, second = before
    whole = size - size % _STRETCH
    stretches = struct.iter_unpack(f"{order}16I", memoryview(log)[at : at + whole])
    for a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q in stretches:
        first += a + second
        second += b + first
        first += c + second
        second += d + first
        first += e + second
        second += f + first
        first += g + second
        second += h + first
        first += i + second
        second += j + first
        first += k + second
        second += m + first
        first += n + second
        second += o + first
        first += p + second
        second += q + first
        first &= _MASK
        second &= _MASK
    rest = memoryview(log)[at + whole : at + size]
    for one, other in struct.iter_unpack(f"{order}2I", rest):
        first = (first + one + second) & _MASK
        second = (second + other + first) & _MASK
    return first, second
