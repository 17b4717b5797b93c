"""The key that this device's letters are sealed to, and how it tells headquarters of it."""

import json

from assessor_app.storage.secrets import keep_secret, read_secret
from assessor_app.storage.store import Store
from assessor_app.syncing.device_card import DeviceCard, device_block
from assessor_app.syncing.sealed import SealingKey, new_sealing_key

_NAME = "seal/"


def own_seal(store: Store) -> SealingKey:
    """The pair of this very device, made when it is first wanted.

    A store that was restored is another device, with another pair. Raises StoreProblem as reading
    and writing do.
    """
    name = f"{_NAME}{store.device.id}"
    kept = read_secret(store, name)
    if kept is not None:
        return SealingKey(**json.loads(kept))
    made = new_sealing_key()
    told = {"identity": made.identity, "recipient": made.recipient}
    keep_secret(store, name, json.dumps(told).encode())
    return made


def device_block_of(store: Store, key: str) -> bytes:
    """Which device asks for a certificate for a key (SHA-256, hex), signed by the device.

    Raises StoreProblem as reading and writing do.
    """
    device = store.device
    card = DeviceCard(device.id, device.public_key, own_seal(store).recipient, key)
    return device_block(card, device.signer.sign)
