"""What the steps of a visit write down: pause, resumption, receiver and close, each checked."""

from collections.abc import Mapping
from datetime import datetime

from assessor_app.domain.event import Json
from assessor_app.domain.findings import Finding
from assessor_app.domain.instants import instant_text
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import (
    Declaration,
    FindingRecord,
    Outcome,
    Receiver,
    ReceiverSigns,
    Snapshot,
    VisitSession,
)
from assessor_app.services.advice import proposed_advice, proposed_wording
from assessor_app.services.entries import clean_text

Values = dict[tuple[str, str], Json]


def paused(snapshot: Snapshot, reason: str, *, at: datetime) -> Values:
    """End the last session for now. Raises VisitRefused `pause_too_early`."""
    last = snapshot.sessions[-1]
    if at < last.began:
        raise VisitRefused("pause_too_early", visit=snapshot.visit.id)
    return {(_entity(last), "to"): instant_text(at), (_entity(last), "why"): reason}


def resumed(snapshot: Snapshot, *, at: datetime) -> Values:
    """Begin the next session. Raises VisitRefused `visit_not_paused`, `resumed_before_pause`."""
    last = snapshot.sessions[-1]
    if not snapshot.paused or last.ended is None:
        raise VisitRefused("visit_not_paused", visit=snapshot.visit.id)
    if at < last.ended:
        raise VisitRefused("resumed_before_pause", visit=snapshot.visit.id)
    return {(f"session/{last.number + 1}", "from"): instant_text(at)}


def reopened(snapshot: Snapshot, *, at: datetime) -> Values:
    """Begin the next session of a visit that was closed. Raises VisitRefused as `resumed`."""
    last = snapshot.sessions[-1]
    if last.ended is not None and at < last.ended:
        raise VisitRefused("resumed_before_pause", visit=snapshot.visit.id)
    return {
        (f"session/{last.number + 1}", "from"): instant_text(at),
        ("visit", "reopened"): instant_text(at),
        ("visit", "outcome"): None,
        ("visit", "departure"): None,
    }


def received(receiver: Receiver) -> Values:
    """Who receives the document, and what was declared; every field, so that none is left over.

    What belongs to another declaration, or to another way to sign, is not taken along. Raises
    VisitRefused `handwriting_missing` where the receiver is said to have signed on the screen and
    no strokes are named.
    """
    takes = receiver.declared is Declaration.RECEIVED
    signs = receiver.signs if takes else None
    by_hand, by_certificate = signs is ReceiverSigns.HANDWRITING, signs is ReceiverSigns.CERTIFICATE
    if by_hand and receiver.handwriting is None:
        raise VisitRefused("handwriting_missing")
    values: Values = {
        ("receiver", "declared"): receiver.declared.value,
        ("receiver", "capacity"): receiver.capacity.value if receiver.capacity else None,
        ("receiver", "signs"): signs.value if signs else None,
        ("receiver", "handwriting"): receiver.handwriting if by_hand else None,
        ("receiver", "certificate"): receiver.certificate if by_certificate else None,
        ("receiver", "reason"): None if takes else clean_text(receiver.reason, "reason"),
    }
    for field in ("name", "nip", "position", "response"):
        values["receiver", field] = clean_text(getattr(receiver, field), field)
    spoken = values["receiver", "response"] is not None and receiver.said_at is not None
    by, at = receiver.said_by, receiver.said_at
    values["receiver", "response_said_by"] = clean_text(by, "response") if spoken else None
    values["receiver", "response_said_at"] = instant_text(at) if spoken and at else None
    return values


def told_reason(reason: str, *, visit: str) -> str:
    """The reason of a step that needs one. Raises VisitRefused `reason_missing`."""
    told = clean_text(reason, "reason")
    if told is None:
        raise VisitRefused("reason_missing", visit=visit)
    return told


def told_account(account: str | None, outcome: Outcome, *, visit: str) -> str | None:
    """What happened, where a visit ends otherwise than completed.

    Raises VisitRefused `account_missing` where it is not told: minutes that say nothing cannot be
    given it afterwards; `account_not_asked` for a completed visit: its findings tell it all, and
    nothing that was typed may get lost without a word.
    """
    told = clean_text(account, "account")
    if told is None and outcome is not Outcome.COMPLETED:
        raise VisitRefused("account_missing", visit=visit)
    if told is not None and outcome is Outcome.COMPLETED:
        raise VisitRefused("account_not_asked", visit=visit)
    return told


def departed(snapshot: Snapshot, departure: datetime) -> Values:
    """End the visit; a visit that is paused keeps when its last session ended.

    Raises VisitRefused `departure_before_arrival` or `departure_before_session`.
    """
    last = snapshot.sessions[-1]
    if departure < snapshot.visit.arrival:
        raise VisitRefused("departure_before_arrival", visit=snapshot.visit.id)
    if departure < (last.ended or last.began):
        raise VisitRefused("departure_before_session", visit=snapshot.visit.id)
    values: Values = {("visit", "departure"): instant_text(departure)}
    if last.ended is None:
        values[_entity(last), "to"] = instant_text(departure)
    return values


def fixed(finding: Finding, known: FindingRecord | None, *, due: Mapping[str, Json]) -> Values:
    """A finding as it stands for good; what a person wrote of it is kept.

    What the product proposed at an earlier closing is proposed anew: the gap may be another now.
    """
    entity = f"finding/{finding.id}"
    values: Values = {
        (entity, "observation"): [key.entity for key in finding.observations()],
        (entity, "gap_kind"): finding.kind.value,
        (entity, "weight"): exact_text(finding.weight),
        (entity, "legal_basis"): list(finding.indicator.legal_basis),
        (entity, "wording"): known.wording
        if known and isinstance(known.wording, str)
        else proposed_wording(finding),
    }
    if known is None or not isinstance(known.advice, str):
        values[entity, "advice"] = proposed_advice(finding)
    if known is None or known.due_date is None:
        values |= {(entity, field): value for field, value in due.items()}
    return values


def _entity(session: VisitSession) -> str:
    return f"session/{session.number}"
