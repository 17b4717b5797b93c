"""The fixed statements of the event log, and what is done with them in one transaction.

The keystroke path runs on the driver's own cursor: to bind and wrap each statement costs more than
the encrypted commit itself (benchmarks/bench_record.py, docs/adr/0004).
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy.engine.interfaces import DBAPICursor

from assessor_app.domain.acceptance import Counting
from assessor_app.domain.chain import Link
from assessor_app.domain.event import (
    STORE,
    Change,
    Event,
    FieldHead,
    Heads,
    Json,
    StreamHead,
    encoded,
    event_from_json,
    normalised,
)
from assessor_app.domain.problem import StoreProblem, VisitRefused
from assessor_app.storage.device import Checkpoint

value_text = encoded  # of a value, as the projection keeps it

FieldName = tuple[str, str]  # entity, field
CHECKPOINT_COLUMNS = ("visit", "device", "head", "body", "signature")

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
# The same over all visits, each in a few steps of the index: 5 ms where there are 500.
_STREAMS = (
    "WITH RECURSIVE listed(visit) AS (SELECT min(visit) FROM event UNION ALL"
    " SELECT (SELECT min(visit) FROM event WHERE visit > listed.visit) FROM listed"
    " WHERE listed.visit IS NOT NULL),"
    " stream(visit, device) AS (SELECT visit, (SELECT min(device) FROM event"
    " WHERE visit = listed.visit) FROM listed WHERE visit IS NOT NULL UNION ALL"
    " SELECT visit, (SELECT min(device) FROM event WHERE visit = stream.visit"
    " AND device > stream.device) FROM stream WHERE device IS NOT NULL)"
    " SELECT one.visit, one.device, one.seq, one.hash FROM stream CROSS JOIN event AS one"
    " ON one.visit = stream.visit AND one.device = stream.device AND one.seq ="
    " (SELECT max(seq) FROM event WHERE visit = stream.visit AND device = stream.device)"
)
_HEADS = "SELECT entity, field, event, value FROM field_head WHERE visit = ? ORDER BY event"
# Of the store: without its tables, which may be longer than all else together. Each range is found
# in the key, so that unlocking does not read ten thousand offices to learn its settings.
TABLES = ("institution/", "published_result/", "unit/")
"""What begins the names of the rows that are taken over from tables, in order."""
_BOUNDS = [("", TABLES[0])] + [
    (f"{table[:-1]}0", following)
    for table, following in zip(TABLES, (*TABLES[1:], "\U0010ffff"), strict=True)
]
_HEADS_OF_STORE = " UNION ALL ".join(
    "SELECT entity, field, event, value FROM field_head WHERE visit = :visit"  # noqa: S608 - ours
    f" AND entity >= '{low}' AND entity < '{high}'"
    for low, high in _BOUNDS
)
_HEADS_OF_KIND = (  # a range of the key: `/` is followed by `0`
    "SELECT entity, field, event, value FROM field_head"
    " WHERE visit = ? AND entity >= ? || '/' AND entity < ? || '0' ORDER BY event"
)
_HAS_KIND = (
    "SELECT 1 FROM field_head WHERE visit = ? AND entity >= ? || '/' AND entity < ? || '0' LIMIT 1"
)
# From one visit to the next in the key: to read the whole table for the few fields of their frames
# takes over a second where there are 500 visits (benchmarks/bench_store.py).
_LISTED = (
    "WITH RECURSIVE listed(visit) AS (SELECT min(visit) FROM field_head UNION ALL"
    " SELECT (SELECT min(visit) FROM field_head WHERE visit > listed.visit) FROM listed"
    " WHERE listed.visit IS NOT NULL)"
)
_FRAMES = (
    f"{_LISTED} SELECT head.visit, head.field, head.event, head.value"  # noqa: S608 - our own text
    " FROM listed CROSS JOIN field_head AS head"
    " ON head.visit = listed.visit AND head.entity = 'visit' ORDER BY head.visit, head.event"
)
_VISITS = (
    f"{_LISTED} SELECT visit FROM listed WHERE EXISTS"  # noqa: S608 - a text of our own
    " (SELECT 1 FROM field_head WHERE visit = listed.visit AND entity = 'visit')"
)
_ENTITY_HEADS = (
    "SELECT field, event, value FROM field_head WHERE visit = ? AND entity = ?"
    " ORDER BY field, event"
)
_VISIT_FIELD = "SELECT value FROM field_head WHERE visit = ? AND entity = 'visit' AND field = ?"
_ORIGIN = "SELECT origin FROM event WHERE id = ?"
_KNOWN = "SELECT hash FROM event WHERE id = ? OR (visit = ? AND device = ? AND seq = ?)"
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
_DROP_HEADS = "DELETE FROM field_head WHERE visit = ? AND entity = ? AND field = ?"
_INSERT_HEAD = "INSERT INTO field_head (visit, entity, field, event, value) VALUES (?, ?, ?, ?, ?)"


def tail(cursor: DBAPICursor, visit: str, device: str) -> tuple[int, str | None]:
    """The number and the hash of the last event of a stream; 0 and None before the first."""
    cursor.execute(_TAIL, (visit, device))
    found = cursor.fetchone()
    return (found[0], found[1]) if found else (0, None)


def stream_heads(cursor: DBAPICursor, visit: str) -> tuple[StreamHead, ...]:
    """The last event of each device in a visit, sorted."""
    cursor.execute(_STREAM_HEADS, {"visit": visit})
    return tuple(sorted(StreamHead(*row) for row in cursor.fetchall()))


def streams(cursor: DBAPICursor) -> dict[str, tuple[StreamHead, ...]]:
    """The last event of each device in every visit, and in `store`."""
    cursor.execute(_STREAMS)
    found: dict[str, tuple[StreamHead, ...]] = {}
    for visit, *head in cursor.fetchall():
        found[visit] = (*found.get(visit, ()), StreamHead(*head))
    return {visit: tuple(sorted(heads)) for visit, heads in found.items()}


def field_heads(cursor: DBAPICursor, visit: str, *, kind: str | None = None) -> Heads:
    """The current values of every field of a visit, or of its entities of one kind.

    Those of the store's tables are read by their kind alone.
    """
    if kind is not None:
        cursor.execute(_HEADS_OF_KIND, (visit, kind, kind))
    elif visit == STORE:
        cursor.execute(f"{_HEADS_OF_STORE} ORDER BY event", {"visit": visit})
    else:
        cursor.execute(_HEADS, (visit,))
    found: dict[FieldName, tuple[FieldHead, ...]] = {}
    for entity, field, event, value in cursor.fetchall():
        head = FieldHead(event, _read(value))
        found[entity, field] = (*found.get((entity, field), ()), head)
    return found


def frame(cursor: DBAPICursor, visit: str) -> Heads:
    """The fields of the entity `visit` of one visit."""
    cursor.execute(_ENTITY_HEADS, (visit, "visit"))
    found: dict[FieldName, tuple[FieldHead, ...]] = {}
    for field, event, value in cursor.fetchall():
        place = ("visit", field)
        found[place] = (*found.get(place, ()), FieldHead(event, _read(value)))
    return found


def has_kind(cursor: DBAPICursor, visit: str, kind: str) -> bool:
    """Whether a visit (or the store) has any entity of a kind."""
    cursor.execute(_HAS_KIND, (visit, kind, kind))
    return cursor.fetchone() is not None


def frames(cursor: DBAPICursor) -> Mapping[str, Heads]:
    """The fields of the entity `visit` of every visit, in order of visit id."""
    cursor.execute(_FRAMES)
    found: dict[str, dict[FieldName, tuple[FieldHead, ...]]] = {}
    for visit, field, event, value in cursor.fetchall():
        fields, place = found.setdefault(visit, {}), ("visit", field)
        fields[place] = (*fields.get(place, ()), FieldHead(event, _read(value)))
    return found


def _read(value: str) -> Json:
    """A value as it was kept; most are texts without a sign to unescape: a fifth of the time."""
    if value.startswith('"') and "\\" not in value:
        return value[1:-1]
    loaded: Json = json.loads(value)
    return loaded


def visits(cursor: DBAPICursor) -> tuple[str, ...]:
    """The ids of all visits, in order."""
    cursor.execute(_VISITS)
    return tuple(row[0] for row in cursor.fetchall())


def is_new(cursor: DBAPICursor, link: Link, *, path: Path) -> bool:
    """Raises StoreProblem `stream_forked` where another event stands in its place."""
    event = link.event
    cursor.execute(_KNOWN, (event.id, event.visit, event.device, event.seq))
    known = {row[0] for row in cursor.fetchall()}
    if known - {link.hash}:
        place = f"{event.device}/{event.seq}"
        raise StoreProblem("stream_forked", path=path, place=place, visit=event.visit)
    return not known


def insert(cursor: DBAPICursor, link: Link, *, origin: str) -> None:
    """Add an event, and the files of the vault that it names."""
    event = link.event
    copies = (event.id, event.visit, event.device, event.seq, event.kind.value, event.actor)
    cursor.execute(_INSERT_EVENT, (*copies, origin, link.hash, link.body))
    files = file_rows(event)
    if files:
        cursor.executemany(_NAME_FILE, files)


def file_rows(event: Event) -> list[tuple[str, str, str, str, str]]:
    """The rows of `vault_file` that an event comes to: each file that it gives its hash."""
    return [
        (one.entity.partition("/")[2], event.visit, event.id, one.entity, str(one.after))
        for one in event.changes
        if one.field == "sha256" and one.after is not None
    ]


def head_rows(visit: str, heads: Heads) -> list[tuple[str, str, str, str, str]]:
    """The rows of `field_head` that the current values of a visit come to."""
    return [
        (visit, entity, field, head.event, value_text(head.value))
        for (entity, field), found in heads.items()
        for head in found
    ]


def move_heads(cursor: DBAPICursor, event: Event) -> None:
    """Let an event's values be the current ones of their fields."""
    former = [(event.visit, one.entity, one.field) for one in event.changes if one.parents]
    if former:
        cursor.executemany(_DROP_HEADS, former)
    current = [
        (event.visit, one.entity, one.field, event.id, value_text(one.after))
        for one in event.changes
    ]
    cursor.executemany(_INSERT_HEAD, current)


def keep_checkpoint(cursor: DBAPICursor, made: Checkpoint) -> None:
    row = (made.visit, made.device, made.head, made.body, made.signature)
    cursor.execute(_INSERT_CHECKPOINT, (*row, made.visit, made.signature))


def late_events(cursor: DBAPICursor, visit: str) -> list[str]:
    """The ids of the events that came after the visit was closed."""
    cursor.execute(_LATE, (visit,))
    return [row[0] for row in cursor.fetchall()]


def project(cursor: DBAPICursor, visit: str, count: Callable[[Sequence[Event]], Counting]) -> None:
    """Make what is shown of a visit anew from all of its events."""
    cursor.execute("SELECT body FROM event WHERE visit = ?", (visit,))
    counted = count([event_from_json(json.loads(row[0])) for row in cursor.fetchall()])
    cursor.execute("DELETE FROM late_event WHERE visit = ?", (visit,))
    cursor.executemany(_INSERT_LATE, [(id_, visit) for id_ in sorted(counted.late)])
    cursor.execute("DELETE FROM field_head WHERE visit = ?", (visit,))
    cursor.executemany(_INSERT_HEAD, head_rows(visit, counted.heads))


def require_instrument(cursor: DBAPICursor, visit: str, *, digest: str) -> None:
    """Raises VisitRefused `visit_on_other_instrument` where the visit is under another one."""
    cursor.execute(_VISIT_FIELD, (visit, "instrument_digest"))
    if (value_text(digest),) not in cursor.fetchall():
        cursor.execute(_VISIT_FIELD, (visit, "instrument_version"))
        pins = ", ".join(json.loads(value) for (value,) in cursor.fetchall())
        raise VisitRefused("visit_on_other_instrument", visit=visit, instrument=pins)


def require_seen(
    cursor: DBAPICursor, event: Event, seen: Mapping[FieldName, Collection[str]]
) -> None:
    """Raises VisitRefused `visit_moved_on` where it replaces what came in and nobody saw."""
    for change in event.changes:
        for parent in set(change.parents) - set(seen.get((change.entity, change.field), ())):
            cursor.execute(_ORIGIN, (parent,))
            if cursor.fetchone() == ("ingested",):
                raise VisitRefused("visit_moved_on", visit=event.visit)


def changes(
    cursor: DBAPICursor,
    visit: str,
    values: Mapping[FieldName, Json],
    *,
    held: Mapping[FieldName, Iterable[str]],
) -> Iterator[Change]:
    """What values change, each with the value and the events that it replaces.

    Those of `held` are left out whose field is still as these very events set it.
    """
    fields: dict[str, dict[str, Json]] = {}
    for (entity, field), after in values.items():
        fields.setdefault(entity, {})[field] = after
    for entity, given in fields.items():
        cursor.execute(_ENTITY_HEADS, (visit, entity))
        current: dict[str, list[tuple[str, str]]] = {}
        for field, event, value in cursor.fetchall():
            current.setdefault(field, []).append((event, value))
        for field, after in given.items():
            known = current.get(field, ())
            parents = tuple(event for event, _ in known)
            if (entity, field) in held and tuple(held[entity, field]) == parents:
                continue
            before = json.loads(known[-1][1]) if known else None
            yield Change(entity, field, before, normalised(after), parents)
