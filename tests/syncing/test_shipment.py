"""The manifest of a shipment is the device's word: signed, strict, the same bytes everywhere."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.event import Json, canonical
from assessor_app.syncing.part import PartKind
from assessor_app.syncing.shipment import (
    PIECE_BYTES,
    Piece,
    SealedPart,
    Shipment,
    read_shipment,
    sign_shipment,
)
from assessor_app.syncing.signed import Signed, read_signed, signed

DEVICE = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)
PUBLIC = DEVICE.public_key().public_bytes_raw().hex()
RECORD = SealedPart(PartKind.RECORD, "a" * 64, 700, (Piece("b" * 64, 700),))
ORIGINALS = SealedPart(
    PartKind.ORIGINALS,
    "c" * 64,
    PIECE_BYTES + 5,
    (Piece("d" * 64, PIECE_BYTES), Piece("e" * 64, 5)),
)
SHIPMENT = Shipment(
    visit="0194f1a0-0000-7000-8000-000000000001",
    device="0194f1a0-0000-7000-8000-000000000002",
    number=2,
    previous="f" * 64,
    made_at=datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
    app="0.1.0",
    schema="0003",
    head="0" * 64,
    recipient="age1ykxd337ycnnnyxee7lzz376ddtylmgkl846jrmmg8p84cz9ep6sf38n3v",
    parts=(RECORD, ORIGINALS),
)


def line_of(**changed: Json) -> bytes:
    """A signed manifest that says otherwise than ours, in canonical form."""
    _, loaded = read_signed(b"shipment-v1\0", sign_shipment(SHIPMENT, DEVICE.sign).line)
    return signed(b"shipment-v1\0", {**loaded, **changed}, DEVICE.sign).line


def part_json(**changed: Json) -> Json:
    return [{"kind": "record", "sha256": "a" * 64, "size": 5, "pieces": [["b" * 64, 5]], **changed}]


def test_a_manifest_is_read_as_it_was_signed() -> None:
    made = sign_shipment(SHIPMENT, DEVICE.sign)
    found, shipment = read_shipment(made.line)
    assert (found, shipment) == (made, SHIPMENT)
    assert found.is_by(PUBLIC)
    assert shipment.part(PartKind.ORIGINALS) == ORIGINALS
    assert shipment.part(PartKind.DERIVATIVES) is None


def test_the_first_shipment_has_none_before_it() -> None:
    first = replace(SHIPMENT, number=1, previous=None)
    assert read_shipment(sign_shipment(first, DEVICE.sign).line)[1] == first


def test_nobody_else_has_signed_it() -> None:
    made = sign_shipment(SHIPMENT, DEVICE.sign)
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    assert not made.is_by(other)
    assert not made.is_by("no key")
    assert not replace(made, body=made.body.replace(b'"number":2', b'"number":3')).is_by(PUBLIC)
    assert not replace(made, domain=b"letter-v1\0").is_by(PUBLIC)


@pytest.mark.parametrize(
    "changed",
    [
        {"v": 2},
        {"number": 0},
        {"number": "1"},
        {"number": True},
        {"previous": "short"},
        {"head": "A" * 64},
        {"visit": None},
        {"made_at": "yesterday"},
        {"parts": []},
        {"parts": part_json(kind="secrets")},
        {"parts": part_json(size=6)},
        {"parts": part_json(size=2**62)},
        {"parts": part_json(pieces=[["b" * 64, 2], ["b" * 64, 3]])},
        {"parts": part_json(pieces=[["../../x", 5]])},
        {"parts": part_json() * 2},  # type: ignore[operator] # a list of one
    ],
    ids=str,
)
def test_what_no_program_of_ours_writes_is_refused(changed: dict[str, Json]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_shipment(line_of(**changed))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"00 {}",
        b"zz" * 64 + b" {}",
        b"00" * 64 + b" []",
        b"00" * 64 + b' {"b": 1}',
        b"00" * 64 + b" " + b"[" * 100_000,
        b"\xff" * 128 + b" {}",
    ],
    ids=lambda line: repr(line[:12]),
)
def test_what_is_no_signed_line_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="no signed line"):
        read_signed(b"shipment-v1\0", line)


def test_a_line_is_named_by_what_it_says() -> None:
    made = signed(b"x\0", {"a": 1}, DEVICE.sign)
    assert made.line.endswith(b" " + canonical({"a": 1}))
    assert made.sha256 == Signed(b"y\0", made.body, b"").sha256
