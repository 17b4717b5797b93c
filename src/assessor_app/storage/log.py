"""The event log: one user action is one transaction that appends an event and moves its heads."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from assessor_app.domain.acceptance import counting, counting_all
from assessor_app.domain.chain import Link, read_link
from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import (
    STORE,
    Event,
    EventKind,
    Heads,
    Json,
    StreamHead,
    event_body,
    event_hash,
)
from assessor_app.domain.problem import StoreProblem, VisitRefused
from assessor_app.storage import statements
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.device import Checkpoint, Device, sign_checkpoint
from assessor_app.storage.statements import CHECKPOINT_COLUMNS, FieldName
from assessor_app.storage.tables import checkpoint, vault_file
from assessor_app.storage.tables import event as event_table


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
    held: Mapping[FieldName, Sequence[str]] = field(default_factory=dict)
    """Values that hold already by the events that the user saw: only where others have set the
    field since are they recorded again."""


@dataclass(frozen=True, slots=True)
class VaultFile:
    """A file of the vault that an event names; `sha256` (hex) is that of its original bytes."""

    id: str
    visit: str
    event: str
    entity: str
    sha256: str


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
            if draft.acted_upon is not None and draft.acted_upon != statements.stream_heads(
                cursor, draft.visit
            ):
                raise VisitRefused("visit_moved_on", visit=draft.visit)
            if draft.under is not None:
                statements.require_instrument(cursor, draft.visit, digest=draft.under)
            if draft.require is not None:
                draft.require()
            stored = self._append(cursor, draft)
            if draft.sealed:
                self._seal(cursor, draft.visit)
            return stored

    def heads(self, visit: str, *, kind: str | None = None) -> Heads:
        """The current values of every field of a visit (or of `store`, without its tables).

        Of a `kind` only those of its entities, `kind/<id>`: they are read without the others.
        """
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return statements.field_heads(cursor, visit, kind=kind)

    def has(self, visit: str, *, kind: str) -> bool:
        """Whether a visit (or `store`) has any entity of a kind: asked where nobody may wait."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return statements.has_kind(cursor, visit, kind)

    def frame(self, visit: str) -> Heads:
        """The `visit` entity of one visit; empty where there is none."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return statements.frame(cursor, visit)

    def frames(self) -> Mapping[str, Heads]:
        """The `visit` entity of every visit, in order of visit id: what a list of visits shows."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return statements.frames(cursor)

    def visits(self) -> tuple[str, ...]:
        """The ids of all visits, in order."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return statements.visits(cursor)

    def stored(self, visit: str) -> Iterator[Link]:
        """A visit's events with their stored bytes, in order of arrival.

        Raises StoreProblem `store_damaged` where a stored body is no event.
        """
        columns = (event_table.c[name] for name in ("device", "seq", "body", "hash"))
        query = sa.select(*columns).where(event_table.c.visit == visit)
        for row in self._rows(query.order_by(event_table.c.place)):
            try:
                yield read_link(row.body, row.hash)
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
            new = [link for link in links if statements.is_new(cursor, link, path=self._path)]
            for link in new:
                statements.insert(cursor, link, origin="ingested")
            for made in checkpoints:
                statements.keep_checkpoint(cursor, made)
            visits = {link.event.visit for link in new}
            for visit in visits:
                statements.project(cursor, visit, counting)
            if met is not None:
                self._append(cursor, met)
            if new:
                self._append(cursor, told)
            late = {id_ for visit in visits for id_ in statements.late_events(cursor, visit)}
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
            return frozenset(statements.late_events(cursor, visit))

    def vault_files(self, visit: str | None = None) -> dict[str, VaultFile]:
        """The files of the vault that events name, by id; of all visits or of one."""
        query = sa.select(vault_file)
        if visit is not None:
            query = query.where(vault_file.c.visit == visit)
        return {
            one.id: VaultFile(one.id, one.visit, one.event, one.entity, one.sha256)
            for one in self._rows(query)
        }

    def named_files(self) -> frozenset[str]:
        """The ids of `vault_files`, as of the last commit.

        It opens no transaction, so that it can be asked within `exclusively`, where it is the whole
        truth.
        """
        with (
            told_plainly_of_database(self._path),
            contextlib.closing(self._engine.raw_connection()) as connection,
        ):
            cursor = connection.cursor()
            cursor.execute("SELECT id FROM vault_file")
            return frozenset(row[0] for row in cursor.fetchall())

    @contextlib.contextmanager
    def exclusively(self) -> Iterator[None]:
        """Let nobody record anything meanwhile, in no process: for what must not be overtaken."""
        with told_plainly_of_database(self._path), self._transaction():
            yield

    def stream_heads(self, visit: str) -> tuple[StreamHead, ...]:
        """The last event of each device in a visit, sorted."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return statements.stream_heads(cursor, visit)

    def latest(self, *, of_visits: bool = False) -> Event | None:
        """What was recorded here last; `of_visits` leaves out what concerns the store itself.

        Raises StoreProblem `store_damaged` where it is no event.
        """
        columns = (event_table.c.body, event_table.c.hash)
        query = sa.select(*columns).where(event_table.c.origin == "local")
        if of_visits:
            query = query.where(event_table.c.visit != STORE)
        found = self._rows(query.order_by(event_table.c.place.desc()).limit(1))
        for row in found:
            try:
                return read_link(row.body, row.hash).event
            except (ValueError, KeyError, TypeError) as error:
                raise StoreProblem("store_damaged", path=self._path, cause=str(error)) from error
        return None

    def streams(self) -> Mapping[str, tuple[StreamHead, ...]]:
        """The last event of each device in every visit (and in `store`): what a list goes by."""
        with told_plainly_of_database(self._path), self._transaction() as cursor:
            return statements.streams(cursor)

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
            statements.project(cursor, draft.visit, counting_all)
        seq, prev = statements.tail(cursor, draft.visit, self.device.id)
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
            changes=tuple(statements.changes(cursor, draft.visit, draft.values, held=draft.held)),
        )
        if draft.seen is not None:
            statements.require_seen(cursor, event, draft.seen)
        body = event_body(event)
        link = Link(event, body, event_hash(body))
        statements.insert(cursor, link, origin="local")
        if event.kind is EventKind.REOPENED:  # what came late counts from now on
            statements.project(cursor, event.visit, counting)
            return link
        statements.move_heads(cursor, event)
        return link

    def _seal(self, cursor: DBAPICursor, visit: str) -> Checkpoint:
        heads = statements.stream_heads(cursor, visit)
        made = sign_checkpoint(self.device, visit=visit, heads=heads, wall=self._clock.now())
        statements.keep_checkpoint(cursor, made)
        return made
