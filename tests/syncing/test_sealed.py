"""What is sealed opens for its recipient alone, whole or not at all; files fail as themselves."""

from io import BytesIO

import pytest

from assessor_app.domain.problem import StoreProblem
from assessor_app.syncing.sealed import (
    SealingKey,
    new_sealing_key,
    open_file,
    seal,
    seal_file,
    unseal,
)

LONG = bytes(range(256)) * 1024  # several chunks of age


@pytest.fixture(scope="module")
def key() -> SealingKey:
    return new_sealing_key()


class Gone(BytesIO):
    """A stick that was taken out."""

    def read(self, _size: int | None = -1, /) -> bytes:
        raise OSError(5, "the stick is gone")


class Full(BytesIO):
    def write(self, _data: object, /) -> int:
        raise OSError(28, "no space left")


@pytest.mark.parametrize("content", [b"", b"x", LONG])
def test_what_is_sealed_opens_for_its_recipient(key: SealingKey, content: bytes) -> None:
    assert unseal(seal(content, key.recipient), key.identity) == content


def test_two_seals_of_the_same_differ(key: SealingKey) -> None:
    assert seal(LONG, key.recipient) != seal(LONG, key.recipient)


def test_nobody_else_opens_it(key: SealingKey) -> None:
    with pytest.raises(StoreProblem, match="seal_broken"):
        unseal(seal(LONG, key.recipient), new_sealing_key().identity)


@pytest.mark.parametrize("at", [0, 30, 200, 70_000, -1])
def test_an_altered_bit_is_seen(key: SealingKey, at: int) -> None:
    sealed = bytearray(seal(LONG, key.recipient))
    sealed[at] ^= 1
    with pytest.raises(StoreProblem, match="seal_broken"):
        unseal(bytes(sealed), key.identity)


@pytest.mark.parametrize("length", [0, 10, 150, 66_000, -1])
def test_a_cut_seal_is_seen(key: SealingKey, length: int) -> None:
    with pytest.raises(StoreProblem, match="seal_broken"):
        unseal(seal(LONG, key.recipient)[:length], key.identity)


def test_a_recipient_that_is_none_is_told(key: SealingKey) -> None:
    with pytest.raises(StoreProblem, match="recipient_unreadable"):
        seal(LONG, "age1nobody")


def test_files_that_fail_are_told_as_they_failed(key: SealingKey) -> None:
    sealed = seal(LONG, key.recipient)
    with pytest.raises(OSError, match="the stick is gone"):
        seal_file(Gone(), BytesIO(), key.recipient)
    with pytest.raises(OSError, match="no space left"):
        seal_file(BytesIO(LONG), Full(), key.recipient)
    with pytest.raises(OSError, match="the stick is gone"):
        open_file(Gone(), BytesIO(), key.identity)
    with pytest.raises(OSError, match="no space left"):
        open_file(BytesIO(sealed), Full(), key.identity)


def test_a_private_key_is_in_no_log(key: SealingKey) -> None:
    assert key.identity not in repr(key)
