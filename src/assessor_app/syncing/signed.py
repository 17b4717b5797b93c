"""A signed body as one line: the Ed25519 signature in hex, a blank, and the canonical JSON."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from assessor_app.domain.event import Json, canonical

Sign = Callable[[bytes], bytes]
"""Makes the signature over bytes: `Ed25519PrivateKey.sign`."""

_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Signed:
    """What is signed; `domain` is set before the body, so that it is taken for nothing else."""

    domain: bytes
    body: bytes
    signature: bytes

    @property
    def line(self) -> bytes:
        return self.signature.hex().encode() + b" " + self.body

    @property
    def sha256(self) -> str:
        """Of the body, hex."""
        return hashlib.sha256(self.body).hexdigest()

    def is_by(self, public_key: str) -> bool:
        """Whether the holder of a public key (hex) signed it."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
            key.verify(self.signature, self.domain + self.body)
        except (InvalidSignature, ValueError):
            return False
        return True


def signed(domain: bytes, value: Json, sign: Sign) -> Signed:
    """Sign the canonical form of a value."""
    body = canonical(value)
    return Signed(domain, body, sign(domain + body))


def read_signed(domain: bytes, line: bytes) -> tuple[Signed, dict[str, Json]]:
    """What is signed, and what it says: an object in canonical form. The signature is not checked.

    Raises ValueError where it is no such line.
    """
    try:
        told, _, body = line.partition(b" ")
        signature, value = bytes.fromhex(told.decode("ascii")), json.loads(body)
        is_ours = isinstance(value, dict) and canonical(value) == body
    except (ValueError, RecursionError) as error:
        raise ValueError("no signed line") from error
    if not is_ours or len(signature) != _SIGNATURE_BYTES:
        raise ValueError("no signed line")
    return Signed(domain, body, signature), value
