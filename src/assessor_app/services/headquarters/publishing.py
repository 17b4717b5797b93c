"""Publishing an instrument: a new version goes to every device that is trusted."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from assessor_app.services.enrolment import Workplace
from assessor_app.services.given_file import content_of
from assessor_app.services.headquarters.devices import certified_devices
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.services.headquarters.letters import Written, sealed_letters
from assessor_app.storage.received import keep_received
from assessor_app.syncing.letter import LetterKind


@dataclass(frozen=True, slots=True)
class Published:
    """An instrument (`id@version`), SHA-256 (hex) of its file, and how many devices get it."""

    pin: str
    digest: str
    devices: int


def publish(workplace: Workplace, file: Path) -> Published:
    """Write an instrument's file to every device; it waits for the next `receive`.

    Raises InstrumentFault with each fault of one that cannot be used, StoreProblem
    `no_headquarters`, or as reading and writing do.
    """
    from assessor_app.instruments.reading import load

    store = workplace.store
    keys, content, instrument = keys_of(store), content_of(file), load(file)
    digest = hashlib.sha256(content).hexdigest()
    told = {
        "pin": instrument.pin,
        "sha256": digest,
        "file": base64.b64encode(content).decode(),
    }
    drafts = [
        Written(one, LetterKind.INSTRUMENT, told)
        for one in certified_devices(store).values()
        if one.revoked is None
    ]
    keep_received(store, (), sealed_letters(store, keys, drafts))
    return Published(instrument.pin, digest, len(drafts))
