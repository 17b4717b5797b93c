"""Who signs: identities unlocked for one document, and what each signature says on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assessor_app.domain.problem import IdentityProblem, IssueProblem, StoreProblem, VisitRefused
from assessor_app.domain.visit import Receiver, ReceiverSigns
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.given_file import content_of
from assessor_app.services.identities import open_identity
from assessor_app.services.keys.access import assessors
from assessor_app.services.report.annexes import legal_note
from assessor_app.services.report.parties import (
    MOST_ASSESSORS,
    RECEIVER_FIELD,
    Parties,
    Party,
    Role,
    Signatory,
    assessor_field,
)
from assessor_app.services.report.record import DocumentKind, Imprint
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.signing.subject import same_person, storable

if TYPE_CHECKING:  # what it is made of is large
    from assessor_app.signing.identity import Identity

_LARGEST = 1024 * 1024  # bytes of a PKCS#12; what is longer is none


_REASONS = {
    DocumentKind.FINDINGS: "signature.reason",
    DocumentKind.MINUTES: "minutes.reason",
    DocumentKind.ADDENDUM: "addendum.reason",
}


@dataclass(frozen=True, slots=True)
class Signers:
    """The unlocked identities of all who sign, in the order of signing; none is kept."""

    lead: "Identity"
    further: tuple["Identity", ...] = ()
    receiver: "Identity | None" = None

    def all(self) -> tuple["Identity", ...]:
        receiver = () if self.receiver is None else (self.receiver,)
        return (self.lead, *self.further, *receiver)


def unlocked(
    workplace: Workplace, lead: "Identity", others: Sequence[Signatory], *, now: datetime
) -> Signers:
    """The identities of all who sign, each fit to sign at `now`.

    Raises IdentityProblem `signer_passphrase_wrong`, `signer_file_unusable`, for the receiver
    `receiver_passphrase_wrong` and the like, or another that names whom it concerns; StoreProblem
    where a file cannot be opened. Each has `number`: which of `others` it is, from 1. Nothing is
    signed then.
    """
    opened = [
        (one.role, _opened(workplace, one, number=number, now=now))
        for number, one in enumerate(others, start=1)
    ]
    receivers = [identity for role, identity in opened if role is Role.RECEIVER]
    return Signers(
        lead,
        tuple(identity for role, identity in opened if role is not Role.RECEIVER),
        receivers[0] if receivers else None,
    )


def require_parties(signers: Signers, receiver: Receiver | None) -> None:
    """Make sure that everybody signs once, and the receiver as it was recorded.

    Raises IdentityProblem `signer_twice`, IssueProblem `signers_too_many`, VisitRefused
    `receiver_certificate_awaited`, `receiver_signs_otherwise` or `receiver_is_another`.
    """
    seen: set[bytes] = set()
    for one in signers.all():
        if one.key in seen:  # under a renewed certificate too
            raise IdentityProblem("signer_twice", name=one.common_name)
        seen.add(one.key)
    if 1 + len(signers.further) > MOST_ASSESSORS:
        raise IssueProblem("signers_too_many", most=MOST_ASSESSORS)
    require_receiver(receiver, signs=signers.receiver is not None)
    if receiver is not None and signers.receiver is not None:
        _require_named(receiver, signers.receiver)


def require_settled(session: Session, *, receiver: bool) -> None:
    """Make sure that the lead is at work here, and who receives is no question any more.

    Raises VisitRefused `only_the_lead_certifies` or `receiver_disputed`.
    """
    if not session.is_led_here:
        raise VisitRefused("only_the_lead_certifies", visit=session.visit_id)
    if receiver and any(one.entity == "receiver" for one in session.snapshot.conflicts):
        raise VisitRefused("receiver_disputed", visit=session.visit_id)


def require_receiver(receiver: Receiver | None, *, signs: bool) -> None:
    """Make sure that the receiver signs with a certificate where, and only where, it was recorded.

    Raises VisitRefused `receiver_certificate_awaited` or `receiver_signs_otherwise`.
    """
    expected = receiver is not None and receiver.signs is ReceiverSigns.CERTIFICATE
    if expected and not signs:
        raise VisitRefused("receiver_certificate_awaited")
    if signs and not expected:
        raise VisitRefused("receiver_signs_otherwise")


def _require_named(receiver: Receiver, identity: "Identity") -> None:
    """Nobody signs above the name of another: the certificate has to be the recorded receiver's."""
    name, recorded = identity.common_name, receiver.name or ""
    if not same_person(name, recorded):
        raise VisitRefused("receiver_is_another", name=name, expected=recorded or "–")


def parties(signers: Signers, workplace: Workplace, words: Words) -> Parties:
    """Who signs as what, in which field, and what their signatures are in law."""
    team = (signers.lead, *signers.further)
    listed = [
        _party(one, Role.ASSESSOR if number > 1 else Role.LEAD, assessor_field(number), workplace)
        for number, one in enumerate(team, start=1)
    ]
    note = legal_note(words, issuers=(None if one.is_trial else one.issuer for one in team))
    if signers.receiver is not None:
        listed.append(_party(signers.receiver, Role.RECEIVER, RECEIVER_FIELD, workplace))
        note = f"{note} {_receiver_note(signers.receiver, words)}"
    return Parties(tuple(listed), note)


def stamp_lines(
    party: Party, identity: "Identity", imprint: Imprint, words: Words
) -> tuple[str, ...]:
    """What a signature's appearance says: who, when, and what the signature is."""
    trial = identity.is_trial
    label = words("signature.stamp_trial" if trial else "signature.stamp_uncertified")
    whose: Iterable[str] = (label,)
    if party.role is Role.RECEIVER:
        issuer = words("signing.stamp_receiver_issuer", issuer=identity.issuer)
        whose = (words("signing.stamp_receiver"), label if trial else issuer)
    return (
        words("signature.stamp_title"),
        party.profile.name,
        *((party.profile.office,) if party.profile.office else ()),
        words.moment(imprint.made_at),
        *whose,
    )


def reason(party: Party, imprint: Imprint, words: Words) -> str:
    """Why somebody signs, as the signature itself says it."""
    if party.role is Role.RECEIVER:
        return words("signing.receiver_reason", number=imprint.number)
    return words(_REASONS[imprint.kind], number=imprint.number)


def _opened(workplace: Workplace, one: Signatory, *, number: int, now: datetime) -> "Identity":
    from assessor_app.signing.identity import load_identity

    try:
        if one.path is None:
            return open_identity(workplace, one.passphrase, assessor=one.assessor, now=now)
        return load_identity(content_of(one.path, most=_LARGEST), one.passphrase, now=now)
    except StoreProblem as problem:
        raise StoreProblem(problem.code, **problem.places, number=number) from problem
    except IdentityProblem as problem:
        raise _of_signer(problem, one, number=number) from problem


def _of_signer(problem: IdentityProblem, one: Signatory, *, number: int) -> IdentityProblem:
    """What is wrong with an identity, so told that it is clear whose it is and who mends it."""
    is_receiver, signer = one.role is Role.RECEIVER, one.told
    match problem.code:
        case "identity_passphrase_wrong" | "identity_passphrase_empty" if is_receiver:
            return IdentityProblem("receiver_passphrase_wrong", number=number, signer=signer)
        case "identity_passphrase_wrong" | "identity_passphrase_empty":
            return IdentityProblem("signer_passphrase_wrong", number=number, signer=signer)
        case "identity_unreadable" | "identity_without_key" if is_receiver:
            return IdentityProblem("receiver_file_unusable", number=number, signer=signer)
        case "identity_unreadable" | "identity_without_key":
            return IdentityProblem("signer_file_unusable", number=number, signer=signer)
        case "identity_expired" if is_receiver:  # no headquarters of ours issued it
            name, not_after = problem.places["name"], problem.places["not_after"]
            return IdentityProblem(
                "receiver_certificate_expired", number=number, name=name, not_after=not_after
            )
        case code:  # it names its holder
            return IdentityProblem(code, **problem.places, number=number)


def _party(identity: "Identity", role: Role, name: str, workplace: Workplace) -> Party:
    person = _profile(identity, workplace, is_assessor=role is not Role.RECEIVER)
    return Party(role, name, person, identity.common_name, identity.fingerprint)


def _profile(identity: "Identity", workplace: Workplace, *, is_assessor: bool) -> Profile:
    """Who signs, as the certificate says: the assessor of this device, or somebody else.

    A certificate cannot hold every sign of a name, and no position: where it is the assessor's own
    the whole name is printed, and the position of every assessor who was enrolled here.
    """
    own = workplace.profile
    if identity.common_name == storable(own.name):
        return own
    return Profile(
        name=identity.common_name,
        office=identity.organization,
        nip=identity.employee_id or None,
        position=_position(identity, workplace) if is_assessor else None,
        zone=own.zone,
    )


def _position(identity: "Identity", workplace: Workplace) -> str | None:
    """What was recorded of an assessor of this device, who is known by name and number."""
    who = (identity.common_name, identity.employee_id or None)
    known = (one for one in assessors(workplace) if (storable(one.name), one.nip) == who)
    return next((one.position for one in known), None)


def _receiver_note(identity: "Identity", words: Words) -> str:
    if identity.is_trial:
        return words("signing.receiver_trial")
    return words("signing.receiver_issued", issuer=identity.issuer)
