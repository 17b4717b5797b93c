"""What is wrong with the store beside its visits: its pages, keys, devices, people, own stream."""

import contextlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from assessor_app.domain.chain import Link
from assessor_app.domain.event import Event, EventKind, Json
from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.checking.noticed import Noticed, Remedy, Weight
from assessor_app.services.checking.streams import Restoring
from assessor_app.services.keys.record import GENERATION
from assessor_app.services.people import ERASED, KEPT, people_of
from assessor_app.storage.database import physical_fault, told_plainly_of_database
from assessor_app.storage.differences import FIELD_HEAD, VisitRead
from assessor_app.storage.key_file import read_key_file
from assessor_app.storage.keys import Unlocked
from assessor_app.storage.layout import DATABASE
from assessor_app.storage.log_mending import kept_logs
from assessor_app.storage.schema import schema_changes
from assessor_app.storage.store import Store

_PERSONAL = "personal_data"


def check_database(store: Store) -> list[Noticed]:
    """The pages of the database by SQLCipher's and SQLite's own means."""
    path = store.folder / DATABASE
    try:
        with told_plainly_of_database(path), store.engine.begin() as connection:
            fault = physical_fault(connection)
    except StoreProblem as problem:
        if problem.code != "store_damaged":
            raise
        fault = str(problem.places.get("cause", problem.code))
    noticed = [
        Noticed("log_mended", Weight.REMARK, Remedy.DATABASE, places={"path": copy})
        for copy in kept_logs(path)
    ]
    if fault is not None:
        places = {"path": path, "fault": fault}
        damaged = Noticed("database_damaged", Weight.BROKEN, Remedy.DATABASE, places=places)
        noticed.append(damaged)
    return noticed


def check_schema(store: Store) -> list[Noticed]:
    """Tables and triggers: what keeps the events from being changed may be taken away itself."""
    try:
        changes = schema_changes(store.engine, store.folder / DATABASE)
    except StoreProblem as problem:
        if problem.code != "store_damaged":
            raise
        return []  # the pages tell
    return [
        Noticed(
            f"schema_{one.change.value}",
            Weight.BROKEN,
            Remedy.RECORD,
            places={"kind": one.kind, "name": one.name},
        )
        for one in changes
    ]


def check_keys(store: Store) -> list[Noticed]:
    """Both copies of the key file: whether they can be read, agree, and are vouched for."""
    path, at_opening = store.keys_path, store.unlocked.found
    try:
        found = read_key_file(path)
    except StoreProblem as problem:
        places: dict[str, object] = {"problem": problem}
        return [Noticed("keys_unreadable", Weight.BROKEN, Remedy.KEYS, places=places)]
    noticed = [
        Noticed("keys_copy_damaged", Weight.BROKEN, Remedy.KEYS, places={"path": copy})
        for copy in found.damaged
    ]
    noticed += [
        Noticed("keys_copy_outdated", Weight.REMARK, places={"path": copy})
        for copy in found.outdated
        if copy not in found.damaged
    ]
    noticed += [
        Noticed("keys_mended", Weight.REMARK, places={"path": copy})
        for copy in at_opening.damaged
        if copy not in found.damaged
    ]
    if Unlocked(store.assessor, store.unlocked.key, found).altered:
        altered = {"path": path}
        noticed.append(Noticed("keys_altered", Weight.BROKEN, Remedy.KEYS, places=altered))
    return noticed


def check_generation(store: Store, read: VisitRead) -> list[Noticed]:
    """The key file and the store's own stream against each other: each counts the changes."""
    with contextlib.suppress(StoreProblem):
        here = read_key_file(store.keys_path).content.generation
        recorded = [1, *(n for n in _current(read, *GENERATION) if isinstance(n, int))]
        if here < max(recorded):
            places = {"path": store.keys_path, "found": here, "expected": max(recorded)}
            return [Noticed("keys_rolled_back", Weight.BROKEN, Remedy.KEYS, places=places)]
        if here > max(recorded):
            places = {"found": here, "expected": max(recorded)}
            return [Noticed("keys_ahead", Weight.REMARK, Remedy.BEHIND, places=places)]
    return []


def check_devices(
    store: Store, *, own: Mapping[str, bytes], told: Mapping[str, bytes]
) -> list[Noticed]:
    """Whether the keys of this store's devices are still theirs."""
    signer = store.device.signer.public_key().public_bytes_raw()
    known = {**told, store.device.id: signer}
    return [
        Noticed("device_key_changed", Weight.BROKEN, Remedy.RECORD, places={"device": id_})
        for id_, key in sorted(own.items())
        if known.get(id_, key) != key
    ]


def check_people(store: Store, read: VisitRead) -> list[Noticed]:
    """What is kept of respondents, against the events that say of whom something is kept."""
    kept, said = people_of(store), _personal(read)
    found: list[Noticed] = []
    for respondent, value in sorted(said.items()):
        places: dict[str, object] = {"respondent": respondent}
        if value == KEPT:
            try:
                if kept.read(respondent) is None:
                    found.append(_of_person("person_missing", places))
            except StoreProblem as problem:
                found.append(_of_person("person_damaged", {**places, "problem": problem}))
        elif value == ERASED and kept.has(respondent):
            found.append(_of_person("person_not_erased", places))
    strangers = {"count": len(kept.kept() - said.keys())}
    if strangers["count"]:
        found.append(Noticed("people_unnamed", Weight.REMARK, Remedy.BEHIND, places=strangers))
    return found


def check_memory(store: Store, visits: Collection[str]) -> list[Noticed]:
    """Whether the visit that was left last is known: no visit ever goes away again."""
    visit = store.memory.section("place").get("visit")  # services/places.py
    if not isinstance(visit, str) or visit in visits:
        return []
    return [Noticed("left_at_unknown", Weight.REMARK, Remedy.BEHIND, places={"visit": visit})]


def check_own_stream(read: VisitRead) -> Iterator[Noticed]:
    """What the store's own events tell of it, to be known and nothing wrong."""
    generation = 1
    for link in read.links:
        event = link.event
        if event.kind is EventKind.RESTORED:
            values = {change.field: change.after for change in event.changes}
            places = {
                "at": event.wall,
                "backup": _instant(values.get("backup")),
                "device": event.device,
                "predecessor": str(values.get("predecessor")),
            }
            yield Noticed("restored", Weight.REMARK, places=places, about=link)
        told = _told_generation(event)
        if told is None:
            continue
        if told > generation + 1 or len(event.changes) == 1:
            skipped = {"count": told - generation}
            yield Noticed("keys_unrecorded", Weight.REMARK, places=skipped, about=link)
        generation = max(generation, told)


def exports(links: Iterable[Link]) -> dict[tuple[str, str], Link]:
    """The events that tell of an export, by the visit and its head that left this store."""
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        if link.event.kind is EventKind.EXPORTED:
            told = {one.field: str(one.after) for one in link.event.changes}
            if "visit" in told and "head" in told:
                found.setdefault((told["visit"], told["head"]), link)
    return found


def restorings(links: Iterable[Link]) -> tuple[Restoring, ...]:
    """When this store was taken back from which backups."""
    found = []
    for event in (link.event for link in links if link.event.kind is EventKind.RESTORED):
        told = (one.after for one in event.changes if one.field == "backup")
        made = _instant(next(told, None))
        if made is not None:
            found.append(Restoring(made, event.wall))
    return tuple(found)


def _of_person(code: str, places: Mapping[str, object]) -> Noticed:
    return Noticed(code, Weight.BROKEN, Remedy.PEOPLE, places=places)


def _personal(read: VisitRead) -> dict[str, Json]:
    """What the events say of each respondent's personal data: kept, or erased."""
    return {
        row[1].partition("/")[2]: json.loads(row[4])
        for row in read.rows[FIELD_HEAD.table].values()
        if row[1].startswith("respondent/") and row[2] == _PERSONAL
    }


def _current(read: VisitRead, entity: str, field: str) -> list[Json]:
    rows = read.rows[FIELD_HEAD.table].values()
    return [json.loads(row[4]) for row in rows if (row[1], row[2]) == (entity, field)]


def _told_generation(event: Event) -> int | None:
    if event.kind is not EventKind.KEYS_CHANGED:
        return None
    told = (one.after for one in event.changes if (one.entity, one.field) == GENERATION)
    found = next(told, None)
    return found if isinstance(found, int) else None


def _instant(value: object) -> datetime | None:
    try:
        return instant_from_text(str(value))
    except ValueError:
        return None
