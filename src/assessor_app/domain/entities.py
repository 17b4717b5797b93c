"""One entity of the record from its current fields; snapshot.py reads a whole visit of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from assessor_app.domain.annotation import read_annotations
from assessor_app.domain.components import read_components
from assessor_app.domain.instants import instant_from_text
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
from assessor_app.domain.redaction import read_layers
from assessor_app.domain.respondents import Respondent
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
    Visit,
    VisitKind,
    VisitSession,
    VisitState,
)

# A JSON border: what the record holds was checked when it was written.
Fields = Mapping[str, Any]


def visit_of(visit_id: str, fields: Fields) -> Visit:
    """The frame of a visit."""
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


def account_of(visit: Fields, sessions: tuple[VisitSession, ...]) -> str | None:
    """What happened; before it had a field of its own, the last session's `why` told it (ADR 1)."""
    if "account" in visit or visit.get("outcome") in {None, Outcome.COMPLETED.value}:
        return visit.get("account")
    return sessions[-1].why if sessions else None


def observation_of(fields: Fields) -> Observation:
    """What was recorded at one place."""
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


def respondents_of(found: Iterable[tuple[str, Fields]]) -> dict[str, Respondent]:
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


def evidence_of(id_: str, fields: Fields) -> Evidence:
    """A file and what is said of it; `attached_to` must be held."""
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


def finding_of(fields: Fields) -> FindingRecord:
    """What a person changed of a finding."""
    return FindingRecord(
        wording=fields.get("wording"),
        advice=fields.get("advice"),
        due_date=_day(fields.get("due_date")),
        due_set_by=fields.get("due_set_by"),
        owner=fields.get("owner"),
    )


def document_of(id_: str, fields: Fields) -> Document:
    """A document that was issued."""
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


def sessions_of(found: list[tuple[str, Fields]]) -> tuple[VisitSession, ...]:
    """When the visit went on, by number."""
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


def receiver_of(entities: Mapping[str, Fields]) -> Receiver | None:
    """Who stands for the office; None before anything was declared."""
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


def in_order(found: Iterable[Returned]) -> tuple[Returned, ...]:
    """As they came back."""
    return tuple(sorted(found, key=lambda one: (one.received_at, one.id)))


def returned_of(id_: str, fields: Fields) -> Returned:
    """What came back of a document."""
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
