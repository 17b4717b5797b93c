"""Whether the values of a visit that came in a file are such as programs of ours write.

A colleague's word is taken for what it says, not for what it is: a name that is a number, or an
instrument by another version than it has, would be refused by every page that is shown later.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.visit import Snapshot


def require_plausible(snapshot: Snapshot, instrument: Instrument) -> None:
    """Raise TypeError or ValueError where no page could be made of a visit."""
    fault = _fault(snapshot, Snapshot, "visit")
    if fault is not None:
        raise TypeError(fault)
    visit = snapshot.visit
    if visit.instrument_version != instrument.pin:
        raise ValueError("instrument_version")
    if visit.object_type not in {kind.code for kind in instrument.object_types}:
        raise ValueError("object_type")


def _fault(value: object, kind: Any, place: str) -> str | None:
    """The first field within a value that is not what it is declared to be; None where all is."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind == Json:  # checked by whoever reads it
        return None
    if origin is UnionType:
        found = [_fault(value, one, place) for one in parts]
        return None if None in found else place
    if not isinstance(value, origin or kind) or (isinstance(value, bool) and kind is not bool):
        return place
    within: Iterator[tuple[object, Any, str]]
    if origin is tuple and isinstance(value, tuple):
        within = ((one, parts[0], place) for one in value)
    elif origin is Mapping and isinstance(value, Mapping):
        within = ((one, parts[1], place) for one in value.values())
    else:
        within = ((getattr(value, name), of, name) for name, of in _declared(kind).items())
    return next((fault for one in within if (fault := _fault(*one))), None)


@cache
def _declared(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)
