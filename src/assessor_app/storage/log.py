"""The event log: one user action is one transaction that appends an event and moves its heads."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import (
    Change,
    Event,
    EventKind,
    FieldHead,
    Heads,
    Json,
    StreamHead,
    canonical,
    event_body,
    event_from_json,
    event_hash,
    normalised,
)
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.tables import event as event_table
from assessor_app.storage.tables import field_head, stream

FieldName = tuple[str, str]  # entity, field

_TAIL = sa.select(stream.c.seq, stream.c.hash).where(
    stream.c.visit == sa.bindparam("visit"), stream.c.device == sa.bindparam("device")
)
_ENTITY_HEADS = sa.select(field_head.c.field, field_head.c.event, field_head.c.value).where(
    field_head.c.visit == sa.bindparam("visit"), field_head.c.entity == sa.bindparam("entity")
)
_INSERT_EVENT = event_table.insert()
_INSERT_HEAD = field_head.insert()
_DROP_HEAD = field_head.delete().where(
    field_head.c.visit == sa.bindparam("in_visit"),
    field_head.c.entity == sa.bindparam("of_entity"),
    field_head.c.field == sa.bindparam("of_field"),
)
_START_STREAM = stream.insert()
_MOVE_STREAM = (
    stream.update()
    .where(stream.c.visit == sa.bindparam("in_visit"), stream.c.device == sa.bindparam("on_device"))
    .values(seq=sa.bindparam("to_seq"), hash=sa.bindparam("to_hash"))
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the user did, before it has a place in the chain."""

    visit: str
    kind: EventKind
    values: Mapping[FieldName, Json]
    reason: str | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with the bytes and the hash that are kept of it."""

    event: Event
    body: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it lies in the table, not read yet."""

    visit: str
    device: str
    seq: int
    body: bytes
    hash: str

    def read(self) -> StoredEvent:
        """Raises ValueError, KeyError or TypeError where the body is no event."""
        return StoredEvent(event_from_json(json.loads(self.body)), self.body, self.hash)


class EventLog:
    """Appends and reads events; the only writer of the event table."""

    def __init__(
        self,
        engine: sa.Engine,
        path: Path,
        *,
        device: str,
        actor: str,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._engine = engine
        self._path = path
        self.device = device
        self.actor = actor
        self._clock = clock
        self._new_id = new_id

    def append(self, draft: Draft) -> Event:
        """Record one user action durably: when this returns, a power cut cannot take it away.

        Raises StoreProblem; nothing was recorded then.
        """
        with told_plainly_of_database(self._path), self._engine.begin() as connection:
            return self._append(connection, draft)

    def heads(self, visit: str) -> Heads:
        """The current values of every field of a visit (or of `store`)."""
        found: dict[FieldName, list[FieldHead]] = {}
        query = (
            sa.select(field_head).where(field_head.c.visit == visit).order_by(field_head.c.event)
        )
        for row in self._rows(query):
            place = found.setdefault((row.entity, row.field), [])
            place.append(FieldHead(row.event, json.loads(row.value)))
        return {place: tuple(heads) for place, heads in found.items()}

    def frames(self) -> Mapping[str, Heads]:
        """The `visit` entity of every visit, in order of visit id: what a list of visits shows."""
        found: dict[str, dict[FieldName, tuple[FieldHead, ...]]] = {}
        query = (
            sa.select(field_head)
            .where(field_head.c.entity == "visit")
            .order_by(field_head.c.visit, field_head.c.event)
        )
        for row in self._rows(query):
            fields = found.setdefault(row.visit, {})
            head = FieldHead(row.event, json.loads(row.value))
            fields[row.entity, row.field] = (*fields.get((row.entity, row.field), ()), head)
        return found

    def stored(self, visit: str) -> Iterator[StoredEvent]:
        """A visit's events with their stored bytes, in order of arrival.

        Raises StoreProblem `store_damaged` where a stored body is no event.
        """
        for row in self.rows(visit):
            try:
                yield row.read()
            except (ValueError, KeyError, TypeError) as error:
                cause = f"{row.device}/{row.seq}: {error}"
                raise StoreProblem("store_damaged", path=self._path, cause=cause) from error

    def rows(self, visit: str | None = None) -> Iterator[EventRow]:
        """Events as they lie in the table, in order of arrival; all of them without a visit."""
        columns = (event_table.c[name] for name in ("visit", "device", "seq", "body", "hash"))
        query = sa.select(*columns).order_by(event_table.c.place)
        if visit is not None:
            query = query.where(event_table.c.visit == visit)
        for row in self._rows(query):
            yield EventRow(row.visit, row.device, row.seq, row.body, row.hash)

    def stream_heads(self, visit: str) -> tuple[StreamHead, ...]:
        """The last event of each device in a visit, sorted."""
        query = sa.select(stream).where(stream.c.visit == visit).order_by(stream.c.device)
        return tuple(StreamHead(row.device, row.seq, row.hash) for row in self._rows(query))

    def _rows(self, query: sa.Select[tuple[object, ...]]) -> Sequence[sa.Row[tuple[object, ...]]]:
        with told_plainly_of_database(self._path), self._engine.begin() as connection:
            return connection.execute(query).all()

    def _append(self, connection: sa.Connection, draft: Draft) -> Event:
        tail = connection.execute(_TAIL, {"visit": draft.visit, "device": self.device}).first()
        event = Event(
            id=self._new_id(),
            visit=draft.visit,
            device=self.device,
            seq=tail.seq + 1 if tail else 1,
            prev=tail.hash if tail else None,
            actor=self.actor,
            wall=self._clock.now(),
            mono=self._clock.mono(),
            boot=self._clock.boot,
            kind=draft.kind,
            reason=draft.reason,
            undoes=draft.undoes,
            changes=tuple(self._changes(connection, draft)),
        )
        body = event_body(event)
        digest = event_hash(body)
        connection.execute(
            _INSERT_EVENT,
            {
                "id": event.id,
                "visit": event.visit,
                "device": event.device,
                "seq": event.seq,
                "kind": event.kind.value,
                "actor": event.actor,
                "origin": "local",
                "hash": digest,
                "body": body,
            },
        )
        _move_heads(connection, event)
        _move_stream(connection, event, digest)
        return event

    def _changes(self, connection: sa.Connection, draft: Draft) -> Iterator[Change]:
        for entity in dict.fromkeys(entity for entity, _ in draft.values):
            rows = connection.execute(_ENTITY_HEADS, {"visit": draft.visit, "entity": entity}).all()
            for (of, field), after in draft.values.items():
                if of != entity:
                    continue
                current = sorted((row.event, row.value) for row in rows if row.field == field)
                yield Change(
                    entity=entity,
                    field=field,
                    before=json.loads(current[-1][1]) if current else None,
                    after=normalised(after),
                    parents=tuple(event for event, _ in current),
                )


def _move_heads(connection: sa.Connection, event: Event) -> None:
    superseded = [
        {"in_visit": event.visit, "of_entity": change.entity, "of_field": change.field}
        for change in event.changes
        if change.parents
    ]
    if superseded:
        connection.execute(_DROP_HEAD, superseded)
    connection.execute(_INSERT_HEAD, list(head_rows(event.visit, event.changes, event.id)))


def _move_stream(connection: sa.Connection, event: Event, digest: str) -> None:
    if event.seq == 1:
        connection.execute(
            _START_STREAM,
            {"visit": event.visit, "device": event.device, "seq": 1, "hash": digest},
        )
        return
    connection.execute(
        _MOVE_STREAM,
        {
            "in_visit": event.visit,
            "on_device": event.device,
            "to_seq": event.seq,
            "to_hash": digest,
        },
    )


def head_rows(visit: str, changes: Iterable[Change], event: str) -> Iterator[dict[str, str]]:
    """The projection rows of one event's changes."""
    for change in changes:
        yield {
            "visit": visit,
            "entity": change.entity,
            "field": change.field,
            "event": event,
            "value": canonical(change.after).decode(),
        }
