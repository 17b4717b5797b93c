"""Opening a store to look at it: nothing is mended, and what does not open is told by its cause."""

import itertools
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import STORE
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.checking.noticed import Noticed, Remedy, Weight
from assessor_app.services.enrolment import UNWRITABLE, store_zone, time_zone
from assessor_app.storage.attempts import one_attempt
from assessor_app.storage.keys import Unlocked, open_keys
from assessor_app.storage.layout import EVIDENCE
from assessor_app.storage.layout import STORE as FOLDER
from assessor_app.storage.store import Store, keys_path, open_unlocked
from assessor_app.storage.vault import Form, Vault

__all__ = ["Store"]  # what front ends hand on

_TRIED = 5  # sealed files, until it is sure enough that a key opens none
_KEYS_BROKEN = frozenset({"keys_damaged", "keys_missing"})
_STORE_BROKEN = frozenset({"store_damaged", "log_damaged", "store_missing", "store_not_encrypted"})


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a store is, and how it is to be opened; `read_only` for a seized or archived copy."""

    home: Path
    clock: Clock
    new_id: NewId
    read_only: bool = False


def open_to_look(opening: Opening, passphrase: str) -> Store | Noticed:
    """The open store, or what is broken so that it does not open.

    A medium that cannot be written is read as it is. Raises StoreProblem where nothing can be said
    of the store: a wrong passphrase, another program in the way, a newer version.
    """
    path = keys_path(opening.home)
    try:
        with one_attempt(path.parent, opening.clock):
            unlocked = open_keys(path, passphrase)
    except StoreProblem as problem:
        if problem.code in _KEYS_BROKEN:
            return _unopened("keys", Remedy.KEYS, problem)
        raise
    try:
        return _opened(opening, unlocked)
    except StoreProblem as problem:
        if problem.code not in _STORE_BROKEN:
            raise
        if _is_foreign(Vault(opening.home / FOLDER / EVIDENCE, unlocked.key)):
            return _unopened("keys_foreign", Remedy.KEYS, problem)
        return _unopened("damaged", Remedy.DATABASE, problem)


def zone_of(store: Store) -> ZoneInfo:
    """The zone that papers are dated in, or the device's own where that cannot be read."""
    try:
        return store_zone(store.log.heads(STORE))
    except (StoreProblem, LookupError, ValueError):
        return time_zone(None)


def _opened(opening: Opening, unlocked: Unlocked) -> Store:
    def opened(*, read_only: bool) -> Store:
        return open_unlocked(
            opening.home,
            unlocked,
            clock=opening.clock,
            new_id=opening.new_id,
            read_only=read_only,
        )

    try:
        return opened(read_only=opening.read_only)
    except StoreProblem as problem:
        if problem.code not in UNWRITABLE or opening.read_only:
            raise
    return opened(read_only=True)


def _is_foreign(vault: Vault) -> bool:
    """Whether there are sealed files, and the key opens none of them."""
    tried = list(itertools.islice((one for one in vault.walk() if one.form), _TRIED))
    return bool(tried) and not any(
        _opens(vault, one.id, one.form) for one in tried if one.form is not None
    )


def _opens(vault: Vault, id_: str, form: Form) -> bool:
    try:
        vault.get(id_, form)
    except StoreProblem:
        return False
    return True


def _unopened(code: str, remedy: Remedy, problem: StoreProblem) -> Noticed:
    return Noticed(code, Weight.BROKEN, remedy, places={"problem": problem})
