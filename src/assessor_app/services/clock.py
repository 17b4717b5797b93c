"""The device's own clock and ids."""

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uuid_utils

_LINUX_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class SystemClock:
    """Wall, monotonic and boot as the operating system gives them."""

    boot: str

    def now(self) -> datetime:
        return datetime.now(UTC)

    def mono(self) -> int:
        return _since_boot() // 1000


def _since_boot() -> int:
    """Nanoseconds, those of a suspended device too, so that a nap is no turned clock."""
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":  # where time.monotonic stands still meanwhile, and this goes on
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    return time.monotonic_ns()


def system_clock() -> SystemClock:
    """The device's clock.

    Where the system tells no boot id (Windows, macOS) each process counts as a boot of its own:
    monotonic times are then compared within one run of the program only.
    """
    boot = _LINUX_BOOT_ID.read_text().strip() if _LINUX_BOOT_ID.exists() else new_id()
    return SystemClock(boot)


def new_id() -> str:
    """A UUIDv7 (RFC 9562): sortable by time of making, unique without a registry."""
    return str(uuid_utils.uuid7())
