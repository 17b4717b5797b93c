"""The certificates that a signed PDF of ours carries, for whoever wants to trace its signers."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from asn1crypto import pem
from pyhanko.pdf_utils.reader import PdfFileReader

from assessor_app.signing.certificate import read_certificate


@dataclass(frozen=True, slots=True)
class Carried:
    """A certificate: whom it names, its SHA-256 (hex), and its DER."""

    name: str
    fingerprint: str
    is_trial: bool
    der: bytes


def carried_certificates(pdf: bytes) -> tuple[Carried, ...]:
    """The signers' certificates of a document of ours, oldest signature first, each once.

    The file is one that we signed and kept: nothing is judged here.
    """
    found = (one.signer_cert.dump() for one in PdfFileReader(BytesIO(pdf)).embedded_signatures)
    return tuple(carried(der) for der in dict.fromkeys(found))


def carried(encoded: bytes) -> Carried:
    """What a certificate says, PEM or DER. Raises ValueError for bytes that are none."""
    der = pem.unarmor(encoded)[2] if pem.detect(encoded) else encoded
    facts = read_certificate(der)
    return Carried(facts.common_name, hashlib.sha256(der).hexdigest(), facts.is_trial, der)
