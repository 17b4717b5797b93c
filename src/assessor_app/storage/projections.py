"""Projections rebuilt from the events, and every difference between the two named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.event import (
    Event,
    StreamHead,
    canonical,
    current_heads,
    event_body,
    event_hash,
)
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.log import EventLog, StoredEvent
from assessor_app.storage.tables import event as event_table
from assessor_app.storage.tables import field_head, stream


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the store is not what its events say."""

    kind: str  # names a sentence: `differences.<kind>`
    visit: str
    place: str
    found: str
    expected: str


Row = tuple[str, ...]


def rebuild(engine: sa.Engine, path: Path, log: EventLog) -> tuple[Difference, ...]:
    """Compare chain and projections with the events, then write the projections anew.

    Where the chain itself is broken the projections are left as they are: events are never
    rewritten, and nothing may be made from events that were changed.
    """
    stored, unreadable = _read(log)
    streams = _streams(stored)
    expected_streams: dict[Row, Row] = {
        (visit, head.device): (visit, head.device, str(head.seq), head.hash)
        for visit, heads in streams.items()
        for head in heads
    }
    expected_heads = _expected_heads(one.event for one in stored)
    broken = [*unreadable, *_chain_faults(stored)]
    with told_plainly_of_database(path), engine.begin() as connection:
        differences = [
            *broken,
            *_copied_faults(connection, stored),
            *_compare(connection, field_head, "field", 4, expected_heads),
            *_compare(connection, stream, "stream", 2, expected_streams),
        ]
        if not broken:
            _write(connection, field_head, expected_heads.values())
            _write(connection, stream, expected_streams.values())
    return tuple(differences)


def _read(log: EventLog) -> tuple[list[StoredEvent], list[Difference]]:
    stored: list[StoredEvent] = []
    unreadable: list[Difference] = []
    for row in log.rows():
        try:
            stored.append(row.read())
        except (ValueError, KeyError, TypeError) as error:
            place = f"{row.device}/{row.seq}"
            unreadable.append(Difference("event_unreadable", row.visit, place, str(error), "–"))
    return stored, unreadable


def _streams(stored: list[StoredEvent]) -> dict[str, list[StreamHead]]:
    last: dict[tuple[str, str], StreamHead] = {}
    for one in stored:
        place = (one.event.visit, one.event.device)
        head = StreamHead(one.event.device, one.event.seq, one.hash)
        if place not in last or head.seq > last[place].seq:
            last[place] = head
    by_visit: defaultdict[str, list[StreamHead]] = defaultdict(list)
    for (visit, _), head in last.items():
        by_visit[visit].append(head)
    return by_visit


def _expected_heads(events: Iterator[Event]) -> dict[Row, Row]:
    by_visit: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_visit[event.visit].append(event)
    return {
        (visit, entity, field, head.event): (
            visit,
            entity,
            field,
            head.event,
            canonical(head.value).decode(),
        )
        for visit, found in by_visit.items()
        for (entity, field), heads in current_heads(found).items()
        for head in heads
    }


def _chain_faults(stored: list[StoredEvent]) -> Iterator[Difference]:
    by_stream: defaultdict[tuple[str, str], list[StoredEvent]] = defaultdict(list)
    for one in stored:
        by_stream[one.event.visit, one.event.device].append(one)
    for (visit, device), links in by_stream.items():
        seq, prev = 0, None
        for link in sorted(links, key=lambda one: one.event.seq):
            event, place = link.event, f"{device}/{link.event.seq}"
            if event.seq != seq + 1:
                yield Difference("chain_gap", visit, place, str(event.seq), str(seq + 1))
            elif event.prev != prev:
                yield Difference("chain_broken", visit, place, str(event.prev), str(prev))
            if event_hash(link.body) != link.hash or event_body(event) != link.body:
                yield Difference("event_altered", visit, place, link.hash, event_hash(link.body))
            seq, prev = event.seq, link.hash


def _copied_faults(connection: sa.Connection, stored: list[StoredEvent]) -> Iterator[Difference]:
    names = ("id", "visit", "device", "seq", "kind", "actor")
    columns = [event_table.c.hash, *(event_table.c[name] for name in names)]
    by_hash = {one.hash: one.event for one in stored}
    for digest, *row in connection.execute(sa.select(*columns).order_by(event_table.c.place)):
        event = by_hash.get(digest)
        for name, found in zip(names, row, strict=True):
            expected = getattr(event, name) if event else found
            if found != expected:
                place = f"{row[0]}.{name}"
                yield Difference("event_column", row[1], place, str(found), str(expected))


def _compare(
    connection: sa.Connection, table: sa.Table, kind: str, key: int, expected: dict[Row, Row]
) -> Iterator[Difference]:
    found = {}
    for row in connection.execute(sa.select(table)):
        texts = tuple(str(value) for value in row)
        found[texts[:key]] = texts
    for place in sorted(found.keys() | expected.keys()):
        was, should = found.get(place), expected.get(place)
        if was != should:
            yield Difference(
                kind,
                place[0],
                " ".join(place[1:]),
                " ".join(was[key:]) if was else "–",
                " ".join(should[key:]) if should else "–",
            )


def _write(connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    names = [column.name for column in table.columns]
    listed = [dict(zip(names, row, strict=True)) for row in rows]
    connection.execute(table.delete())
    if listed:
        connection.execute(table.insert(), listed)
