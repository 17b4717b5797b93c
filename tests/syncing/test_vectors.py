"""docs/bundle.md is what this program writes and reads: held to the vectors beside it."""

import base64
import hashlib
import json
from pathlib import Path

from tests.syncing.test_letter import KEY, LETTER
from tests.syncing.test_letter import PUBLIC as RECEIPT_KEY
from tests.syncing.test_part import ORIGINALS, written
from tests.syncing.test_shipment import DEVICE, PUBLIC, SHIPMENT

from assessor_app.syncing.letter import mailbox, read_letter, sign_letter
from assessor_app.syncing.sealed import unseal
from assessor_app.syncing.shipment import read_shipment, sign_shipment

VECTORS = json.loads((Path(__file__).parents[2] / "docs" / "bundle-vectors.json").read_bytes())


def test_the_manifest_is_signed_as_documented() -> None:
    line = VECTORS["manifest"]["line"].encode()
    assert sign_shipment(SHIPMENT, DEVICE.sign).line == line
    found, shipment = read_shipment(line)
    assert shipment == SHIPMENT
    assert found.is_by(VECTORS["device"]["public_key"])


def test_the_sealed_manifest_opens_and_is_named_by_its_bytes() -> None:
    sealed = base64.b64decode(VECTORS["manifest"]["sealed"])
    assert VECTORS["manifest"]["name"] == "m/" + hashlib.sha256(sealed).hexdigest()
    opened = unseal(sealed, VECTORS["headquarters"]["identity"])
    assert opened == VECTORS["manifest"]["line"].encode()


def test_the_letter_is_signed_as_documented() -> None:
    line = VECTORS["letter"]["line"].encode()
    assert sign_letter(LETTER, KEY.sign).line == line
    found, letter = read_letter(line)
    assert letter == LETTER
    assert found.is_by(VECTORS["headquarters"]["receipt_key"])
    assert VECTORS["headquarters"]["receipt_key"] == RECEIPT_KEY


def test_the_mailbox_is_made_as_documented() -> None:
    device = VECTORS["device"]
    assert device["public_key"] == PUBLIC
    made = hashlib.sha256(b"mailbox-v1\0" + bytes.fromhex(device["public_key"])).hexdigest()
    assert device["mailbox"] == made[:32] == mailbox(PUBLIC)


def test_the_part_is_laid_out_as_documented() -> None:
    part = written(ORIGINALS)
    assert part[:14] == b"ASSESSOR-PART\n"
    length = int.from_bytes(part[14:18], "big")
    table = json.loads(part[18 : 18 + length])
    assert list(table) == ["about", "entries", "kind", "v", "visit"]
    assert len(part) == 18 + length + sum(size for _, size, _ in table["entries"])
    assert hashlib.sha256(part).hexdigest() == VECTORS["part"]["sha256"]
