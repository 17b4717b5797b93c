"""A device that has joined a headquarters, and visits that are ready to be sent, for tests."""

import hashlib
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image
from tests.exchanging import Desk
from tests.visiting import SIGNING_PASSPHRASE, complete

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.outbox import ItemState
from assessor_app.services.evidence.intake import take_in
from assessor_app.services.headquarters.keys import Keys, new_keys
from assessor_app.services.sync.pushing import Stop
from assessor_app.services.sync.trusted import keep_joined
from assessor_app.signing.issuing import make_root, opened_root
from assessor_app.storage import outbox, tables
from assessor_app.storage.store import Store
from assessor_app.syncing.shipment import manifest_name, piece_name
from assessor_app.syncing.trust_list import TrustList, sign_trust_list

_MADE_AT = datetime(2026, 11, 22, tzinfo=UTC)


@cache
def headquarters_keys() -> Keys:
    """The keys of a headquarters, as `hq init` makes them; once for a run."""
    p12 = make_root(
        name="Ombudsman RI", office="Pusat", passphrase=SIGNING_PASSPHRASE, now=_MADE_AT
    )
    _, root = opened_root(p12, SIGNING_PASSPHRASE)
    return new_keys("Ombudsman RI", root=root.public_bytes(Encoding.DER), sealed_root=p12)


@cache
def trust_list() -> bytes:
    keys = headquarters_keys()
    key, _ = opened_root(keys.sealed_root, SIGNING_PASSPHRASE)
    listed = TrustList(
        number=1,
        made_at=_MADE_AT,
        name=keys.name,
        root=keys.root,
        recipient=keys.seal.recipient,
        receipt_keys=(keys.receipt_key,),
    )
    return sign_trust_list(listed, key)


def join_headquarters(store: Store) -> Keys:
    """Let a store belong to that headquarters, as its card would."""
    keep_joined(store, trust_list())
    return headquarters_keys()


def closed_visit(desk: Desk, folder: Path, *, photos: int = 0) -> str:
    """A visit with two small photos, and so many of more than a piece, that has ended."""
    session = desk.begin()
    for number in range(photos):
        take_photo(desk, session.visit_id, noisy_photo(folder, number))
    complete(desk.open(session.visit_id), desk.workplace, folder)
    return session.visit_id


class Hurried(Stop):
    """Waits for nothing, and says what it was asked to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        return self.is_asked()


def noisy_photo(folder: Path, number: int, *, size: tuple[int, int] = (1300, 1000)) -> Path:
    """A photo that no other is like and nothing compresses: of more than one piece."""
    path = folder / f"noise-{number}.jpg"
    noise = random.Random(number).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, noise).save(path, "JPEG", quality=95)
    return path


def take_photo(desk: Desk, visit: str, photo: Path) -> None:
    """Attach a photo to a visit that is still open."""
    desk.open(visit).attach(
        "P15-06", Side.PRACTICE, take_in(photo, zone=UTC), source=EvidenceSource.FILE
    )


def left_on(folder: Path) -> dict[str, bytes]:
    """What lies on a storage that is a folder, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def is_whole(store: Store, lying: Mapping[str, bytes]) -> bool:
    """Whether a storage has every byte of every item that can be sent, under its true name."""
    if any(_sha256(data) != name.rpartition("/")[2] for name, data in lying.items()):
        return False
    wanted = {manifest_name(one.manifest) for one in outbox.items(store)}
    for item in outbox.items(store):
        wanted |= {piece_name(one.sha256) for one in outbox.pieces(store, item.id)}
    return wanted == lying.keys()


def queue_anew(store: Store) -> None:
    """Let everything that is queued be as it was before the first run."""
    with store.engine.begin() as connection:
        connection.execute(tables.outbox.update().values(state=ItemState.QUEUED.value))
        connection.execute(tables.outbox_piece.update().values(put=0))
        connection.execute(tables.shipment.update().values(put=0))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
