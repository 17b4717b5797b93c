"""Who can open the store: assessors and their passphrases, the recovery key, the keyring."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import STORE, Heads, Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.slots import SECRET_BYTES
from assessor_app.services.backup import refresh_keys
from assessor_app.services.enrolment import (
    Profile,
    Workplace,
    checked_profile,
    entered,
    profile_values,
)
from assessor_app.services.identity_record import taking_place
from assessor_app.services.keys import os_keyring, recovery_key
from assessor_app.services.keys.record import change, current_keys
from assessor_app.storage.attempts import one_attempt
from assessor_app.storage.key_file import read_key_file
from assessor_app.storage.keys import (
    cost_of,
    holders,
    keyring_names,
    open_keys,
    open_keys_by_keyring,
    with_keyring,
    with_passphrase,
    without_assessor,
    without_keyring,
)
from assessor_app.storage.store import Store, keys_path, open_unlocked

_ACCESS, _KEYRING = "access", "keyring"
_SETTING = ("setting", "keyring")
"""Whether any keyring may open the store, for the settings; whose it is stands at the assessor."""

KEYRING_PROBLEMS = frozenset(
    {"keyring_off", "keyring_missing", "keyring_failed", "keyring_forgotten"}
)
"""Codes that say that the keyring does not open the store: the passphrase does all the same."""


@dataclass(frozen=True, slots=True)
class Assessor:
    """A person of this store. One whose passphrase was taken away stays in the record."""

    id: str
    name: str
    office: str
    nip: str | None
    position: str | None
    can_open: bool
    in_keyring: bool
    is_self: bool


def assessors(workplace: Workplace) -> tuple[Assessor, ...]:
    """Everybody who was enrolled here, in that order."""
    return listed(workplace.store)


def listed(store: Store) -> tuple[Assessor, ...]:
    """`assessors`, of a store that nobody in particular has opened yet."""
    content, heads = current_keys(store), store.log.heads(STORE)
    # Of colleagues who were met in a bundle only name and office are known (services/trust.py).
    entities = sorted({entity for entity, field in heads if field == "nip"})
    known = [one.partition("/")[2] for one in entities if one.startswith("assessor/")]
    return tuple(
        Assessor(
            id=one,
            name=_text(heads, one, "name") or "",
            office=_text(heads, one, "office") or "",
            nip=_text(heads, one, "nip"),
            position=_text(heads, one, "position"),
            can_open=one in holders(content),
            in_keyring=bool(keyring_names(content, one)),
            is_self=one == store.assessor,
        )
        for one in known
    )


def find_assessor(people: Iterable[Assessor], part: str) -> Assessor:
    """The one whose id begins or ends so, or whose name it is.

    Raises StoreProblem `assessor_unknown` or `assessor_ambiguous`.
    """
    found = [
        one
        for one in people
        if part and (one.id.startswith(part) or one.id.endswith(part) or one.name == part)
    ]
    if not found:
        raise StoreProblem("assessor_unknown", assessor=part)
    if len(found) > 1:
        raise StoreProblem("assessor_ambiguous", assessor=part, count=len(found))
    return found[0]


def change_passphrase(workplace: Workplace, old: str, new: str) -> tuple[Path, ...]:
    """Give the assessor at work another passphrase; the others' stay as they are.

    The old one does not open this store any more, nor its backups that can be reached; returned are
    the places of backups that could not be. Other copies of the key file that were made before it
    still opens: the data key is the same.

    Raises StoreProblem `passphrase_wrong`, `passphrase_wait`, `passphrase_empty`,
    `passphrase_taken`, or as the writing does.
    """
    store = workplace.store
    with one_attempt(store.folder, store.clock):
        unlocked = open_keys(store.keys_path, old)
        if unlocked.assessor != store.assessor:
            raise StoreProblem("passphrase_wrong")
    content = unlocked.found.content
    made = with_passphrase(
        content,
        store.unlocked.key,
        assessor=store.assessor,
        passphrase=new,
        cost=cost_of(content, store.assessor),
    )
    values: dict[tuple[str, str], Json] = {(_entity(store.assessor), _ACCESS): "changed"}
    change(store, made, values, seen=content.generation)
    return refresh_keys(workplace)


def add_assessor(
    workplace: Workplace, profile: Profile, passphrase: str, *, signing: str | None = None
) -> str:
    """Let another person open the store with a passphrase of their own; returns their id.

    Name and access are one event: nobody opens the store who has no name in it, and nobody is
    named who never could. With a passphrase for `signing` they get a trial identity of their own
    in the same event; without one they make it themselves. The profile's zone is the store's own.
    Raises StoreProblem `profile_incomplete`, `passphrase_empty`, `passphrase_taken`, RecordRefused
    for a text that is none, IdentityProblem, or as the writing does: nobody was added then.
    """
    store = workplace.store
    content, profile = current_keys(store), checked_profile(profile)
    assessor = store.new_id()
    made = with_passphrase(
        content,
        store.unlocked.key,
        assessor=assessor,
        passphrase=passphrase,
        cost=cost_of(content, store.assessor),
    )
    values = profile_values(assessor, profile) | {(_entity(assessor), _ACCESS): "granted"}
    files: dict[Path, bytes] = {}
    if signing is not None:
        from assessor_app.services.identity_changes import first_identity

        files, of_identity = first_identity(store, assessor, profile, signing)
        values |= of_identity
    with taking_place(store, files, values):
        change(store, made, values, seen=content.generation)
    return assessor


def remove_assessor(
    workplace: Workplace, assessor: str, *, own: bool = False, reason: str | None = None
) -> None:
    """Take away an assessor's passphrase and keyring slot; their record stays.

    One's own only where `own` says so. Raises StoreProblem `own_passphrase`, `last_passphrase`,
    `assessor_unknown`, or as the writing does.
    """
    store = workplace.store
    if assessor == store.assessor and not own:
        raise StoreProblem("own_passphrase")
    content = current_keys(store)
    made = without_assessor(content, assessor)
    values: dict[tuple[str, str], Json] = {
        (_entity(assessor), _ACCESS): "removed",
        (_entity(assessor), _KEYRING): False,
        _SETTING: bool(made.keyring),
    }
    change(store, made, values, seen=content.generation, reason=reason)
    refresh_keys(workplace)


def recovery_keys(workplace: Workplace) -> tuple[str, ...]:
    """The fingerprints of the recovery keys that can open the store."""
    return tuple(slot.fingerprint for slot in current_keys(workplace.store).recovery)


def add_recovery(workplace: Workplace, file: Path, *, reason: str | None = None) -> str:
    """Let headquarters open the store, by the file of its public key; returns the fingerprint.

    Compare it with the one that headquarters has told by another way. Raises StoreProblem
    `recovery_file_missing`, `recovery_key_unreadable`, or as the writing does.
    """
    return recovery_key.seal_to(workplace.store, recovery_key.read_key(file), reason=reason)


def remove_recovery(workplace: Workplace, part: str, *, reason: str | None = None) -> str:
    """Take a recovery key away, by the beginning of its fingerprint; returns the whole of it.

    Raises StoreProblem `recovery_unknown`, or as the writing does.
    """
    fingerprint = recovery_key.unseal_from(workplace.store, part, reason=reason)
    refresh_keys(workplace)
    return fingerprint


def keep_in_keyring(workplace: Workplace) -> None:
    """Let the system's keyring open the store as the assessor at work: off unless asked for.

    Whoever gets at the device while its user is logged in then needs no passphrase. A random key
    is kept there, never the passphrase. Raises StoreProblem `keyring_missing`, `keyring_failed`,
    `keyring_taken` where it opens the store as somebody else, or as the writing does; the store
    is as it was then.
    """
    store = workplace.store
    content = current_keys(store)
    own = keyring_names(content, store.assessor)
    for one in holders(content):
        if any(os_keyring.kept(name) for name in set(keyring_names(content, one)) - set(own)):
            raise StoreProblem("keyring_taken")
    name, key = store.new_id(), secrets.token_bytes(SECRET_BYTES)
    os_keyring.keep(name, key)
    made = with_keyring(
        content, store.unlocked.key, assessor=store.assessor, name=name, kept_key=key
    )
    values: dict[tuple[str, str], Json] = {
        (_entity(store.assessor), _KEYRING): True,
        _SETTING: True,
    }
    try:
        change(store, made, values, seen=content.generation)
    except StoreProblem:
        os_keyring.forget(name)
        raise
    for before in own:
        os_keyring.forget(before)


def forget_keyring(workplace: Workplace) -> None:
    """Take back what `keep_in_keyring` gave: the slot first, then the keyring's entry.

    Raises StoreProblem `keyring_off` where nothing was kept, or as the writing does; and
    `keyring_failed` or `keyring_missing` where the entry stays, which opens nothing any more.
    """
    store = workplace.store
    content = current_keys(store)
    names = keyring_names(content, store.assessor)
    if not names:
        raise StoreProblem("keyring_off")
    made = without_keyring(content, store.assessor)
    values: dict[tuple[str, str], Json] = {
        (_entity(store.assessor), _KEYRING): False,
        _SETTING: bool(made.keyring),
    }
    change(store, made, values, seen=content.generation)
    for name in names:
        os_keyring.forget(name)


def can_unlock_by_keyring(home: Path) -> bool:
    """Whether the store of a home has a slot for a keyring; asks no keyring.

    Raises StoreProblem as `read_key_file` does.
    """
    return bool(read_key_file(keys_path(home)).content.keyring)


def unlock_by_keyring(
    home: Path, *, clock: Clock, new_id: NewId, read_only: bool = False
) -> Workplace:
    """Open the store by the system's keyring, as the assessor who has switched that on.

    `read_only` where its medium takes no writes. Raises StoreProblem `keyring_off`,
    `keyring_forgotten`, `keyring_missing`, `keyring_failed`, or as `open_store` does.
    """
    unlocked = open_keys_by_keyring(keys_path(home), os_keyring.kept)
    store = open_unlocked(home, unlocked, clock=clock, new_id=new_id, read_only=read_only)
    return entered(store, read_only=read_only)


def lock(workplace: Workplace) -> None:
    """Close the store and overwrite the data key in memory, as far as Python can."""
    workplace.store.close()
    workplace.store.unlocked.key.forget()


def _text(heads: Heads, assessor: str, field: str) -> str | None:
    found = heads.get((_entity(assessor), field), ())
    return None if not found or found[-1].value is None else str(found[-1].value)


def _entity(assessor: str) -> str:
    return f"assessor/{assessor}"
