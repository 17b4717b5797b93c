"""Whether those have signed who had to: each in the right field, with the right certificate."""

from collections.abc import Iterator, Mapping

from assessor_app.reporting.signature_fields import SEAL_FIELD, is_later
from assessor_app.services.embedded_record import EmbeddedRecord, ExpectedSigner
from assessor_app.services.report.parties import Role
from assessor_app.services.verifier.grounds import revoked_for
from assessor_app.services.verifier.verdict import FileRead, Part, Reason
from assessor_app.signing.verification import SignatureFacts, Trust


def parts(read: FileRead, record: EmbeddedRecord | None) -> tuple[Part, ...]:
    """As what each signature stands, in the order of the signatures."""
    roles = {} if record is None else _roles(record)
    return tuple(_part(made, roles) for made in read.report.signatures)


def unexpected(read: FileRead, record: EmbeddedRecord) -> Iterator[Reason]:
    """Grounds to refuse: somebody signed who had not to, elsewhere, or before their turn."""
    if list(_roles(record).values())[:1] != [Part.LEAD]:
        yield Reason("lead_missing")  # nobody would stand behind what the others signed
    order = [one.field for one in record.signers]
    turn = -1
    for made, part in zip(read.report.signatures, parts(read, record), strict=True):
        places = {"name": made.name, "field": made.field}
        if part is Part.STRANGER:
            yield Reason("field_unexpected", places)
        elif made.field not in order:
            turn = len(order)
        elif not _is_by(made, record.signers[order.index(made.field)]):
            yield Reason("signer_unexpected", places)
        elif order.index(made.field) <= turn:
            yield Reason("order_unexpected", places)
        else:
            turn = order.index(made.field)


def doubts(read: FileRead, record: EmbeddedRecord, *, trust_trial: bool) -> Iterator[Reason]:
    """Why it cannot be said that the document is complete, and by whom."""
    made_all = read.report.signatures
    for expected in record.signers:
        if not any(_is_by(made, expected) for made in made_all):
            yield Reason("signer_missing", {"name": expected.name, "field": expected.field})
    for made in made_all:
        # Its key may have been stolen already, and its clock is the thief's: nobody can say when.
        if revoked := revoked_for(made, read.revocations):
            told = {"name": made.name, "since": revoked.at, "why": revoked.reason}
            yield Reason("certificate_revoked_later", told)
    for made, part in zip(made_all, parts(read, record), strict=True):
        match part:
            case Part.SEAL | Part.TIMESTAMP:
                if made.trust is not Trust.TRUSTED:
                    yield Reason(f"{part}_unknown", {"name": made.name})
            case Part.RECEIVER:  # the assessors' signed record names their very certificate
                continue
            case _:
                yield from _untrusted(made, trust_trial=trust_trial)


def facts(read: FileRead, record: EmbeddedRecord, *, is_vouched_for: bool) -> Iterator[Reason]:
    """Who signed, as what and when, and what stands behind each.

    The record vouches for the receiver's certificate where the assessors are known
    (`is_vouched_for`), who signed the record.
    """
    for made, part in zip(read.report.signatures, parts(read, record), strict=True):
        if made.signer is None:
            continue
        told = {
            "name": made.signer.common_name,
            "organization": made.signer.organization,
            "employee_id": made.signer.employee_id,
            "part": part,
            "at": made.claimed_at,
        }
        if part is Part.SEAL or part is Part.TIMESTAMP:
            yield Reason(f"{part}_later", told)
            continue
        yield Reason("signed_by_employee" if made.signer.employee_id else "signed_by", told)
        if part is Part.RECEIVER and made.trust is not Trust.TRUSTED and is_vouched_for:
            yield Reason("receiver_by_record", told)


def _untrusted(made: SignatureFacts, *, trust_trial: bool) -> Iterator[Reason]:
    if made.trust is Trust.UNKNOWN:
        yield Reason("unknown_identity", {"name": made.name})
    elif made.trust is Trust.TRIAL and not trust_trial:
        yield Reason("trial_identity", {"name": made.name})


def _roles(record: EmbeddedRecord) -> Mapping[str, Part]:
    """The part of each expected field; a record of version 1 has one signer, who leads."""
    return {
        one.field: Part(Role(one.role)) if one.role else Part.LEAD if count == 0 else Part.ASSESSOR
        for count, one in enumerate(record.signers)
    }


def _part(made: SignatureFacts, roles: Mapping[str, Part]) -> Part:
    if made.field in roles and not made.is_timestamp:
        return roles[made.field]
    if not is_later(made.field) or made.is_timestamp is (made.field == SEAL_FIELD):
        return Part.STRANGER
    return Part.TIMESTAMP if made.is_timestamp else Part.SEAL


def _is_by(made: SignatureFacts, expected: ExpectedSigner) -> bool:
    return (
        made.signer is not None
        and made.field == expected.field
        and made.signer.fingerprint == expected.fingerprint
    )
