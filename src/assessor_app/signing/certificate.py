"""What a signing certificate says about its holder, and whether it is fit to sign."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

TRIAL_POLICY = x509.ObjectIdentifier("2.25.318160630335138555634291313511755981356")
"""The certificate policy that marks a trial identity.

The UUID arc (ITU-T X.667) needs no registration; the number is a UUID made once for this product.
A certificate is a trial where it is self-issued and carries this policy.
"""

_CURVES = ("secp256r1", "secp384r1")
_SMALLEST_RSA_KEY = 3072  # bits


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

    `issuer` is the common name of who issued it, `fingerprint` its SHA-256, hex.
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
    certificate = x509.load_der_x509_certificate(der)
    return CertificateFacts(
        common_name=_attribute(certificate.subject, NameOID.COMMON_NAME),
        organization=_attribute(certificate.subject, NameOID.ORGANIZATION_NAME),
        employee_id=_attribute(certificate.subject, NameOID.SERIAL_NUMBER),
        issuer=_attribute(certificate.issuer, NameOID.COMMON_NAME),
        fingerprint=hashlib.sha256(der).hexdigest(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        is_trial=_is_self_issued(certificate) and _carries_trial_mark(certificate),
    )


def find_problem(der: bytes, at: datetime) -> CertificateProblem | None:
    """The first reason why the certificate cannot back a signature made at that instant.

    Raises ValueError for bytes that are no certificate.
    """
    certificate = x509.load_der_x509_certificate(der)
    if not _is_strong(certificate):
        return CertificateProblem.WEAK
    if not _may_sign_documents(certificate):
        return CertificateProblem.WRONG_USAGE
    if at < certificate.not_valid_before_utc:
        return CertificateProblem.NOT_YET_VALID
    if at > certificate.not_valid_after_utc:
        return CertificateProblem.EXPIRED
    return None


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _is_self_issued(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _carries_trial_mark(certificate: x509.Certificate) -> bool:
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return False
    return any(policy.policy_identifier == TRIAL_POLICY for policy in policies)


def _is_strong(certificate: x509.Certificate) -> bool:
    """P-256, P-384 or RSA from 3072 bits; poppler cannot read Ed25519 signatures in a PDF."""
    match certificate.public_key():
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
    except x509.ExtensionNotFound:
        return False
    return usage.content_commitment
