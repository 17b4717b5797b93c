"""What can be said of the signatures in a PDF, without asking any network."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from io import BytesIO
from typing import TypeVar

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    read_certification_data,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from assessor_app.domain.problem import IdentityProblem, IssueProblem
from assessor_app.signing.certificate import (
    CertificateFacts,
    CertificateProblem,
    find_problem,
    read_certificate,
)

# pyHanko logs what it refuses; without a handler Python would print that to the user's terminal.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_VERSION_1 = b"\x02\x01\x01"  # DER of the integer 1
_NULL = b"\x05\x00"  # DER
_STRONG_DIGESTS = frozenset({"sha256", "sha384", "sha512"})


class Trust(StrEnum):
    """Who vouches for the signer."""

    TRUSTED = "trusted"  # a chain to a pinned root, valid at the claimed time
    TRIAL = "trial"  # nobody: a self-issued trial certificate
    UNKNOWN = "unknown"  # somebody whom we have not pinned


class Changes(StrEnum):
    """The gravest change made to the document after a signature."""

    NONE = "none"
    VALIDATION_DATA = "validation_data"  # timestamps and revocation data
    FORM_FILLING = "form_filling"  # further signatures among them
    OTHER = "other"


_CHANGES = {
    ModificationLevel.NONE: Changes.NONE,
    ModificationLevel.LTA_UPDATES: Changes.VALIDATION_DATA,
    ModificationLevel.FORM_FILLING: Changes.FORM_FILLING,
}


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One signature.

    `signer` is None where the certificate cannot be read. `claimed_at` is what the signer's
    computer said. `intact` is the cryptographic answer: the bytes that the signature covers are
    those that were signed. `changes_allowed` weighs `changes` against what the signature permits.
    """

    field: str
    signer: CertificateFacts | None
    claimed_at: datetime | None
    intact: bool
    covers_whole_file: bool
    changes: Changes
    changes_allowed: bool
    trust: Trust
    certificate_problem: CertificateProblem | None

    @property
    def name(self) -> str:
        """Whom the certificate names, empty where it cannot be read."""
        return self.signer.common_name if self.signer else ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A filled signature field; `signature` is None where what fills it cannot be read."""

    field: str
    signature: EmbeddedPdfSignature | None

    @property
    def revision(self) -> int:
        """The revision of the file that the signature came with; the unreadable come first."""
        return -1 if self.signature is None else int(self.signature.signed_revision)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """All signatures, oldest first.

    `certified` says that the first one certifies the document at DocMDP level 2 (nothing but form
    fields and signatures may follow) and that the catalogue names it.
    """

    encrypted: bool
    certified: bool
    signatures: tuple[SignatureFacts, ...]


def check_signatures(pdf: bytes, *, roots: Sequence[bytes]) -> SignatureReport:
    """Check every signature against the pinned roots (certificates as PEM or DER).

    Never touches the network: revocation is unknown here. Raises IssueProblem `pdf_unreadable`
    for bytes that are no sound PDF, IdentityProblem `root_unreadable` for a root that is none.
    """
    anchors = [_root(root) for root in roots]
    report = _attempt(lambda: _report(pdf, anchors))
    if report is None:
        raise IssueProblem("pdf_unreadable", reason="signatures")
    return report


def _root(encoded: bytes) -> x509.Certificate:
    try:
        der = pem.unarmor(encoded)[2] if pem.detect(encoded) else encoded
        read_certificate(der)
    except (ValueError, TypeError) as fault:
        raise IdentityProblem("root_unreadable") from fault
    return x509.Certificate.load(der)


def _attempt(work: Callable[[], _Result]) -> _Result | None:
    """The work's result, or None where hostile bytes made a parser give up."""
    try:
        return work()
    # Assertions, attributes of the wrong type, recursion: a verifier has to answer them all.
    except Exception as fault:  # noqa: BLE001 - what parsers run into over hostile bytes
        _log.info("unreadable part of a document", exc_info=fault)
        return None


def _report(pdf: bytes, anchors: Sequence[x509.Certificate]) -> SignatureReport:
    document = PdfFileReader(BytesIO(pdf))
    if document.encrypted:
        return SignatureReport(encrypted=True, certified=False, signatures=())
    found = sorted(_read_signatures(document), key=lambda read: read.revision)
    return SignatureReport(
        encrypted=False,
        certified=bool(found) and _certifies(found[0].signature, document),
        signatures=tuple(_facts(read, pdf=pdf, anchors=anchors) for read in found),
    )


def _read_signatures(document: PdfFileReader) -> Iterator[_Read]:
    for name, _, field in enumerate_sig_fields(document, filled_status=True):
        read = partial(EmbeddedPdfSignature, document, field, name)
        yield _Read(field=str(name), signature=_attempt(read))


def _certifies(signature: EmbeddedPdfSignature | None, document: PdfFileReader) -> bool:
    if signature is None:
        return False
    named = _attempt(lambda: read_certification_data(document))
    return (
        named is not None
        and named.author_sig is signature.sig_object
        and named.permission is MDPPerm.FILL_FORMS
    )


def _facts(read: _Read, *, pdf: bytes, anchors: Sequence[x509.Certificate]) -> SignatureFacts:
    signature = read.signature
    facts = None
    if signature is not None:
        facts = _attempt(lambda: _examine(read.field, signature, pdf=pdf, anchors=anchors))
    return facts or SignatureFacts(
        field=read.field,
        signer=None,
        claimed_at=None,
        intact=False,
        covers_whole_file=False,
        changes=Changes.OTHER,
        changes_allowed=False,
        trust=Trust.UNKNOWN,
        certificate_problem=None,
    )


def _examine(
    field: str,
    signature: EmbeddedPdfSignature,
    *,
    pdf: bytes,
    anchors: Sequence[x509.Certificate],
) -> SignatureFacts:
    certificate: bytes = signature.signer_cert.dump()
    signer = read_certificate(certificate)
    claimed_at = _in_a_zone(signature.self_reported_timestamp)
    status = validate_pdf_signature(
        signature,
        ValidationContext(trust_roots=list(anchors), moment=claimed_at, allow_fetching=False),
    )
    fills_its_gap = _fills_its_gap(signature, pdf)
    return SignatureFacts(
        field=field,
        signer=signer,
        claimed_at=claimed_at,
        intact=status.intact and status.valid and fills_its_gap and _is_plain(signature),
        covers_whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and _end(signature) == len(pdf),
        changes=_changes(status),
        changes_allowed=status.docmdp_ok is True,
        trust=_trust(status, signer),
        certificate_problem=_certificate_problem(certificate, status, claimed_at),
    )


def _in_a_zone(claimed_at: datetime | None) -> datetime | None:
    """PDF dates may lack a zone; ISO 32000 leaves it unknown then, we take UTC."""
    if claimed_at is None or claimed_at.tzinfo is not None:
        return claimed_at
    return claimed_at.replace(tzinfo=UTC)


def _changes(status: PdfSignatureStatus) -> Changes:
    level = status.modification_level
    return Changes.OTHER if level is None else _CHANGES.get(level, Changes.OTHER)


def _trust(status: PdfSignatureStatus, signer: CertificateFacts) -> Trust:
    if status.trusted:
        return Trust.TRUSTED
    return Trust.TRIAL if signer.is_trial else Trust.UNKNOWN


def _certificate_problem(
    certificate: bytes, status: PdfSignatureStatus, claimed_at: datetime | None
) -> CertificateProblem | None:
    if claimed_at is None:
        return CertificateProblem.TIME_MISSING
    if status.md_algorithm not in _STRONG_DIGESTS:
        return CertificateProblem.WEAK
    return find_problem(certificate, claimed_at)


def _end(signature: EmbeddedPdfSignature) -> int:
    """The offset in the file up to which the signature covers it."""
    _, _, after_gap, rest = (int(number) for number in signature.byte_range)
    return after_gap + rest


def _fills_its_gap(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the only bytes left out of the signed range are the signature's own.

    pyHanko adds up lengths; here the gap is compared byte for byte: the message, then zeros.
    """
    start, gap_at, after_gap, _ = (int(number) for number in signature.byte_range)
    content = signature.pkcs7_content
    message = cms.ContentInfo({"content_type": "signed_data", "content": signature.signed_data})
    written = content.hex()
    return (
        start == 0
        and content == message.dump().ljust(len(content), b"\0")
        and pdf[gap_at:after_gap] in (f"<{written}>".encode(), f"<{written.upper()}>".encode())
    )


def _is_plain(signature: EmbeddedPdfSignature) -> bool:
    """Whether the parts of the message that no signature covers have their one right value.

    They repeat what signed parts say (RFC 5652, section 5) and readers are lax with them; held to
    their value, no byte of the file can change unnoticed.
    """
    message, signer = signature.signed_data, signature.signer_info
    digest, certificate = signer["digest_algorithm"], signature.signer_cert
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return (
        message["version"].dump() == _VERSION_1
        and message["digest_algorithms"].dump() == cms.DigestAlgorithms([digest]).dump()
        and signer["version"].dump() == _VERSION_1
        and signer["sid"].chosen.dump() == cms.IssuerAndSerialNumber(named).dump()
        and digest["parameters"].dump() in (b"", _NULL)
    )
