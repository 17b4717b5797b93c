"""Where two devices said different things: both are kept and shown until somebody settles it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor_app.domain.event import FieldHead, Heads, Json
from assessor_app.domain.marks import marked_indicator
from assessor_app.domain.problem import VisitRefused

SETTLING = ("answer", "not_assessed_reason", "not_applicable_reason")
"""Fields of an observation of which one at most holds: each takes the others away."""

_NO_OPINIONS = frozenset({("visit", "state"), ("visit", "accepted_heads"), ("visit", "reopened")})
"""How far a visit has come is no matter of opinion."""

_FIXED_AT_CLOSE = frozenset({"observation", "gap_kind", "weight", "legal_basis"})
"""What each closing works out of a finding anew."""

_UNITED = frozenset({"attached_to", "layers", "annotations", "components"})
"""What holds of evidence is all that any device said (`united`, domain/redaction.py)."""

# Which state holds where devices took a visit different steps. Every visit begins open, so that
# `open` stands against another state only where the visit was reopened.
_STATE_ORDER = (
    "planned",
    "exit_talk",
    "closed",
    "issued",
    "handed_over",
    "receipted",
    "open",
    "voided",
)


@dataclass(frozen=True, slots=True)
class Contender:
    """One of the values that stand against each other, and the event that set it."""

    field: str
    event: str
    value: Json


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with several current values, or a side both answered and said unanswerable."""

    entity: str
    field: str
    contenders: tuple[Contender, ...]


def conflicts(heads: Heads) -> tuple[Conflict, ...]:
    """All conflicts of a visit, sorted by place.

    Devices that said the same are of one mind. What evidence is attached to is all that any of
    them attached it to (`united`), what is covered of it all that any of them covered, and what the
    product proposed of a finding it proposes anew.
    """
    found = list(_settled_twice(heads))
    told = {(one.entity, field) for one in found for field in SETTLING}
    found += [
        Conflict(entity, field, tuple(Contender(field, one.event, one.value) for one in values))
        for (entity, field), values in heads.items()
        if len(values) > 1
        and _differ(values)
        and (entity, field) not in told
        and not _is_settled_by_itself(entity, field, values)
    ]
    return tuple(sorted(found, key=lambda one: (one.entity, one.field)))


def settled(conflict: Conflict, event: str) -> dict[tuple[str, str], Json]:
    """What is recorded where the value of an event is chosen.

    Raises VisitRefused `contender_unknown` where the event is none of the contenders.
    """
    for one in conflict.contenders:
        if one.event == event:
            others = {other.field for other in conflict.contenders} - {one.field}
            values: dict[tuple[str, str], Json] = {(conflict.entity, one.field): one.value}
            return values | {(conflict.entity, other): None for other in sorted(others)}
    raise VisitRefused("contender_unknown", event=event)


def united(values: tuple[FieldHead, ...]) -> Json:
    """The places that evidence is attached to, where devices attached it to different ones.

    No device's evidence is lost by another's.
    """
    places = {place for one in values if isinstance(one.value, Sequence) for place in one.value}
    return sorted(str(place) for place in places)


def furthest(values: tuple[FieldHead, ...]) -> Json:
    """The state that a visit has come to, where devices took it different steps."""
    return max((one.value for one in values), key=lambda state: _STATE_ORDER.index(str(state)))


def _is_settled_by_itself(entity: str, field: str, values: tuple[FieldHead, ...]) -> bool:
    if (entity, field) in _NO_OPINIONS or (field in _UNITED and _is(entity, "evidence")):
        return True
    if marked_indicator(entity) is not None:  # it is for the work's sake: the latest holds
        return True
    proposed = all(isinstance(one.value, Mapping) for one in values)
    return _is(entity, "finding") and (field in _FIXED_AT_CLOSE or proposed)


def _is(entity: str, kind: str) -> bool:
    return entity.startswith(f"{kind}/")


def _differ(values: tuple[FieldHead, ...]) -> bool:
    return any(one.value != values[0].value for one in values[1:])


def _settled_twice(heads: Heads) -> Iterator[Conflict]:
    by_entity: defaultdict[str, list[str]] = defaultdict(list)
    for (entity, field), values in heads.items():
        said = field in SETTLING and any(one.value is not None for one in values)
        if said and entity.startswith("observation/"):
            by_entity[entity].append(field)
    for entity, fields in by_entity.items():
        if len(fields) > 1:
            ordered = tuple(
                Contender(field, one.event, one.value)
                for field in sorted(fields, key=SETTLING.index)
                for one in heads[entity, field]
                if one.value is not None
            )
            yield Conflict(entity, ordered[0].field, ordered)
