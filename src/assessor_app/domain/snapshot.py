"""From the current fields of a visit to its snapshot."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from assessor_app.domain.annotation import read_annotations, united_annotations
from assessor_app.domain.components import read_components, united_components
from assessor_app.domain.conflicts import conflicts, furthest, united
from assessor_app.domain.event import Event, FieldHead, Heads, Json
from assessor_app.domain.followed import followed_place, read_followed
from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.instrument import Asked, Instrument
from assessor_app.domain.marks import UNMARKED, marked_indicator, read_mark, read_marks
from assessor_app.domain.observation import (
    OF_VISIT,
    DocumentSeen,
    Evidence,
    EvidenceKind,
    EvidenceSource,
    Observation,
    ObservationKey,
    Place,
    WhereSeen,
)
from assessor_app.domain.pseudonyms import told_apart
from assessor_app.domain.redaction import read_layers, united_layers
from assessor_app.domain.relevance import dependents
from assessor_app.domain.respondents import Respondent
from assessor_app.domain.tried import read_timings, read_trials
from assessor_app.domain.visit import (
    Capacity,
    Declaration,
    Document,
    FindingRecord,
    Outcome,
    Receiver,
    ReceiverSigns,
    Returned,
    ReturnedKind,
    Snapshot,
    Visit,
    VisitKind,
    VisitSession,
    VisitState,
)

# A JSON border: what the record holds was checked when it was written.
Fields = Mapping[str, Any]

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
    sessions = _sessions(_of_kind(kinds, "session"))
    return Snapshot(
        visit=_visit(visit_id, entities["visit"]),
        observations={
            ObservationKey.from_entity(entity): _observation(fields)
            for entity, fields in _of_kind(kinds, "observation", whole=True)
        },
        products={
            id_: fields["name"]
            for id_, fields in _of_kind(kinds, "product")
            if fields["name"] is not None
        },
        respondents=_respondents(_of_kind(kinds, "respondent")),
        evidence={
            id_: _evidence(id_, fields)
            for id_, fields in _of_kind(kinds, "evidence")
            if fields.get("attached_to")
        },
        unattached={
            id_: _evidence(id_, fields)
            for id_, fields in _of_kind(kinds, "evidence")
            if fields.get("attached_to") == [] and fields.get("sha256") is not None
        },
        findings={id_: _finding(fields) for id_, fields in _of_kind(kinds, "finding")},
        documents={id_: _document(id_, fields) for id_, fields in _of_kind(kinds, "document")},
        receiver=_receiver(entities),
        returned=_in_order(_returned(id_, fields) for id_, fields in _of_kind(kinds, "returned")),
        conflicts=conflicts(heads),
        marks=read_marks(heads),
        sessions=sessions,
        account=_account(entities["visit"], sessions),
        followed=read_followed(entities),
        trials=read_trials(_of_kind(kinds, "trial")),
        timings=read_timings(_of_kind(kinds, "timing")),
    )


def read_visit(visit_id: str, heads: Heads) -> Visit:
    """The frame alone, for lists. Raises KeyError where there is none."""
    return _visit(visit_id, _by_entity(heads)["visit"])


def read_observation(entity: str, heads: Heads) -> Observation:
    """One observation alone: what changes at a keystroke."""
    known = ((field, heads.get((entity, field))) for field in OBSERVATION_FIELDS)
    return _observation({field: found[-1].value for field, found in known if found})


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


def _visit(visit_id: str, fields: Fields) -> Visit:
    return Visit(
        id=visit_id,
        institution=fields["institution"],
        unit=fields["unit"],
        object_type=fields["object_type"],
        instrument_version=fields["instrument_version"],
        instrument_digest=fields["instrument_digest"],
        kind=VisitKind(fields["kind"]),
        state=VisitState(fields["state"]),
        arrival=instant_from_text(fields["arrival"]),
        team=tuple(fields["team"]),
        departure=_instant(fields.get("departure")),
        outcome=Outcome(fields["outcome"]) if fields.get("outcome") else None,
        address_visited=fields.get("address_visited"),
        assignment_letter=fields.get("assignment_letter"),
        predecessor=fields.get("predecessor"),
        sample=bool(fields.get("sample")),
        lead=fields.get("lead"),
        reopened=_instant(fields.get("reopened")),
        institution_ref=fields.get("institution_ref"),
        unit_ref=fields.get("unit_ref"),
    )


def _account(visit: Fields, sessions: tuple[VisitSession, ...]) -> str | None:
    """What happened; before it had a field of its own, the last session's `why` told it (ADR 1)."""
    if "account" in visit or visit.get("outcome") in {None, Outcome.COMPLETED.value}:
        return visit.get("account")
    return sessions[-1].why if sessions else None


def _observation(fields: Fields) -> Observation:
    where = fields.get("document_where_seen")
    return Observation(
        answer=fields.get("answer"),
        note=fields.get("note"),
        observed_at=_instant(fields.get("observed_at")),
        not_assessed_reason=fields.get("not_assessed_reason"),
        not_applicable_reason=fields.get("not_applicable_reason"),
        no_evidence_reason=fields.get("no_evidence_reason"),
        document=DocumentSeen(
            kind=fields.get("document_kind"),
            number=fields.get("document_number"),
            dated=_day(fields.get("document_date")),
            signatory=fields.get("document_signatory"),
            where_seen=WhereSeen(where) if where else None,
        ),
    )


def _respondents(found: Iterable[tuple[str, Fields]]) -> dict[str, Respondent]:
    """Who was asked; no two are called the same, though two devices may have named them so."""
    named = {id_: fields for id_, fields in found if fields["pseudonym"] is not None}
    called = told_apart({id_: fields["pseudonym"] for id_, fields in named.items()})
    return {
        id_: Respondent(
            id_,
            called[id_],
            fields["role"],
            post=fields.get("post"),
            substitute=bool(fields.get("is_substitute")),
        )
        for id_, fields in named.items()
    }


def _evidence(id_: str, fields: Fields) -> Evidence:
    place = fields.get("place")
    return Evidence(
        id=id_,
        sha256=fields["sha256"],
        media_type=fields["media_type"],
        size=fields["size"],
        source=EvidenceSource(fields["source"]),
        attached_to=tuple(
            ObservationKey.from_entity(entity)
            for entity in fields["attached_to"]
            if entity != OF_VISIT
        ),
        of_visit=OF_VISIT in fields["attached_to"],
        captured_at=_instant(fields.get("captured_at")),
        place=Place(place["latitude"], place["longitude"]) if place else None,
        caption=fields.get("caption"),
        kind=EvidenceKind(fields.get("kind", EvidenceKind.PHOTO)),
        pages=fields.get("pages"),
        duration_ms=fields.get("duration_ms"),
        layers=read_layers(fields.get("layers")),
        examined=fields.get("layers") is not None,
        annotations=read_annotations(fields.get("annotations")),
        file_name=fields.get("file_name"),
        url=fields.get("url"),
        seen_at=_instant(fields.get("seen_at")),
        components=read_components(fields.get("components")),
        page=fields.get("page"),
    )


def _finding(fields: Fields) -> FindingRecord:
    return FindingRecord(
        wording=fields.get("wording"),
        advice=fields.get("advice"),
        due_date=_day(fields.get("due_date")),
        due_set_by=fields.get("due_set_by"),
        owner=fields.get("owner"),
    )


def _document(id_: str, fields: Fields) -> Document:
    return Document(
        id=id_,
        kind=fields["kind"],
        number=fields["number"],
        revision=fields["revision"],
        sha256=fields["sha256"],
        predecessor=fields.get("predecessor"),
        # Before the minutes could stand beside the findings, each revision was a round (ADR 20).
        round=fields.get("round", fields["revision"]),
    )


def _sessions(found: list[tuple[str, Fields]]) -> tuple[VisitSession, ...]:
    sessions = (
        VisitSession(
            number=int(number),
            began=instant_from_text(fields["from"]),
            ended=_instant(fields.get("to")),
            why=fields.get("why"),
        )
        for number, fields in found
    )
    return tuple(sorted(sessions, key=lambda one: one.number))


def _receiver(entities: Mapping[str, Fields]) -> Receiver | None:
    fields = entities.get("receiver", {})
    if not fields.get("declared"):
        return None
    drawn = entities.get(f"handwriting/{fields.get('handwriting')}", {})
    return Receiver(
        declared=Declaration(fields["declared"]),
        name=fields.get("name"),
        nip=fields.get("nip"),
        position=fields.get("position"),
        capacity=Capacity(fields["capacity"]) if fields.get("capacity") else None,
        response=fields.get("response"),
        reason=fields.get("reason"),
        signs=ReceiverSigns(fields["signs"]) if fields.get("signs") else None,
        handwriting=fields.get("handwriting"),
        certificate=fields.get("certificate"),
        handwriting_sha256=drawn.get("sha256"),
        said_by=fields.get("response_said_by"),
        said_at=_instant(fields.get("response_said_at")),
    )


def _in_order(found: Iterable[Returned]) -> tuple[Returned, ...]:
    return tuple(sorted(found, key=lambda one: (one.received_at, one.id)))


def _returned(id_: str, fields: Fields) -> Returned:
    return Returned(
        id=id_,
        document=fields["document"],
        kind=ReturnedKind(fields["kind"]),
        sha256=fields["sha256"],
        media_type=fields["media_type"],
        size=fields["size"],
        received_at=instant_from_text(fields["received_at"]),
        sender=fields.get("from"),
        note=fields.get("note"),
    )


def _instant(text: str | None) -> datetime | None:
    return instant_from_text(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
