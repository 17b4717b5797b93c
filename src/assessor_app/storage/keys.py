"""The data key, and the ways to it: passphrases, the recovery key, the system's keyring."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from assessor_app.domain.passphrase import is_blank
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.cost import Cost as Cost  # noqa: PLC0414 - named here for who makes a store
from assessor_app.sealing.slots import (
    SECRET_BYTES,
    PassphraseSlot,
    open_kept,
    open_recovery,
    open_slot,
    seal_kept,
    seal_recovery,
    seal_slot,
)
from assessor_app.sealing.subkeys import subkey
from assessor_app.storage.key_file import (
    ASSESSOR,
    SLOT,
    FoundKeys,
    KeyFile,
    change_key_file,
    mend_key_file,
    read_key_file,
    write_key_file,
)


class DataKey:
    """The key that everything in the store hangs from; every use takes a subkey of its own."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = bytearray(secret)

    @property
    def secret(self) -> bytes:
        """A copy. Raises StoreProblem `store_locked` after `forget`."""
        if not self._secret:
            raise StoreProblem("store_locked")
        return bytes(self._secret)

    def subkey(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose. Raises StoreProblem `store_locked`."""
        return subkey(self.secret, purpose)

    def forget(self) -> None:
        """Overwrite the key in memory; whoever holds this object cannot use it any more.

        As far as Python can: copies that the libraries made while they worked (and subkeys that
        are in use) are freed, not overwritten, and the system may have written memory to disk.
        """
        self._secret[:] = bytes(len(self._secret))
        self._secret.clear()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataKey) and hmac.compare_digest(self._secret, other._secret)

    __hash__ = None  # type: ignore[assignment]  # it changes when it is forgotten


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The opened key file: who opened it, the data key, and what is to be told of the file."""

    assessor: str
    key: DataKey
    found: FoundKeys

    @property
    def altered(self) -> bool:
        """Whether somebody who has not the data key has changed the file."""
        content = self.found.content
        return content.mac is not None and not hmac.compare_digest(
            content.mac, _mac(content, self.key)
        )


def create_keys(path: Path, passphrase: str, *, assessor: str, cost: Cost) -> Unlocked:
    """Make a new data key and write the key file with one passphrase slot."""
    key = DataKey(secrets.token_bytes(SECRET_BYTES))
    slot = seal_slot(key.secret, passphrase, cost=cost, about={ASSESSOR: assessor})
    content = _vouched_for(KeyFile((slot,)), key)
    write_key_file(path, content)
    return Unlocked(assessor, key, FoundKeys(content, (), ()))


def open_keys(path: Path, passphrase: str) -> Unlocked:
    """Open the key file; the slot that the passphrase opens says who it is.

    Raises StoreProblem `passphrase_wrong`, `keys_damaged`, `not_enrolled`, … (`read_key_file`).
    """
    found = read_key_file(path)
    for slot in found.content.slots:
        secret = open_slot(slot, passphrase)
        if secret is not None:
            return Unlocked(slot.about[ASSESSOR], DataKey(secret), found)
    raise StoreProblem("passphrase_wrong")


def open_keys_by_recovery(path: Path, private_key: X25519PrivateKey, *, assessor: str) -> Unlocked:
    """Open the key file with headquarters' private key, on behalf of an assessor.

    Raises StoreProblem `recovery_slot_missing` where the store was never sealed to that key.
    """
    found = read_key_file(path)
    for slot in found.content.recovery:
        secret = open_recovery(slot, private_key)
        if secret is not None:
            return Unlocked(assessor, DataKey(secret), found)
    raise StoreProblem("recovery_slot_missing")


def open_keys_by_keyring(path: Path, kept: Callable[[str], bytes | None]) -> Unlocked:
    """Open the key file with a key that the system's keyring keeps under a slot's name.

    Raises StoreProblem `keyring_off` where no slot is for a keyring, `keyring_forgotten` where
    this keyring does not hold its key.
    """
    found = read_key_file(path)
    if not found.content.keyring:
        raise StoreProblem("keyring_off")
    for slot in found.content.keyring:
        key = kept(slot.about[SLOT])
        secret = None if key is None else open_kept(slot, key)
        if secret is not None:
            return Unlocked(slot.about[ASSESSOR], DataKey(secret), found)
    raise StoreProblem("keyring_forgotten")


def mend_keys(path: Path, unlocked: Unlocked) -> None:
    """Write both copies where one is missing, damaged or behind, or of the first version.

    A file that somebody has altered stays as it is: it is evidence.
    Raises StoreProblem as the writing does.
    """
    if not unlocked.altered:
        mend_key_file(path, unlocked.found, _vouched_for(unlocked.found.content, unlocked.key))


def change_keys(path: Path, content: KeyFile, *, key: DataKey, seen: int) -> None:
    """Write a new generation, vouched for. Raises StoreProblem as `change_key_file` does."""
    change_key_file(path, _vouched_for(content, key), seen=seen)


def holders(content: KeyFile) -> tuple[str, ...]:
    """The ids of the assessors whose passphrase opens the store."""
    return tuple(slot.about[ASSESSOR] for slot in content.slots)


def keyring_names(content: KeyFile, assessor: str) -> tuple[str, ...]:
    """The names under which keyrings keep keys of an assessor."""
    return tuple(slot.about[SLOT] for slot in content.keyring if slot.about[ASSESSOR] == assessor)


def with_passphrase(
    content: KeyFile, key: DataKey, *, assessor: str, passphrase: str, cost: Cost
) -> KeyFile:
    """The content, in which the assessor has this passphrase and no other.

    Raises StoreProblem `passphrase_empty`, and `passphrase_taken` where it opens the slot of
    another assessor: a passphrase says who acts.
    """
    if is_blank(passphrase):
        raise StoreProblem("passphrase_empty")
    others = [slot for slot in content.slots if slot.about[ASSESSOR] != assessor]
    if any(open_slot(slot, passphrase) is not None for slot in others):
        raise StoreProblem("passphrase_taken")
    made = seal_slot(key.secret, passphrase, cost=cost, about={ASSESSOR: assessor})
    kept = [made if slot.about[ASSESSOR] == assessor else slot for slot in content.slots]
    if made not in kept:
        kept.append(made)
    return replace(content, slots=tuple(kept))


def without_assessor(content: KeyFile, assessor: str) -> KeyFile:
    """The content, in which neither passphrase nor keyring of the assessor opens it.

    Raises StoreProblem `assessor_unknown`, or `last_passphrase`.
    """
    if assessor not in holders(content):
        raise StoreProblem("assessor_unknown", assessor=assessor)
    kept = tuple(slot for slot in content.slots if slot.about[ASSESSOR] != assessor)
    if not kept:
        raise StoreProblem("last_passphrase")
    return replace(without_keyring(content, assessor), slots=kept)


def with_recovery(content: KeyFile, key: DataKey, public_key: X25519PublicKey) -> KeyFile:
    """The content, which the private half of this key opens too."""
    made = seal_recovery(key.secret, public_key, about={})
    kept = (slot for slot in content.recovery if slot.public_key != made.public_key)
    return replace(content, recovery=(*kept, made))


def without_recovery(content: KeyFile, fingerprint: str) -> KeyFile:
    """The next generation without that recovery key. Raises StoreProblem `recovery_unknown`."""
    kept = tuple(slot for slot in content.recovery if slot.fingerprint != fingerprint)
    if len(kept) == len(content.recovery):
        raise StoreProblem("recovery_unknown", fingerprint=fingerprint)
    return replace(content, recovery=kept)


def with_keyring(
    content: KeyFile, key: DataKey, *, assessor: str, name: str, kept_key: bytes
) -> KeyFile:
    """The content, which a key kept by the keyring under `name` opens as the assessor."""
    about = {ASSESSOR: assessor, SLOT: name}
    made = seal_kept(key.secret, kept_key, about=about)
    return replace(content, keyring=(*without_keyring(content, assessor).keyring, made))


def without_keyring(content: KeyFile, assessor: str) -> KeyFile:
    """The content, which no keyring opens as the assessor."""
    kept = tuple(slot for slot in content.keyring if slot.about[ASSESSOR] != assessor)
    return replace(content, keyring=kept)


def cost_of(content: KeyFile, assessor: str) -> Cost:
    """What the assessor's passphrase costs to try, or the first one's for a new assessor.

    It was fitted to this device when the store was made.
    """
    own: list[PassphraseSlot] = [slot for slot in content.slots if slot.about[ASSESSOR] == assessor]
    return (own or content.slots)[0].cost


def _vouched_for(content: KeyFile, key: DataKey) -> KeyFile:
    return replace(content, mac=_mac(content, key))


def _mac(content: KeyFile, key: DataKey) -> str:
    return hmac.new(key.subkey("key-file"), content.vouched(), hashlib.sha256).hexdigest()
