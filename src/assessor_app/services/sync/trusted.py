"""The headquarters that this device has joined, as its newest trust list tells it."""

import hashlib
from dataclasses import dataclass

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.secrets import keep_secret, read_secret
from assessor_app.storage.store import Store
from assessor_app.syncing.trust_list import TrustList, read_trust_list

_NAME = "sync/trust_list"


@dataclass(frozen=True, slots=True)
class Joined:
    """A headquarters and its newest list; `fingerprint` is the SHA-256 (hex) of its root."""

    fingerprint: str
    listed: TrustList

    @property
    def name(self) -> str:
        return self.listed.name


def joined(store: Store) -> Joined | None:
    """The headquarters of this device; None before it has joined any."""
    kept = kept_list(store)
    return None if kept is None else read_joined(kept)


def kept_list(store: Store) -> bytes | None:
    """The newest list as it was signed. Raises StoreProblem as reading does."""
    return read_secret(store, _NAME)


def require_joined(store: Store) -> Joined:
    """As `joined`. Raises StoreProblem `sync_not_joined`."""
    found = joined(store)
    if found is None:
        raise StoreProblem("sync_not_joined")
    return found


def headquarters_of(store: Store) -> TrustList:
    """The newest list of this device's headquarters. Raises StoreProblem `sync_not_joined`."""
    return require_joined(store).listed


def read_joined(content: bytes) -> Joined:
    """A list, and of whom it is. Raises ValueError where it is none."""
    listed = read_trust_list(content)
    return Joined(hashlib.sha256(listed.root).hexdigest(), listed)


def keep_joined(store: Store, content: bytes) -> None:
    """Keep a list that was found good, in place of the one before."""
    keep_secret(store, _NAME, content)
