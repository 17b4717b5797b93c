"""The event log: one user action is one transaction that appends an event and moves its heads."""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from assessor_app.domain.acceptance import Counting, counting, counting_all
from assessor_app.domain.chain import Link, read_link
from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import (
    Change,
    Event,
    EventKind,
    FieldHead,
    Heads,
    Json,
    StreamHead,
    event_body,
    event_from_json,
    event_hash,
    normalised,
)
from assessor_app.domain.problem import StoreProblem, VisitRefused
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.device import Checkpoint, Device, sign_checkpoint
from assessor_app.storage.tables import checkpoint, field_head, vault_file
from assessor_app.storage.tables import event as event_table

FieldName = tuple[str, str]  # entity, field
CHECKPOINT_COLUMNS = ("visit", "device", "head", "body", "signature")

# The keystroke path runs on the driver's own cursor: to bind and wrap each statement costs more
# than the encrypted commit itself (benchmarks/bench_record.py, docs/adr/0004).
_TAIL = "SELECT seq, hash FROM event WHERE visit = ? AND device = ? ORDER BY seq DESC LIMIT 1"
# From one device to the next in the index, never over all the events of a visit.
_STREAM_HEADS = (
    "WITH RECURSIVE stream(device) AS (SELECT min(device) FROM event WHERE visit = :visit"
    " UNION ALL SELECT (SELECT min(device) FROM event WHERE visit = :visit"
    " AND device > stream.device) FROM stream WHERE stream.device IS NOT NULL)"
    " SELECT one.device, one.seq, one.hash FROM stream CROSS JOIN event AS one"
    " ON one.visit = :visit AND one.device = stream.device AND one.seq ="
    " (SELECT max(seq) FROM event WHERE visit = :visit AND device = stream.device)"
)
_ENTITY_HEADS = "SELECT field, event, value FROM field_head WHERE visit = ? AND entity = ?"
_VISIT_FIELD = "SELECT value FROM field_head WHERE visit = ? AND entity = 'visit' AND field = ?"
_ORIGIN = "SELECT origin FROM event WHERE id = ?"
_INSERT_EVENT = (
    "INSERT INTO event (id, visit, device, seq, kind, actor, origin, hash, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CHECKPOINT = (
    "INSERT INTO checkpoint (visit, device, head, body, signature) SELECT ?, ?, ?, ?, ?"
    " WHERE NOT EXISTS (SELECT 1 FROM checkpoint WHERE visit = ? AND signature = ?)"
)
_NAME_FILE = (  # the first event that names a file stands for it: a redo names it again
    "INSERT OR IGNORE INTO vault_file (id, visit, event, entity, sha256) VALUES (?, ?, ?, ?, ?)"
)
_LATE = "SELECT event FROM late_event WHERE visit = ?"
_INSERT_LATE = "INSERT INTO late_event (event, visit) VALUES (?, ?)"
_DROP_HEAD = "DELETE FROM field_head WHERE visit = ? AND entity = ? AND field = ?"
_INSERT_HEAD = "INSERT INTO field_head (visit, entity, field, event, value) VALUES (?, ?, ?, ?, ?)"


def _listed() -> sa.CTE:
    """The visits that have fields, found one after the other in the primary key.

    To read the whole projection for the few fields of their frames takes over a second where
    there are 500 visits (benchmarks/bench_store.py).
    """
    first = sa.select(sa.func.min(field_head.c.visit).label("visit"))
    listed = first.cte("listed", recursive=True)
    following = sa.select(sa.func.min(field_head.c.visit)).where(
        field_head.c.visit > listed.c.visit
    )
    return listed.union_all(
        sa.select(following.scalar_subquery()).where(listed.c.visit.is_not(None))
    )


_LISTED = _listed()


@dataclass(frozen=True, slots=True)
class Draft:
    """What the user did, before it has a place in the chain."""

    visit: str
    kind: EventKind
    values: Mapping[FieldName, Json]
    reason: str | None = None
    undoes: str | None = None
    acted_upon: tuple[StreamHead, ...] | None = None
    """The stream heads that the user saw; where they have moved on, nothing is recorded."""
    sealed: bool = False
    """Whether the device signs the visit's streams with this event (close, issue)."""
    under: str | None = None
    """The digest of the instrument that an answer was given under; refused under another one."""
    require: Callable[[], None] | None = None
    """What must hold when it is recorded, as that its file still is in the vault; may raise."""
    seen: Mapping[FieldName, Sequence[str]] | None = None
    """The events that were current for each field when the user acted; where one of another device
    has come in since, nothing is recorded: nobody settles a conflict that they did not see."""


@dataclass(frozen=True, slots=True)
class VaultFile:
    """A file of the vault that an event names; `sha256` (hex) is that of its original bytes."""

    id: str
    visit: str
    event: str
    entity: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it lies in the table, not read yet."""

    visit: str
    device: str
    seq: int
    body: bytes
    hash: str

    def read(self) -> Link:
        """Raises ValueError, KeyError or TypeError where the body is no event."""
        return read_link(self.body, self.hash)


@dataclass(frozen=True, slots=True)
class Ingested:
    """How many events were new, and how many of these came too late to count."""

    new: int
    late: int


class EventLog:
    """Appends and reads events; the only writer of the event table."""

    def __init__(
        self,
        engine: sa.Engine,
        path: Path,
        *,
        device: Device,
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

    def append(self, draft: Draft) -> Link:
        """Record one user action durably: when this returns, a power cut cannot take it away.

        Raises StoreProblem, or VisitRefused `visit_moved_on` where the visit is not any more what
        the user acted upon, and `visit_on_other_instrument` where another program has moved it;
        nothing was recorded then.
        """
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            if draft.acted_upon is not None and draft.acted_upon != _heads(cursor, draft.visit):
                raise VisitRefused("visit_moved_on", visit=draft.visit)
            if draft.under is not None:
                _require_instrument(cursor, draft.visit, digest=draft.under)
            if draft.require is not None:
                draft.require()
            stored = self._append(cursor, draft)
            if draft.sealed:
                self._seal(cursor, draft.visit)
            return stored

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
        frame = sa.and_(field_head.c.visit == _LISTED.c.visit, field_head.c.entity == "visit")
        query = (
            sa.select(field_head)
            .join(_LISTED, frame)
            .order_by(field_head.c.visit, field_head.c.event)
        )
        for row in self._rows(query):
            fields = found.setdefault(row.visit, {})
            head = FieldHead(row.event, json.loads(row.value))
            fields[row.entity, row.field] = (*fields.get((row.entity, row.field), ()), head)
        return found

    def visits(self) -> tuple[str, ...]:
        """The ids of all visits, in order."""
        frame = sa.select(field_head).where(
            field_head.c.visit == _LISTED.c.visit, field_head.c.entity == "visit"
        )
        query = sa.select(_LISTED.c.visit).where(frame.exists())
        return tuple(str(row.visit) for row in self._rows(query))

    def stored(self, visit: str) -> Iterator[Link]:
        """A visit's events with their stored bytes, in order of arrival.

        Raises StoreProblem `store_damaged` where a stored body is no event.
        """
        columns = (event_table.c[name] for name in ("visit", "device", "seq", "body", "hash"))
        query = sa.select(*columns).where(event_table.c.visit == visit)
        for found in self._rows(query.order_by(event_table.c.place)):
            row = EventRow(found.visit, found.device, found.seq, found.body, found.hash)
            try:
                yield row.read()
            except (ValueError, KeyError, TypeError) as error:
                cause = f"{row.device}/{row.seq}: {error}"
                raise StoreProblem("store_damaged", path=self._path, cause=cause) from error

    def seal(self, visit: str) -> Checkpoint:
        """Sign the visit's streams as they are, durably: what leaves the device is anchored so."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return self._seal(cursor, visit)

    def ingest(
        self,
        links: Sequence[Link],
        checkpoints: Sequence[Checkpoint],
        *,
        told: Draft,
        met: Draft | None = None,
    ) -> Ingested:
        """Take in events of one visit from elsewhere, byte for byte, with their checkpoints.

        Nothing that is known already is taken again. In the same transaction `met` is recorded,
        whose devices are from now on trusted, and `told` where any event was new; what `told`
        requires must hold. The chains were checked before (domain/chain.py). Raises StoreProblem
        `stream_forked` where a device would have two events in one place; nothing is taken in then.
        """
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            if told.require is not None:
                told.require()
            new = [link for link in links if _is_new(cursor, link, path=self._path)]
            for link in new:
                self._insert(cursor, link, origin="ingested")
            for made in checkpoints:
                _keep_checkpoint(cursor, made)
            visits = {link.event.visit for link in new}
            for visit in visits:
                _project(cursor, visit, counting)
            if met is not None:
                self._append(cursor, met)
            if new:
                self._append(cursor, told)
            late = {id_ for visit in visits for id_ in _late(cursor, visit)}
            return Ingested(len(new), sum(one.event.id in late for one in new))

    def checkpoints(self, visit: str) -> tuple[Checkpoint, ...]:
        """The signed checkpoints of a visit, in order of arrival."""
        columns = (checkpoint.c[name] for name in CHECKPOINT_COLUMNS)
        query = sa.select(*columns).where(checkpoint.c.visit == visit).order_by(checkpoint.c.place)
        rows = self._rows(query)
        return tuple(
            Checkpoint(one.visit, one.device, one.head, one.body, one.signature) for one in rows
        )

    def late(self, visit: str) -> frozenset[str]:
        """The ids of the events that came after the visit was closed."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return frozenset(_late(cursor, visit))

    def vault_files(self, visit: str | None = None) -> dict[str, VaultFile]:
        """The files of the vault that events name, by id; of all visits or of one."""
        query = sa.select(vault_file)
        if visit is not None:
            query = query.where(vault_file.c.visit == visit)
        return {
            one.id: VaultFile(one.id, one.visit, one.event, one.entity, one.sha256)
            for one in self._rows(query)
        }

    @contextlib.contextmanager
    def exclusively(self) -> Iterator[None]:
        """Let nobody record anything meanwhile, in no process: for what must not be overtaken."""
        with told_plainly_of_database(self._path), self._transaction():
            yield

    def stream_heads(self, visit: str) -> tuple[StreamHead, ...]:
        """The last event of each device in a visit, sorted."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return _heads(cursor, visit)

    def _rows(self, query: sa.Select[tuple[object, ...]]) -> Sequence[sa.Row[tuple[object, ...]]]:
        with told_plainly_of_database(self._path), self._engine.begin() as connection:
            return connection.execute(query).all()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[DBAPICursor]:
        """One durable transaction on a connection of the engine's pool, without its wrapping."""
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:  # an interrupt too must not leave half an action behind
                connection.rollback()
                raise
        finally:
            connection.close()  # back to the pool

    def _append(self, cursor: DBAPICursor, draft: Draft) -> Link:
        if draft.kind is EventKind.REOPENED:  # it stands upon all, what came late as well
            _project(cursor, draft.visit, counting_all)
        cursor.execute(_TAIL, (draft.visit, self.device.id))
        seq, prev = cursor.fetchone() or (0, None)
        event = Event(
            id=self._new_id(),
            visit=draft.visit,
            device=self.device.id,
            seq=seq + 1,
            prev=prev,
            actor=self.actor,
            wall=self._clock.now(),
            mono=self._clock.mono(),
            boot=self._clock.boot,
            kind=draft.kind,
            reason=draft.reason,
            undoes=draft.undoes,
            changes=tuple(_changes(cursor, draft)),
        )
        if draft.seen is not None:
            _require_seen(cursor, event, draft.seen)
        body = event_body(event)
        link = Link(event, body, event_hash(body))
        self._insert(cursor, link, origin="local")
        if event.kind is EventKind.REOPENED:  # what came late counts from now on
            _project(cursor, event.visit, counting)
            return link
        cursor.executemany(
            _DROP_HEAD,
            [(event.visit, one.entity, one.field) for one in event.changes if one.parents],
        )
        cursor.executemany(
            _INSERT_HEAD,
            [
                (event.visit, one.entity, one.field, event.id, value_text(one.after))
                for one in event.changes
            ],
        )
        return link

    def _insert(self, cursor: DBAPICursor, link: Link, *, origin: str) -> None:
        event = link.event
        copies = (event.id, event.visit, event.device, event.seq, event.kind.value, event.actor)
        cursor.execute(_INSERT_EVENT, (*copies, origin, link.hash, link.body))
        files = [
            (one.entity.partition("/")[2], event.visit, event.id, one.entity, one.after)
            for one in event.changes
            if one.field == "sha256" and one.after is not None
        ]
        if files:
            cursor.executemany(_NAME_FILE, files)

    def _seal(self, cursor: DBAPICursor, visit: str) -> Checkpoint:
        heads = _heads(cursor, visit)
        made = sign_checkpoint(self.device, visit=visit, heads=heads, wall=self._clock.now())
        _keep_checkpoint(cursor, made)
        return made


def _heads(cursor: DBAPICursor, visit: str) -> tuple[StreamHead, ...]:
    cursor.execute(_STREAM_HEADS, {"visit": visit})
    return tuple(sorted(StreamHead(*row) for row in cursor.fetchall()))


def _is_new(cursor: DBAPICursor, link: Link, *, path: Path) -> bool:
    event = link.event
    cursor.execute(
        "SELECT hash FROM event WHERE id = ? OR (visit = ? AND device = ? AND seq = ?)",
        (event.id, event.visit, event.device, event.seq),
    )
    known = {row[0] for row in cursor.fetchall()}
    if known - {link.hash}:
        place = f"{event.device}/{event.seq}"
        raise StoreProblem("stream_forked", path=path, place=place, visit=event.visit)
    return not known


def _keep_checkpoint(cursor: DBAPICursor, made: Checkpoint) -> None:
    row = (made.visit, made.device, made.head, made.body, made.signature)
    cursor.execute(_INSERT_CHECKPOINT, (*row, made.visit, made.signature))


def _late(cursor: DBAPICursor, visit: str) -> list[str]:
    cursor.execute(_LATE, (visit,))
    return [row[0] for row in cursor.fetchall()]


def _project(cursor: DBAPICursor, visit: str, count: Callable[[Sequence[Event]], Counting]) -> None:
    """Make what is shown of a visit anew from all of its events."""
    cursor.execute("SELECT body FROM event WHERE visit = ?", (visit,))
    counted = count([event_from_json(json.loads(row[0])) for row in cursor.fetchall()])
    cursor.execute("DELETE FROM late_event WHERE visit = ?", (visit,))
    cursor.executemany(_INSERT_LATE, [(id_, visit) for id_ in sorted(counted.late)])
    cursor.execute("DELETE FROM field_head WHERE visit = ?", (visit,))
    rows = [
        (visit, entity, field, head.event, value_text(head.value))
        for (entity, field), found in counted.heads.items()
        for head in found
    ]
    cursor.executemany(_INSERT_HEAD, rows)


def _require_instrument(cursor: DBAPICursor, visit: str, *, digest: str) -> None:
    cursor.execute(_VISIT_FIELD, (visit, "instrument_digest"))
    if (value_text(digest),) not in cursor.fetchall():
        cursor.execute(_VISIT_FIELD, (visit, "instrument_version"))
        pins = ", ".join(json.loads(value) for (value,) in cursor.fetchall())
        raise VisitRefused("visit_on_other_instrument", visit=visit, instrument=pins)


def _require_seen(
    cursor: DBAPICursor, event: Event, seen: Mapping[FieldName, Sequence[str]]
) -> None:
    for change in event.changes:
        for parent in set(change.parents) - set(seen.get((change.entity, change.field), ())):
            cursor.execute(_ORIGIN, (parent,))
            if cursor.fetchone() == ("ingested",):
                raise VisitRefused("visit_moved_on", visit=event.visit)


def _changes(cursor: DBAPICursor, draft: Draft) -> Iterator[Change]:
    """The changes of a draft, each with the values and events that it replaces."""
    fields: dict[str, dict[str, Json]] = {}
    for (entity, field), after in draft.values.items():
        fields.setdefault(entity, {})[field] = after
    for entity, given in fields.items():
        cursor.execute(_ENTITY_HEADS, (draft.visit, entity))
        rows = sorted((field, event, value) for field, event, value in cursor.fetchall())
        for field, after in given.items():
            current = [(event, value) for known, event, value in rows if known == field]
            yield Change(
                entity=entity,
                field=field,
                before=json.loads(current[-1][1]) if current else None,
                after=normalised(after),
                parents=tuple(event for event, _ in current),
            )


def value_text(value: Json) -> str:
    """A value as the projection keeps it: the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
