"""Headquarters' own authority: its root certificate, and the certificates that it issues."""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID

from assessor_app.domain.passphrase import is_blank
from assessor_app.domain.problem import IdentityProblem
from assessor_app.signing.certificate import UNREADABLE, find_problem
from assessor_app.signing.identity import (
    SIGNS_DOCUMENTS,
    Holder,
    opened_seal,
    sealed_by,
)
from assessor_app.signing.subject import holder_subject, storable

_ROOT_DAYS, LEAF_DAYS = 3652, 731
"""How long a root holds (ten years), and a certificate that it issues (two)."""
_CLOCK_SKEW = timedelta(minutes=5)
_COUNTRY = "ID"
_SIGNS_CERTIFICATES = x509.KeyUsage(
    digital_signature=True,  # of the trust list
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)
_ENOUGH_FOR_LEAVES = x509.BasicConstraints(ca=True, path_length=0)
_NO_AUTHORITY = x509.BasicConstraints(ca=False, path_length=None)


def make_root(*, name: str, office: str, passphrase: str, now: datetime) -> bytes:
    """A new P-256 authority that has issued itself, as passphrase-sealed PKCS#12.

    Raises IdentityProblem `identity_passphrase_empty` or `identity_name_empty`.
    """
    if is_blank(passphrase):
        raise IdentityProblem("identity_passphrase_empty")
    told = {
        NameOID.COUNTRY_NAME: _COUNTRY,
        NameOID.ORGANIZATION_NAME: storable(office),
        NameOID.COMMON_NAME: storable(name),
    }
    if not told[NameOID.COMMON_NAME]:
        raise IdentityProblem("identity_name_empty", name=name)
    subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in told.items() if text])
    key = ec.generate_private_key(ec.SECP256R1())
    root = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + timedelta(days=_ROOT_DAYS))
        .add_extension(_ENOUGH_FOR_LEAVES, critical=True)
        .add_extension(_SIGNS_CERTIFICATES, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        storable(name).encode(), key, root, None, sealed_by(passphrase)
    )


def opened_root(p12: bytes, passphrase: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """The root's key and certificate. Raises IdentityProblem as `opened_seal` does."""
    opened = opened_seal(p12, passphrase)
    if not isinstance(opened.key, ec.EllipticCurvePrivateKey) or opened.cert is None:
        raise IdentityProblem("identity_without_key")
    return opened.key, opened.cert.certificate


def read_request(content: bytes) -> tuple[x509.CertificateSigningRequest, Holder]:
    """A request whose signature proves that who asks has the key, and for whom it asks.

    Raises IdentityProblem `request_unreadable` or `request_forged`.
    """
    try:
        request = x509.load_pem_x509_csr(content)
        name = _told(request, NameOID.COMMON_NAME)
        office = _told(request, NameOID.ORGANIZATION_NAME)
        holder = Holder(name, office, _told(request, NameOID.SERIAL_NUMBER) or None)
        is_proven = request.is_signature_valid
    except (InvalidSignature, *UNREADABLE) as error:
        raise IdentityProblem("request_unreadable") from error
    if not is_proven:
        raise IdentityProblem("request_forged", name=name)
    return request, holder


def issue(
    request: x509.CertificateSigningRequest,
    holder: Holder,
    *,
    by: tuple[ec.EllipticCurvePrivateKey, x509.Certificate],
    now: datetime,
    days: int = LEAF_DAYS,
) -> x509.Certificate:
    """The certificate of a holder who asked, for signing documents and nothing else.

    Nothing but name and key is taken from the request. Raises IdentityProblem `request_weak` for a
    key that no document may be signed with, or what `holder_subject` raises.
    """
    key, root = by
    public = request.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise IdentityProblem("request_weak", name=holder.name)
    subject = holder_subject(
        name=holder.name, office=holder.office, employee_id=holder.employee_id or ""
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(root.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(min(now + timedelta(days=days), root.not_valid_after_utc))
        .add_extension(SIGNS_DOCUMENTS, critical=True)
        .add_extension(_NO_AUTHORITY, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    if find_problem(made.public_bytes(Encoding.DER), now) is not None:
        raise IdentityProblem("request_weak", name=holder.name)
    return made


def _told(request: x509.CertificateSigningRequest, oid: x509.ObjectIdentifier) -> str:
    found = request.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
