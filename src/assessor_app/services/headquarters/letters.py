"""Letters to devices: written and kept first, then put on a storage, as often as it takes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assessor_app.domain.event import Json
from assessor_app.services.headquarters.devices import CertifiedDevice
from assessor_app.services.headquarters.keys import Keys
from assessor_app.storage.received import (
    ReceivedPart,
    WrittenLetter,
    last_letter,
    letters,
    mark_letter_put,
)
from assessor_app.storage.store import Store
from assessor_app.syncing.letter import (
    Letter,
    LetterKind,
    PartReceipt,
    PartState,
    Receipt,
    mailbox,
    receipt_json,
    sign_letter,
)
from assessor_app.syncing.part import PartKind
from assessor_app.syncing.sealed import seal
from assessor_app.syncing.transports.transport import Transport


@dataclass(frozen=True, slots=True)
class Written:
    """What is to be written to a device."""

    device: CertifiedDevice
    kind: LetterKind
    content: Json


def sealed_letters(store: Store, keys: Keys, drafts: Sequence[Written]) -> list[WrittenLetter]:
    """Letters under the next numbers, signed and sealed; they are still to be kept.

    Raises StoreProblem as reading does, and `recipient_unreadable`.
    """
    first, now = last_letter(store) + 1, store.clock.now()
    found = []
    for number, draft in enumerate(drafts, start=first):
        letter = Letter(number, draft.kind, draft.device.id, keys.fingerprint, now, draft.content)
        line = sign_letter(letter, keys.sign).line
        sealed = seal(line, draft.device.recipient)
        digest = hashlib.sha256(sealed).hexdigest()
        kind = draft.kind.value
        found.append(WrittenLetter(number, draft.device.id, kind, digest, now, sealed, line))
    return found


def receipt_content(manifest: str, head: str | None, parts: Sequence[ReceivedPart]) -> Json:
    """What a device is told of a shipment."""
    visit = parts[0].visit if parts else None
    told = tuple(
        PartReceipt(
            PartKind(one.kind),
            one.sha256,
            PartState(one.state),
            one.reason,
            one.places,
            one.pieces,
        )
        for one in parts
    )
    return receipt_json(Receipt(manifest, visit, head, told))


def put_letters(store: Store, transport: Transport, public_keys: dict[str, str]) -> int:
    """Put every letter that waits on a storage; how many there were. Raises TransportFailed.

    The name is the hash of what is sealed: put twice it is the same.
    """
    waiting = letters(store, waiting=True)
    for one in waiting:
        transport.put(f"b/{mailbox(public_keys[one.device])}/{one.sha256}", one.sealed)
        mark_letter_put(store, one.number)
    return len(waiting)
