"""The register as it is kept now, read anew only where something was recorded since."""

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from assessor_app.domain.event import STORE, Json, StreamHead
from assessor_app.domain.register import Register
from assessor_app.domain.register_index import RegisterIndex
from assessor_app.services.register.fields import INSTITUTION, UNIT, read_institution, read_unit
from assessor_app.services.register.short_names import short_names
from assessor_app.storage.log import EventLog
from assessor_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """The register, how it is searched, and the stream heads that it was read at."""

    streams: tuple[StreamHead, ...]
    register: Register
    index: RegisterIndex
    fields: Mapping[str, Mapping[str, Json]]


_read: "WeakKeyDictionary[EventLog, Kept]" = WeakKeyDictionary()


def kept(store: Store) -> Kept:
    """The register of an open store; what was read before is given again while it still holds.

    Ten thousand units take some tenths of a second to read: a window asks in a worker.
    """
    streams = store.log.stream_heads(STORE)
    before = _read.get(store.log)
    if before is not None and before.streams == streams:
        return before
    fields = _fields(store)
    register = _register(fields)
    made = Kept(streams, register, RegisterIndex(register, short=short_names()), fields)
    _read[store.log] = made
    return made


def at_hand(store: Store) -> Kept | None:
    """The register where it was read already and still holds: asked for where nobody may wait."""
    before = _read.get(store.log)
    return before if before and before.streams == store.log.stream_heads(STORE) else None


def has_register(store: Store) -> bool:
    """Whether anything was ever registered; it takes no time."""
    return store.log.has(STORE, kind=UNIT[:-1])


def read_register(store: Store) -> Register:
    """All institutions and units that are kept."""
    return kept(store).register


def _fields(store: Store) -> dict[str, dict[str, Json]]:
    found: dict[str, dict[str, Json]] = {}
    for table in (INSTITUTION, UNIT):
        for (entity, field), heads in store.log.heads(STORE, kind=table[:-1]).items():
            found.setdefault(entity, {})[field] = heads[-1].value
    return found


def _register(fields: Mapping[str, Mapping[str, Json]]) -> Register:
    institutions, units = {}, {}
    for entity, values in sorted(fields.items()):
        kind, _, id_ = entity.partition("/")
        if not values.get("name"):  # its making was taken back
            continue
        if f"{kind}/" == INSTITUTION:
            institutions[id_] = read_institution(id_, values)
        else:
            units[id_] = read_unit(id_, values)
    return Register(institutions, units)
