"""Keyrings for tests: real back ends of `keyring`, that end with the test."""

import contextlib
from collections.abc import Iterator

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError


class KeyringInMemory(KeyringBackend):
    """A keyring as a logged-in session has one."""

    priority: float = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own constructor
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked by its owner")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("no such entry")


class KeyringInClear(KeyringInMemory):
    """One of the back ends that keep what they are given in an open file."""

    priority = 0.5


class KeyringThatForgets(KeyringInMemory):
    """One that takes what it is given and keeps nothing, as a full or broken one does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing, and say nothing."""


def unprotecting() -> tuple[KeyringBackend, ...]:
    """What `keyring` falls back to: nothing at all, a sink, an open file."""
    made = (kind() for kind in (fail.Keyring, null.Keyring))
    return (*made, KeyringInClear())


@contextlib.contextmanager
def using(backend: KeyringBackend) -> Iterator[None]:
    """Have the whole process use a keyring within the block."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
