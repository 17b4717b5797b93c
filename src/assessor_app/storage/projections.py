"""Projections rebuilt from the events, and every difference between the two named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.event import (
    Event,
    current_heads,
    event_body,
    event_hash,
)
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.log import EventLog, StoredEvent, value_text
from assessor_app.storage.tables import event as event_table
from assessor_app.storage.tables import field_head


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
    expected_heads = _expected_heads(one.event for one in stored)
    broken = [*unreadable, *_chain_faults(stored)]
    with told_plainly_of_database(path), engine.begin() as connection:
        differences = [
            *broken,
            *_copied_faults(connection, stored),
            *_compare(connection, expected_heads),
        ]
        if not broken:
            _write(connection, expected_heads.values())
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
            value_text(head.value),
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


def _compare(connection: sa.Connection, expected: dict[Row, Row]) -> Iterator[Difference]:
    found = {tuple(row[:-1]): tuple(row) for row in connection.execute(sa.select(field_head))}
    for place in sorted(found.keys() | expected.keys()):
        was, should = found.get(place), expected.get(place)
        if was != should:
            visit, *names = place
            yield Difference(
                "field",
                visit,
                " ".join(names),
                was[-1] if was else "–",
                should[-1] if should else "–",
            )


def _write(connection: sa.Connection, rows: Iterable[Row]) -> None:
    names = [column.name for column in field_head.columns]
    listed = [dict(zip(names, row, strict=True)) for row in rows]
    connection.execute(field_head.delete())
    if listed:
        connection.execute(field_head.insert(), listed)
