"""Projections rebuilt from the events, and every difference between the two named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.acceptance import counting
from assessor_app.domain.chain import Link, breaks
from assessor_app.domain.event import STORE, Event
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.device import Checkpoint
from assessor_app.storage.log import CHECKPOINT_COLUMNS, EventRow, value_text
from assessor_app.storage.tables import checkpoint, device, field_head, late_event, vault_file
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
_DIFFERS = {"field_head": "field", "late_event": "late", "vault_file": "vault_file"}


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
        broken = [*unreadable, *_chain_faults(stored), *_unmet_checkpoints(connection, stored)]
        heads, late = _expected(one.event for one in stored)
        projected = ((field_head, heads), (late_event, late), (vault_file, _named_files(stored)))
        differences = [*broken, *_copied_faults(connection, stored)]
        for table, rows in projected:
            differences += _compare(connection, table, rows)
            if not broken:
                _write(connection, table, rows.values())
    return Rebuilt(tuple(differences), written=not broken)


def _read(connection: sa.Connection) -> tuple[list[Link], list[Difference]]:
    stored: list[Link] = []
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


def _unmet_checkpoints(connection: sa.Connection, stored: list[Link]) -> Iterator[Difference]:
    """Checkpoints that were not signed by their device, or whose events are gone or changed.

    A chain alone does not notice that its tail was cut; these anchors do (record.md).
    """
    keys = _public_keys(connection, stored)
    hashes = {(one.event.visit, one.event.device, one.event.seq): one.hash for one in stored}
    columns = (checkpoint.c[name] for name in CHECKPOINT_COLUMNS)
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


def _public_keys(connection: sa.Connection, stored: list[Link]) -> dict[str, bytes]:
    """The keys of this device, past and present, and of those that the store came to trust."""
    rows = connection.execute(sa.select(device.c.id, device.c.public_key))
    keys = {row.id: bytes(row.public_key) for row in rows}
    for one in stored:
        for change in one.event.changes if one.event.visit == STORE else ():
            kind, _, id_ = change.entity.partition("/")
            if kind == "device" and change.field == "public_key":
                keys.setdefault(id_, bytes.fromhex(str(change.after)))
    return keys


def _expected(events: Iterator[Event]) -> tuple[dict[Row, Row], dict[Row, Row]]:
    """The rows of `field_head` and of `late_event`, each by what must be unique in it."""
    by_visit: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_visit[event.visit].append(event)
    heads: dict[Row, Row] = {}
    late_rows: dict[Row, Row] = {}
    for visit, found in by_visit.items():
        counted = counting(found)
        late_rows |= {(id_,): (id_, visit) for id_ in counted.late}
        for (entity, field), values in counted.heads.items():
            for head in values:
                place = (visit, entity, field, head.event)
                heads[place] = (*place, value_text(head.value))
    return heads, late_rows


def _named_files(stored: list[Link]) -> dict[Row, Row]:
    """The rows of `vault_file`: of several events that name a file, the first to arrive."""
    rows: dict[Row, Row] = {}
    for event in (one.event for one in stored):
        for change in event.changes:
            if change.field == "sha256" and change.after is not None:
                id_ = change.entity.partition("/")[2]
                row = (id_, event.visit, event.id, change.entity, str(change.after))
                rows.setdefault((id_,), row)
    return rows


def _chain_faults(stored: list[Link]) -> Iterator[Difference]:
    by_stream: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
    for one in stored:
        by_stream[one.event.visit, one.event.device].append(one)
    for (visit, name), links in by_stream.items():
        for fault in breaks(links):
            place = f"{name}/{fault.event.seq}"
            yield Difference(fault.kind, visit, place, fault.found, fault.expected)


def _copied_faults(connection: sa.Connection, stored: list[Link]) -> Iterator[Difference]:
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
    connection: sa.Connection, table: sa.Table, expected: dict[Row, Row]
) -> Iterator[Difference]:
    width = len(table.primary_key.columns)
    found = {tuple(row[:width]): tuple(row) for row in connection.execute(sa.select(table))}
    for place in sorted(found.keys() | expected.keys()):
        was, should = found.get(place), expected.get(place)
        if was != should:
            visit = (was or should or place)[list(table.c.keys()).index("visit")]
            yield Difference(
                _DIFFERS[table.name],
                visit,
                " ".join(one for one in place if one != visit),
                was[-1] if was else "–",
                should[-1] if should else "–",
            )


def _write(connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    names = [column.name for column in table.columns]
    listed = [dict(zip(names, row, strict=True)) for row in rows]
    connection.execute(table.delete())
    if listed:
        connection.execute(table.insert(), listed)
