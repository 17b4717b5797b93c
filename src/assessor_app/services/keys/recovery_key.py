"""Headquarters' recovery key at a store: taken from the configuration, sealed to, taken away."""

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from assessor_app.domain.event import STORE
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.recovery_key import fingerprint, read_private_key, read_public_key
from assessor_app.services.given_file import content_of
from assessor_app.services.keys.record import change, current_keys
from assessor_app.storage.keys import with_recovery, without_recovery
from assessor_app.storage.store import Store

CONFIGURED = "recovery.pub"
"""The file in the home folder that an installation is handed out with."""

_PUBLIC_KEY = "public_key"
_LARGEST = 10_000  # bytes; a key file has some hundred


def chosen_key(home: Path, named: Path | None) -> X25519PublicKey | None:
    """The recovery key to seal to: the named file's, else the configured one's, else none.

    Raises StoreProblem `recovery_file_missing` or `recovery_key_unreadable`.
    """
    configured = home / CONFIGURED
    if named is None:
        return read_key(configured) if configured.exists() else None
    return read_key(named)


def read_key(path: Path) -> X25519PublicKey:
    """The public key of a file. Raises StoreProblem as `chosen_key` does."""
    return read_public_key(_content(path))


def read_private(path: Path, passphrase: str) -> X25519PrivateKey:
    """Headquarters' private key, to open a store or a file that was sealed to it.

    Raises StoreProblem `recovery_file_missing`, `recovery_private_unreadable` or
    `recovery_passphrase_wrong`.
    """
    return read_private_key(_content(path), passphrase)


def fingerprint_of(path: Path) -> str:
    """What to compare before a key file is trusted. Raises StoreProblem as `chosen_key` does."""
    return fingerprint(read_key(path).public_bytes_raw())


def seal_to(store: Store, key: X25519PublicKey, *, reason: str | None = None) -> str:
    """Let headquarters open the store with that key's private half; returns its fingerprint.

    The key itself is recorded, so that what leaves the device can be sealed to it too.
    Raises StoreProblem as `change` does.
    """
    content = current_keys(store)
    raw = key.public_bytes_raw()
    made = with_recovery(content, store.unlocked.key, key)
    values = {(_entity(fingerprint(raw)), _PUBLIC_KEY): base64.b64encode(raw).decode()}
    change(store, made, values, seen=content.generation, reason=reason)
    return fingerprint(raw)


def unseal_from(store: Store, part: str, *, reason: str | None = None) -> str:
    """Take a recovery key away, by the beginning of its fingerprint; returns the whole of it.

    Raises StoreProblem `recovery_unknown` where none or several begin so, or as `change` does.
    """
    content = current_keys(store)
    known = (slot.fingerprint for slot in content.recovery)
    found = [one for one in known if part and one.startswith(part)]
    if len(found) != 1:
        raise StoreProblem("recovery_unknown", fingerprint=part)
    made = without_recovery(content, found[0])
    values = {(_entity(found[0]), _PUBLIC_KEY): None}
    change(store, made, values, seen=content.generation, reason=reason)
    return found[0]


def recorded_keys(store: Store) -> tuple[X25519PublicKey, ...]:
    """The recovery keys that this store's own stream vouches for, by fingerprint.

    Read from the record and not from the key file, where somebody without the data key could
    have written one of theirs.
    """
    heads = store.log.heads(STORE)
    texts = {
        entity: found[-1].value
        for (entity, field), found in sorted(heads.items())
        if entity.startswith(_entity("")) and field == _PUBLIC_KEY
    }
    return tuple(
        X25519PublicKey.from_public_bytes(base64.b64decode(text))
        for text in texts.values()
        if isinstance(text, str)
    )


def _content(path: Path) -> bytes:
    try:
        return content_of(path, most=_LARGEST)
    except StoreProblem as problem:
        raise StoreProblem("recovery_file_missing", path=path) from problem


def _entity(fingerprint_: str) -> str:
    return f"recovery/{fingerprint_}"
