"""Which USB sticks are plugged in, as far as the system tells; the user may choose any folder."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_MOUNTED_BELOW = {"linux": ("/media/", "/run/media/"), "darwin": ("/Volumes/",)}
_REMOVABLE = 2  # GetDriveTypeW: a stick or a card


def sticks() -> list[Path]:
    """The folders of sticks that can be written, the one plugged in last mostly at the end."""
    volumes = (one for one in QStorageInfo.mountedVolumes() if one.isReady())
    return _removable(one.rootPath() for one in volumes if not one.isReadOnly())


def _removable(roots: Iterable[str]) -> list[Path]:
    if sys.platform == "win32":
        return [Path(root) for root in roots if _drive_type(root) == _REMOVABLE]
    below = _MOUNTED_BELOW.get(sys.platform, ())
    return [Path(root) for root in roots if root.startswith(below) and os.access(root, os.W_OK)]


def _drive_type(root: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))
