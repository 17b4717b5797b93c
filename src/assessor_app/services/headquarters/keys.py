"""The keys of headquarters, as its own store keeps them: root, seal, receipts."""

import hashlib
import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.secrets import keep_secret, read_secret
from assessor_app.storage.store import Store
from assessor_app.syncing.sealed import SealingKey, new_sealing_key
from assessor_app.syncing.signed import Sign

_NAME = "headquarters"
_ROOT = "headquarters/root"


@dataclass(frozen=True, slots=True)
class Keys:
    """`root` is its certificate (DER); `sealed_root` holds its key under the signing passphrase."""

    name: str
    root: bytes = field(repr=False)
    sealed_root: bytes = field(repr=False)
    seal: SealingKey
    receipts: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the root, by which devices know this headquarters."""
        return hashlib.sha256(self.root).hexdigest()

    @property
    def sign(self) -> Sign:
        """Signs letters."""
        return Ed25519PrivateKey.from_private_bytes(self.receipts).sign

    @property
    def receipt_key(self) -> str:
        """The public half (hex) of what signs letters."""
        public = Ed25519PrivateKey.from_private_bytes(self.receipts).public_key()
        return public.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def new_keys(name: str, *, root: bytes, sealed_root: bytes) -> Keys:
    """Keys for sealing and for receipts beside a root that was made."""
    receipts = Ed25519PrivateKey.generate().private_bytes_raw()
    return Keys(name, root, sealed_root, new_sealing_key(), receipts)


def keep_keys(store: Store, keys: Keys) -> None:
    """Keep all of them at once. Raises StoreProblem as the writing does."""
    told = {
        "name": keys.name,
        "root": keys.root.hex(),
        "identity": keys.seal.identity,
        "recipient": keys.seal.recipient,
        "receipts": keys.receipts.hex(),
    }
    keep_secret(store, _ROOT, keys.sealed_root)
    keep_secret(store, _NAME, json.dumps(told).encode())


def keys_of(store: Store) -> Keys:
    """Raises StoreProblem `no_headquarters` for a store that is none."""
    told, sealed_root = read_secret(store, _NAME), read_secret(store, _ROOT)
    if told is None or sealed_root is None:
        raise StoreProblem("no_headquarters", path=store.folder)
    loaded = json.loads(told)
    return Keys(
        name=loaded["name"],
        root=bytes.fromhex(loaded["root"]),
        sealed_root=sealed_root,
        seal=SealingKey(loaded["identity"], loaded["recipient"]),
        receipts=bytes.fromhex(loaded["receipts"]),
    )


def is_headquarters(store: Store) -> bool:
    return read_secret(store, _NAME) is not None
