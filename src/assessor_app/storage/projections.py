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
from assessor_app.storage.device import Checkpoint
from assessor_app.storage.log import EventRow, StoredEvent, value_text
from assessor_app.storage.tables import checkpoint, device, field_head
from assessor_app.storage.tables import event as event_table


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the store is not what its events say."""

    kind: str  # names a sentence: `differences.<kind>`
    visit: str
    place: str
    found: str
    expected: str


Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found, and whether it wrote the projection anew."""

    differences: tuple[Difference, ...]
    written: bool


def rebuild(engine: sa.Engine, path: Path) -> Rebuilt:
    """Compare chain, checkpoints and projection with the events, then write the projection anew.

    All in one transaction: an answer recorded meanwhile waits for it. Where the chain or a
    checkpoint is broken nothing is written: nothing may be made from events that were changed.
    """
    with told_plainly_of_database(path), engine.begin() as connection:
        stored, unreadable = _read(connection)
        expected_heads = _expected_heads(one.event for one in stored)
        broken = [*unreadable, *_chain_faults(stored), *_unmet_checkpoints(connection, stored)]
        differences = [
            *broken,
            *_copied_faults(connection, stored),
            *_compare(connection, expected_heads),
        ]
        if not broken:
            _write(connection, expected_heads.values())
    return Rebuilt(tuple(differences), written=not broken)


def _read(connection: sa.Connection) -> tuple[list[StoredEvent], list[Difference]]:
    stored: list[StoredEvent] = []
    unreadable: list[Difference] = []
    columns = (event_table.c[name] for name in ("visit", "device", "seq", "body", "hash"))
    for found in connection.execute(sa.select(*columns).order_by(event_table.c.place)):
        row = EventRow(*found)
        try:
            stored.append(row.read())
        except (ValueError, KeyError, TypeError) as error:
            place = f"{row.device}/{row.seq}"
            unreadable.append(Difference("event_unreadable", row.visit, place, str(error), "–"))
    return stored, unreadable


def _unmet_checkpoints(
    connection: sa.Connection, stored: list[StoredEvent]
) -> Iterator[Difference]:
    """Checkpoints that were not signed by their device, or whose events are gone or changed.

    A chain alone does not notice that its tail was cut; these anchors do (record.md).
    """
    known_devices = connection.execute(sa.select(device.c.id, device.c.public_key))
    keys = {row.id: row.public_key for row in known_devices}
    hashes = {(one.event.visit, one.event.device, one.event.seq): one.hash for one in stored}
    columns = (checkpoint.c[name] for name in ("visit", "device", "head", "body", "signature"))
    for found in connection.execute(sa.select(*columns).order_by(checkpoint.c.place)):
        made = Checkpoint(*found)
        if not made.signed_by(keys.get(made.device, b"")):
            yield Difference("checkpoint_forged", made.visit, made.device, made.head, "–")
            continue
        for head in made.streams():
            known = hashes.get((made.visit, head.device, head.seq))
            if known != head.hash:
                place = f"{head.device}/{head.seq}"
                yield Difference("checkpoint_unmet", made.visit, place, known or "–", head.hash)


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
    for (visit, name), links in by_stream.items():
        seq, prev = 0, None
        for link in sorted(links, key=lambda one: one.event.seq):
            event, place = link.event, f"{name}/{link.event.seq}"
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
