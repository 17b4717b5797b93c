"""The key file: a random data key, wrapped by the assessor's passphrase (Argon2id, AES-GCM)."""

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.passphrase import passphrase_bytes
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.files import told_plainly, write_whole

KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the passphrase costs: RFC 9106, second recommended option and above."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class DataKey:
    """The key that everything in the store hangs from; every use takes a subkey of its own."""

    secret: bytes

    def subkey(self, purpose: str, *, salt: bytes = b"") -> bytes:
        """A 32-byte key for one purpose (HKDF-SHA256)."""
        info = f"assessor-app/{purpose}".encode()
        return HKDF(SHA256(), KEY_BYTES, salt or None, info).derive(self.secret)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The opened key file: whose passphrase opened it, and the data key."""

    assessor: str
    key: DataKey


def create_keys(path: Path, passphrase: str, *, assessor: str, cost: Cost) -> Unlocked:
    """Make a new data key and write the key file with one passphrase slot."""
    key = DataKey(secrets.token_bytes(KEY_BYTES))
    slot = _wrapped(key, passphrase, assessor=assessor, cost=cost)
    write_whole(path, json.dumps({"v": _VERSION, "slots": [slot]}, indent=1).encode())
    return Unlocked(assessor, key)


def open_keys(path: Path, passphrase: str) -> Unlocked:
    """Open the key file; the slot that the passphrase opens says who it is.

    Raises StoreProblem `not_enrolled`, `keys_damaged` or `passphrase_wrong`.
    """
    if not path.exists():
        raise StoreProblem("not_enrolled", home=path.parent.parent)
    with told_plainly(path):
        raw = path.read_bytes()
    try:
        content = json.loads(raw)
        slots = [slot for slot in content["slots"] if content["v"] == _VERSION]
        for slot in slots:
            opened = _unwrapped(slot, passphrase)
            if opened is not None:
                return Unlocked(slot["assessor"], opened)
    except (ValueError, KeyError, TypeError, AttributeError, HashingError) as error:
        raise StoreProblem("keys_damaged", path=path) from error
    if not slots:
        raise StoreProblem("keys_damaged", path=path)
    raise StoreProblem("passphrase_wrong")


def _wrapped(key: DataKey, passphrase: str, *, assessor: str, cost: Cost) -> dict[str, Json]:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    public: dict[str, Json] = {
        "assessor": assessor,
        "kdf": "argon2id",
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": _text(secrets.token_bytes(_SALT_BYTES)),
        "nonce": _text(nonce),
    }
    sealed = AESGCM(_passphrase_key(public, passphrase)).encrypt(
        nonce, key.secret, canonical(public)
    )
    return {**public, "wrapped": _text(sealed)}


def _unwrapped(slot: dict[str, Json], passphrase: str) -> DataKey | None:
    public = {name: value for name, value in slot.items() if name != "wrapped"}
    opener = AESGCM(_passphrase_key(public, passphrase))
    try:
        # The parameters are authenticated: a slot made cheaper to guess does not open.
        return DataKey(
            opener.decrypt(_bytes(slot["nonce"]), _bytes(slot["wrapped"]), canonical(public))
        )
    except InvalidTag:
        return None


def _passphrase_key(public: dict[str, Json], passphrase: str) -> bytes:
    memory, passes, lanes = (public[name] for name in ("memory_kib", "passes", "lanes"))
    if not (isinstance(memory, int) and isinstance(passes, int) and isinstance(lanes, int)):
        raise TypeError("the cost of a slot is not whole numbers")
    if not (0 < memory <= 2**21 and 0 < passes <= 64 and 0 < lanes <= 64):  # noqa: PLR2004 - a
        # damaged or hostile file must not ask for more memory than the device has (2 GiB).
        raise ValueError("the cost of a slot is out of range")
    return hash_secret_raw(
        passphrase_bytes(passphrase),
        _bytes(public["salt"]),
        time_cost=passes,
        memory_cost=memory,
        parallelism=lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: Json) -> bytes:
    if not isinstance(text, str):
        raise TypeError("a slot's field is not text")
    return base64.b64decode(text, validate=True)
