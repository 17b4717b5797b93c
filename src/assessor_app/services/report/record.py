"""The machine-readable record that a document carries: `temuan.json`, canonical (RFC 8785)."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from secrets import token_bytes

from assessor_app.domain.annotation import annotations_json
from assessor_app.domain.components import components_json
from assessor_app.domain.documents import DocumentKind, kind_for, replaced_by, require_kind
from assessor_app.domain.event import Json, visit_head
from assessor_app.domain.findings import Finding
from assessor_app.domain.instants import instant_text
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.observation import Evidence
from assessor_app.domain.outlook import Seen
from assessor_app.domain.redaction import layers_json
from assessor_app.domain.respondents import Respondent
from assessor_app.domain.scoring import Score
from assessor_app.domain.visit import Document, Snapshot, VisitSession
from assessor_app.services.embedded_record import RECORD_VERSION
from assessor_app.services.evidence.editing import places_of
from assessor_app.services.report import follow_up, tried
from assessor_app.services.report.indicator_record import indicator_values
from assessor_app.services.report.parties import Role
from assessor_app.services.report.record_fields import day_or_none, filled, instant_or_none

__all__ = [
    "SEED_BYTES",
    "DocumentKind",
    "Imprint",
    "Signer",
    "Superseded",
    "kind_for",
    "named",
    "record_values",
    "require_kind",
    "superseded",
]

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose signature the document is to carry, in which field, and as what they sign."""

    name: str
    fingerprint: str  # SHA-256 of the certificate, hex
    field: str
    role: Role


@dataclass(frozen=True, slots=True)
class Superseded:
    """A document that a later one takes the place of, or adds to; `sha256` (hex) is its PDF's."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """What identifies one document: its number, its making, its signers, and what it replaces.

    A preview is signed by nobody, carries no record and says so on every page. `because` is why it
    supersedes another. An addendum names the document that it `adds_to`, and has the `statement`.
    `day` is the day of the visit where the office is: what was due before it is overdue.
    `seed` is what the salts of left-out leaves are made of: a secret of the one document, sealed
    with its full record.
    """

    number: str
    revision: int
    kind: DocumentKind
    language: str
    made_at: datetime
    signers: tuple[Signer, ...]
    preview: bool = False
    supersedes: Superseded | None = None
    because: str = ""
    adds_to: Superseded | None = None
    statement: str = ""
    day: date | None = None
    seed: bytes = field(default_factory=partial(token_bytes, SEED_BYTES), repr=False)


def named(document: Document | None) -> Superseded | None:
    """A document as another one names it."""
    return None if document is None else Superseded(document.number, document.sha256)


def superseded(snapshot: Snapshot, kind: DocumentKind) -> Superseded | None:
    """What the next document of a kind takes the place of; None for the first."""
    return named(replaced_by(snapshot, kind))


def record_values(seen: Seen, imprint: Imprint, *, whole: bool = True) -> dict[str, Json]:
    """All values of the record of a visit as it was seen, for one document.

    Minutes tell neither score nor findings, so their record holds none either; that of an addendum
    holds of the visit what it is, and nothing that was seen there. Where it is not the
    `whole`, it is not told what each respondent said, nor where a file claims to be from. What of
    all this the document itself carries, services/report/leaving_out.py says.
    """
    if imprint.kind is DocumentKind.ADDENDUM:
        seen = _bare(seen)
    snapshot, instrument, compared = seen.snapshot, seen.instrument, seen.outlook.compared
    complete = imprint.kind is DocumentKind.FINDINGS
    scores = seen.outlook.scores if complete else {}
    findings = seen.outlook.findings if complete else ()
    told = {one.indicator.code for one in compared}  # a follow-up does not ask the others
    followed: dict[str, Json] = {}
    if complete and snapshot.followed:
        day = imprint.day or snapshot.visit.arrival.date()
        followed = {"follow_up": follow_up.record(seen, on=day)}
    followed |= tried.record(snapshot)
    return followed | {
        "v": RECORD_VERSION,
        "document": _document(imprint),
        "signers": [
            {
                "name": one.name,
                "fingerprint": one.fingerprint,
                "field": one.field,
                "role": one.role.value,
            }
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
        "respondents": [_respondent(one) for _, one in sorted(snapshot.respondents.items())],
        "scores": {basis.value: _score(score) for basis, score in scores.items()},
        "indicators": [
            indicator_values(
                snapshot,
                [one for one in compared if one.indicator.code == of.code],
                weighted=instrument.weighted,
                voices=whole,
            )
            for of in instrument.indicators()
            if imprint.kind is not DocumentKind.ADDENDUM and of.code in told
        ],
        "findings": [_finding(snapshot, one, weighted=instrument.weighted) for one in findings],
        "evidence": [_evidence(one, whole=whole) for _, one in sorted(snapshot.evidence.items())],
        "receiver": _receiver(snapshot),
        "streams": [
            {"device": one.device, "seq": one.seq, "hash": one.hash} for one in sorted(seen.streams)
        ],
        "head": visit_head(seen.streams),
    }


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
    if imprint.because:
        known["because"] = imprint.because
    if imprint.adds_to is not None:
        known["adds_to"] = {"number": imprint.adds_to.number, "sha256": imprint.adds_to.sha256}
        known["statement"] = imprint.statement
    return known


def _bare(seen: Seen) -> Seen:
    """The visit without what was recorded at it: its frame, and how far it has come."""
    snapshot = replace(
        seen.snapshot,
        observations={},
        respondents={},
        evidence={},
        findings={},
        receiver=None,
        trials=(),
        timings=(),
        sessions=(),
        account=None,
    )
    return replace(seen, snapshot=snapshot)


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
        "departure": instant_or_none(visit.departure),
        "outcome": visit.outcome.value if visit.outcome else None,
        "account": snapshot.account,
        "sample": visit.sample,
    }


def _session(session: VisitSession) -> Json:
    return {
        "number": session.number,
        "from": instant_text(session.began),
        "to": instant_or_none(session.ended),
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
    return filled(
        {
            "pseudonym": respondent.pseudonym,
            "role": respondent.role,
            "post": respondent.post,
            "substitute": respondent.substitute,
        }
    )


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
        "due_date": day_or_none(known.due_date) if known else None,
        "due_set_by": known.due_set_by if known else None,
    }


def _evidence(evidence: Evidence, *, whole: bool) -> Json:
    told: dict[str, Json] = {
        "id": evidence.id,
        "sha256": evidence.sha256,
        "kind": evidence.kind.value,
        "media_type": evidence.media_type,
        "size": evidence.size,
        "source": evidence.source.value,
        "captured_at": instant_or_none(evidence.captured_at),
        "caption": evidence.caption,
        "attached_to": sorted(places_of(evidence)),
    }
    if evidence.annotations:
        told["annotations"] = annotations_json(evidence.annotations)
    if evidence.layers:
        told["layers"] = layers_json(evidence.layers)
    if whole and evidence.place is not None:  # a hand-out does not need it
        place = evidence.place
        told["place"] = {"latitude": place.latitude, "longitude": place.longitude}
    if whole and evidence.file_name is not None:  # a name can be a person's
        told["file_name"] = evidence.file_name
    seen = evidence.components
    return told | filled(
        {
            "pages": evidence.pages,
            "duration_ms": evidence.duration_ms,
            "url": evidence.url,
            "seen_at": instant_or_none(evidence.seen_at),
            "components": None if seen is None else components_json(seen),
            "page": evidence.page,
        }
    )


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
    } | filled(
        {
            "reason": receiver.reason,
            "signs": receiver.signs.value if receiver.signs else None,
            # The strokes themselves are a person's biometric: they stay in the store, sealed.
            "handwriting_sha256": receiver.handwriting_sha256,
            "certificate": receiver.certificate,
            "response_said_by": receiver.said_by,
            "response_said_at": instant_or_none(receiver.said_at),
        }
    )
