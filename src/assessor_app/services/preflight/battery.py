"""The battery, as far as the system tells of it: each system in its own words."""

import ctypes
import re
import subprocess
import sys
from pathlib import Path

from assessor_app.domain.preflight import Battery

_SUPPLIES = Path("/sys/class/power_supply")
_UNKNOWN = 255  # what Windows says where it does not know
_PATIENCE_S = 3


def battery() -> Battery | None:
    """The charge of this device; None where there is no battery, or nobody can tell.

    Only Linux was run; Windows and macOS are written from their own documentation.
    """
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        return _of_macos()
    return of_linux(_SUPPLIES)


def of_linux(supplies: Path) -> Battery | None:
    """From the kernel's files: the emptiest battery of the device itself, not of its mouse."""
    charges: list[int] = []
    charging: list[str] = []
    plugged: bool | None = None
    for supply in sorted(supplies.glob("*")):
        kind = _line(supply / "type")
        if kind in ("Mains", "USB") and (online := _line(supply / "online")) is not None:
            plugged = bool(plugged) or online == "1"
        elif kind == "Battery" and _line(supply / "scope") != "Device":
            capacity = _line(supply / "capacity")
            if capacity is not None and capacity.isdecimal():
                charges.append(min(int(capacity), 100))
                charging.append(_line(supply / "status") or "")
    if not charges:
        return None
    if plugged is None and charging:
        plugged = any(one in ("Charging", "Full") for one in charging)
    return Battery(min(charges), plugged)


def of_pmset(told: str) -> Battery | None:
    """From what macOS says at `pmset -g batt`."""
    percent = re.search(r"(\d{1,3})%", told)
    if percent is None:
        return None
    return Battery(min(int(percent[1]), 100), plugged="AC Power" in told)


def of_power_status(ac_line: int, flag: int, percent: int) -> Battery | None:
    """From the three bytes of Windows' SYSTEM_POWER_STATUS; 128 of its flags is: no battery."""
    no_battery = 128
    if percent == _UNKNOWN or (flag != _UNKNOWN and flag & no_battery):
        return None
    return Battery(min(percent, 100), plugged=None if ac_line == _UNKNOWN else ac_line == 1)


class _PowerStatus(ctypes.Structure):
    """Windows' SYSTEM_POWER_STATUS."""

    _fields_ = (
        ("ac_line", ctypes.c_ubyte),
        ("flag", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("left", ctypes.c_ulong),
        ("full", ctypes.c_ulong),
    )


def _of_windows() -> Battery | None:  # pragma: no cover - run on Windows alone
    status = _PowerStatus()
    libraries = getattr(ctypes, "windll", None)
    if libraries is None or not libraries.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        return None
    return of_power_status(status.ac_line, status.flag, status.percent)


def _of_macos() -> Battery | None:  # pragma: no cover - run on macOS alone
    try:
        told = subprocess.run(
            ["/usr/bin/pmset", "-g", "batt"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return of_pmset(told.stdout)


def _line(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return None
