"""Letters of headquarters: signed, numbered, in a mailbox that tells nobody whose it is."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.event import Json
from assessor_app.syncing.letter import (
    Letter,
    LetterKind,
    PartReceipt,
    PartState,
    Receipt,
    mailbox,
    read_letter,
    read_receipt,
    receipt_json,
    sign_letter,
)
from assessor_app.syncing.part import PartKind
from assessor_app.syncing.signed import read_signed, signed

KEY = Ed25519PrivateKey.from_private_bytes(bytes([2]) * 32)
PUBLIC = KEY.public_key().public_bytes_raw().hex()
RECEIPT = Receipt(
    manifest="a" * 64,
    visit="0194f1a0-0000-7000-8000-000000000001",
    head="b" * 64,
    parts=(
        PartReceipt(PartKind.RECORD, "c" * 64, PartState.RECEIPTED),
        PartReceipt(PartKind.DERIVATIVES, "d" * 64, PartState.WANTED, pieces=("e" * 64,)),
        PartReceipt(
            PartKind.ORIGINALS,
            "f" * 64,
            PartState.REFUSED,
            reason="stream_forked",
            places=(("place", "d/3"),),
        ),
    ),
)
LETTER = Letter(
    number=7,
    kind=LetterKind.RECEIPT,
    device="0194f1a0-0000-7000-8000-000000000002",
    headquarters="9" * 64,
    made_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
    content=receipt_json(RECEIPT),
)


def test_a_letter_is_read_as_it_was_signed() -> None:
    found, letter = read_letter(sign_letter(LETTER, KEY.sign).line)
    assert letter == LETTER
    assert found.is_by(PUBLIC)
    assert read_receipt(letter.content) == RECEIPT


def test_a_receipt_of_what_could_not_be_read_names_no_visit() -> None:
    nameless = Receipt("a" * 64, None, None, ())
    assert read_receipt(receipt_json(nameless)) == nameless


@pytest.mark.parametrize(
    "changed",
    [{"v": 2}, {"number": -1}, {"kind": "order"}, {"device": None}, {"headquarters": "ours"}],
    ids=str,
)
def test_what_is_no_letter_is_refused(changed: dict[str, Json]) -> None:
    _, loaded = read_signed(b"letter-v1\0", sign_letter(LETTER, KEY.sign).line)
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_letter(signed(b"letter-v1\0", {**loaded, **changed}, KEY.sign).line)


@pytest.mark.parametrize(
    "content",
    [
        None,
        {},
        {"manifest": "x", "visit": None, "head": None, "parts": []},
        {"manifest": "a" * 64, "visit": None, "head": None, "parts": [{}]},
    ],
    ids=str,
)
def test_what_is_no_receipt_is_refused(content: Json) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_receipt(content)


def test_a_mailbox_is_one_devices_own() -> None:
    assert mailbox(PUBLIC) == mailbox(PUBLIC)
    assert mailbox(PUBLIC) != mailbox("00" * 32)
    assert PUBLIC[:8] not in mailbox(PUBLIC)
