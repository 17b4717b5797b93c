"""The recovery key of headquarters: an X25519 pair, its files and its fingerprint."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from assessor_app.domain.passphrase import passphrase_bytes
from assessor_app.domain.problem import StoreProblem

_ROUNDS = 600_000  # PBKDF2-HMAC-SHA256, OWASP 2023; the library's own default is 2,048
_KEY_BYTES = 32
_SALT_BYTES = 16
_BLOCK_BYTES = 16


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves as files: the private one as PKCS#8 PEM under a passphrase."""

    private: bytes = field(repr=False)
    public: bytes
    fingerprint: str


def new_key_pair(passphrase: str) -> KeyPair:
    """Make a recovery key. Raises StoreProblem `passphrase_unreadable`."""
    private = X25519PrivateKey.generate()
    public = private.public_key()
    return KeyPair(
        private=_sealed_pem(private, passphrase),
        public=public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        fingerprint=fingerprint(public.public_bytes_raw()),
    )


def fingerprint(public_key: bytes) -> str:
    """SHA-256 of the 32 raw bytes, in hex: what two people compare over the telephone."""
    return hashlib.sha256(public_key).hexdigest()


def read_public_key(content: bytes) -> X25519PublicKey:
    """The public half from a PEM file, or from its 32 raw bytes as base64.

    Raises StoreProblem `recovery_key_unreadable`.
    """
    try:
        if content.lstrip().startswith(b"-----BEGIN"):
            key = load_pem_public_key(content.lstrip())
        else:
            raw = base64.b64decode(b"".join(content.split()), validate=True)
            key = X25519PublicKey.from_public_bytes(raw)
    except (ValueError, UnsupportedAlgorithm, binascii.Error) as error:
        raise StoreProblem("recovery_key_unreadable") from error
    if not isinstance(key, X25519PublicKey):
        raise StoreProblem("recovery_key_unreadable")
    usable_public_key(key)
    return key


def usable_public_key(key: X25519PublicKey) -> None:
    """Refuse a point of small order: anybody could open what is sealed to it.

    Raises StoreProblem `recovery_key_unreadable`.
    """
    try:
        X25519PrivateKey.generate().exchange(key)
    except ValueError as error:
        raise StoreProblem("recovery_key_unreadable") from error


def read_private_key(content: bytes, passphrase: str) -> X25519PrivateKey:
    """The private half from its PEM file.

    Raises StoreProblem `recovery_private_unreadable` or `recovery_passphrase_wrong`.
    """
    secret = passphrase_bytes(passphrase)
    if b"ENCRYPTED PRIVATE KEY" not in content:
        raise StoreProblem("recovery_private_unreadable")
    try:
        key = load_pem_private_key(content, secret)
    except (ValueError, TypeError) as error:
        # A damaged file and a wrong passphrase look alike: the padding differs in both.
        raise StoreProblem("recovery_passphrase_wrong") from error
    except UnsupportedAlgorithm as error:
        raise StoreProblem("recovery_private_unreadable") from error
    if not isinstance(key, X25519PrivateKey):
        raise StoreProblem("recovery_private_unreadable")
    return key


def _sealed_pem(private: X25519PrivateKey, passphrase: str) -> bytes:
    """PKCS#8 under PBES2 (RFC 8018), with rounds that a guesser feels."""
    from asn1crypto import algos, keys, pem

    salt, vector = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_BLOCK_BYTES)
    derived = PBKDF2HMAC(hashes.SHA256(), _KEY_BYTES, salt, _ROUNDS)
    key = derived.derive(passphrase_bytes(passphrase))
    padder = padding.PKCS7(_BLOCK_BYTES * 8).padder()
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    sealed = cipher.update(padder.update(plain) + padder.finalize()) + cipher.finalize()
    kdf = {
        "salt": algos.Pbkdf2Salt(name="specified", value=salt),
        "iteration_count": _ROUNDS,
        "prf": {"algorithm": "sha256"},
    }
    scheme = {
        "key_derivation_func": {"algorithm": "pbkdf2", "parameters": kdf},
        "encryption_scheme": {"algorithm": "aes256_cbc", "parameters": vector},
    }
    info = keys.EncryptedPrivateKeyInfo(
        {
            "encryption_algorithm": {"algorithm": "pbes2", "parameters": scheme},
            "encrypted_data": sealed,
        }
    )
    return bytes(pem.armor("ENCRYPTED PRIVATE KEY", info.dump()))
