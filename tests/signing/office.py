"""Headquarters' own small authority: a root, what issues below it, and answers to requests."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from tests.signing.people import NOW, YEAR, Authority

from assessor_app.signing.identity import SIGNS_DOCUMENTS


@dataclass(frozen=True)
class Office:
    """Root, and the authority below it that signs what assessors ask for."""

    root: Authority = field(default_factory=lambda: Authority("Akar Ombudsman RI"))

    @cached_property
    def issuing(self) -> Authority:
        return Authority("Penerbit Ombudsman RI", above=self.root)

    @cached_property
    def root_certificate(self) -> x509.Certificate:
        return self.root.certificate()

    @cached_property
    def issuing_certificate(self) -> x509.Certificate:
        return self.issuing.certificate()

    def renewed(self, *, end: datetime) -> x509.Certificate:
        """The issuing authority's other certificate, of the same name and key."""
        return (
            x509.CertificateBuilder()
            .subject_name(self.issuing.subject)
            .issuer_name(self.root.subject)
            .public_key(self.issuing.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - 2 * YEAR)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self.root.key, hashes.SHA256())
        )

    def answer(
        self,
        csr: bytes,
        *,
        name: str | None = None,
        number: str | None = None,
        key: ec.EllipticCurvePublicKey | None = None,
        start: datetime = NOW - timedelta(days=1),
        end: datetime = NOW + YEAR,
        authority: bool = False,
        usage: x509.KeyUsage = SIGNS_DOCUMENTS,
    ) -> x509.Certificate:
        """The certificate that a request asks for, or another one where something is given."""
        asked = x509.load_pem_x509_csr(csr)
        public = key or asked.public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)
        given = {NameOID.COMMON_NAME: name, NameOID.SERIAL_NUMBER: number}
        subject = x509.Name(
            x509.NameAttribute(one.oid, given.get(one.oid) or str(one.value))
            for one in asked.subject
        )
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.issuing.subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(usage, critical=True)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .sign(self.issuing.key, hashes.SHA256())
        )


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def bundle(*certificates: x509.Certificate, encoding: Encoding = Encoding.DER) -> bytes:
    """Certificates alone as PKCS#7, as many authorities send them."""
    return pkcs7.serialize_certificates(list(certificates), encoding)
