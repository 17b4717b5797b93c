"""A pool: files that never change, kept once beside all generations of a backup."""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.files import make_folder, sync_folders_of, told_plainly

_TOLD_EVERY = 50  # files

Told = Callable[[int, int], None]
"""Hears how many files are done, and of how many."""
Keep = Callable[[Path, Path], None]
"""How a file comes into the pool: linked or copied (storage/files.py)."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was missing in the pool and is there now."""

    files: int
    size: int  # bytes


def fill(
    source: Path,
    pool: Path,
    *,
    keep: Keep,
    wanted: Callable[[str], bool],
    whole: Callable[[Path], bool] | None = None,
    told: Told | None = None,
) -> Filled:
    """Bring into the pool the `wanted` files of a folder (by name) that it does not hold yet.

    Nothing is ever taken away from it. A file that has another length there was cut in one of the
    two places: it is brought in again where that of the folder is `whole`, and otherwise stays, as
    it may be the only good one that is left. Raises StoreProblem as `write_whole` does.
    """
    with told_plainly(source):
        there = dict(_lengths(pool, wanted))
        missing = [
            (inside, length)
            for inside, length in _lengths(source, wanted)
            if there.get(inside) != length
            and (inside not in there or (whole is not None and whole(source / inside)))
        ]
    kept: dict[Path, int] = {}
    made: set[Path] = set()
    for done, (inside, length) in enumerate(missing):
        if told and done % _TOLD_EVERY == 0:
            told(done, len(missing))
        target = pool / inside
        if target.parent not in made:
            make_folder(target.parent)
            made.add(target.parent)
        with told_plainly(target):
            target.unlink(missing_ok=True)
        if _kept(source / inside, target, keep):
            kept[target] = length
    sync_folders_of(kept)
    if told:
        told(len(missing), len(missing))
    return Filled(len(kept), sum(kept.values()))


def sweep_parts(folder: Path) -> None:
    """Take away what a killed or full writing left half-done under a folder.

    Only where nobody else writes (storage/lock.py).
    """
    with told_plainly(folder):
        for part in folder.rglob(".*.part"):
            if part.is_file():
                part.unlink(missing_ok=True)


def _kept(file: Path, target: Path, keep: Keep) -> bool:
    """False where a sweep took the file away meanwhile: no event names it."""
    try:
        keep(file, target)
    except StoreProblem:
        if file.exists():
            raise
        return False
    return True


def _lengths(folder: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, int]]:
    """Each wanted file under a folder by its way from there, and its length.

    As text, not as Path: there may be tens of thousands.
    """
    start = len(str(folder)) + 1
    for above, _, names in os.walk(folder):
        for name in names:
            if wanted(name) and not name.startswith("."):
                path = f"{above}{os.sep}{name}"
                with contextlib.suppress(FileNotFoundError):  # swept away meanwhile
                    yield path[start:], os.stat(path).st_size  # noqa: PTH116 - it is text
