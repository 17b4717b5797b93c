"""From the current fields of a visit to its snapshot."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from assessor_app.domain.annotation import united_annotations
from assessor_app.domain.components import united_components
from assessor_app.domain.conflicts import conflicts, furthest, united
from assessor_app.domain.entities import (
    Fields,
    account_of,
    document_of,
    evidence_of,
    finding_of,
    in_order,
    observation_of,
    receiver_of,
    respondents_of,
    returned_of,
    sessions_of,
    visit_of,
)
from assessor_app.domain.event import Event, FieldHead, Heads, Json
from assessor_app.domain.followed import followed_place, read_followed
from assessor_app.domain.instrument import Asked, Instrument
from assessor_app.domain.marks import UNMARKED, marked_indicator, read_mark, read_marks
from assessor_app.domain.observation import (
    OF_VISIT,
    Evidence,
    Observation,
    ObservationKey,
)
from assessor_app.domain.redaction import united_layers
from assessor_app.domain.relevance import dependents
from assessor_app.domain.tried import read_timings, read_trials
from assessor_app.domain.visit import (
    Snapshot,
    Visit,
)

_ASKED_OF = {"product": Asked.PER_PRODUCT, "respondent": Asked.PER_RESPONDENT}

EMPTY: Mapping[str, Evidence] = MappingProxyType({})

OBSERVATION_FIELDS = (
    "answer",
    "note",
    "observed_at",
    "not_assessed_reason",
    "not_applicable_reason",
    "no_evidence_reason",
    "document_kind",
    "document_number",
    "document_date",
    "document_signatory",
    "document_where_seen",
)


def read_snapshot(visit_id: str, heads: Heads) -> Snapshot:
    """The visit's snapshot from its current fields.

    Where a field has two heads, the later event's value is shown; where they differ, the place is
    among the `conflicts`. Raises KeyError where the visit has no frame, as for an unknown id.
    """
    entities = _by_entity(heads)
    kinds = _by_kind(entities)
    sessions = sessions_of(_of_kind(kinds, "session"))
    return Snapshot(
        visit=visit_of(visit_id, entities["visit"]),
        observations={
            ObservationKey.from_entity(entity): observation_of(fields)
            for entity, fields in _of_kind(kinds, "observation", whole=True)
        },
        products={
            id_: fields["name"]
            for id_, fields in _of_kind(kinds, "product")
            if fields["name"] is not None
        },
        respondents=respondents_of(_of_kind(kinds, "respondent")),
        evidence={
            id_: evidence_of(id_, fields)
            for id_, fields in _of_kind(kinds, "evidence")
            if fields.get("attached_to")
        },
        unattached={
            id_: evidence_of(id_, fields)
            for id_, fields in _of_kind(kinds, "evidence")
            if fields.get("attached_to") == [] and fields.get("sha256") is not None
        },
        findings={id_: finding_of(fields) for id_, fields in _of_kind(kinds, "finding")},
        documents={id_: document_of(id_, fields) for id_, fields in _of_kind(kinds, "document")},
        receiver=receiver_of(entities),
        returned=in_order(returned_of(id_, fields) for id_, fields in _of_kind(kinds, "returned")),
        conflicts=conflicts(heads),
        marks=read_marks(heads),
        sessions=sessions,
        account=account_of(entities["visit"], sessions),
        followed=read_followed(entities),
        trials=read_trials(_of_kind(kinds, "trial")),
        timings=read_timings(_of_kind(kinds, "timing")),
    )


def read_visit(visit_id: str, heads: Heads) -> Visit:
    """The frame alone, for lists. Raises KeyError where there is none."""
    return visit_of(visit_id, _by_entity(heads)["visit"])


def read_observation(entity: str, heads: Heads) -> Observation:
    """One observation alone: what changes at a keystroke."""
    known = ((field, heads.get((entity, field))) for field in OBSERVATION_FIELDS)
    return observation_of({field: found[-1].value for field, found in known if found})


def read_after(before: Snapshot, event: Event, heads: Heads) -> Snapshot:
    """The snapshot after an event, `heads` being current; observations are taken over one by one.

    So are marks. The other kinds of entity change rarely: the whole is read anew for them.
    """
    entities = {change.entity for change in event.changes}
    if all(marked_indicator(entity) is not None for entity in entities):
        read = {entity.partition("/")[2]: read_mark(entity, heads) for entity in entities}
        marks = {**before.marks, **read}
        return replace(before, marks={code: one for code, one in marks.items() if one != UNMARKED})
    if not all(entity.startswith("observation/") for entity in entities):
        return read_snapshot(before.visit.id, heads)
    observations = dict(before.observations)
    for entity in entities:
        observations[ObservationKey.from_entity(entity)] = read_observation(entity, heads)
    still = before.conflicts and conflicts(heads)  # an answer can settle one, never raise one
    return replace(before, observations=observations, conflicts=still)


def indicators_touched(
    event: Event, instrument: Instrument, evidence: Mapping[str, Evidence] = EMPTY
) -> frozenset[str]:
    """The codes of the indicators that an event lets look different.

    `evidence` is that of the visit: where something of it is covered, the event does not say which
    indicators it proves.
    """
    touched: set[str] = set()
    for change in event.changes:
        if change.entity.startswith("observation/"):
            touched.add(ObservationKey.from_entity(change.entity).indicator)
        marked = marked_indicator(change.entity)
        if marked is not None:
            touched.add(marked)
        followed = followed_place(change.entity)
        if followed is not None:
            touched.add(followed[0])
        asked = _ASKED_OF.get(change.entity.partition("/")[0])
        if asked is not None:
            touched |= {one.code for one in instrument.indicators() if one.asked is asked}
        if change.field == "attached_to":
            touched |= _attached(change.before) | _attached(change.after)
        kind, _, id_ = change.entity.partition("/")
        if kind == "evidence" and change.field != "attached_to" and id_ in evidence:
            touched |= {key.indicator for key in evidence[id_].attached_to}
    return dependents(instrument, touched)


def _attached(places: Json) -> set[str]:
    if not isinstance(places, list):
        return set()
    return {
        ObservationKey.from_entity(str(place)).indicator for place in places if place != OF_VISIT
    }


def _by_entity(heads: Heads) -> dict[str, dict[str, Json]]:
    entities: defaultdict[str, dict[str, Json]] = defaultdict(dict)
    for (entity, field), found in heads.items():
        entities[entity][field] = _held(entity, field, found)
    return dict(entities)


_UNITING: Mapping[str, Callable[[Iterable[Json]], Json]] = {
    "layers": united_layers,
    "annotations": united_annotations,
    "components": united_components,
}
"""What holds of evidence is all that any device said of it."""


def _held(entity: str, field: str, found: tuple[FieldHead, ...]) -> Json:
    """The value that is shown of a field: of several heads the latest, by event id."""
    if len(found) > 1 and (entity, field) == ("visit", "state"):
        return furthest(found)
    if len(found) > 1 and field == "attached_to":
        return united(found)
    uniting = _UNITING.get(field) if len(found) > 1 else None
    if uniting is not None:
        return uniting(one.value for one in found)
    return found[-1].value


def _by_kind(entities: Mapping[str, Fields]) -> Mapping[str, list[tuple[str, Fields]]]:
    """The entities in order, by what stands before the stroke: looked through once."""
    found: defaultdict[str, list[tuple[str, Fields]]] = defaultdict(list)
    for entity in sorted(entities):
        found[entity.partition("/")[0]].append((entity, entities[entity]))
    return found


def _of_kind(
    kinds: Mapping[str, list[tuple[str, Fields]]], kind: str, *, whole: bool = False
) -> list[tuple[str, Fields]]:
    found = kinds.get(kind, [])
    return found if whole else [(entity[len(kind) + 1 :], fields) for entity, fields in found]
