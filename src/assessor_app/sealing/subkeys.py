"""Of one secret a key of its own for each purpose (HKDF-SHA256)."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32


def subkey(secret: bytes, purpose: str, *, salt: bytes | None = None) -> bytes:
    """The 32-byte key of a purpose, another one for each salt."""
    info = f"assessor-app/{purpose}".encode()
    return HKDF(SHA256(), _KEY_BYTES, salt, info).derive(secret)
