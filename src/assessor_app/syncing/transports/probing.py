"""Whether a storage does what it must: a random probe goes there, comes back and goes away."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assessor_app.syncing.transports.transport import Dated, Transport, TransportFailed

MOST_OFF = timedelta(minutes=15)
"""How far two clocks may be apart: what S3 takes."""

_FOLDER = "p/probe/"
_PROBE_BYTES = 4096


class Step(StrEnum):
    """In this order."""

    WRITE = "write"
    READ = "read"
    COMPARE = "compare"
    LIST = "list"
    DELETE = "delete"
    CLOCK = "clock"


class Outcome(StrEnum):
    DONE = "done"
    FAILED = "failed"
    KEPT = "kept"
    """The probe may not be deleted: a storage that keeps what it has is as good."""
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Tried:
    """How one step went; `problem` says why it failed, or why the probe was kept."""

    step: Step
    outcome: Outcome
    problem: TransportFailed | None = None


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """All steps, in their order."""

    tried: tuple[Tried, ...]

    @property
    def ok(self) -> bool:
        return not any(one.outcome is Outcome.FAILED for one in self.tried)

    @property
    def failed(self) -> Tried | None:
        """The first that failed: what is to be mended."""
        return next((one for one in self.tried if one.outcome is Outcome.FAILED), None)


def probe(transport: Transport, *, place: str, now: Callable[[], datetime]) -> ProbeResult:
    """Try a storage; nothing of it stays there where it can be deleted. Raises nothing of it."""
    name, data = f"{_FOLDER}{secrets.token_hex(16)}", secrets.token_bytes(_PROBE_BYTES)
    tried: list[Tried] = []

    def attempt(step: Step, work: Callable[[], None]) -> None:
        try:
            work()
        except TransportFailed as failed:
            tried.append(Tried(step, Outcome.FAILED, failed))
        else:
            tried.append(Tried(step, Outcome.DONE))

    read: list[bytes] = []
    attempt(Step.WRITE, lambda: transport.put(name, data))
    if tried[0].outcome is Outcome.DONE:
        attempt(Step.READ, lambda: read.append(_read(transport, name, place=place)))
        size = _size_asked(transport, name)
        attempt(Step.COMPARE, lambda: _compare(read, size, data, place=place))
        attempt(Step.LIST, lambda: _list(transport, name, place=place))
        tried.append(_deleted(transport, name))
    tried.append(_clock(transport, place=place, now=now))
    return ProbeResult(_in_order(tried))


def _in_order(tried: list[Tried]) -> tuple[Tried, ...]:
    """What fails for want of an earlier step, or for the same reason, is told as not tried."""
    by_step = {one.step: one for one in tried}
    reasons: set[str] = set()
    ordered = []
    for step in Step:
        one = by_step.get(step, Tried(step, Outcome.SKIPPED))
        reason = one.problem.code if one.problem and one.outcome is Outcome.FAILED else None
        ordered.append(Tried(step, Outcome.SKIPPED) if reason in reasons else one)
        if reason:
            reasons.add(reason)
    return tuple(ordered)


def _read(transport: Transport, name: str, *, place: str) -> bytes:
    try:
        return transport.get(name)
    except TransportFailed as failed:
        if failed.code != "storage_missing":
            raise
        raise TransportFailed("storage_lies", place=place, cause=failed.places["cause"]) from failed


def _size_asked(transport: Transport, name: str) -> int | TransportFailed | None:
    try:
        return transport.size(name)
    except TransportFailed as failed:
        return failed


def _compare(
    read: list[bytes], size: int | TransportFailed | None, data: bytes, *, place: str
) -> None:
    if isinstance(size, TransportFailed):
        raise size
    if size != len(data) or read not in ([], [data]):
        raise TransportFailed("storage_lies", place=place, cause=f"{len(data)} ≠ {size}")


def _list(transport: Transport, name: str, *, place: str) -> None:
    if name not in transport.list(_FOLDER):
        raise TransportFailed("storage_lies", place=place, cause=_FOLDER)


def _deleted(transport: Transport, name: str) -> Tried:
    try:
        transport.delete(name)
        is_gone = transport.size(name) is None
    except TransportFailed as failed:
        kept = failed.code == "storage_forbidden"
        return Tried(Step.DELETE, Outcome.KEPT if kept else Outcome.FAILED, failed)
    return Tried(Step.DELETE, Outcome.DONE if is_gone else Outcome.KEPT)


def _clock(transport: Transport, *, place: str, now: Callable[[], datetime]) -> Tried:
    """A server that says nothing of the time, or does not answer, is told by the other steps."""
    try:
        theirs = transport.time() if isinstance(transport, Dated) else None
    except TransportFailed as failed:
        return Tried(Step.CLOCK, Outcome.FAILED, failed)
    if theirs is None:
        return Tried(Step.CLOCK, Outcome.SKIPPED)
    if abs(theirs - now()) <= MOST_OFF:
        return Tried(Step.CLOCK, Outcome.DONE)
    cause = theirs.isoformat(sep=" ", timespec="minutes")
    problem = TransportFailed("storage_clock", place=place, cause=cause)
    return Tried(Step.CLOCK, Outcome.FAILED, problem)
