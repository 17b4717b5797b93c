"""Grounds to refuse that lie in the file itself, whatever its record says."""

from collections.abc import Callable, Iterator, Sequence

from assessor_app.reporting.content import RECORD_NAME
from assessor_app.reporting.signature_fields import is_later
from assessor_app.services.revocations import Revocations
from assessor_app.services.verifier.verdict import FileRead, Reason
from assessor_app.signing.certificate import CertificateProblem
from assessor_app.signing.verification import SignatureFacts
from assessor_app.syncing.trust_list import Revoked

_OUR_FIELDS = "TTD_"
# A seal is an institution's and a timestamp a server's: their keys are made for other uses, often
# of another size. What is no ground to refuse them still vouches for nothing (parties.doubts).
_OF_PERSONS_ONLY = frozenset({CertificateProblem.WEAK, CertificateProblem.WRONG_USAGE})


def in_the_file(read: FileRead) -> tuple[Reason, ...]:
    """The first ground to refuse; a later one rests on the earlier ones not being there."""
    return next((found for ground in _GROUNDS if (found := tuple(ground(read)))), ())


def _ambiguous(read: FileRead) -> Iterator[Reason]:
    """What can show one reader other pages than another."""
    if read.report.encrypted:
        yield Reason("encrypted")
    elif read.content.active:
        yield Reason("active_content", {"found": ", ".join(read.content.active)})


def _unsigned(read: FileRead) -> Iterator[Reason]:
    if not read.report.signatures:
        was_ours = RECORD_NAME in read.attachment_names
        yield Reason("signature_stripped" if was_ours else "no_signature")


def _changed(read: FileRead) -> Iterator[Reason]:
    for made in read.report.signatures:
        if not made.intact:
            yield Reason("changed_since_signing", {"field": made.field})


def _continued(read: FileRead) -> Iterator[Reason]:
    if not read.report.signatures[-1].covers_whole_file:
        yield Reason("appended_after_signing")
    for made in read.report.signatures:
        if not made.changes_allowed:
            yield Reason("changed_between_signatures", {"field": made.field})


def _overlaid(read: FileRead) -> Iterator[Reason]:
    """What was there before anybody signed, to be shown or hidden by an innocent update."""
    if read.content.foreign:
        yield Reason("foreign_parts", {"found": ", ".join(read.content.foreign)})
    if read.content.hidden_pages:
        yield Reason("hidden_pages", {"count": read.content.hidden_pages})


def _foreign(read: FileRead) -> Iterator[Reason]:
    in_our_field = any(made.field.startswith(_OUR_FIELDS) for made in read.report.signatures)
    if not in_our_field and RECORD_NAME not in read.attachment_names:
        yield Reason("not_ours")


def _uncertified(read: FileRead) -> Iterator[Reason]:
    if not read.report.certified:
        yield Reason("not_certified")
    for made in read.report.signatures[1:]:
        if made.certifies:
            yield Reason("certified_twice", {"field": made.field})


def _badly_certified(read: FileRead) -> Iterator[Reason]:
    for made in read.report.signatures:
        problem = made.certificate_problem
        if problem is not None and not (is_later(made.field) and problem in _OF_PERSONS_ONLY):
            yield from _certificate(made, problem)


def _certificate(made: SignatureFacts, problem: CertificateProblem) -> Iterator[Reason]:
    if made.signer is None:
        return
    yield Reason(
        f"certificate_{problem}",
        {
            "name": made.signer.common_name,
            "not_before": made.signer.not_before,
            "not_after": made.signer.not_after,
            "at": made.claimed_at,
        },
    )


def _revoked(read: FileRead) -> Iterator[Reason]:
    """By a certificate that headquarters had revoked when it was used, or nobody says when."""
    for made in read.report.signatures:
        revoked = revoked_for(made, read.revocations)
        if revoked and (made.claimed_at is None or made.claimed_at >= revoked.at):
            yield Reason(
                "certificate_revoked",
                {"name": made.name, "since": revoked.at, "why": revoked.reason},
            )


def revoked_for(made: SignatureFacts, known: Revocations) -> Revoked | None:
    """What is known of the revocation of who signed."""
    return known.certificates.get(made.signer.fingerprint) if made.signer else None


_GROUNDS: Sequence[Callable[[FileRead], Iterator[Reason]]] = (
    _ambiguous,
    _unsigned,
    _changed,
    _continued,
    _foreign,
    _overlaid,
    _uncertified,
    _badly_certified,
    _revoked,
)
