"""What can be done with the register by hand: add, edit, rename, merge, retire, take back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessor_app.domain.event import STORE, Event, EventKind, Json
from assessor_app.domain.folding import folded
from assessor_app.domain.lineage import undone
from assessor_app.domain.problem import RegisterRefused, VisitRefused
from assessor_app.domain.register import (
    DatedName,
    Institution,
    Register,
    Unit,
    folded_institution,
    would_circle,
)
from assessor_app.services.entries import clean_text
from assessor_app.services.register.fields import (
    INSTITUTION,
    UNIT,
    institution_fields,
    unit_fields,
)
from assessor_app.services.register.reading import Kept, kept
from assessor_app.services.visits import all_visits
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store

Entry = Institution | Unit


def save(store: Store, entry: Entry, *, reason: str | None = None) -> None:
    """Add an institution or unit, or keep what was edited of it.

    Raises RegisterRefused where its name or code is missing or taken, or its institution unknown,
    and RecordRefused for texts that cannot be recorded.
    """
    save_all(store, [entry], reason=reason)


def save_all(store: Store, entries: Sequence[Entry], *, reason: str | None = None) -> None:
    """As `save`, of an institution and its units together, as one event."""
    now = kept(store)
    cleaned = [_clean(one) for one in entries]
    added = {one.id for one in cleaned if isinstance(one, Institution)}
    for one in cleaned:
        if not isinstance(one, Unit) or one.institution not in added:
            _require_fit(now, one)
        elif one.code and (taken := now.index.unit_by_code(one.code)) and taken.id != one.id:
            raise RegisterRefused("register_code_taken", number=one.code, name=taken.name)
    record(store, now, cleaned, reason=reason)


def rename(store: Store, id_: str, name: str, *, since: date | None, reason: str | None) -> None:
    """Give an institution or unit (id) a new name from a day on; the old one stays with it.

    Raises RegisterRefused `register_rename_same`, `register_rename_earlier`, or as `save`.
    """
    now = kept(store)
    entry = entry_of(now.register, id_)
    cleaned = _required(name)
    current = entry.names.current
    if cleaned == current.name:
        raise RegisterRefused("register_rename_same", name=cleaned)
    if since is not None and current.since is not None and since < current.since:
        raise RegisterRefused("register_rename_earlier", name=current.name, day=current.since)
    names = replace(
        entry.names,
        current=DatedName(cleaned, since),
        former=(*entry.names.former, current),
        aliases=tuple(one for one in entry.names.aliases if folded(one) != folded(cleaned)),
    )
    renamed = replace(entry, names=names)
    _require_fit(now, renamed)
    record(store, now, [renamed], reason=clean_text(reason, "reason"))


def merge(
    store: Store, ids: Sequence[str], into: Entry | str, *, on: date, reason: str | None
) -> str:
    """Merge institutions or units into one of them, or into another one, also a new one.

    They stay in the register with their visits, which are found under what they were merged into;
    its id is returned. Raises RegisterRefused `register_merge_nothing`, `register_merge_circle`,
    `register_merge_kinds`, or as `save`.
    """
    now = kept(store)
    target = entry_of(now.register, into) if isinstance(into, str) else _clean(into)
    merged = [entry_of(now.register, id_) for id_ in dict.fromkeys(ids) if id_ != target.id]
    if not merged:
        raise RegisterRefused("register_merge_nothing")
    for one in merged:
        if type(one) is not type(target):
            raise RegisterRefused("register_merge_kinds", name=one.name, into=target.name)
        if _circles(now.register, one, target):
            raise RegisterRefused("register_merge_circle", name=one.name, into=target.name)
        for either in (one, target):
            if either.merged_into is not None:
                raise RegisterRefused("register_merged_already", name=either.name)
    if entry_or_none(now.register, target.id) is None:
        _require_fit(now, target, but={one.id for one in merged})
    gone: list[Entry] = [replace(one, merged_into=target.id, until=on) for one in merged]
    record(store, now, [target, *gone], reason=clean_text(reason, "reason"))
    return target.id


def retire(store: Store, id_: str, *, on: date, reason: str | None) -> None:
    """Say that an institution or unit is no more; its visits stay. Raises as `save`."""
    now = kept(store)
    entry = replace(entry_of(now.register, id_), retired=True, until=on)
    record(store, now, [entry], reason=clean_text(reason, "reason"))


def entry_of(register: Register, id_: str) -> Entry:
    """The institution or unit of an id. Raises RegisterRefused `register_unknown`."""
    found = entry_or_none(register, id_)
    if found is None:
        raise RegisterRefused("register_unknown", id=id_)
    return found


def entry_or_none(register: Register, id_: str) -> Entry | None:
    return register.units.get(id_) or register.institutions.get(id_)


def record(
    store: Store,
    now: Kept,
    entries: Iterable[Entry],
    *,
    reason: str | None,
    undoes: str | None = None,
) -> bool:
    """Write what differs from what is kept, as one event; False where nothing does.

    Raises RegisterRefused `register_moved_on` where another program has recorded meanwhile.
    """
    return record_values(store, now, values_of(now, entries), reason=reason, undoes=undoes)


def values_of(now: Kept, entries: Iterable[Entry]) -> dict[tuple[str, str], Json]:
    """The fields of entries that are not kept so already; what was never said is not written."""
    values: dict[tuple[str, str], Json] = {}
    for one in entries:
        entity = entity_of(one)
        fields = unit_fields(one) if isinstance(one, Unit) else institution_fields(one)
        before = now.fields.get(entity, {})
        for name, value in fields.items():
            if before.get(name) != value:
                values[entity, name] = value
    return values


def record_values(
    store: Store,
    now: Kept,
    values: Mapping[tuple[str, str], Json],
    *,
    reason: str | None,
    undoes: str | None = None,
) -> bool:
    """As `record`, of values."""
    if not values:
        return False
    draft = Draft(
        STORE, EventKind.REGISTERED, values, reason, undoes=undoes, acted_upon=now.streams
    )
    try:
        store.log.append(draft)
    except VisitRefused as refused:
        raise RegisterRefused("register_moved_on") from refused
    return True


def entity_of(entry: Entry) -> str:
    """Its name in the record."""
    return f"{UNIT if isinstance(entry, Unit) else INSTITUTION}{entry.id}"


# Taking back


@dataclass(frozen=True, slots=True)
class Step:
    """The last thing that this assessor did with the register on this device."""

    event: Event
    names: tuple[str, ...]


def last_step(store: Store) -> Step | None:
    """What `take_back` would take back; None where there is nothing.

    It reads all events of the store: a window asks in a worker.
    """
    events = [link.event for link in store.log.stored(STORE)]
    back = undone(events)
    for event in reversed(events):
        mine = event.device == store.device.id and event.actor == store.log.actor
        if mine and event.undoes is None and event.id not in back and _of_register(event):
            return Step(event, _names_in(event))
    return None


def take_back(store: Store, *, reason: str | None = None) -> Step:
    """Take the last step back, as an event that names it.

    Raises RegisterRefused `register_nothing_to_undo`, `register_undo_overtaken` where something
    of it was changed since, or `register_undo_visited` where a visit was made to what it added.
    """
    now, step = kept(store), last_step(store)
    if step is None:
        raise RegisterRefused("register_nothing_to_undo")
    values: dict[tuple[str, str], Json] = {}
    for change in step.event.changes:
        if now.fields.get(change.entity, {}).get(change.field) != change.after:
            raise RegisterRefused("register_undo_overtaken", name=step.names[0])
        values[change.entity, change.field] = change.before
    _require_unvisited(store, step)
    record_values(store, now, values, reason=reason, undoes=step.event.id)
    return step


def _require_unvisited(store: Store, step: Step) -> None:
    added = {
        change.entity
        for change in step.event.changes
        if change.field == "name" and change.before is None
    }
    for visit in all_visits(store):
        refs = {f"{UNIT}{visit.unit_ref}", f"{INSTITUTION}{visit.institution_ref}"}
        if added & refs:
            raise RegisterRefused("register_undo_visited", unit=visit.unit)


def _of_register(event: Event) -> bool:
    return event.kind is EventKind.REGISTERED and any(
        change.entity.startswith((INSTITUTION, UNIT)) for change in event.changes
    )


def _names_in(event: Event) -> tuple[str, ...]:
    names = [str(one.after) for one in event.changes if one.field == "name" and one.after]
    return tuple(dict.fromkeys(names)) or (event.changes[0].entity,)


# What has to hold


def _require_fit(now: Kept, entry: Entry, *, but: Iterable[str] = ()) -> None:
    if isinstance(entry, Unit):
        _require_unit_fits(now, entry, but=frozenset(but))
    else:
        _require_institution_fits(now, entry, but=frozenset(but))


def _require_institution_fits(now: Kept, entry: Institution, *, but: frozenset[str]) -> None:
    key = folded_institution(entry.name)
    for other in now.index.institutions_named(entry.name):
        same = folded_institution(other.name) == key
        if other.id != entry.id and other.id not in but and other.stands and same:
            raise RegisterRefused("register_name_taken", name=entry.name)
    taken = now.index.institution_by_code(entry.code) if entry.code else None
    if taken is not None and taken.id != entry.id:
        raise RegisterRefused("register_code_taken", number=entry.code, name=taken.name)


def _require_unit_fits(now: Kept, entry: Unit, *, but: frozenset[str]) -> None:
    institution = now.register.institutions.get(entry.institution)
    if institution is None:
        raise RegisterRefused("register_institution_unknown", unit=entry.name)
    for other in now.index.units_named(entry.name, institution=institution.name):
        same = folded(other.name) == folded(entry.name)
        if other.id != entry.id and other.id not in but and other.stands and same:
            raise RegisterRefused("register_name_taken", name=entry.name)
    taken = now.index.unit_by_code(entry.code) if entry.code else None
    if taken is not None and taken.id != entry.id:
        raise RegisterRefused("register_code_taken", number=entry.code, name=taken.name)


def _circles(register: Register, one: Entry, target: Entry) -> bool:
    if isinstance(one, Unit):
        return would_circle(one.id, target.id, register.units)
    return would_circle(one.id, target.id, register.institutions)


def _clean(entry: Entry) -> Entry:
    names = replace(
        entry.names,
        current=replace(entry.names.current, name=_required(entry.name)),
        aliases=tuple(
            cleaned for one in entry.names.aliases if (cleaned := clean_text(one, "alias"))
        ),
    )
    code = clean_text(entry.code, "code")
    if isinstance(entry, Unit):
        address = clean_text(entry.address, "address")
        return replace(entry, names=names, code=code, address=address)
    return replace(entry, names=names, code=code, province=clean_text(entry.province, "province"))


def _required(name: str) -> str:
    cleaned = clean_text(name, "name")
    if cleaned is None:
        raise RegisterRefused("register_name_missing")
    return cleaned
