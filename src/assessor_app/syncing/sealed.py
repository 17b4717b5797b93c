"""What is sealed to headquarters, and to a device: files in the format age, X25519.

A seal says that nobody else reads it and that nothing of it was altered; not from whom it is: that
says a signature within (signed.py). Whoever has the key can open it with any program for age.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Protocol

from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.stream import Source


class Target(Protocol):
    """All that is asked of what is written: a file, or what hashes on the way."""

    def write(self, data: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A pair for sealing: `recipient` (`age1…`) may be known to all, `identity` to its owner."""

    identity: str = field(repr=False)
    recipient: str


def new_sealing_key() -> SealingKey:
    """A new random pair."""
    from pyrage import x25519

    made = x25519.Identity.generate()
    return SealingKey(str(made), str(made.to_public()))


def seal_file(source: Source, target: Target, recipient: str) -> None:
    """Seal all that `source` still holds into `target`, some chunks at a time.

    Two seals of the same bytes differ. Raises StoreProblem `recipient_unreadable`, and what the two
    files raise; what was written counts for nothing then.
    """
    import pyrage

    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise StoreProblem("recipient_unreadable", recipient=recipient) from error
    given, taken = _Given(source), _Taken(target)
    try:
        pyrage.encrypt_io(given, taken, [to])
    except (pyrage.EncryptError, OSError) as error:
        raise given.failed or taken.failed or error from error


def open_file(source: Source, target: Target, identity: str) -> None:
    """Open a seal; only at the end is it sure that it was whole.

    Raises StoreProblem `seal_broken` where it is altered, cut, or sealed to somebody else, and what
    the two files raise; what was written counts for nothing then.
    """
    import pyrage

    own = pyrage.x25519.Identity.from_str(identity)
    given, taken = _Given(source), _Taken(target)
    try:
        pyrage.decrypt_io(given, taken, [own])
    except (pyrage.DecryptError, OSError) as error:
        failed = given.failed or taken.failed or StoreProblem("seal_broken")
        raise failed from error


def seal(content: bytes, recipient: str) -> bytes:
    """Seal what fits into the memory. Raises as `seal_file` does."""
    target = BytesIO()
    seal_file(BytesIO(content), target, recipient)
    return target.getvalue()


def unseal(content: bytes, identity: str) -> bytes:
    """Open what fits into the memory. Raises as `open_file` does."""
    target = BytesIO()
    open_file(BytesIO(content), target, identity)
    return target.getvalue()


class _Watched:
    """Remembers how a file failed: the library tells it as a failure of the seal."""

    def __init__(self) -> None:
        self.failed: BaseException | None = None

    @contextmanager
    def remembering(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self.failed = error
            raise


class _Given(_Watched):
    """What is read."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    def read(self, size: int, /) -> bytes:
        with self.remembering():
            return self._source.read(size)


class _Taken(_Watched):
    """What is written; it is flushed by whoever opened it."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self._target = target

    def write(self, data: bytes, /) -> int:
        with self.remembering():
            return self._target.write(data)

    def flush(self) -> None:
        """Nothing to do."""
