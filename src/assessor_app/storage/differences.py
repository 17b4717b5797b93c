"""Where a store is not what its events say: looked at only, never written."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from assessor_app.domain.acceptance import counting
from assessor_app.domain.chain import Link, breaks, read_checked
from assessor_app.domain.event import Event, visit_head
from assessor_app.storage.contents import UNREADABLE, as_bytes, contents_in, looking
from assessor_app.storage.device import Checkpoint
from assessor_app.storage.statements import CHECKPOINT_COLUMNS, file_rows, head_rows

NOTHING = "–"
BREAKS = frozenset(
    {
        "event_unreadable",
        "event_altered",
        "chain_gap",
        "chain_broken",
        "checkpoint_forged",
        "checkpoint_unmet",
    }
)
"""Kinds of differences after which nothing may be made from the events: they were changed."""

_COPIES = ("id", "visit", "device", "seq", "kind", "actor", "origin")
_DEVICES = "SELECT id, length(wrapped_key) > 0 FROM device"
_EVENTS = (
    f"SELECT hash, body, {', '.join(_COPIES)} FROM event"  # noqa: S608 - names of our own
    " WHERE visit = ? ORDER BY place"
)
_CHECKPOINTS = (
    f"SELECT {', '.join(CHECKPOINT_COLUMNS)} FROM checkpoint"  # noqa: S608 - names of our own
    " WHERE visit = ? ORDER BY place"
)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Projection:
    """A table that is made from the events: its columns, and how many of them are its key."""

    table: str
    columns: tuple[str, ...]
    key: int
    differs: str  # the kind of a difference


FIELD_HEAD = Projection("field_head", ("visit", "entity", "field", "event", "value"), 4, "field")
LATE_EVENT = Projection("late_event", ("event", "visit"), 1, "late")
VAULT_FILE = Projection("vault_file", ("id", "visit", "event", "entity", "sha256"), 1, "vault_file")
PROJECTIONS = (FIELD_HEAD, LATE_EVENT, VAULT_FILE)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the store is not what its events say.

    `device` and `seq` say where in a stream, `event` which event, as far as there is one.
    """

    kind: str  # names a sentence: `difference.<kind>`
    visit: str
    place: str
    found: str
    expected: str
    device: str = ""
    seq: int = 0
    event: str = ""


@dataclass(frozen=True, slots=True)
class VisitRead:
    """One visit (or `store`) as it lies in the tables, and all that is wrong with it there.

    `links` are the events that can be read, in order of arrival; `rows` are those of each
    projection as they should be, by what must be unique in them.
    """

    visit: str
    links: tuple[Link, ...]
    checkpoints: tuple[Checkpoint, ...]
    differences: tuple[Difference, ...]
    rows: Mapping[str, Mapping[Row, Row]]

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(link.event for link in self.links)


def look_at(engine: sa.Engine, path: Path, visit: str, *, keys: Mapping[str, bytes]) -> VisitRead:
    """`read_visit`, by itself: where one visit is damaged the next can be looked at all the same.

    Raises StoreProblem as `looking` does.
    """
    with looking(engine, path) as cursor:
        return read_visit(cursor, visit, keys=keys)


def read_all(cursor: DBAPICursor) -> Iterator[VisitRead]:
    """Every visit as it lies in the tables, in order of their ids, and the store's own stream."""
    found = contents_in(cursor)
    return (read_visit(cursor, visit, keys=found.keys) for visit in found.visits)


def record_faults(cursor: DBAPICursor) -> Iterator[Difference]:
    """Where chains, checkpoints or projections are not what the events say, visit by visit."""
    return (one for read in read_all(cursor) for one in read.differences)


def read_visit(cursor: DBAPICursor, visit: str, *, keys: Mapping[str, bytes]) -> VisitRead:
    """Read all of a visit and compare it with its events; `keys` are those of all devices."""
    cursor.execute(_EVENTS, (visit,))
    rows_of_events = cursor.fetchall()
    cursor.execute(_DEVICES)
    own = {str(id_): bool(current) for id_, current in cursor.fetchall()}
    links, found = _links(visit, rows_of_events, own=own)
    cursor.execute(_CHECKPOINTS, (visit,))
    checkpoints = tuple(Checkpoint(*row[:3], *map(as_bytes, row[3:])) for row in cursor.fetchall())
    found += _unmet(checkpoints, links, keys=keys)
    concerned = [link for link in links if link.event.visit == visit]
    rows = _expected(visit, concerned)
    for projection in PROJECTIONS:
        found += _compared(cursor, visit, projection, rows[projection.table])
    return VisitRead(visit, tuple(concerned), checkpoints, tuple(found), rows)


def _links(
    visit: str, rows: Sequence[tuple[object, ...]], *, own: Mapping[str, bool]
) -> tuple[list[Link], list[Difference]]:
    """`own` are the devices that this store is and was, and whether it is one still."""
    links: list[Link] = []
    found: list[Difference] = []
    altered: set[str] = set()
    for digest, body, *copies in rows:
        try:
            link, whole = read_checked(as_bytes(body), str(digest))
        except UNREADABLE as error:
            device, seq = str(copies[2]), copies[3]
            place = f"{device}/{seq}"
            at = seq if isinstance(seq, int) else 0
            cause = f"{type(error).__name__}: {error}"
            found.append(Difference("event_unreadable", visit, place, cause, NOTHING, device, at))
            continue
        links.append(link)
        if not whole:
            altered.add(link.hash)
        found += _copied(visit, copies, link.event, own=own)
    found += _broken(visit, links, altered)
    return links, found


def _copied(
    visit: str, copies: Sequence[object], event: Event, *, own: Mapping[str, bool]
) -> Iterator[Difference]:
    origin = "local" if event.device in own else "ingested"
    if own.get(event.device) is False and copies[-1] == "ingested":
        origin = "ingested"  # colleagues bring back what a store lost that was restored
    expected = (event.id, event.visit, event.device, event.seq, event.kind, event.actor, origin)
    if tuple(copies) == expected:
        return
    for name, copy, should in zip(_COPIES, copies, expected, strict=True):
        if copy != should:
            place = f"{copies[0]}.{name}"
            yield Difference(
                *("event_column", visit, place, str(copy), str(should)),
                *(event.device, event.seq, event.id),
            )


def _broken(visit: str, links: Iterable[Link], altered: set[str]) -> Iterator[Difference]:
    streams: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.event.visit == visit:
            streams[link.event.device].append(link)
    for device, stream in streams.items():
        for one in breaks(stream, whole=lambda link: link.hash not in altered):
            seq = one.event.seq
            place = f"{device}/{seq}"
            yield Difference(
                one.kind, visit, place, one.found, one.expected, device, seq, one.event.id
            )


def _unmet(
    checkpoints: Iterable[Checkpoint], links: Iterable[Link], *, keys: Mapping[str, bytes]
) -> Iterator[Difference]:
    """Checkpoints that were not signed by their device, or whose events are gone or changed.

    A chain alone does not notice that its tail was cut; these anchors do (record.md).
    """
    hashes = {(one.event.device, one.event.seq): one.hash for one in links}
    for made in checkpoints:
        if not _genuine(made, keys):
            yield Difference("checkpoint_forged", made.visit, made.device, made.head, NOTHING)
            continue
        for head in made.streams():
            known = hashes.get((head.device, head.seq))
            if known != head.hash:
                place = f"{head.device}/{head.seq}"
                yield Difference(
                    *("checkpoint_unmet", made.visit, place, known or NOTHING, head.hash),
                    *(head.device, head.seq),
                )


def _genuine(made: Checkpoint, keys: Mapping[str, bytes]) -> bool:
    """Whether its device signed it, of this visit, with the head that stands beside it."""
    key = keys.get(made.device)
    if key is None or not made.signed_by(key):
        return False
    try:
        signed = json.loads(made.body)
        names = (signed["visit"], signed["device"], signed["head"])
        return (
            names
            == (made.visit, made.device, made.head)
            == (
                *names[:2],
                visit_head(made.streams()),
            )
        )
    except (ValueError, KeyError, TypeError):  # a trusted device may still sign nonsense
        return False


def _expected(visit: str, links: Sequence[Link]) -> dict[str, dict[Row, Row]]:
    counted = counting([link.event for link in links])
    files: dict[Row, Row] = {}
    for link in links:
        for id_, *rest in file_rows(link.event):
            files.setdefault((id_,), (id_, *rest))  # of several events the first to arrive
    return {
        FIELD_HEAD.table: {row[:-1]: row for row in head_rows(visit, counted.heads)},
        LATE_EVENT.table: {(id_,): (id_, visit) for id_ in counted.late},
        VAULT_FILE.table: files,
    }


def _compared(
    cursor: DBAPICursor, visit: str, projection: Projection, expected: Mapping[Row, Row]
) -> Iterator[Difference]:
    names = ", ".join(projection.columns)
    cursor.execute(
        f"SELECT {names} FROM {projection.table} WHERE visit = ?",  # noqa: S608 - names of our own
        (visit,),
    )
    found = {tuple(row[: projection.key]): tuple(row) for row in cursor.fetchall()}
    if found == expected:
        return
    for place in sorted(found.keys() | expected.keys(), key=str):
        was, should = found.get(place), expected.get(place)
        if was != should:
            row = should or was or place
            yield Difference(
                projection.differs,
                visit,
                " ".join(str(one) for one in place if one != visit),
                str(was[-1]) if was else NOTHING,
                str(should[-1]) if should else NOTHING,
                event=str(row[projection.columns.index("event")]),
            )
