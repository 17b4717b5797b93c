"""Bytes of any length in chunks that open whole, in order and under their name, or not at all."""

import io
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor_app.sealing.box import BrokenSeal
from assessor_app.sealing.stream import (
    CHUNK_BYTES,
    KeyOf,
    Source,
    key_of,
    opened,
    seal,
    sealed_size,
)

KEY = key_of(bytes(range(32)), "evidence")
BOUND = b"01890000/original"
HEAD = 16 + 32 + 7
STEP = CHUNK_BYTES + 16
SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]


def sealed(data: bytes, *, bound: bytes = BOUND) -> bytes:
    target = io.BytesIO()
    assert seal(io.BytesIO(data), target, key=KEY, bound=bound) == len(data)
    return target.getvalue()


def open_(source: Source, target: io.BytesIO, *, key: KeyOf = KEY, bound: bytes = BOUND) -> int:
    return sum(target.write(piece) for piece in opened(source, key=key, bound=bound))


def unsealed(data: bytes, *, bound: bytes = BOUND) -> bytes:
    target = io.BytesIO()
    assert open_(io.BytesIO(data), target, bound=bound) == len(target.getvalue())
    return target.getvalue()


class Trickling(io.RawIOBase):
    """A pipe: it hands over less than it is asked for, long before its end."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__()
        self._rest = io.BytesIO(data)
        self._most = most

    def read(self, size: int = -1, /) -> bytes:
        return self._rest.read(min(size, self._most))


class Endless:
    """So many noughts, none of them in memory."""

    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int, /) -> bytes:
        given = min(size, self._left)
        self._left -= given
        return bytes(given)


class Counted(io.RawIOBase):
    """Keeps how much was written, not what."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def write(self, data: object, /) -> int:
        assert isinstance(data, bytes)
        self.size += len(data)
        return len(data)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_again(size: int) -> None:
    data = (bytes(range(256)) * (size // 256 + 1))[:size]

    stream = sealed(data)

    assert unsealed(stream) == data
    assert len(stream) == sealed_size(size)


@given(data=st.binary(max_size=2 * CHUNK_BYTES + 50), most=st.integers(1, 2 * CHUNK_BYTES))
@settings(max_examples=25, deadline=None)
def test_a_source_that_trickles_is_read_to_its_end(data: bytes, most: int) -> None:
    target = io.BytesIO()

    seal(Trickling(data, max(most, len(data) // 40)), target, key=KEY, bound=BOUND)

    back = io.BytesIO()
    open_(Trickling(target.getvalue(), max(most, len(data) // 40)), back)
    assert back.getvalue() == data


def test_what_stands_before_the_stream_is_left_alone() -> None:
    target = io.BytesIO()
    target.write(b"a header of another room")
    seal(io.BytesIO(b"bukti"), target, key=KEY, bound=BOUND)
    target.seek(24)

    assert b"".join(opened(target, key=KEY, bound=BOUND)) == b"bukti"


def test_a_long_recording_is_sealed_without_filling_the_memory() -> None:
    target = Counted()
    tracemalloc.start()
    try:
        seal(Endless(64_000_000), target, key=KEY, bound=BOUND)  # type: ignore[arg-type]  # write() is all that is used of it
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert target.size == sealed_size(64_000_000)
    assert peak < 2_000_000


def test_two_streams_of_the_same_bytes_share_nothing() -> None:
    one, other = sealed(b"bukti" * 100), sealed(b"bukti" * 100)

    assert one[16:] != other[16:]
    assert one[HEAD:] != other[HEAD:]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stream: stream[:0],
        lambda stream: stream[: HEAD - 1],
        lambda stream: stream[:HEAD],
        lambda stream: stream[: HEAD + 9],
        lambda stream: stream[:-1],
        lambda stream: stream[: HEAD + STEP],
        lambda stream: stream[: HEAD + 2 * STEP],
        lambda stream: stream + b"x",
        lambda stream: stream + stream[HEAD:],
        lambda stream: stream[:HEAD] + stream[HEAD + STEP :],
        lambda stream: stream[: HEAD + STEP] + stream[HEAD : HEAD + STEP] + stream[HEAD + STEP :],
        lambda stream: (
            stream[:HEAD]
            + stream[HEAD + STEP : HEAD + 2 * STEP]
            + stream[HEAD : HEAD + STEP]
            + stream[HEAD + 2 * STEP :]
        ),
        lambda stream: b"PK\x03\x04" + stream[4:],
    ],
    ids=[
        "empty",
        "no whole head",
        "head alone",
        "less than a tag",
        "one byte short",
        "two chunks short",
        "one chunk short",
        "one byte more",
        "all chunks twice",
        "first chunk gone",
        "a chunk twice",
        "chunks swapped",
        "another magic",
    ],
)
def test_a_stream_that_was_changed_does_not_open(spoil: Callable[[bytes], bytes]) -> None:
    stream = sealed(bytes(CHUNK_BYTES) + b"x" * CHUNK_BYTES + b"end")

    with pytest.raises(BrokenSeal):
        unsealed(spoil(stream))


def test_another_name_or_key_does_not_open_it() -> None:
    stream = sealed(b"bukti")

    for key, bound in (
        (KEY, b"01890000/report"),
        (key_of(bytes(32), "evidence"), BOUND),
        (key_of(bytes(range(32)), "backup"), BOUND),
    ):
        with pytest.raises(BrokenSeal):
            open_(io.BytesIO(stream), io.BytesIO(), key=key, bound=bound)


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(max_examples=80)
def test_any_flipped_bit_is_noticed(place: int, bit: int) -> None:
    stream = bytearray(sealed(b"bukti" * 40))
    stream[place % len(stream)] ^= 1 << bit

    with pytest.raises(BrokenSeal):
        unsealed(bytes(stream))


def test_what_was_written_before_a_cut_is_authentic_and_told_to_be_no_whole() -> None:
    data = bytes(CHUNK_BYTES) + b"x" * CHUNK_BYTES + b"end"
    target = io.BytesIO()

    with pytest.raises(BrokenSeal):
        open_(io.BytesIO(sealed(data)[:-5]), target)

    assert data.startswith(target.getvalue())
