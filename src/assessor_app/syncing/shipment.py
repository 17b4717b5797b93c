"""What leaves the device of a visit at one time: sealed parts under a manifest that it signs.

The manifest gives size and hash of every part and of every piece of it, as sealed: whoever has no
key can see that all has arrived, whoever has it, that nothing else has.
"""

from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.syncing.part import PartKind
from assessor_app.syncing.reading import as_count, as_hex32, as_list, as_object, as_text
from assessor_app.syncing.signed import Sign, Signed, read_signed, signed

FORM = 1
PIECE_BYTES = 1024 * 1024
"""The largest piece; all but the last one of a part have this size."""

_DOMAIN = b"shipment-v1\0"
MANIFESTS = "m/"
"""The folder of sealed manifests on a storage."""


def piece_name(sha256: str) -> str:
    """Where a piece lies on a storage."""
    return f"p/{sha256[:2]}/{sha256}"


def manifest_name(sha256: str) -> str:
    """Where a sealed manifest lies on a storage."""
    return f"{MANIFESTS}{sha256}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sealed part: SHA-256 (hex) and number of its bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part as it was sealed, and the pieces in which it is sent."""

    kind: PartKind
    sha256: str
    size: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Shipment:
    """`number` counts from 1 for each visit of a device; `previous` is the hash of the one before.

    `recipient` is to whom answers are sealed, `head` that of the visit's streams as they are in it.
    """

    visit: str
    device: str
    number: int
    previous: str | None
    made_at: datetime
    app: str
    schema: str
    head: str
    recipient: str
    parts: tuple[SealedPart, ...]

    def part(self, kind: PartKind) -> SealedPart | None:
        return next((one for one in self.parts if one.kind is kind), None)


def sign_shipment(shipment: Shipment, sign: Sign) -> Signed:
    """The manifest under the device's signature; its `line` is what is sealed."""
    return signed(_DOMAIN, _json(shipment), sign)


def read_shipment(line: bytes) -> tuple[Signed, Shipment]:
    """A manifest, and its signature, which is still to be checked (`Signed.is_by`).

    Raises ValueError, KeyError or TypeError where it is none; `v` of a newer form is a ValueError.
    """
    found, loaded = read_signed(_DOMAIN, line)
    if as_count(loaded["v"]) != FORM:
        raise ValueError("of another form")
    previous = loaded["previous"]
    parts = tuple(_part(as_object(one)) for one in as_list(loaded["parts"]))
    if not parts or len({one.kind for one in parts}) != len(parts):
        raise ValueError("no part, or one twice")
    return found, Shipment(
        visit=as_text(loaded["visit"]),
        device=as_text(loaded["device"]),
        number=_from_one(loaded["number"]),
        previous=None if previous is None else as_hex32(previous),
        made_at=instant_from_text(as_text(loaded["made_at"])),
        app=as_text(loaded["app"]),
        schema=as_text(loaded["schema"]),
        head=as_hex32(loaded["head"]),
        recipient=as_text(loaded["recipient"]),
        parts=parts,
    )


def _json(shipment: Shipment) -> Json:
    return {
        "v": FORM,
        "visit": shipment.visit,
        "device": shipment.device,
        "number": shipment.number,
        "previous": shipment.previous,
        "made_at": instant_text(shipment.made_at),
        "app": shipment.app,
        "schema": shipment.schema,
        "head": shipment.head,
        "recipient": shipment.recipient,
        "parts": [
            {
                "kind": part.kind.value,
                "sha256": part.sha256,
                "size": part.size,
                "pieces": [[piece.sha256, piece.size] for piece in part.pieces],
            }
            for part in shipment.parts
        ],
    }


def _part(loaded: dict[str, Json]) -> SealedPart:
    pieces = tuple(_piece(one) for one in as_list(loaded["pieces"]))
    size = as_count(loaded["size"])
    if [one.size for one in pieces] != _sizes(size):
        raise ValueError("the pieces are not those of such a part")
    return SealedPart(PartKind(as_text(loaded["kind"])), as_hex32(loaded["sha256"]), size, pieces)


def _piece(row: Json) -> Piece:
    digest, size = as_list(row)
    return Piece(as_hex32(digest), as_count(size))


def _sizes(size: int) -> list[int]:
    whole, rest = divmod(size, PIECE_BYTES)
    return [PIECE_BYTES] * whole + [rest] * bool(rest)


def _from_one(value: object) -> int:
    if as_count(value) < 1:
        raise ValueError(f"{value!r} does not count from 1")
    return as_count(value)
