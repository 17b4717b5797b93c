"""Signing identities: a key and its certificate, made on the device and kept as PKCS#12."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from asn1crypto.pkcs12 import Pfx
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from assessor_app.domain.passphrase import is_blank, passphrase_bytes
from assessor_app.domain.problem import IdentityProblem
from assessor_app.signing.certificate import TRIAL_POLICY, find_problem, read_certificate
from assessor_app.signing.subject import storable, trial_subject

_KDF_ROUNDS = 600_000  # PBKDF2-HMAC-SHA256, OWASP 2023
_CLOCK_SKEW = timedelta(minutes=5)
SIGNS_DOCUMENTS = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
"""What the key of an assessor is for, and nothing else: readers demand the second."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom an identity is made for. `employee_id` is the NIP, where there is one."""

    name: str
    office: str
    employee_id: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """An unlocked identity: what its certificate says, and what it takes to sign.

    `issuer` is the common name of who issued the certificate, `fingerprint` its SHA-256, hex.
    `certificate`, `chain` (the issuers, if any) and `key` (PKCS#8) are DER; they stay out of any
    log. Keep it no longer than a signature takes.
    """

    common_name: str
    organization: str
    employee_id: str
    issuer: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    is_trial: bool
    certificate: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    key: bytes = field(repr=False)


def make_trial_identity(
    *, holder: Holder, passphrase: str, now: datetime, days: int = 365
) -> bytes:
    """A new P-256 key with a self-issued trial certificate, as passphrase-sealed PKCS#12.

    What of a name does not fit into a certificate, `subject.storable` says.
    Raises IdentityProblem `identity_passphrase_empty`, or what `trial_subject` raises.
    """
    if is_blank(passphrase):
        raise IdentityProblem("identity_passphrase_empty")
    subject = trial_subject(
        name=holder.name, office=holder.office, employee_id=holder.employee_id or ""
    )
    key = ec.generate_private_key(ec.SECP256R1())
    return pkcs12.serialize_key_and_certificates(
        name=storable(holder.name).encode(),
        key=key,
        cert=_issue_to_itself(key, subject, now=now, days=days),
        cas=None,
        encryption_algorithm=sealed_by(passphrase),
    )


def load_identity(p12: bytes, passphrase: str, *, now: datetime) -> Identity:
    """Unlock an identity and make sure that it may sign now.

    Raises IdentityProblem `identity_unreadable`, `identity_passphrase_wrong`,
    `identity_without_key`, or what `require_fit` raises.
    """
    identity = open_expired_too(p12, passphrase)
    require_fit(identity, now)
    return identity


def open_expired_too(p12: bytes, passphrase: str) -> Identity:
    """Unlock an identity, also one that signs nothing any more. Raises as `load_identity`."""
    opened = opened_seal(p12, passphrase)
    if opened.key is None or opened.cert is None:
        raise IdentityProblem("identity_without_key")
    certificate = opened.cert.certificate.public_bytes(Encoding.DER)
    facts = read_certificate(certificate)
    return Identity(
        common_name=facts.common_name,
        organization=facts.organization,
        employee_id=facts.employee_id,
        issuer=facts.issuer,
        fingerprint=facts.fingerprint,
        not_before=facts.not_before,
        not_after=facts.not_after,
        is_trial=facts.is_trial,
        certificate=certificate,
        chain=tuple(
            issuer.certificate.public_bytes(Encoding.DER) for issuer in opened.additional_certs
        ),
        key=opened.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
    )


def require_fit(identity: Identity, at: datetime) -> None:
    """Make sure that the identity can back a signature made at that instant.

    Raises IdentityProblem `identity_weak`, `identity_wrong_usage`, `identity_not_yet_valid` or
    `identity_expired`, with the holder's name and the bounds in local time.
    """
    problem = find_problem(identity.certificate, at)
    if problem is not None:
        raise IdentityProblem(
            f"identity_{problem}",
            name=identity.common_name,
            not_before=identity.not_before.astimezone(),
            not_after=identity.not_after.astimezone(),
        )


def resealed(p12: bytes, old: str, new: str) -> bytes:
    """The same key and certificates under another passphrase.

    Raises IdentityProblem `identity_passphrase_empty`, or as `load_identity` does.
    """
    if is_blank(new):
        raise IdentityProblem("identity_passphrase_empty")
    opened = opened_seal(p12, old)
    return pkcs12.serialize_key_and_certificates(
        name=opened.cert.friendly_name if opened.cert else None,
        key=signing_key(opened),
        cert=opened.cert.certificate if opened.cert else None,
        cas=[one.certificate for one in opened.additional_certs],
        encryption_algorithm=sealed_by(new),
    )


def signing_key(
    opened: pkcs12.PKCS12KeyAndCertificates,
) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    """The key of an opened identity. Raises IdentityProblem `identity_without_key`."""
    if not isinstance(opened.key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise IdentityProblem("identity_without_key")
    return opened.key


def opened_seal(p12: bytes, passphrase: str) -> pkcs12.PKCS12KeyAndCertificates:
    """What is in a PKCS#12. Raises IdentityProblem as `load_identity` does."""
    try:
        is_pkcs12 = Pfx.load(p12)["auth_safe"]["content_type"].native == "data"
    except (ValueError, TypeError):
        is_pkcs12 = False
    if not is_pkcs12:
        raise IdentityProblem("identity_unreadable")
    try:
        return pkcs12.load_pkcs12(p12, passphrase_bytes(passphrase))
    except UnsupportedAlgorithm as unsupported:
        raise IdentityProblem("identity_unreadable") from unsupported
    except ValueError as refused:
        # A damaged seal and a wrong passphrase look alike: the MAC differs in both.
        raise IdentityProblem("identity_passphrase_wrong") from refused


def _issue_to_itself(
    key: ec.EllipticCurvePrivateKey, subject: x509.Name, *, now: datetime, days: int
) -> x509.Certificate:
    mark = x509.CertificatePolicies([x509.PolicyInformation(TRIAL_POLICY, None)])
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A laptop clock that is set back after enrolment must not make the identity unusable.
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(SIGNS_DOCUMENTS, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(mark, critical=False)
        .sign(key, hashes.SHA256())
    )


def sealed_by(passphrase: str) -> KeySerializationEncryption:
    """How everything is sealed that holds a signing key."""
    return (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_KDF_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase_bytes(passphrase))
    )
