"""A few bytes sealed as a whole, behind a random nonce: AES-256-GCM. Files go by stream.py."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


class BrokenSeal(ValueError):  # noqa: N818 - it names what is broken, as Problem does
    """Nothing that was sealed, cut or changed, under another key, or bound to another name."""


def boxed(plain: bytes, *, key: bytes, bound: bytes) -> bytes:
    """Seal bytes; what they are `bound` to is authenticated with them, not stored."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unboxed(sealed: bytes, *, key: bytes, bound: bytes) -> bytes:
    """The plain bytes. Raises BrokenSeal."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)
    except (InvalidTag, ValueError) as error:  # ValueError: shorter than a nonce
        raise BrokenSeal("it does not open") from error
