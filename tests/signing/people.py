"""Signers and authorities to test with: real keys, real certificates, cheap passphrase rounds."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    KeySerializationEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from assessor_app.signing.identity import Holder, Identity, load_identity, make_trial_identity

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
PASSPHRASE = "kunjungan mendadak"

# Nobody answers there: a verifier that asks would wait, or be caught by a test.
_REVOCATION_LIST = x509.CRLDistributionPoints(
    [
        x509.DistributionPoint(
            full_name=[x509.UniformResourceIdentifier("http://127.0.0.1:9/revoked.crl")],
            relative_name=None,
            reasons=None,
            crl_issuer=None,
        )
    ]
)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class Authority:
    """An authority that issues certificates: a root, or one below a root (`above`)."""

    name: str
    above: "Authority | None" = None
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def subject(self) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])

    def certificate(self) -> x509.Certificate:
        issuer = self.above or self
        start, end = NOW - 2 * YEAR, NOW + 9 * YEAR
        return (
            _builder(self.subject, issuer.subject, self.key, start=start, end=end)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(key_cert_sign=True), critical=True)
            .sign(issuer.key, hashes.SHA256())
        )

    def root(self) -> bytes:
        """Its own certificate, PEM."""
        return self.certificate().public_bytes(Encoding.PEM)

    def p12(
        self,
        name: str,
        *,
        key: Key | None = None,
        start: datetime = NOW - YEAR,
        end: datetime = NOW + YEAR,
        may_sign: bool = True,
    ) -> bytes:
        """A signer's key and certificate, issued by this authority, as PKCS#12."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ombudsman RI"),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
                x509.NameAttribute(NameOID.SERIAL_NUMBER, "19800101 200501 2 001"),
            ]
        )
        certificate = (
            _builder(subject, self.subject, key, start=start, end=end)
            .add_extension(_usage(content_commitment=may_sign), critical=True)
            .add_extension(_REVOCATION_LIST, critical=False)
            .sign(self.key, hashes.SHA256())
        )
        issuers = [self.certificate()] if self.above else None
        return pkcs12.serialize_key_and_certificates(
            b"uji", key, certificate, issuers, cheap_seal()
        )

    def identity(self, name: str) -> Identity:
        return load_identity(self.p12(name), PASSPHRASE, now=NOW)


@cache
def headquarters() -> Authority:
    return Authority("Akar Uji Ombudsman")


@cache
def assessor() -> Identity:
    return headquarters().identity("Siti Nurbaya")


@cache
def colleague() -> Identity:
    return headquarters().identity("Johanis Latuconsina")


@cache
def trial_p12() -> bytes:
    return new_trial_p12()


def new_trial_p12() -> bytes:
    holder = Holder("Siti Nurbaya", "Perwakilan Maluku", "19800101 200501 2 001")
    return make_trial_identity(holder=holder, passphrase=PASSPHRASE, now=NOW)


@cache
def trial() -> Identity:
    return load_identity(trial_p12(), PASSPHRASE, now=NOW)


def cheap_seal() -> KeySerializationEncryption:
    """A seal that opens fast: the product's own 600,000 rounds are tried where they matter."""
    return (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(1000)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(PASSPHRASE.encode())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, *, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )


def _usage(*, key_cert_sign: bool = False, content_commitment: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not key_cert_sign,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
