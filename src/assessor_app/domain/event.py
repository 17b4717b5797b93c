"""The event: one user action, as canonical bytes in a hash chain (shared/design/record.md)."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from json.encoder import encode_basestring as _quoted
from typing import Any

import rfc8785

from assessor_app.domain.instants import instant_from_text, instant_text

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

EVENT_VERSION = 1
STORE = "store"  # the visit of events that belong to the store itself
_EVENT_DOMAIN = b"event-v1\0"
_HEAD_DOMAIN = b"head-v1\0"
_CHANGE_NAMES = 5
encoded = json.JSONEncoder(  # the same text for the same value
    ensure_ascii=False,
    check_circular=False,  # an event is a tree: a fifth of the time
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
).encode


class EventKind(StrEnum):
    """What the user did, in the past tense."""

    ENROLLED = "enrolled"
    RESTORED = "restored"  # from a backup, as a new device
    SETTING_CHANGED = "setting_changed"
    KEYS_CHANGED = "keys_changed"  # who can open the store, and how
    TRUSTED = "trusted"  # another device and its people
    EXPORTED = "exported"
    IMPORTED = "imported"
    KEPT = "kept"  # personal data of a respondent, outside of the chain
    ERASED = "erased"  # the key of that data
    FREED = "freed"  # originals that headquarters has signed for, from this device
    REGISTERED = "registered"  # institutions and published results
    STARTED = "started"
    RECORDED = "recorded"
    ATTACHED = "attached"
    EVIDENCE_EDITED = "evidence_edited"  # its caption, what it proves, the address it was seen at
    ANNOTATED = "annotated"  # signs drawn over evidence, which stays as it was
    REDACTED = "redacted"  # parts of evidence that no hand-out shows
    MARKED = "marked"  # an indicator for later, or as one's own
    FINDING_EDITED = "finding_edited"
    RECEIVER_RECORDED = "receiver_recorded"
    EXIT_TALK_BEGUN = "exit_talk_begun"
    PAUSED = "paused"
    RESUMED = "resumed"
    MOVED = "moved"  # to another version of the instrument
    UNDONE = "undone"
    RESOLVED = "resolved"  # a conflict between two devices
    LEAD_TAKEN = "lead_taken"  # who closes the visit, where the lead cannot
    CLOSED = "closed"
    REOPENED = "reopened"
    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"  # what came back of a document that was handed over
    RECEIPTED = "receipted"  # headquarters has signed that it has the visit
    VOIDED = "voided"


ANSWERING = frozenset(
    {
        EventKind.RECORDED,
        EventKind.ATTACHED,
        EventKind.FINDING_EDITED,
        EventKind.UNDONE,
        EventKind.RESOLVED,
    }
)
"""Local answers: refused by the domain and by trigger unless the visit is open or in exit talk."""

UNDOABLE = ANSWERING - {EventKind.UNDONE, EventKind.RESOLVED} | {
    EventKind.RECEIVER_RECORDED,
    EventKind.EVIDENCE_EDITED,
    EventKind.ANNOTATED,
    EventKind.REDACTED,
    EventKind.MARKED,
}
"""A resolution is not undone but resolved otherwise: an undo could not bring the conflict back."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field's change. `parents` are the events current for the field when the actor acted."""

    entity: str
    field: str
    before: Json
    after: Json
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One link of the stream (visit, device).

    `seq` starts at 1; `prev` is the hash (hex) before it in the stream, None for the first;
    `mono` counts microseconds of the device's monotonic clock within `boot`.
    """

    id: str
    visit: str
    device: str
    seq: int
    prev: str | None
    actor: str
    wall: datetime
    mono: int
    boot: str
    kind: EventKind
    reason: str | None
    undoes: str | None
    changes: tuple[Change, ...]
    v: int = EVENT_VERSION


@dataclass(frozen=True, slots=True, order=True)
class StreamHead:
    """The last event of one device in one visit."""

    device: str
    seq: int
    hash: str


def event_body(event: Event) -> bytes:
    """The canonical bytes (RFC 8785, text in NFC) that are hashed and stored.

    Names in an event are plain ASCII and its numbers whole, so that the standard library's
    encoder gives the same bytes as RFC 8785 does, ten times faster; a property test holds the
    two together (tests/domain/test_event.py).
    """
    changes = ",".join(
        f'{{"after":{_text(change.after)},"before":{_text(change.before)}'
        f',"entity":{_quoted(change.entity)},"field":{_quoted(change.field)}'
        f',"parents":[{",".join(map(_quoted, sorted(change.parents)))}]}}'
        for change in event.changes
    )
    # Written out in the order of the names: a third of the time that sorting them takes.
    return (
        f'{{"actor":{_quoted(event.actor)},"boot":{_quoted(event.boot)},"changes":[{changes}]'
        f',"device":{_quoted(event.device)},"id":{_quoted(event.id)},"kind":"{event.kind.value}"'
        f',"mono":{event.mono},"prev":{_text(event.prev)},"reason":{_text(event.reason)}'
        f',"seq":{event.seq},"undoes":{_text(event.undoes)},"v":{event.v}'
        f',"visit":{_quoted(event.visit)},"wall":"{instant_text(event.wall)}"}}'
    ).encode()


def _text(value: Json) -> str:
    if value is None:
        return "null"
    if isinstance(value, str) and value.isascii():
        return _quoted(value)
    return encoded(normalised(value))


def is_canonical(event: Event, body: bytes) -> bool:
    """Whether these bytes are the one form of the event that was read from them."""
    try:
        return event_body(event) == body
    except (ValueError, RecursionError):  # half a sign, no number, or boxes in boxes without end
        return False


def canonical(value: Json) -> bytes:
    """RFC 8785 bytes of a JSON value. Raises ValueError for what JSON cannot hold."""
    return rfc8785.dumps(value)


def event_hash(body: bytes) -> str:
    """SHA-256 over the version's mark and the canonical bytes, in hex."""
    return hashlib.sha256(_EVENT_DOMAIN + body).hexdigest()


def event_from_json(loaded: Mapping[str, object]) -> Event:
    """An event from its parsed body.

    Raises KeyError, TypeError or ValueError where the body is not an event of this version.
    """
    if loaded["v"] != EVENT_VERSION:
        raise ValueError(f"event version {loaded['v']} is not known")
    data: dict[str, Any] = dict(loaded)  # the JSON border: wrong names raise TypeError
    data["wall"] = instant_from_text(str(loaded["wall"]))
    data["kind"] = EventKind(str(loaded["kind"]))
    changes = loaded["changes"]
    if not isinstance(changes, list):
        raise TypeError("changes is not a list")
    data["changes"] = tuple([_change(one) for one in changes])
    event = Event(**data)
    _require_kinds(event)
    return event


def _change(loaded: Mapping[str, Any]) -> Change:
    parents = loaded["parents"]
    if not isinstance(parents, list) or parents != sorted(parents) or len(loaded) != _CHANGE_NAMES:
        raise TypeError("a change of the event is none")
    return Change(
        loaded["entity"],  # its kind and the field's are looked at with the event's
        loaded["field"],
        loaded["before"],
        loaded["after"],
        tuple(parents),
    )


def visit_head(heads: Iterable[StreamHead]) -> str:
    """The head of a visit: SHA-256 (hex) over its sorted (device, seq, hash) stream heads."""
    listed: list[Json] = [[head.device, head.seq, head.hash] for head in sorted(heads)]
    return hashlib.sha256(_HEAD_DOMAIN + canonical(listed)).hexdigest()


def normalised(value: Json) -> Json:
    """The value with every text in NFC, names of objects included."""
    match value:
        case None | int():
            return value
        case str():
            return value if value.isascii() else unicodedata.normalize("NFC", value)
        case Mapping():
            return {
                unicodedata.normalize("NFC", name): normalised(inner)
                for name, inner in value.items()
            }
        case Sequence():
            return [normalised(inner) for inner in value]
        case _:
            return value


def _require_kinds(event: Event) -> None:
    """Raises TypeError where a value is not of its kind: nothing here may trust what it reads."""
    texts = [event.id, event.visit, event.device, event.actor, event.boot]
    texts += [one for one in (event.prev, event.reason, event.undoes) if one is not None]
    for change in event.changes:
        texts += (change.entity, change.field, *change.parents)
    if set(map(type, texts)) != {str}:
        raise TypeError("a text of the event is none")
    if {type(event.v), type(event.seq), type(event.mono)} != {int}:
        raise TypeError("a count of the event is none")


@dataclass(frozen=True, slots=True)
class FieldHead:
    """A value that is current for a field, and the event that set it."""

    event: str
    value: Json


Heads = Mapping[tuple[str, str], tuple[FieldHead, ...]]


def differing(values: Mapping[tuple[str, str], Json], heads: Heads) -> dict[tuple[str, str], Json]:
    """The values that are not current already, texts compared in NFC.

    A field that was never set is empty; one with several heads differs from any value: to name
    one of them settles the conflict.
    """

    def is_current(place: tuple[str, str], value: Json) -> bool:
        found = heads.get(place, ())
        current = found[0].value if found else None
        return len(found) <= 1 and current == normalised(value)

    return {place: value for place, value in values.items() if not is_current(place, value)}


def current_heads(events: Iterable[Event]) -> dict[tuple[str, str], tuple[FieldHead, ...]]:
    """For each (entity, field) the values that no other event has superseded, by event id.

    A set merge: neither the order of arrival nor repetition matters. Two heads are a conflict.
    """
    known = {event.id: event for event in events}
    superseded: set[tuple[str, str, str]] = set()
    for event in known.values():
        for change in event.changes:
            superseded |= {(change.entity, change.field, parent) for parent in change.parents}
    heads: dict[tuple[str, str], list[FieldHead]] = {}
    for event in known.values():
        for change in event.changes:
            if (change.entity, change.field, event.id) not in superseded:
                place = heads.setdefault((change.entity, change.field), [])
                place.append(FieldHead(event.id, change.after))
    return {
        field: tuple(sorted(found, key=lambda head: head.event)) for field, found in heads.items()
    }
