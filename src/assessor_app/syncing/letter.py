"""What headquarters writes to one device: receipts, trust lists, instruments, assignments.

A letter is signed by headquarters' receipt key and sealed to the device. Its number grows with
every letter of headquarters, so that an old one is never taken for the newest.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.syncing.part import PartKind
from assessor_app.syncing.reading import as_count, as_hex32, as_list, as_object, as_text
from assessor_app.syncing.signed import Sign, Signed, read_signed, signed

FORM = 1
_DOMAIN = b"letter-v1\0"
_MAILBOX_DOMAIN = b"mailbox-v1\0"
_MAILBOX_DIGITS = 32


class LetterKind(StrEnum):
    """What a letter is about."""

    RECEIPT = "receipt"
    TRUST_LIST = "trust_list"
    INSTRUMENT = "instrument"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True, slots=True)
class Letter:
    """`headquarters` is the fingerprint (SHA-256, hex) of its root, `device` to whom it goes."""

    number: int
    kind: LetterKind
    device: str
    headquarters: str
    made_at: datetime
    content: Json


class PartState(StrEnum):
    """What headquarters says of a part."""

    RECEIPTED = "receipted"
    WANTED = "wanted"  # pieces are missing, or arrived otherwise than they were sent
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PartReceipt:
    """`reason` is the code of a problem, `places` fill its sentence; `pieces` are wanted again."""

    kind: PartKind
    sha256: str
    state: PartState
    reason: str | None = None
    places: tuple[tuple[str, str], ...] = ()
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one shipment, which is named by the SHA-256 of its sealed manifest.

    `visit` and `head` are as headquarters read them; None where the manifest could not be read.
    """

    manifest: str
    visit: str | None
    head: str | None
    parts: tuple[PartReceipt, ...]


def mailbox(public_key: str) -> str:
    """The folder of a device's letters, by its public key (hex): it tells nobody whose it is."""
    digest = hashlib.sha256(_MAILBOX_DOMAIN + bytes.fromhex(public_key)).hexdigest()
    return digest[:_MAILBOX_DIGITS]


def sign_letter(letter: Letter, sign: Sign) -> Signed:
    """A letter under headquarters' signature; its `line` is what is sealed."""
    return signed(_DOMAIN, _json(letter), sign)


def read_letter(line: bytes) -> tuple[Signed, Letter]:
    """A letter, and its signature, which is still to be checked (`Signed.is_by`).

    Raises ValueError, KeyError or TypeError where it is none.
    """
    found, loaded = read_signed(_DOMAIN, line)
    if as_count(loaded["v"]) != FORM:
        raise ValueError("of another form")
    return found, Letter(
        number=as_count(loaded["number"]),
        kind=LetterKind(as_text(loaded["kind"])),
        device=as_text(loaded["device"]),
        headquarters=as_hex32(loaded["headquarters"]),
        made_at=instant_from_text(as_text(loaded["made_at"])),
        content=loaded["content"],
    )


def receipt_json(receipt: Receipt) -> Json:
    """The content of a receipt's letter."""
    return {
        "manifest": receipt.manifest,
        "visit": receipt.visit,
        "head": receipt.head,
        "parts": [
            {
                "kind": one.kind.value,
                "sha256": one.sha256,
                "state": one.state.value,
                "reason": one.reason,
                "places": dict(one.places),
                "pieces": list(one.pieces),
            }
            for one in receipt.parts
        ],
    }


def read_receipt(content: Json) -> Receipt:
    """Raises ValueError, KeyError or TypeError where it is none."""
    loaded = as_object(content)
    visit, head = loaded["visit"], loaded["head"]
    return Receipt(
        manifest=as_hex32(loaded["manifest"]),
        visit=None if visit is None else as_text(visit),
        head=None if head is None else as_hex32(head),
        parts=tuple(_part(as_object(one)) for one in as_list(loaded["parts"])),
    )


def _json(letter: Letter) -> Json:
    return {
        "v": FORM,
        "number": letter.number,
        "kind": letter.kind.value,
        "device": letter.device,
        "headquarters": letter.headquarters,
        "made_at": instant_text(letter.made_at),
        "content": letter.content,
    }


def _part(loaded: dict[str, Json]) -> PartReceipt:
    reason = loaded["reason"]
    return PartReceipt(
        kind=PartKind(as_text(loaded["kind"])),
        sha256=as_hex32(loaded["sha256"]),
        state=PartState(as_text(loaded["state"])),
        reason=None if reason is None else as_text(reason),
        places=tuple((name, as_text(told)) for name, told in as_object(loaded["places"]).items()),
        pieces=tuple(as_hex32(one) for one in as_list(loaded["pieces"])),
    )
