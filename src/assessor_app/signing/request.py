"""A certificate request (PKCS#10): a key made on the device, asking for headquarters' word on it.

The key never leaves: it waits under the holder's passphrase until the answer comes, and signs the
request itself, which proves to headquarters that whoever asks has it.
"""

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12

from assessor_app.domain.passphrase import is_blank
from assessor_app.domain.problem import IdentityProblem
from assessor_app.signing.answer import Answer
from assessor_app.signing.certificate import UNREADABLE
from assessor_app.signing.identity import (
    SIGNS_DOCUMENTS,
    Holder,
    opened_seal,
    sealed_by,
    signing_key,
)
from assessor_app.signing.subject import holder_subject, storable

_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Requested:
    """A request and its key.

    `csr` is PEM, `sealed` the key as PKCS#12 under the holder's passphrase, `key` the SHA-256 (hex)
    of the public key's DER, by which the answer is recognised.
    """

    csr: bytes
    sealed: bytes
    key: str


def make_request(holder: Holder, passphrase: str) -> Requested:
    """A new P-256 key, and the request for its certificate.

    Raises IdentityProblem `identity_passphrase_empty`, or as `holder_subject` does.
    """
    if is_blank(passphrase):
        raise IdentityProblem("identity_passphrase_empty")
    key = ec.generate_private_key(ec.SECP256R1())
    csr = _request(key, holder)
    sealed = pkcs12.serialize_key_and_certificates(
        storable(holder.name).encode(), key, None, None, sealed_by(passphrase)
    )
    return Requested(csr, sealed, key_hash(key.public_key()))


def make_request_again(sealed: bytes, holder: Holder, passphrase: str) -> Requested:
    """The request of a key that waits already. Raises as `make_request` and `opened_seal`."""
    key = signing_key(opened_seal(sealed, passphrase))
    return Requested(_request(key, holder), sealed, key_hash(key.public_key()))


def certified(sealed: bytes, answer: Answer, passphrase: str) -> bytes:
    """The waiting key with the certificate that came for it, sealed as an identity.

    Raises IdentityProblem `answer_of_another_key`, or as `opened_seal` does.
    """
    key = signing_key(opened_seal(sealed, passphrase))
    certificate = x509.load_der_x509_certificate(answer.certificate)
    if key_hash(certificate.public_key()) != key_hash(key.public_key()):
        raise IdentityProblem("answer_of_another_key")
    return pkcs12.serialize_key_and_certificates(
        name=answer.common_name.encode(),
        key=key,
        cert=certificate,
        cas=[x509.load_der_x509_certificate(one) for one in answer.chain] or None,
        encryption_algorithm=sealed_by(passphrase),
    )


def is_for(key: str, certificate: x509.Certificate) -> bool:
    """Whether a certificate is for the public key of this hash."""
    try:
        return key_hash(certificate.public_key()) == key
    except UNREADABLE:
        return False


def key_hash(public: object) -> str:
    """The SHA-256 (hex) of a public key's DER; of no kind that could sign, empty."""
    if not isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        return ""
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def _request(key: _Key, holder: Holder) -> bytes:
    subject = holder_subject(
        name=holder.name, office=holder.office, employee_id=holder.employee_id or ""
    )
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(subject)
        .add_extension(SIGNS_DOCUMENTS, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
