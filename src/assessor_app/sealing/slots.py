"""Slots: a 32-byte secret, sealed once for each passphrase, recovery key or kept key.

A slot is public but for the secret in it. What a slot says of itself (`about`: whose it is, what
it is for) and its parameters are authenticated with the secret: changed, it does not open.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.passphrase import passphrase_bytes
from assessor_app.sealing.cost import Cost, derive
from assessor_app.sealing.recovery_key import fingerprint, usable_public_key

SECRET_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_LEAST_SALT = 8  # bytes: Argon2 takes no less
_TAG_BYTES = 16
_KDF = "argon2id"
_HPKE = "x25519/hkdf-sha256/aes-256-gcm"  # RFC 9180, base mode
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_COST = ("memory_kib", "passes", "lanes")
_RESERVED = frozenset(
    {"kdf", *_COST, "salt", "nonce", "wrapped", "hpke", "key", "public_key", "sealed"}
)

About = Mapping[str, str]
"""What a slot says of itself, in clear: for example {"assessor": id}."""


@dataclass(frozen=True, slots=True)
class PassphraseSlot:
    """A secret that a passphrase opens, through Argon2id and AES-256-GCM."""

    about: About
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes

    def public(self) -> dict[str, Json]:
        """What the passphrase vouches for: the associated data."""
        return {
            **self.about,
            "kdf": _KDF,
            "memory_kib": self.cost.memory_kib,
            "passes": self.cost.passes,
            "lanes": self.cost.lanes,
            "salt": _text(self.salt),
            "nonce": _text(self.nonce),
        }

    def as_json(self) -> dict[str, Json]:
        return {**self.public(), "wrapped": _text(self.wrapped)}


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """A secret that only the private half of a recovery key opens (HPKE)."""

    about: About
    public_key: bytes
    sealed: bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public_key)

    def public(self) -> dict[str, Json]:
        """What is bound to the sealed secret: HPKE's info."""
        return {
            **self.about,
            "hpke": _HPKE,
            "key": self.fingerprint,
            "public_key": _text(self.public_key),
        }

    def as_json(self) -> dict[str, Json]:
        return {**self.public(), "sealed": _text(self.sealed)}


@dataclass(frozen=True, slots=True)
class KeptSlot:
    """A secret that a random key opens, which somebody else keeps (the system's keyring)."""

    about: About
    nonce: bytes
    wrapped: bytes

    def public(self) -> dict[str, Json]:
        return {**self.about, "nonce": _text(self.nonce)}

    def as_json(self) -> dict[str, Json]:
        return {**self.public(), "wrapped": _text(self.wrapped)}


def seal_slot(secret: bytes, passphrase: str, *, cost: Cost, about: About) -> PassphraseSlot:
    """Seal a secret under a passphrase.

    Raises StoreProblem `passphrase_unreadable` or `memory_short`.
    """
    _require_sealable(secret, about)
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    key = derive(passphrase_bytes(passphrase), salt, cost)
    bare = PassphraseSlot(about, cost, salt, nonce, b"")
    wrapped = AESGCM(key).encrypt(nonce, secret, canonical(bare.public()))
    return PassphraseSlot(about, cost, salt, nonce, wrapped)


def open_slot(slot: PassphraseSlot, passphrase: str) -> bytes | None:
    """The secret, or None where the passphrase is another one or the slot was changed.

    Raises StoreProblem `passphrase_unreadable` or `memory_short`.
    """
    key = derive(passphrase_bytes(passphrase), slot.salt, slot.cost)
    return _opened(key, slot.nonce, slot.wrapped, canonical(slot.public()))


def seal_recovery(secret: bytes, public_key: X25519PublicKey, *, about: About) -> RecoverySlot:
    """Seal a secret to a recovery key: whoever seals cannot open it again.

    Raises StoreProblem `recovery_key_unreadable` for a key that nothing can be sealed to.
    """
    _require_sealable(secret, about)
    usable_public_key(public_key)
    bare = RecoverySlot(about, public_key.public_bytes_raw(), b"")
    sealed = _SUITE.encrypt(secret, public_key, info=canonical(bare.public()))
    return RecoverySlot(about, bare.public_key, sealed)


def open_recovery(slot: RecoverySlot, private_key: X25519PrivateKey) -> bytes | None:
    """The secret, or None where the slot is for another key or was changed."""
    try:
        return _SUITE.decrypt(slot.sealed, private_key, info=canonical(slot.public()))
    except InvalidTag:
        return None


def seal_kept(secret: bytes, key: bytes, *, about: About) -> KeptSlot:
    """Seal a secret under a random 32-byte key that is kept elsewhere."""
    _require_sealable(secret, about)
    bare = KeptSlot(about, secrets.token_bytes(_NONCE_BYTES), b"")
    wrapped = AESGCM(key).encrypt(bare.nonce, secret, canonical(bare.public()))
    return KeptSlot(about, bare.nonce, wrapped)


def open_kept(slot: KeptSlot, key: bytes) -> bytes | None:
    """The secret, or None where the key is another one or the slot was changed."""
    if len(key) != SECRET_BYTES:  # a keyring gives back whatever lies under the name
        return None
    return _opened(key, slot.nonce, slot.wrapped, canonical(slot.public()))


def read_passphrase_slot(content: Json) -> PassphraseSlot:
    """A slot from its JSON. Raises ValueError where it is none."""
    fields = _fields(content)
    numbers = [fields.get(name) for name in _COST]
    if fields.get("kdf") != _KDF or not all(type(number) is int for number in numbers):
        raise ValueError("not a passphrase slot")
    cost = Cost(*cast("list[int]", numbers))
    salt = _bytes(fields, "salt")
    if not cost.is_sane() or len(salt) < _LEAST_SALT:
        raise ValueError("the cost of a slot is out of range")
    return PassphraseSlot(_about(fields), cost, salt, _nonce(fields), _wrapped(fields))


def read_recovery_slot(content: Json) -> RecoverySlot:
    """A slot from its JSON. Raises ValueError where it is none."""
    fields = _fields(content)
    slot = RecoverySlot(_about(fields), _bytes(fields, "public_key"), _bytes(fields, "sealed"))
    if fields.get("hpke") != _HPKE or fields.get("key") != slot.fingerprint:
        raise ValueError("not a recovery slot")
    return slot


def read_kept_slot(content: Json) -> KeptSlot:
    """A slot from its JSON. Raises ValueError where it is none."""
    fields = _fields(content)
    return KeptSlot(_about(fields), _nonce(fields), _wrapped(fields))


def _require_sealable(secret: bytes, about: About) -> None:
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a slot holds {SECRET_BYTES} bytes")
    if _RESERVED & about.keys():
        raise ValueError("a slot's description takes the place of a parameter")


def _opened(key: bytes, nonce: bytes, wrapped: bytes, vouched: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(nonce, wrapped, vouched)
    except InvalidTag:
        return None


def _fields(content: Json) -> Mapping[str, Json]:
    if not isinstance(content, Mapping):
        raise ValueError("a slot is no object")  # noqa: TRY004 - one error for a slot that is none
    return content


def _about(fields: Mapping[str, Json]) -> About:
    told = {name: value for name, value in fields.items() if name not in _RESERVED}
    if not all(isinstance(value, str) for value in told.values()):
        raise ValueError("a slot's description is not text")
    return cast("About", told)


def _nonce(fields: Mapping[str, Json]) -> bytes:
    return _bytes(fields, "nonce", length=_NONCE_BYTES)


def _wrapped(fields: Mapping[str, Json]) -> bytes:
    return _bytes(fields, "wrapped", length=SECRET_BYTES + _TAG_BYTES)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(fields: Mapping[str, Json], name: str, *, length: int | None = None) -> bytes:
    text = fields.get(name)
    if not isinstance(text, str):
        raise ValueError(f"{name} of a slot is not text")  # noqa: TRY004 - one error for a slot that is none
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"{name} of a slot is not base64") from error
    if length is not None and len(data) != length:
        raise ValueError(f"{name} of a slot is not {length} bytes long")
    return data
