"""The block behind a request: signed by the device, refused where it is altered."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.event import Json
from assessor_app.syncing.device_card import DeviceCard, device_block, read_device_block
from assessor_app.syncing.signed import signed

OWN = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CARD = DeviceCard("d", OWN.public_key().public_bytes_raw().hex(), "age1x", "ab" * 32)


def block(value: Json) -> bytes:
    told = base64.b64encode(signed(b"device-v1\0", value, OWN.sign).line)
    return b"-----BEGIN ASSESSOR DEVICE-----\n" + told + b"\n-----END ASSESSOR DEVICE-----\n"


def test_what_is_written_is_read_among_other_blocks() -> None:
    other = b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"

    assert read_device_block(other + device_block(CARD, OWN.sign)) == CARD


def test_another_key_than_the_one_that_is_named_is_refused() -> None:
    with pytest.raises(ValueError, match="another key"):
        read_device_block(device_block(CARD, Ed25519PrivateKey.generate().sign))


@pytest.mark.parametrize(
    "value",
    [
        {"v": 2},
        {"v": 1},
        {"v": 1, "device": 1, "public_key": "x", "recipient": "", "key": ""},
        {"v": 1, "device": "d", "public_key": "../x", "recipient": "a", "key": "ab" * 32},
    ],
)
def test_a_block_of_another_form_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_device_block(block(value))


def test_a_block_that_was_altered_is_refused() -> None:
    whole = device_block(CARD, OWN.sign)
    for at in range(40, len(whole) - 40, 7):
        altered = whole[:at] + (b"A" if whole[at : at + 1] != b"A" else b"B") + whole[at + 1 :]
        if altered.count(b"\n") == whole.count(b"\n") and whole[at : at + 1] != b"\n":
            with pytest.raises(ValueError, match=r"\w"):
                read_device_block(altered)
