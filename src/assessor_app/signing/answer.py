"""Headquarters' answer to a certificate request: read from any usual form, and looked at hard."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import cms, pem
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from assessor_app.domain.problem import IdentityProblem
from assessor_app.signing.certificate import (
    UNREADABLE,
    CertificateFacts,
    find_problem,
    is_authority,
    read_certificate,
)
from assessor_app.signing.identity import Holder
from assessor_app.signing.issuers import issuers_of
from assessor_app.signing.subject import same_name, same_number

MOST_BYTES = 1024 * 1024
"""More than any chain of certificates takes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A certificate that may stand at a waiting key, and its issuers (DER, the nearest first)."""

    common_name: str
    not_after: datetime
    certificate: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)


def read_answer(
    data: bytes, *, holder: Holder, belongs: Callable[[x509.Certificate], bool], now: datetime
) -> Answer:
    """The certificate in an answer that belongs to the waiting key, if it may be used now.

    Taken are PEM and DER, one certificate or a chain in any order, and PKCS#7. Raises
    IdentityProblem `answer_unreadable`, `answer_is_authority`, `answer_of_another_person`,
    `answer_of_another_key`, `answer_weak`, `answer_wrong_usage`, `answer_not_yet_valid`,
    `answer_expired`, or `answer_issuer_broken` where an issuer in it did not issue it.
    """
    found = _certificates(data)
    # Who was certified twice for one key gets both: what lasts longer is meant.
    ours = (one for one in found if belongs(one))
    own = max(ours, key=lambda one: one.not_valid_after_utc, default=None)
    candidates = [own] if own else [one for one in found if not is_authority(one)]
    if not candidates or is_authority(candidates[0]):
        raise IdentityProblem("answer_is_authority", name=_facts(found[0]).common_name)
    facts = _facts(candidates[0])
    _require_holder(facts, holder)
    if own is None:
        raise IdentityProblem("answer_of_another_key", name=facts.common_name)
    others = [one for one in found if one != own]
    _require_fit(own, facts, now)
    chain = issuers_of(own, others, at=now)
    _require_issuers(chain[-1] if chain else own, others)
    return Answer(
        common_name=facts.common_name,
        not_after=facts.not_after,
        certificate=own.public_bytes(Encoding.DER),
        chain=tuple(one.public_bytes(Encoding.DER) for one in chain),
    )


def _certificates(data: bytes) -> list[x509.Certificate]:
    """All certificates in a file, each once, in its order."""
    readers: tuple[Callable[[bytes], Sequence[x509.Certificate]], ...] = (
        x509.load_pem_x509_certificates,
        lambda given: [x509.load_der_x509_certificate(given)],
        _in_pkcs7,
    )
    if len(data) <= MOST_BYTES:
        for read in readers:
            with suppress(*UNREADABLE):
                found = list(dict.fromkeys(read(data)))
                for one in found:  # what it says of itself can be read as well
                    _facts(one)
                if found:
                    return found
    raise IdentityProblem("answer_unreadable")


def _in_pkcs7(data: bytes) -> list[x509.Certificate]:
    """The certificates of a PKCS#7, PEM or DER; openssl writes them in no order, which DER has."""
    content = cms.ContentInfo.load(pem.unarmor(data)[2] if pem.detect(data) else data)
    if content["content_type"].native != "signed_data":
        return []
    found = content["content"]["certificates"]
    return [x509.load_der_x509_certificate(one.chosen.dump()) for one in found]


def _facts(certificate: x509.Certificate) -> CertificateFacts:
    return read_certificate(certificate.public_bytes(Encoding.DER))


def _require_holder(facts: CertificateFacts, holder: Holder) -> None:
    """The number is compared where the assessor has one: a namesake has another."""
    number = holder.employee_id or ""
    if not same_name(facts.common_name, holder.name) or (
        number and not same_number(facts.employee_id, number)
    ):
        raise IdentityProblem(
            "answer_of_another_person",
            name=facts.common_name,
            number=facts.employee_id or "–",
            expected=holder.name,
            expected_number=number or "–",
        )


def _require_fit(own: x509.Certificate, facts: CertificateFacts, now: datetime) -> None:
    problem = find_problem(own.public_bytes(Encoding.DER), now)
    if problem is not None:
        raise IdentityProblem(
            f"answer_{problem}",
            name=facts.common_name,
            not_before=facts.not_before.astimezone(),
            not_after=facts.not_after.astimezone(),
        )


def _require_issuers(last: x509.Certificate, others: Sequence[x509.Certificate]) -> None:
    """What comes along as its issuer has to be that: whoever reads the document meets both."""
    if last.issuer != last.subject and any(one.subject == last.issuer for one in others):
        raise IdentityProblem("answer_issuer_broken", name=_facts(last).issuer)
