"""What can be said of the signatures in a PDF, without asking any network."""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from io import BytesIO
from typing import TypeVar

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import (
    DocumentTimestampStatus,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    read_certification_data,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko_certvalidator import ValidationContext

from assessor_app.domain.problem import IdentityProblem, IssueProblem
from assessor_app.signing.certificate import (
    CertificateFacts,
    CertificateProblem,
    find_problem,
    read_certificate,
)
from assessor_app.signing.covering import end, leaves_nothing_out
from assessor_app.signing.updates import OnlySignatures

# pyHanko logs what it refuses; without a handler Python would print that to the user's terminal.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_STRONG_DIGESTS = frozenset({"sha256", "sha384", "sha512"})
_TIMESTAMP = "/DocTimeStamp"
_MOST_SIGNATURES = 32  # each costs time; ours have some ten

_Status = PdfSignatureStatus | DocumentTimestampStatus


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
    """One signature, or a timestamp of the whole document (`is_timestamp`).

    `signer` is None where the certificate cannot be read. `claimed_at` is what the signer's
    computer said, of a timestamp what its issuer says. `certifies` says that it carries a rule on
    what may follow (DocMDP), as the first of ours does and no other. `intact` is the
    cryptographic answer: the bytes that the signature covers are those that were signed.
    `changes_allowed` weighs `changes` against what the signature permits.
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
    certifies: bool = False
    is_timestamp: bool = False

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
class _Grounds:
    """What signatures are judged by: pinned roots, and what of the file's updates is allowed."""

    anchors: Sequence[x509.Certificate]
    updates: OnlySignatures


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """All signatures, oldest first.

    `certified` says that the first one certifies the document at DocMDP level 2 (nothing but form
    fields and signatures may follow) and that the catalogue names it. `empty_fields` are the
    signature fields that nobody has filled.
    """

    encrypted: bool
    certified: bool
    signatures: tuple[SignatureFacts, ...]
    empty_fields: tuple[str, ...] = ()


def check_signatures(
    pdf: bytes, *, roots: Sequence[bytes], by_others: Collection[str] = ()
) -> SignatureReport:
    """Check every signature against the pinned roots (certificates as PEM or DER).

    `by_others` are the fields that other software may fill, and write its own ways in doing so.
    Never touches the network: revocation is unknown here. Raises IssueProblem `pdf_unreadable`
    for bytes that are no sound PDF, `pdf_too_heavy` for more signatures than any document of ours
    can have, IdentityProblem `root_unreadable` for a root that is none.
    """
    anchors = [_root(root) for root in roots]
    grounds = _Grounds(anchors, OnlySignatures(by_others=by_others))
    report = _attempt(lambda: _report(pdf, grounds))
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
    except IssueProblem:
        raise
    # Assertions, attributes of the wrong type, recursion: a verifier has to answer them all.
    except Exception as fault:  # noqa: BLE001 - what parsers run into over hostile bytes
        _log.info("unreadable part of a document", exc_info=fault)
        return None


def _report(pdf: bytes, grounds: _Grounds) -> SignatureReport:
    document = PdfFileReader(BytesIO(pdf))
    if document.encrypted:
        return SignatureReport(encrypted=True, certified=False, signatures=())
    fields = [(str(name), value is not None) for name, value, _ in enumerate_sig_fields(document)]
    if sum(is_filled for _, is_filled in fields) > _MOST_SIGNATURES:
        raise IssueProblem("pdf_too_heavy", what="signatures")
    found = sorted(_read_signatures(document), key=lambda read: read.revision)
    return SignatureReport(
        encrypted=False,
        certified=bool(found) and _certifies(found[0].signature, document),
        signatures=tuple(_facts(read, pdf=pdf, grounds=grounds) for read in found),
        empty_fields=tuple(name for name, is_filled in fields if not is_filled),
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


def _facts(read: _Read, *, pdf: bytes, grounds: _Grounds) -> SignatureFacts:
    signature = read.signature
    facts = None
    if signature is not None:
        facts = _attempt(lambda: _examine(read.field, signature, pdf=pdf, grounds=grounds))
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
    field: str, signature: EmbeddedPdfSignature, *, pdf: bytes, grounds: _Grounds
) -> SignatureFacts:
    certificate: bytes = signature.signer_cert.dump()
    signer = read_certificate(certificate)
    is_timestamp = signature.sig_object.get("/Type") == _TIMESTAMP
    claimed_at = _stamped_at(signature) if is_timestamp else _told_time(signature)
    status = _status(signature, grounds, at=claimed_at)
    return SignatureFacts(
        field=field,
        signer=signer,
        claimed_at=claimed_at,
        intact=status.intact and status.valid and leaves_nothing_out(signature, pdf),
        covers_whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and _ends_at(signature, pdf),
        changes=_changes(status),
        # A timestamp permits what the signatures before it do; pyHanko leaves that open.
        changes_allowed=_changes(status) is not Changes.OTHER
        if is_timestamp
        else status.docmdp_ok is True,
        trust=_trust(status, signer),
        certificate_problem=_certificate_problem(certificate, status, claimed_at),
        certifies=_names_docmdp(signature),
        is_timestamp=is_timestamp,
    )


def _status(signature: EmbeddedPdfSignature, grounds: _Grounds, *, at: datetime | None) -> _Status:
    context = ValidationContext(trust_roots=list(grounds.anchors), moment=at, allow_fetching=False)
    if signature.sig_object.get("/Type") == _TIMESTAMP:
        return validate_pdf_timestamp(signature, context, diff_policy=grounds.updates)
    return validate_pdf_signature(signature, context, diff_policy=grounds.updates)


def _ends_at(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether what the signature covers ends where the file ends."""
    return _attempt(lambda: end(signature)) == len(pdf)


def _names_docmdp(signature: EmbeddedPdfSignature) -> bool:
    """Whether the signature carries a rule on later changes, well written or not."""
    references = signature.sig_object.get("/Reference", ())
    return any(one.get_object().get("/TransformMethod") == "/DocMDP" for one in references)


def _stamped_at(signature: EmbeddedPdfSignature) -> datetime:
    """What a timestamp's issuer attests (RFC 3161, section 2.4.2)."""
    token = signature.signed_data["encap_content_info"]["content"].parsed
    stamped_at: datetime = token["gen_time"].native
    return stamped_at


def _told_time(signature: EmbeddedPdfSignature) -> datetime | None:
    """What the signer's computer said; a PDF date may lack a zone, then UTC is meant."""
    claimed_at: datetime | None = signature.self_reported_timestamp
    if claimed_at is None or claimed_at.tzinfo is not None:
        return claimed_at
    return claimed_at.replace(tzinfo=UTC)


def _changes(status: _Status) -> Changes:
    level = status.modification_level
    return Changes.OTHER if level is None else _CHANGES.get(level, Changes.OTHER)


def _trust(status: _Status, signer: CertificateFacts) -> Trust:
    if status.trusted:
        return Trust.TRUSTED
    return Trust.TRIAL if signer.is_trial else Trust.UNKNOWN


def _certificate_problem(
    certificate: bytes, status: _Status, claimed_at: datetime | None
) -> CertificateProblem | None:
    if claimed_at is None:
        return CertificateProblem.TIME_MISSING
    if status.md_algorithm not in _STRONG_DIGESTS:
        return CertificateProblem.WEAK
    return find_problem(certificate, claimed_at)
