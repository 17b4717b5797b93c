"""Folders that photos arrive in, looked through again and again: which of them came since.

A look touches no store and no window, so that it goes on while the store is locked. What was there
before the watching began stays where it is: it belongs to somebody's life, not to the visit.
"""

import contextlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assessor_app.domain.observation import EvidenceSource

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".hif", ".webp"})
DEEPEST = 4
"""Folders below a watched one that are looked into: DCIM/100ANDRO/2026/11."""
MOST_ENTRIES = 20_000
"""Files and folders that one look goes through; a camera roll of ten years has some thousands."""
SETTLED_AFTER = 1.0
"""Seconds that size and time of a file stay as they are before it is taken."""
STALLED_AFTER = 30.0
"""Seconds after which an empty file is no longer told of as one that is being written."""
MOST_TRIES = 5
_FAT_STEP = 2.0  # seconds: what a memory card's clock rounds a file's time down by


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder and what brings the photos there."""

    path: Path
    source: EvidenceSource = EvidenceSource.WATCHED_FOLDER


@dataclass(frozen=True, slots=True)
class Arrived:
    """A photo that came: where it lies, and its path below the watched folder."""

    path: Path
    name: str
    source: EvidenceSource
    folder: Path


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look found.

    `older` came too, but was made before the visit: it is named and not taken by itself. `settling`
    counts what is still being written. `missing` are the folders that are not there now.
    """

    arrived: tuple[Arrived, ...] = ()
    older: tuple[Arrived, ...] = ()
    settling: int = 0
    missing: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """How a file stood when it was last seen to change."""

    size: int
    changed: float  # seconds, as the file system tells it
    at: float = 0.0  # seconds of the monotonic clock
    told: bool = False
    tries: int = 0

    def is_as(self, other: "_Seen") -> bool:
        return (self.size, self.changed) == (other.size, other.changed)


@dataclass(slots=True)
class FolderWatch:
    """Remembers what it has seen of each folder; a folder that goes and comes back is the same.

    `since` is the opening of the visit, `began` the moment of the watching: what is older than
    either is not taken, nor what lay there at the first look, whatever its clock says. `clock`
    counts seconds and never goes back.
    """

    folders: Sequence[WatchedFolder]
    since: datetime
    began: datetime
    clock: Callable[[], float] = time.monotonic
    _known: dict[Path, dict[str, _Seen]] = field(default_factory=dict)
    _looked: bool = False

    def look(self) -> Looked:
        """Look through all folders once; in a worker, as a share can take its time."""
        arrived: list[Arrived] = []
        older: list[Arrived] = []
        missing: list[Path] = []
        settling = 0
        for folder in self.folders:
            found = _photos(folder.path)
            if found is None:
                missing.append(folder.path)
                continue
            for one in self._settled(folder, found):
                if one is None:
                    settling += 1
                    continue
                name, file = one
                came = Arrived(folder.path / name, _shown(name), folder.source, folder.path)
                (older if self._is_old(file) else arrived).append(came)
        self._looked = True
        return Looked(tuple(arrived), tuple(older), settling, tuple(missing))

    def try_again(self, one: Arrived) -> bool:
        """Tell of a photo once more when it has settled: it could not be read whole.

        False once it was tried often enough: then it is damaged, and not on its way.
        """
        known = self._known.get(one.folder, {})
        name = str(one.path.relative_to(one.folder)).replace(os.sep, "/")
        before = known.get(name)
        if before is None or before.tries >= MOST_TRIES:
            return False
        known[name] = replace(before, told=False, tries=before.tries + 1, at=self.clock())
        return True

    def _settled(
        self, folder: WatchedFolder, found: Mapping[str, _Seen]
    ) -> Iterator[tuple[str, _Seen] | None]:
        """What can be taken, each once; None for each that is still being written."""
        now, first = self.clock(), folder.path not in self._known
        known = self._known.setdefault(folder.path, {})
        for name, file in found.items():
            before = known.get(name)
            if before is not None and before.told:
                continue
            if first and (not self._looked or self._is_old(file)):
                known[name] = replace(file, told=True)
            elif before is None or not before.is_as(file):
                known[name] = replace(file, at=now, tries=before.tries if before else 0)
                yield None
            elif now - before.at < SETTLED_AFTER:
                yield None
            elif not file.size:
                if now - before.at < STALLED_AFTER:
                    yield None
            else:  # nobody writes it any more
                known[name] = replace(before, told=True)
                yield name, file
        for name in [name for name, one in known.items() if not one.told and name not in found]:
            del known[name]  # it may come again

    def _is_old(self, file: _Seen) -> bool:
        earliest = max(self.since, self.began).timestamp()
        return file.changed + _FAT_STEP < earliest


def is_photo_name(name: str) -> bool:
    """Whether a file is called as a photo is, and not as one that is still on its way.

    `IMG.jpg.part`, `x.crdownload` and `.pending-1-IMG.jpg` are none; what lies in a bin of the
    phone (`.trashed-…`) or beside a file of another system (`._IMG.jpg`) is none either.
    """
    return not name.startswith((".", "~")) and Path(name).suffix.lower() in PHOTO_SUFFIXES


def _photos(folder: Path) -> dict[str, _Seen] | None:
    """The photos below a folder by their paths in it; None where it cannot be looked into."""
    try:
        if not folder.is_dir():
            return None
        return dict(_walk(folder, "", deep=0, left=[MOST_ENTRIES]))
    except OSError:
        return None


def _walk(folder: Path, below: str, *, deep: int, left: list[int]) -> Iterator[tuple[str, _Seen]]:
    """Photos and those in folders further down; a link leads nowhere. `left` entries at most."""
    inner: list[str] = []
    with os.scandir(folder / below) as entries:
        for entry in entries:
            left[0] -= 1
            if left[0] < 0:
                return
            with contextlib.suppress(OSError):  # it went while it was looked at
                if _is_inner(entry):
                    inner.append(f"{below}{entry.name}/")
                elif is_photo_name(entry.name) and not entry.is_symlink():
                    found = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(found.st_mode):
                        yield f"{below}{entry.name}", _Seen(found.st_size, found.st_mtime)
    for name in sorted(inner) if deep < DEEPEST else ():
        with contextlib.suppress(OSError):  # a folder of somebody else's, or just gone
            yield from _walk(folder, name, deep=deep + 1, left=left)


def _is_inner(entry: "os.DirEntry[str]") -> bool:
    """A folder to be looked into: no link, and none that hides (thumbnails, the bin)."""
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)


def _shown(name: str) -> str:
    """A name as text, where the disk has bytes that are none."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
