"""What was done with an office of the register, by whom, when and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessor_app.domain.event import STORE, Change, Event, EventKind, Json
from assessor_app.domain.lineage import undone
from assessor_app.services.register.fields import INSTITUTION, UNIT
from assessor_app.services.register.reading import kept
from assessor_app.storage.store import Store


class Did(StrEnum):
    """What was done with it."""

    ADDED = "added"
    RENAMED = "renamed"
    EDITED = "edited"
    MERGED = "merged"
    TOOK_IN = "took_in"  # another one was merged into it
    RETIRED = "retired"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class RegisterStep:
    """One action on one office; `since` is the day from which it holds, where one was told.

    `undone` says that it was taken back since.
    """

    event: Event
    did: Did
    before: str
    after: str
    since: date | None
    reason: str | None
    undone: bool


def history(store: Store, id_: str) -> tuple[RegisterStep, ...]:
    """All that was done with an institution or unit (id), the latest first.

    It reads all events of the store, which takes half a second after a table of ten thousand rows.
    """
    entities = {f"{UNIT}{id_}", f"{INSTITUTION}{id_}"}
    register = kept(store).register
    names = {id_: one.name for id_, one in register.units.items()}
    names |= {id_: one.name for id_, one in register.institutions.items()}
    events = [
        link.event for link in store.log.stored(STORE) if link.event.kind is EventKind.REGISTERED
    ]
    back = undone(events)
    found: list[RegisterStep] = []
    for event in events:
        own = {one.field: one for one in event.changes if one.entity in entities}
        found += [
            RegisterStep(
                event=event,
                did=did,
                before=before,
                after=after,
                since=since,
                reason=event.reason,
                undone=event.id in back,
            )
            for did, before, after, since in _told(event, own, id_, names)
        ]
    return tuple(reversed(found))


_Told = tuple[Did, str, str, date | None]


def _told(
    event: Event, own: Mapping[str, Change], id_: str, names: Mapping[str, str]
) -> Iterator[_Told]:
    if event.undoes is not None and own:
        yield Did.TAKEN_BACK, "", "", None
        return
    name, merged = own.get("name"), own.get("merged_into")
    since = _day(own["valid_from"].after) if "valid_from" in own else None
    if name is not None and name.before is None:
        yield Did.ADDED, "", str(name.after), since
    elif name is not None:
        yield Did.RENAMED, str(name.before), str(name.after), since
    if merged is not None and merged.after:
        until = _day(own["valid_until"].after) if "valid_until" in own else None
        yield Did.MERGED, "", names.get(str(merged.after), str(merged.after)), until
    elif (ends := own.get("retired")) is not None and ends.after:
        until = _day(own["valid_until"].after) if "valid_until" in own else None
        yield Did.RETIRED, "", "", until
    for change in event.changes:
        if change.field == "merged_into" and change.after == id_:
            gone = change.entity.partition("/")[2]
            yield Did.TOOK_IN, "", names.get(gone, gone), None
    if own and name is None and merged is None and "retired" not in own:
        yield Did.EDITED, "", ", ".join(sorted(own)), None


def _day(value: Json) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
