"""The device's own key: it signs checkpoints, so that a chain cannot be cut or grown unseen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from assessor_app.domain.event import StreamHead, canonical, visit_head
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.box import BrokenSeal, boxed, unboxed
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.keys import DataKey
from assessor_app.storage.tables import device

_CHECKPOINT_DOMAIN = b"checkpoint-v1\0"


@dataclass(frozen=True, slots=True)
class Device:
    """This device, as bound to its key."""

    id: str
    signer: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        """The public half in hex, as the record keeps it."""
        return self.signer.public_key().public_bytes_raw().hex()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The streams of a visit at one moment, signed by a device."""

    visit: str
    device: str
    head: str
    body: bytes  # canonical: what is signed
    signature: bytes

    def streams(self) -> tuple[StreamHead, ...]:
        """The heads that were signed. Raises ValueError where the body is not a checkpoint."""
        try:
            return tuple(StreamHead(*stream) for stream in json.loads(self.body)["streams"])
        except (KeyError, TypeError) as error:
            raise ValueError("not a checkpoint") from error

    def signed_by(self, public_key: bytes) -> bool:
        try:
            key = Ed25519PublicKey.from_public_bytes(public_key)
            key.verify(self.signature, _CHECKPOINT_DOMAIN + self.body)
        except (InvalidSignature, ValueError):
            return False
        return True


def create_device(engine: sa.Engine, path: Path, *, device_id: str, key: DataKey) -> None:
    """Make the device's Ed25519 key; the private half is wrapped by the data key."""
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes_raw()
    wrapped = boxed(raw, key=key.subkey("device"), bound=device_id.encode())
    with told_plainly_of_database(path), engine.begin() as connection:
        connection.execute(
            device.insert(),
            {
                "id": device_id,
                "public_key": private.public_key().public_bytes_raw(),
                "wrapped_key": wrapped,
            },
        )


def this_device(engine: sa.Engine, path: Path, key: DataKey) -> Device:
    """The device that this store is of now.

    Raises StoreProblem `store_damaged` where there is none, or its key does not open.
    """
    query = sa.select(device).where(sa.func.length(device.c.wrapped_key) > 0)
    with told_plainly_of_database(path), engine.begin() as connection:
        row = connection.execute(query.order_by(device.c.id.desc())).first()
    if row is None:
        raise StoreProblem("store_damaged", path=path, cause="no device")
    try:
        raw = unboxed(row.wrapped_key, key=key.subkey("device"), bound=row.id.encode())
    except BrokenSeal as error:
        raise StoreProblem("store_damaged", path=path, cause="device key") from error
    return Device(row.id, Ed25519PrivateKey.from_private_bytes(raw))


def retire_devices(engine: sa.Engine, path: Path) -> None:
    """Forget the private keys of all devices: their streams end here.

    Their public keys stay, for the checkpoints that they signed.
    """
    with told_plainly_of_database(path), engine.begin() as connection:
        connection.execute(device.update().values(wrapped_key=b""))


def public_keys(engine: sa.Engine, path: Path) -> dict[str, bytes]:
    """The keys of all devices that this store has ever been, by id."""
    with told_plainly_of_database(path), engine.begin() as connection:
        rows = connection.execute(sa.select(device.c.id, device.c.public_key)).all()
    return {row.id: bytes(row.public_key) for row in rows}


def sign_checkpoint(
    signer: Device, *, visit: str, heads: Sequence[StreamHead], wall: datetime
) -> Checkpoint:
    """Sign the heads of a visit's streams as they are."""
    head = visit_head(heads)
    body = canonical(
        {
            "v": 1,
            "visit": visit,
            "device": signer.id,
            "head": head,
            "streams": [[one.device, one.seq, one.hash] for one in sorted(heads)],
            "wall": instant_text(wall),
        }
    )
    signature = signer.signer.sign(_CHECKPOINT_DOMAIN + body)
    return Checkpoint(visit, signer.id, head, body, signature)
