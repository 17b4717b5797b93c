"""Wrong passphrases: counted in a small file beside the key file, so that each waits longer.

It slows down whoever types at the screen. Whoever has copied the files deletes this one, and is
slowed by Argon2id alone (docs/security.md).
"""

import contextlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from assessor_app.domain.clock import Clock
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.files import write_whole

FREE = 3
"""How many wrong passphrases cost no waiting: people mistype."""

LONGEST = 60
"""Seconds that the owner waits at most, however often somebody else has tried."""

_FILE = "attempts.json"


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: datetime


@contextlib.contextmanager
def one_attempt(folder: Path, clock: Clock) -> Iterator[None]:
    """Let one passphrase be tried in this block: a wrong one is counted, the right one clears.

    Raises StoreProblem `passphrase_wait` with the `seconds` that are left, before anything is
    tried.
    """
    path = folder / _FILE
    _require_waited(path, clock.now())
    try:
        yield
    except StoreProblem as problem:
        if problem.code == "passphrase_wrong":
            # Counted when it is known: programs that are killed while they open, or that open at
            # the same time with the right passphrase, have guessed nothing.
            found = _read(path)
            _write(path, _Failures(1 + (found.count if found else 0), clock.now()))
        raise
    forget_failures(folder)


def forget_failures(folder: Path) -> None:
    """Let nobody wait for what was tried before: somebody has shown to be entitled."""
    with contextlib.suppress(OSError):
        (folder / _FILE).unlink(missing_ok=True)


def delay(failures: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: 0, 0, 0, 2, 4, 8, … 60."""
    over = failures - FREE
    return 0 if over < 0 else min(LONGEST, 2 ** min(over + 1, 6))


def _require_waited(path: Path, now: datetime) -> None:
    found = _read(path)
    if found is None:
        return
    if now < found.last:
        # The clock was set back. To wait for the old time could take years: begin the wait anew.
        found = _Failures(found.count, now)
        _write(path, found)
    left = found.last + timedelta(seconds=delay(found.count)) - now
    if left > timedelta(0):
        raise StoreProblem("passphrase_wait", seconds=math.ceil(left.total_seconds()))


def _read(path: Path) -> _Failures | None:
    """What was counted; a file that is missing or damaged must not lock anybody out."""
    try:
        content = json.loads(path.read_bytes())
        count, last = content["count"], instant_from_text(str(content["last"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return _Failures(count, last) if type(count) is int and count > 0 else None


def _write(path: Path, failures: _Failures) -> None:
    # A medium that cannot be written to opens all the same.
    with contextlib.suppress(StoreProblem):
        content = {"count": failures.count, "last": instant_text(failures.last)}
        write_whole(path, json.dumps(content).encode())
