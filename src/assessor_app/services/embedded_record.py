"""The record that travels inside a signed document, as a verifier reads it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessor_app.domain.event import StreamHead, canonical, visit_head
from assessor_app.reporting.content import RECORD_NAME

if TYPE_CHECKING:  # pikepdf: where a document is read, it is there
    from assessor_app.reporting.reading import Attachment

RECORD_VERSION = 1
SHORT_HASH = 16
"""Hex digits of the record's hash that stand at the foot of every page."""


@dataclass(frozen=True, slots=True)
class ExpectedSigner:
    """Who has to have signed, with which certificate (SHA-256, hex), in which field."""

    name: str
    fingerprint: str
    field: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """The document that this one takes the place of; `sha256` (hex) is that of its PDF."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EmbeddedRecord:
    """What the record says of the document that carries it.

    `visit` is the id of the visit that it is of. `head` is the head of the visit as written,
    `streams_head` as its `streams` give it; `hash` is the SHA-256 of the record's bytes. All three
    are hex. `made_at` is an instant as it was written.
    """

    number: str
    visit: str
    made_at: str | None
    head: str
    streams: tuple[StreamHead, ...]
    signers: tuple[ExpectedSigner, ...]
    hash: str
    supersedes: Replaced | None = None

    @property
    def streams_head(self) -> str:
        return visit_head(self.streams)


def find_record(attachments: Sequence["Attachment"]) -> EmbeddedRecord | None:
    """The record, where it is the only attachment, canonical and of a known version."""
    if [attachment.name for attachment in attachments] != [RECORD_NAME]:
        return None
    try:
        return _read(attachments[0].data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read(data: bytes) -> EmbeddedRecord:
    loaded = json.loads(data)
    if canonical(loaded) != data or loaded["v"] != RECORD_VERSION:
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
                _text(signer["name"]), _text(signer["fingerprint"]), _text(signer["field"])
            )
            for signer in loaded["signers"]
        ),
        hash=hashlib.sha256(data).hexdigest(),
        supersedes=_replaced(loaded["document"].get("supersedes")),
    )


def _replaced(loaded: object) -> Replaced | None:
    """Only a later revision names one."""
    if loaded is None:
        return None
    if not isinstance(loaded, dict):
        raise TypeError("not a document")
    return Replaced(_text(loaded["number"]), _text(loaded["sha256"]))


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is no text")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no count")
    return value
