"""The system's keyring (Secret Service, Keychain, Credential Manager): keys kept for us."""

import base64
import contextlib
from collections.abc import Iterator

from assessor_app.domain.problem import StoreProblem

_SERVICE = "assessor-app"
_RECOMMENDED = 1
"""`keyring` gives back ends that it recommends at least this priority; below are its stand-ins,
which keep nothing or keep it in clear."""


def keep(name: str, key: bytes) -> None:
    """Keep a key under a name, and make sure that it is kept.

    Raises StoreProblem `keyring_missing` where the system has no keyring that protects anything,
    or `keyring_failed`.
    """
    import keyring

    _require_keyring()
    with _told_plainly():
        keyring.set_password(_SERVICE, name, base64.b64encode(key).decode())
    if kept(name) != key:
        raise StoreProblem("keyring_failed", cause=type(keyring.get_keyring()).__name__)


def kept(name: str) -> bytes | None:
    """The key under a name, None where there is none. Raises StoreProblem as `keep` does."""
    import keyring

    _require_keyring()
    with _told_plainly():
        text = keyring.get_password(_SERVICE, name)
    try:
        return None if text is None else base64.b64decode(text, validate=True)
    except ValueError:
        return None  # somebody else's entry


def forget(name: str) -> None:
    """Take an entry out; one that is not there is fine. Raises StoreProblem as `keep` does."""
    import keyring

    if kept(name) is None:
        return
    with _told_plainly():
        keyring.delete_password(_SERVICE, name)


def _require_keyring() -> None:
    import keyring

    with _told_plainly():
        backend = keyring.get_keyring()
        if backend.priority < _RECOMMENDED:
            raise StoreProblem("keyring_missing")


@contextlib.contextmanager
def _told_plainly() -> Iterator[None]:
    from keyring.errors import NoKeyringError

    try:
        yield
    except StoreProblem:
        raise
    except NoKeyringError as error:
        raise StoreProblem("keyring_missing") from error
    except Exception as error:  # back ends are plugins: each has errors of its own
        raise StoreProblem("keyring_failed", cause=error) from error
