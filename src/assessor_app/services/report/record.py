"""The machine-readable record that a document carries: `temuan.json`, canonical (RFC 8785)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assessor_app.domain.event import Json, canonical, normalised, visit_head
from assessor_app.domain.findings import Finding
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instants import instant_text
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.observation import Evidence, Observation, ObservationKey
from assessor_app.domain.outlook import Seen
from assessor_app.domain.respondents import Respondent
from assessor_app.domain.scoring import Score
from assessor_app.domain.visit import Outcome, Snapshot, Visit, VisitSession
from assessor_app.services.embedded_record import RECORD_VERSION


class DocumentKind(StrEnum):
    """What a document tells of: a visit that was completed, or one that was not."""

    FINDINGS = "findings"
    MINUTES = "minutes"


def kind_for(visit: Visit) -> DocumentKind:
    """Findings while a visit has no outcome yet: that is what it is meant to end in."""
    completed = visit.outcome in (None, Outcome.COMPLETED)
    return DocumentKind.FINDINGS if completed else DocumentKind.MINUTES


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose signature the document is to carry, and in which field."""

    name: str
    fingerprint: str  # SHA-256 of the certificate, hex
    field: str


@dataclass(frozen=True, slots=True)
class Superseded:
    """The document that a later revision takes the place of; `sha256` (hex) is that of its PDF."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """What identifies one document: its number, its making, its signers, and what it replaces.

    A preview is signed by nobody, carries no record and says so on every page.
    """

    number: str
    revision: int
    kind: DocumentKind
    language: str
    made_at: datetime
    signers: tuple[Signer, ...]
    preview: bool = False
    supersedes: Superseded | None = None


def superseded(snapshot: Snapshot) -> Superseded | None:
    """What the next document of a visit takes the place of; None for the first."""
    before = snapshot.latest_document
    return None if before is None else Superseded(before.number, before.sha256)


def record_bytes(seen: Seen, imprint: Imprint) -> bytes:
    """The record of a visit as it was seen, for one document.

    Minutes tell neither score nor findings, so their record holds none either.
    """
    snapshot, instrument, compared = seen.snapshot, seen.instrument, seen.outlook.compared
    complete = imprint.kind is DocumentKind.FINDINGS
    scores = seen.outlook.scores if complete else {}
    findings = seen.outlook.findings if complete else ()
    return canonical(
        normalised(
            {
                "v": RECORD_VERSION,
                "document": _document(imprint),
                "signers": [
                    {"name": one.name, "fingerprint": one.fingerprint, "field": one.field}
                    for one in imprint.signers
                ],
                "visit": _visit(snapshot),
                "sessions": [_session(one) for one in snapshot.sessions],
                "instrument": {
                    "id": instrument.id,
                    "version": instrument.version,
                    "sha256": instrument.digest,
                    "weighted": instrument.weighted,
                },
                "respondents": [
                    _respondent(one) for _, one in sorted(snapshot.respondents.items())
                ],
                "scores": {basis.value: _score(score) for basis, score in scores.items()},
                "indicators": [
                    _indicator(
                        snapshot,
                        [one for one in compared if one.indicator.code == of.code],
                        weighted=instrument.weighted,
                    )
                    for of in instrument.indicators()
                ],
                "findings": [
                    _finding(snapshot, one, weighted=instrument.weighted) for one in findings
                ],
                "evidence": [_evidence(one) for _, one in sorted(snapshot.evidence.items())],
                "receiver": _receiver(snapshot),
                "streams": [
                    {"device": one.device, "seq": one.seq, "hash": one.hash}
                    for one in sorted(seen.streams)
                ],
                "head": visit_head(seen.streams),
            }
        )
    )


def _document(imprint: Imprint) -> Json:
    known: dict[str, Json] = {
        "number": imprint.number,
        "revision": imprint.revision,
        "kind": imprint.kind.value,
        "language": imprint.language,
        "made_at": instant_text(imprint.made_at),
    }
    if imprint.supersedes is not None:  # a first revision says nothing of it, as before
        replaced = imprint.supersedes
        known["supersedes"] = {"number": replaced.number, "sha256": replaced.sha256}
    return known


def _visit(snapshot: Snapshot) -> Json:
    visit = snapshot.visit
    return {
        "id": visit.id,
        "institution": visit.institution,
        "unit": visit.unit,
        "object_type": visit.object_type,
        "address_visited": visit.address_visited,
        "kind": visit.kind.value,
        "assignment_letter": visit.assignment_letter,
        "team": list(visit.team),
        "arrival": instant_text(visit.arrival),
        "departure": _instant(visit.departure),
        "outcome": visit.outcome.value if visit.outcome else None,
        "account": snapshot.account,
        "sample": visit.sample,
    }


def _session(session: VisitSession) -> Json:
    return {
        "number": session.number,
        "from": instant_text(session.began),
        "to": _instant(session.ended),
        "why": session.why,
    }


def _score(score: Score) -> Json:
    return {
        "points": exact_text(score.points),
        "maximum": exact_text(score.maximum),
        "measured": exact_text(score.measured),
        "verified": exact_text(score.verified),
        "standing": score.standing.value,
        "zone": score.band.zone.value if score.band else None,
        "category": score.band.category if score.band else None,
    }


def _respondent(respondent: Respondent) -> Json:
    # The record has pseudonyms only: nobody who spoke to us is named in a hand-out.
    return _filled(
        {
            "pseudonym": respondent.pseudonym,
            "role": respondent.role,
            "post": respondent.post,
            "substitute": respondent.substitute,
        }
    )


def _indicator(snapshot: Snapshot, compared: Sequence[Compared], *, weighted: bool) -> Json:
    indicator = compared[0].indicator
    return {
        "code": indicator.code,
        "text": indicator.text.id,
        "weight": exact_text(indicator.weight) if weighted else None,
        "verified": indicator.verified,
        "answered_by": indicator.kind.value,
        "applies": [
            {"product": snapshot.products.get(one.product), "how": one.applies.value}
            for one in compared
            if one.applies is not Applies.ASKED
        ],
        "observations": [
            _observation(snapshot, key, observation)
            for key, observation in sorted(snapshot.observations.items())
            if key.indicator == indicator.code
        ],
        "gaps": [
            {
                "product": snapshot.products.get(one.product),
                "kind": one.gap.kind.value,
                "points": exact_text(one.gap.points) if weighted else None,
            }
            for one in compared
            if one.gap is not None
        ],
    }


def _observation(snapshot: Snapshot, key: ObservationKey, observation: Observation) -> Json:
    respondent = snapshot.respondents.get(key.respondent)
    return {
        "side": key.side.value,
        "product": snapshot.products.get(key.product),
        "respondent": respondent.pseudonym if respondent else None,
        **observation_values(observation),
    }


def observation_values(observation: Observation) -> dict[str, Json]:
    """What was recorded of one side, without the fields that stayed empty."""
    document = observation.document
    values: Mapping[str, Json] = {
        "answer": observation.answer,
        "note": observation.note,
        "observed_at": _instant(observation.observed_at),
        "not_assessed_reason": observation.not_assessed_reason,
        "not_applicable_reason": observation.not_applicable_reason,
        "no_evidence_reason": observation.no_evidence_reason,
        "document": _filled(
            {
                "kind": document.kind,
                "number": document.number,
                "date": _day(document.dated),
                "signatory": document.signatory,
                "where_seen": document.where_seen.value if document.where_seen else None,
            }
        )
        or None,
    }
    return _filled(values)


def _finding(snapshot: Snapshot, finding: Finding, *, weighted: bool) -> Json:
    known = snapshot.findings.get(finding.id)
    return {
        "id": finding.id,
        "indicator": finding.indicator.code,
        "product": snapshot.products.get(finding.product),
        "kind": finding.kind.value,
        "weight": exact_text(finding.weight) if weighted else None,
        "legal_basis": list(finding.indicator.legal_basis),
        "wording": known.wording if known else None,
        "advice": known.advice if known else None,
        "due_date": _day(known.due_date) if known else None,
        "due_set_by": known.due_set_by if known else None,
    }


def _evidence(evidence: Evidence) -> Json:
    # The place that a file claims stays in the store: a hand-out does not need it.
    told: dict[str, Json] = {
        "id": evidence.id,
        "sha256": evidence.sha256,
        "kind": evidence.kind.value,
        "media_type": evidence.media_type,
        "size": evidence.size,
        "source": evidence.source.value,
        "captured_at": _instant(evidence.captured_at),
        "caption": evidence.caption,
        "attached_to": sorted(key.entity for key in evidence.attached_to),
    }
    return told | _filled({"pages": evidence.pages, "duration_ms": evidence.duration_ms})


def _receiver(snapshot: Snapshot) -> Json:
    receiver = snapshot.receiver
    if receiver is None:
        return None
    return {
        "declared": receiver.declared.value,
        "name": receiver.name,
        "nip": receiver.nip,
        "position": receiver.position,
        "capacity": receiver.capacity.value if receiver.capacity else None,
        "response": receiver.response,
    }


def _filled(values: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in values.items() if value is not None}


def _instant(instant: datetime | None) -> str | None:
    return instant_text(instant) if instant else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
