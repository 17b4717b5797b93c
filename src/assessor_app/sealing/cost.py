"""What one guess of a passphrase costs: Argon2id's parameters, fitted to a device."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from assessor_app.domain.problem import StoreProblem

DERIVED_BYTES = 32
AIMED_SECONDS = 0.3
"""What opening a slot should take: an assessor hardly waits, a guesser does at every guess."""

_SALT_BYTES = 16
_MOST_MEMORY = 256 * 1024  # KiB: a backup must open on another tablet too, with 4 GB for all
_MOST_PASSES = 12
_LARGEST = 2**21  # KiB (2 GiB): a damaged or hostile slot must not ask for more
_SANE = range(1, 65)  # passes, lanes


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id's parameters. The default is RFC 9106's second recommended option."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def is_sane(self) -> bool:
        """Whether Argon2 takes it, and no file can make the device run out of memory or time."""
        in_range = self.passes in _SANE and self.lanes in _SANE
        return in_range and 8 * self.lanes <= self.memory_kib <= _LARGEST


FLOOR = Cost()
"""Calibration never goes below it, unless the device cannot give 64 MiB."""

SHORT_OF_MEMORY = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
"""The least that OWASP's Password Storage Cheat Sheet allows (19 MiB, 2 passes, 1 lane).

Taken as the start where 64 MiB cannot be had: a store that cannot be opened protects nobody. The
passes then grow until the aimed time is reached.
"""


def derive(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    """The 32-byte key of a passphrase (Argon2id, version 1.3).

    Raises StoreProblem `memory_short` where the device cannot give the memory.
    """
    try:
        return hash_secret_raw(
            passphrase,
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=DERIVED_BYTES,
            type=Type.ID,
        )
    except (HashingError, MemoryError) as error:
        # The parameters are checked before; what is left to fail is the allocation.
        raise StoreProblem("memory_short", mebibytes=cost.memory_kib // 1024) from error


def seconds_of(cost: Cost) -> float:
    """How long one derivation takes on this device now. Raises StoreProblem `memory_short`."""
    started = time.perf_counter()
    derive(b"calibration", bytes(_SALT_BYTES), cost)
    return time.perf_counter() - started


def calibrated(measure: Callable[[Cost], float] = seconds_of) -> Cost:
    """The cost that takes about 0.2 to 0.5 seconds on this device, never below the floor.

    Measured once, when a store is made; the slot keeps it. A faster device is asked for more
    memory first (that is what makes special hardware expensive), then for more passes; a slower
    one than the floor expects waits longer.
    """
    try:
        return _grown(FLOOR, measure(FLOOR))
    except StoreProblem:
        least = SHORT_OF_MEMORY
        return _grown(least, measure(least), most_memory=least.memory_kib)


def _grown(cost: Cost, seconds: float, *, most_memory: int = _MOST_MEMORY) -> Cost:
    """The cost scaled to the aimed time: the time grows with memory and with passes alike."""
    room = AIMED_SECONDS / max(seconds, 1e-6)
    while room / 2 >= 1 and cost.memory_kib * 2 <= most_memory:
        cost, room = replace(cost, memory_kib=cost.memory_kib * 2), room / 2
    passes = min(_MOST_PASSES, max(cost.passes, int(cost.passes * room)))
    return replace(cost, passes=passes)
