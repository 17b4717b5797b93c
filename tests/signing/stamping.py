"""A timestamp server that answers in this process, and a document stamped by it."""

from functools import cache
from io import BytesIO

from asn1crypto import keys, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from tests.signing.people import NOW, YEAR, Authority


class _Writer(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """As the product writes: the metadata stay as they were built."""


def timestamped(pdf: bytes, authority: Authority, *, field: str = "StempelWaktu1") -> bytes:
    """The document with a timestamp, by a server of the authority, in a prepared field."""
    stamper = PdfTimeStamper(server(authority), field_name=field)
    stamped = stamper.timestamp_pdf(_Writer(BytesIO(pdf)), "sha256")
    return bytes(stamped.getvalue())


@cache
def server(authority: Authority) -> DummyTimeStamper:
    """A server whose certificate is of the authority."""
    key = rsa.generate_private_key(65537, 2048)  # all that the stamper can sign with
    subject = pyca.Name([pyca.NameAttribute(NameOID.COMMON_NAME, "Stempel Waktu Uji")])
    certificate = (
        pyca.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(pyca.random_serial_number())
        .not_valid_before(NOW - YEAR)
        .not_valid_after(NOW + YEAR)
        .add_extension(pyca.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(authority.key, hashes.SHA256())
    )
    sealed = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(sealed),
        fixed_dt=NOW,
    )
