"""A few bytes sealed as a whole: opened as they were and under their name, or not at all."""

import pytest

from assessor_app.sealing.box import BrokenSeal, boxed, unboxed
from assessor_app.sealing.subkeys import subkey

KEY, OTHER = bytes(range(32)), bytes(32)


@pytest.mark.parametrize("plain", [b"", b"x", bytes(5000)])
def test_what_was_sealed_comes_back(plain: bytes) -> None:
    assert unboxed(boxed(plain, key=KEY, bound=b"name"), key=KEY, bound=b"name") == plain


def test_the_same_bytes_are_never_sealed_alike() -> None:
    assert boxed(b"x", key=KEY, bound=b"name") != boxed(b"x", key=KEY, bound=b"name")


@pytest.mark.parametrize(("key", "bound"), [(OTHER, b"name"), (KEY, b"other"), (b"short", b"name")])
def test_another_key_or_name_opens_nothing(key: bytes, bound: bytes) -> None:
    sealed = boxed(b"secret", key=KEY, bound=b"name")

    with pytest.raises(BrokenSeal):
        unboxed(sealed, key=key, bound=bound)


def test_cut_anywhere_or_with_any_bit_flipped_it_does_not_open() -> None:
    sealed = boxed(b"secret", key=KEY, bound=b"name")
    cut = [sealed[:length] for length in range(len(sealed))]
    flipped = [
        sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))
    ]
    for damaged in (*cut, *flipped, sealed + b"x"):
        with pytest.raises(BrokenSeal):
            unboxed(damaged, key=KEY, bound=b"name")


def test_each_purpose_and_each_salt_has_a_key_of_its_own() -> None:
    keys = [subkey(KEY, "a"), subkey(KEY, "b"), subkey(KEY, "a", salt=b"1"), subkey(OTHER, "a")]

    assert len(set(keys)) == len(keys)
    # RFC 5869 with SHA-256: stores that are there open by exactly this key.
    assert subkey(KEY, "database").hex() == (
        "66eb11803f2f37d2967e3a11efd8028c123e26beb03e4e7d23b88f6911835ee1"
    )
