"""A storage that fails when it is told to: for tests, rehearsals and the chaos run.

It stands over a real one and keeps to the form of its failures, so that what is tried against it
is what runs in the field.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assessor_app.syncing.transports.throttled import Wait
from assessor_app.syncing.transports.transport import Transport, TransportFailed


class Failure(StrEnum):
    """How an operation fails. Only the first three say so."""

    BEFORE = "before"  # the line breaks, and nothing was done
    DURING = "during"  # the first half was done: what a storage without whole writes leaves
    AFTER = "after"  # it was done, and the answer was lost
    WRONG = "wrong"  # the answer, or what is written, is another one
    SLOW = "slow"  # it is done, late
    LOSES = "loses"  # it is accepted and not done
    OLD = "old"  # the answer is that of before the last write of this name


Choose = Callable[[int, str, str], Failure | None]
"""Says how the k-th operation (from 1) of a verb on a name fails; None lets it go well."""


def at(number: int, failure: Failure) -> Choose:
    """One operation fails."""
    return lambda count, _verb, _name: failure if count == number else None


def every(verb: str, failure: Failure) -> Choose:
    """All operations of a verb fail."""
    return lambda _count, asked, _name: failure if asked == verb else None


@dataclass(slots=True)
class FailingTransport:
    """`inner`, with the failures that `choose` picks; `done` is what was asked, in order."""

    inner: Transport
    choose: Choose
    delay: float = 0.05
    """Seconds by which SLOW is late."""
    wait: Wait = time.sleep
    done: list[tuple[str, str]] = field(default_factory=list)
    _before: dict[str, bytes | None] = field(default_factory=dict)

    def size(self, name: str) -> int | None:
        match failure := self._next("size", name):
            case Failure.WRONG:
                return (self.inner.size(name) or 0) + 1
            case Failure.LOSES:
                return None
            case Failure.OLD:
                old = self._old(name)
                return None if old is None else len(old)
            case _:
                found = self.inner.size(name)
        self._broken_after(failure)
        return found

    def put(self, name: str, data: bytes) -> None:
        failure = self._next("put", name)
        before = self._present(name)
        match failure:
            case Failure.DURING:
                self.inner.put(name, data[: len(data) // 2])
            case Failure.WRONG:
                self.inner.put(name, _altered(data))
            case Failure.LOSES:
                return
            case _:
                self.inner.put(name, data)
        self._before[name] = before
        self._broken_after(failure)

    def get(self, name: str) -> bytes:
        match failure := self._next("get", name):
            case Failure.WRONG:
                return _altered(self.inner.get(name))
            case Failure.DURING:
                self.inner.get(name)
            case Failure.LOSES:
                raise TransportFailed("storage_missing", place=self._place, cause=name)
            case Failure.OLD:
                old = self._old(name)
                if old is None:
                    raise TransportFailed("storage_missing", place=self._place, cause=name)
                return old
            case _:
                pass
        found = self.inner.get(name)
        self._broken_after(failure)
        return found

    def list(self, prefix: str) -> Iterator[str]:
        failure = self._next("list", prefix)
        names = list(self.inner.list(prefix))
        match failure:
            case Failure.WRONG:
                return iter([f"{prefix}{'0' * 64}"])
            case Failure.LOSES:
                return iter([])
            case Failure.OLD:
                return iter([one for one in names if self._old(one) is not None])
            case Failure.DURING | Failure.AFTER:
                return self._cut(names)
            case _:
                return iter(names)

    def delete(self, name: str) -> None:
        failure = self._next("delete", name)
        if failure not in (Failure.WRONG, Failure.LOSES, Failure.OLD, Failure.DURING):
            self.inner.delete(name)
        self._broken_after(failure)

    @property
    def _place(self) -> str:
        return "failing"

    def _next(self, verb: str, name: str) -> Failure | None:
        self.done.append((verb, name))
        failure = self.choose(len(self.done), verb, name)
        if failure is Failure.BEFORE:
            raise self._broken(failure)
        if failure is Failure.SLOW:
            self.wait(self.delay)
        return failure

    def _cut(self, names: Sequence[str]) -> Iterator[str]:
        yield from names[: len(names) // 2]
        raise self._broken(Failure.DURING)

    def _broken_after(self, failure: Failure | None) -> None:
        if failure in (Failure.DURING, Failure.AFTER):
            raise self._broken(failure)

    def _broken(self, failure: Failure) -> TransportFailed:
        return TransportFailed("storage_unreachable", place=self._place, cause=failure.value)

    def _old(self, name: str) -> bytes | None:
        return self._before[name] if name in self._before else self._present(name)

    def _present(self, name: str) -> bytes | None:
        return None if self.inner.size(name) is None else self.inner.get(name)


def _altered(data: bytes) -> bytes:
    """As long as before, and another one."""
    return bytes([data[0] ^ 1]) + data[1:] if data else b"\0"
