"""An assignment of headquarters: places to visit, what was found there last, and until when.

Its places may be sealed under a code that is told on the day: the clock of a device that is offline
protects nothing, a code that nobody knows yet does.
"""

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from assessor_app.domain.event import Json, canonical
from assessor_app.sealing.box import BrokenSeal, boxed, unboxed
from assessor_app.sealing.cost import Cost, derive
from assessor_app.syncing.reading import as_count, as_list, as_object, as_text

_DOMAIN = b"assignment-v1\0"
_SALT_BYTES = 16
_POINTS = re.compile(r"\d{1,3}(?:\.\d{1,6})?")
_SEPARATORS = str.maketrans("", "", " -")


@dataclass(frozen=True, slots=True)
class LastResult:
    """A result of a former year as it was published; `score` is exact decimals."""

    year: int
    score: str | None
    zone: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class AssignedPlace:
    """An office to visit; `open_findings` are texts of what was found and is not repaired."""

    institution: str
    unit: str
    object_type: str | None = None
    address: str | None = None
    last_results: tuple[LastResult, ...] = ()
    open_findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedPlaces:
    """The places under a code of the day."""

    salt: bytes
    cost: Cost
    box: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Assignment:
    """`places` are empty where they are `sealed`; `due` is the last day, where there is one."""

    id: str
    title: str
    due: date | None
    places: tuple[AssignedPlace, ...]
    sealed: SealedPlaces | None = None


def seal_places(
    places: Sequence[AssignedPlace], code: str, *, id_: str, salt: bytes, cost: Cost
) -> SealedPlaces:
    """Raises StoreProblem `memory_short`."""
    plain = canonical([_place_json(one) for one in places])
    key = derive(_code(code), salt, cost)
    return SealedPlaces(salt, cost, boxed(plain, key=key, bound=_DOMAIN + id_.encode()))


def open_places(assignment: Assignment, code: str) -> tuple[AssignedPlace, ...] | None:
    """The places under a code; None for another code. Raises StoreProblem `memory_short`."""
    sealed = assignment.sealed
    if sealed is None:
        return assignment.places
    key = derive(_code(code), sealed.salt, sealed.cost)
    try:
        plain = unboxed(sealed.box, key=key, bound=_DOMAIN + assignment.id.encode())
        return tuple(read_place(one) for one in as_list(json.loads(plain)))
    except (BrokenSeal, ValueError, KeyError, TypeError, RecursionError):
        return None


def assignment_json(assignment: Assignment) -> Json:
    """The content of an assignment's letter."""
    sealed = assignment.sealed
    return {
        "id": assignment.id,
        "title": assignment.title,
        "due": assignment.due.isoformat() if assignment.due else None,
        "places": [_place_json(one) for one in assignment.places],
        "sealed": None
        if sealed is None
        else {
            "salt": sealed.salt.hex(),
            "cost": [sealed.cost.memory_kib, sealed.cost.passes, sealed.cost.lanes],
            "box": base64.b64encode(sealed.box).decode(),
        },
    }


def read_assignment(content: Json) -> Assignment:
    """Raises ValueError, KeyError or TypeError where it is none."""
    loaded = as_object(content)
    due, sealed = loaded["due"], loaded["sealed"]
    return Assignment(
        id=as_text(loaded["id"]),
        title=as_text(loaded["title"]),
        due=None if due is None else date.fromisoformat(as_text(due)),
        places=tuple(read_place(one) for one in as_list(loaded["places"])),
        sealed=None if sealed is None else _sealed(as_object(sealed)),
    )


def read_place(value: Json) -> AssignedPlace:
    """Raises ValueError, KeyError or TypeError where it is none; only its names are needed."""
    loaded = as_object(value)
    unknown = loaded.keys() - set(AssignedPlace.__slots__)
    if unknown:
        raise ValueError(f"{sorted(unknown)} is not known of a place")
    return AssignedPlace(
        institution=_named(loaded["institution"]),
        unit=_named(loaded["unit"]),
        object_type=_optional(loaded.get("object_type")),
        address=_optional(loaded.get("address")),
        last_results=tuple(_result(as_object(one)) for one in _rows(loaded.get("last_results"))),
        open_findings=tuple(as_text(one) for one in _rows(loaded.get("open_findings"))),
    )


def _result(loaded: dict[str, Json]) -> LastResult:
    return LastResult(
        as_count(loaded["year"]),
        _score(loaded.get("score")),
        _optional(loaded.get("zone")),
        _optional(loaded.get("source")),
    )


def _sealed(loaded: dict[str, Json]) -> SealedPlaces:
    memory, passes, lanes = (as_count(one) for one in as_list(loaded["cost"]))
    cost, salt = Cost(memory, passes, lanes), bytes.fromhex(as_text(loaded["salt"]))
    if not cost.is_sane() or len(salt) != _SALT_BYTES:
        raise ValueError("no seal that may be opened")
    return SealedPlaces(salt, cost, base64.b64decode(as_text(loaded["box"]), validate=True))


def _place_json(place: AssignedPlace) -> Json:
    return {
        "institution": place.institution,
        "unit": place.unit,
        "object_type": place.object_type,
        "address": place.address,
        "last_results": [
            {"year": one.year, "score": one.score, "zone": one.zone, "source": one.source}
            for one in place.last_results
        ],
        "open_findings": list(place.open_findings),
    }


def _code(told: str) -> bytes:
    """As it was told by telephone: neither capitals nor how it was grouped matter."""
    return told.translate(_SEPARATORS).casefold().encode()


def _named(value: Json) -> str:
    if not as_text(value).strip():
        raise ValueError("a name is empty")
    return as_text(value)


def _optional(value: Json) -> str | None:
    return None if value is None else as_text(value)


def _score(value: Json) -> str | None:
    if value is not None and not _POINTS.fullmatch(as_text(value)):
        raise ValueError(f"{value!r} is no score")
    return _optional(value)


def _rows(value: Json) -> list[Json]:
    return [] if value is None else as_list(value)
