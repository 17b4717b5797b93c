"""The record that travels inside a signed document, as a verifier reads it."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from assessor_app.domain.event import StreamHead, canonical, visit_head
from assessor_app.reporting.content import RECORD_NAME

if TYPE_CHECKING:  # pikepdf: where a document is read, it is there
    from assessor_app.reporting.reading import Attachment

RECORD_VERSION = 2
"""Since 2 leaves may be left out, and the hash of the full record stands in `full_record`."""
_KNOWN_VERSIONS = frozenset({1, RECORD_VERSION})
FULL_RECORD_VERSION = 1
LEFT_OUT = "left_out"
"""The one name of an object that stands for a leaf which is left out."""
SHORT_HASH = 16
"""Hex digits of the record's hash that stand at the foot of every page."""


_ROLES = frozenset({"lead", "assessor", "receiver"})
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ExpectedSigner:
    """Who has to have signed, with which certificate (SHA-256, hex), in which field.

    `role` is "lead", "assessor" or "receiver"; a record of version 1 does not say.
    """

    name: str
    fingerprint: str
    field: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that this one takes the place of, or adds to; `sha256` (hex) is its PDF's."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EmbeddedRecord:
    """What the record says of the document that carries it.

    `visit` is the id of the visit that it is of. `head` is the head of the visit as written,
    `streams_head` as its `streams` give it; `hash` is the SHA-256 of the record's bytes. All three
    are hex. `made_at` is an instant as it was written. `full_record` is the SHA-256 (hex) of the
    full record; None in a record of version 1, which leaves nothing out.
    """

    number: str
    visit: str
    made_at: str | None
    head: str
    streams: tuple[StreamHead, ...]
    signers: tuple[ExpectedSigner, ...]
    hash: str
    supersedes: Replaced | None = None
    adds_to: Replaced | None = None
    full_record: str | None = None
    points: tuple[str, ...] = ()
    """The points of each score of which anything was measured, as exact decimals."""

    @property
    def streams_head(self) -> str:
        return visit_head(self.streams)


def find_record(attachments: Sequence["Attachment"]) -> EmbeddedRecord | None:
    """The record, where it is the only attachment, canonical and of a known version."""
    if [attachment.name for attachment in attachments] != [RECORD_NAME]:
        return None
    try:
        return _read(attachments[0].data)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None


def _read(data: bytes) -> EmbeddedRecord:
    loaded = json.loads(data)
    version = _count(loaded["v"])
    if canonical(loaded) != data or version not in _KNOWN_VERSIONS:
        raise ValueError("not the canonical form of a known version")
    made_at = loaded["document"].get("made_at")
    return EmbeddedRecord(
        number=_text(loaded["document"]["number"]),
        visit=_text(loaded["visit"]["id"]),
        made_at=None if made_at is None else _text(made_at),
        head=_text(loaded["head"]),
        streams=tuple(
            StreamHead(_text(stream["device"]), _count(stream["seq"]), _text(stream["hash"]))
            for stream in loaded["streams"]
        ),
        signers=tuple(
            ExpectedSigner(
                _text(signer["name"]),
                _text(signer["fingerprint"]),
                _text(signer["field"]),
                _role(signer["role"]) if "role" in signer else None,
            )
            for signer in loaded["signers"]
        ),
        hash=hashlib.sha256(data).hexdigest(),
        supersedes=_replaced(loaded["document"].get("supersedes")),
        adds_to=_replaced(loaded["document"].get("adds_to")),
        full_record=_hash(loaded["full_record"]["sha256"]) if version > 1 else None,
        points=tuple(_points(loaded.get("scores", {}))),
    )


def _role(value: object) -> str:
    if value not in _ROLES:
        raise ValueError(f"{value!r} is no role")
    return str(value)


def _points(scores: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for score in scores.values():
        if Decimal(_text(score["measured"])):
            yield _text(score["points"])


def _replaced(loaded: object) -> Replaced | None:
    """Only a later revision, or an addendum, names one."""
    if loaded is None:
        return None
    if not isinstance(loaded, dict):
        raise TypeError("not a document")
    return Replaced(_text(loaded["number"]), _text(loaded["sha256"]))


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(f"{value!r} is no SHA-256 in hex")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is no text")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no count")
    return value
