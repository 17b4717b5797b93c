"""Generations of a backup: found, numbered, given new keys, and dropped when there are many."""

import contextlib
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage.files import told_plainly, write_whole
from assessor_app.storage.key_file import read_key_file, second_copy
from assessor_app.storage.keys import DataKey, Unlocked
from assessor_app.storage.layout import BACKUPS, KEYS
from assessor_app.storage.manifest import NAME, Manifest, Why, read_manifest
from assessor_app.storage.pool import sweep_parts

KEPT = 5
KEPT_OF_MIGRATIONS = 2
_PREFIX = "assessor-"
_STAMP = "%Y%m%dT%H%M%SZ"
_OWN = re.compile(rf"{_PREFIX}[0-9a-f]{{12}}")
_GENERATION = re.compile(r"(\d{6,})-(\d{8}T\d{6}Z)")


def stamp(instant: datetime) -> str:
    """An instant as the names of folders have it: UTC, to the second."""
    return instant.astimezone(UTC).strftime(_STAMP)


@dataclass(frozen=True, slots=True)
class Generation:
    """One backup as it lies in its place; what it holds is told by its manifest."""

    folder: Path
    number: int
    made_at: datetime

    def size(self) -> int:
        """Bytes on disk, without the pools."""
        with told_plainly(self.folder):
            return sum(file.stat().st_size for file in self.folder.iterdir())


def own_folder(place: Path, key: DataKey) -> Path:
    """The folder of one store in a place that others may use too; its name tells nothing."""
    return place / f"{_PREFIX}{key.subkey('backup-place')[:6].hex()}"


def is_own_folder(folder: Path) -> bool:
    """Whether a folder is called as `own_folder` calls one, and is no link to another."""
    return bool(_OWN.fullmatch(folder.name)) and folder.is_dir() and not folder.is_symlink()


def generations(folder: Path) -> tuple[Generation, ...]:
    """The generations in the folder of a store, newest first.

    By their number, not by their time: the wall clock of a device may have been turned. Raises
    StoreProblem where the folder cannot be read.
    """
    with told_plainly(folder):
        found = [generation_in(one) for one in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted((one for one in found if one), key=lambda one: one.number, reverse=True))


def generation_in(folder: Path) -> Generation | None:
    """The generation that a folder is; None where it is none, or was not finished."""
    found = _GENERATION.fullmatch(folder.name)
    if not found or not (folder / NAME).is_file():
        return None
    try:
        made_at = datetime.strptime(found[2], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Generation(folder, int(found[1]), made_at)


def folders_in(source: Path) -> tuple[Path, ...]:
    """The folders of stores that are meant by a place, a home, or one such folder itself.

    Raises StoreProblem `backup_place_missing`.
    """
    if not source.is_dir():
        raise StoreProblem("backup_place_missing", place=source)
    if generations(source):
        return (source,)
    return _folders_of(source) or _folders_of(source / BACKUPS)


def newest_generation(source: Path) -> Generation:
    """The generation that is meant by a folder: itself, or the newest one of the store in it.

    Raises StoreProblem `backup_place_missing`, `backup_not_found`, or `backup_several` where more
    than one store was backed up there.
    """
    itself = generation_in(source)
    if itself:
        return itself
    folders = folders_in(source)
    if not folders:
        raise StoreProblem("backup_not_found", place=source)
    if len(folders) > 1:
        names = ", ".join(one.name for one in folders)
        raise StoreProblem("backup_several", place=source, folders=names)
    return generations(folders[0])[0]


def key_file(store: Path, key: DataKey) -> Path | None:
    """The copy of the key file that holds its newest content; None where that was altered."""
    path = store / KEYS
    found = read_key_file(path)
    if Unlocked("", key, found).altered:
        return None
    return next(copy for copy in (path, second_copy(path)) if copy not in found.outdated)


def refresh_keys(store: Path, folder: Path, key: DataKey) -> None:
    """Give every generation the key file that the store has now.

    Not one that somebody altered without having the key: it might open nothing. Raises
    StoreProblem as reading a key file and `write_whole` do.
    """
    current = key_file(store, key)
    if current is None:
        return
    with told_plainly(current):
        content = current.read_bytes()
    for one in generations(folder):
        target = one.folder / KEYS
        with told_plainly(target):
            if target.exists() and target.read_bytes() == content:
                continue
        write_whole(target, content)


def rotate(folder: Path, key: DataKey) -> None:
    """Drop the oldest generations; never one that holds what no other does, nor a damaged one."""
    read: list[tuple[Generation, Manifest]] = []
    for one in generations(folder):
        with contextlib.suppress(StoreProblem):
            read.append((one, read_manifest(one.folder, key)))
    ordinary = [one for one in read if one[1].why is not Why.MIGRATION]
    migrations = [one for one in read if one[1].why is Why.MIGRATION]
    kept = [*ordinary[:KEPT], *migrations[:KEPT_OF_MIGRATIONS]]
    for one, manifest in [*ordinary[KEPT:], *migrations[KEPT_OF_MIGRATIONS:]]:
        if any(other.covers(manifest) for _, other in kept):
            _drop(one.folder)
        else:
            kept.append((one, manifest))


def sweep(folder: Path) -> None:
    """Take away what a backup that was cut off has left. Only where nobody else writes."""
    sweep_parts(folder)
    for part in folder.glob(".*.part"):
        shutil.rmtree(part, ignore_errors=True)


def _drop(folder: Path) -> None:
    """First its name, so that a half-deleted generation is never taken for a whole one."""
    doomed = folder.with_name(f".{folder.name}.part")
    with told_plainly(folder):
        folder.rename(doomed)
        sync_folder(folder.parent)
        shutil.rmtree(doomed)


def _folders_of(place: Path) -> tuple[Path, ...]:
    with told_plainly(place):
        return tuple(sorted(one for one in place.glob(f"{_PREFIX}*") if generations(one)))
