"""What a signing certificate says about its holder, and whether it is fit to sign."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

TRIAL_POLICY = x509.ObjectIdentifier("2.25.318160630335138555634291313511755981356")
"""The certificate policy that marks a trial identity.

The UUID arc (ITU-T X.667) needs no registration; the number is a UUID made once for this product.
A certificate is a trial where it is self-issued and carries this policy.
"""

_WEAK_DIGESTS = (hashes.MD5, hashes.SHA1)
UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What a certificate, or a part of one, raises that says nothing which could be relied upon."""
_CURVES = ("secp256r1", "secp384r1")
_SMALLEST_RSA_KEY = 3072  # bits
# "No end" is the last second of the year 9999 (RFC 5280): no clock east of Greenwich can show it.
_EARLIEST = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
_LATEST = datetime.max.replace(tzinfo=UTC, microsecond=0) - timedelta(days=1)


class CertificateProblem(StrEnum):
    """Why a certificate cannot stand behind a signature made at a given time."""

    WEAK = "weak"
    WRONG_USAGE = "wrong_usage"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    TIME_MISSING = "time_missing"  # the signature does not say when it was made


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Holder and validity as the certificate states them; an attribute that it lacks is empty.

    `issuer` is the common name of who issued it, `fingerprint` its SHA-256, hex. The bounds are
    instants that can be told in any time zone.
    """

    common_name: str
    organization: str
    employee_id: str
    issuer: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    is_trial: bool


def read_certificate(der: bytes) -> CertificateFacts:
    """The facts of a certificate. Raises ValueError for bytes that are none."""
    certificate = _loaded(der)
    return CertificateFacts(
        common_name=_attribute(certificate.subject, NameOID.COMMON_NAME),
        organization=_attribute(certificate.subject, NameOID.ORGANIZATION_NAME),
        employee_id=_attribute(certificate.subject, NameOID.SERIAL_NUMBER),
        issuer=_attribute(certificate.issuer, NameOID.COMMON_NAME),
        fingerprint=hashlib.sha256(der).hexdigest(),
        not_before=max(certificate.not_valid_before_utc, _EARLIEST),
        not_after=min(certificate.not_valid_after_utc, _LATEST),
        is_trial=_is_self_issued(certificate) and _carries_trial_mark(certificate),
    )


def find_problem(der: bytes, at: datetime, *, authority: bool = False) -> CertificateProblem | None:
    """The first reason why the certificate cannot back a signature made at that instant.

    An `authority` signs certificates, no documents. Raises ValueError for bytes that are no
    certificate.
    """
    certificate = _loaded(der)
    if not _is_strong(certificate):
        return CertificateProblem.WEAK
    if not (is_authority(certificate) if authority else _may_sign_documents(certificate)):
        return CertificateProblem.WRONG_USAGE
    if at < certificate.not_valid_before_utc:
        return CertificateProblem.NOT_YET_VALID
    if at > certificate.not_valid_after_utc:
        return CertificateProblem.EXPIRED
    return None


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether the certificate may issue others (RFC 5280, basic constraints and key usage)."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        if not found.ca:
            return False
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound as missing:
        return missing.oid == x509.KeyUsage.oid  # without one nothing is forbidden
    except UNREADABLE:
        return False
    return usage.key_cert_sign


def _loaded(der: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(der)
    except x509.InvalidVersion as error:
        raise ValueError("no certificate of a known version") from error


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _is_self_issued(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _carries_trial_mark(certificate: x509.Certificate) -> bool:
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return False
    return any(policy.policy_identifier == TRIAL_POLICY for policy in policies)


def _is_strong(certificate: x509.Certificate) -> bool:
    """P-256, P-384 or RSA from 3072 bits; poppler cannot read Ed25519 signatures in a PDF."""
    return _is_strong_key(certificate) and _is_signed_strongly(certificate)


def _is_signed_strongly(certificate: x509.Certificate) -> bool:
    """Whether nobody can make a second certificate under the same signature of its issuer."""
    try:
        return not isinstance(certificate.signature_hash_algorithm, _WEAK_DIGESTS)
    except UNREADABLE:
        return False


def _is_strong_key(certificate: x509.Certificate) -> bool:
    try:
        public = certificate.public_key()
    except UNREADABLE:
        return False
    match public:
        case ec.EllipticCurvePublicKey() as key:
            return key.curve.name in _CURVES
        case rsa.RSAPublicKey() as key:
            return key.key_size >= _SMALLEST_RSA_KEY
        case _:
            return False


def _may_sign_documents(certificate: x509.Certificate) -> bool:
    """Non-repudiation is what a signature under a finding means; readers demand the bit."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return False
    return usage.content_commitment
