"""One flipped bit in each page of the database, and in every other file of a store.

Each flip is made in a copy of a store with one finished visit, which the product then opens and
checks whole: what it refuses or names is noticed. A flip may also be without effect, as where the
key file has a second generation: then all that was held is there, unchanged.

The log (`-wal`) lies there only after a crash. SQLite ends it at the first frame that does not fit,
because a torn write looks just so, and would drop every action after it; the product puts a flipped
bit right and refuses what it cannot (storage/wal.py). One thing alone it cannot tell from a write
that the power cut tore: more than one bit, all of them in the very last transaction.
"""

import random
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assessor_app.compose import build
from assessor_app.domain.problem import Problem
from assessor_app.services.checking.check import check
from checked import held
from places import PASSPHRASE, QUICK, furnish
from walk import INDICATORS, Walk

PAGE = 4096  # bytes of a page of the database
SECTOR = 512
_LOG = "store.db-wal"
_MENDED = {"log_mended"}
_WAL_HEAD, _FRAME_HEAD = 32, 24  # bytes before the first frame, and before the page in each


class Noticed(StrEnum):
    NAMED = "named"  # refused, or named by the check
    WITHOUT_EFFECT = "without_effect"  # all that was held is there, unchanged
    UNSEEN = "unseen"  # something is not what it was, and nobody says so


@dataclass(frozen=True, slots=True)
class Flipped:
    """The flips in one kind of file. `first` tells of the first that was not seen."""

    file: str
    flips: int
    named: int
    without_effect: int
    unseen: int
    first: str


@dataclass(frozen=True, slots=True)
class Stores:
    """A store that was closed after a whole visit, and one left by a crash in an open visit."""

    closed: Path
    closed_holds: str
    crashed: Path
    crashed_holds: str


def stores(folder: Path) -> Stores:
    """Walk one visit; what lies on the disk after the undo, and at the end."""
    walked, crashed = folder / "walked", folder / "crashed"
    furnish(walked / "home", indicators=INDICATORS)
    (walked / "out").mkdir()
    visit = Walk(walked)
    crashed_holds = ""
    for name, step in visit.steps():
        step()
        if name == "undo":
            crashed_holds = visit.said(name).state
            without_index = shutil.ignore_patterns("*-shm")  # it is memory, not disk
            shutil.copytree(walked, crashed, ignore=without_index)
    holds = visit.said("end").state
    visit.close()
    return Stores(walked, holds, crashed, crashed_holds)


def in_pages(made: Stores, *, seed: int = 20261122) -> Flipped:
    """One bit in each page of the database."""
    chance = random.Random(seed)
    size = (made.closed / "home/store/store.db").stat().st_size
    offsets = [page + chance.randrange(PAGE) for page in range(0, size, PAGE)]
    return _flipped(made.closed, made.closed_holds, "store.db", [("store.db", offsets)], chance)


def in_log(made: Stores, *, flips: int | None = None, seed: int = 20261122) -> Flipped:
    """One bit in the head of the log, and in the head and in the page of each frame.

    `flips` takes only that many of them.
    """
    chance = random.Random(seed)
    frames = _frames(made)
    heads = [frame + chance.randrange(_FRAME_HEAD) for frame in frames]
    pages = [frame + _FRAME_HEAD + chance.randrange(PAGE) for frame in frames]
    offsets = [chance.randrange(_WAL_HEAD), *heads, *pages]
    chosen = offsets if flips is None else chance.sample(offsets, flips)
    return _flipped(made.crashed, made.crashed_holds, _LOG, [(_LOG, chosen)], chance)


def in_sectors_of_log(made: Stores, *, sectors: int | None = None, seed: int = 20261122) -> Flipped:
    """One sector overwritten in the page of each frame before the last transaction."""
    chance = random.Random(seed)
    content = _log(made).read_bytes()
    ends = [frame for frame in _frames(made) if any(content[frame + 4 : frame + 8])]
    frames = [frame for frame in _frames(made) if frame <= ends[-2]]
    inside = [-(-(frame + _FRAME_HEAD) // SECTOR) for frame in frames]
    offsets = [(first + chance.randrange(PAGE // SECTOR - 1)) * SECTOR for first in inside]
    chosen = offsets if sectors is None else chance.sample(offsets, sectors)
    kind = f"sectors of {_LOG}"
    places = [(_LOG, chosen)]
    return _flipped(made.crashed, made.crashed_holds, kind, places, chance, size=SECTOR)


def _log(made: Stores) -> Path:
    return made.crashed / "home/store" / _LOG


def _frames(made: Stores) -> range:
    return range(_WAL_HEAD, _log(made).stat().st_size, _FRAME_HEAD + PAGE)


def in_keys(made: Stores, *, flips: int, seed: int = 20261122) -> Flipped:
    """Bits all over the key file, its second generation too."""
    names = sorted(path.name for path in (made.closed / "home/store").glob("keys*.json"))
    return _in_files(made, "keys", names, flips=flips, seed=seed)


def in_evidence(made: Stores, *, flips: int, seed: int = 20261122) -> Flipped:
    """Bits all over each sealed original and document."""
    store = made.closed / "home/store"
    found = (path for path in (store / "evidence").rglob("*.*") if path.suffix in _IRREPLACEABLE)
    names = sorted(str(path.relative_to(store)) for path in found)
    return _in_files(made, "evidence", names, flips=flips, seed=seed)


_IRREPLACEABLE = (".original", ".document")  # all other forms are made anew from these


def _in_files(made: Stores, kind: str, names: Iterable[str], *, flips: int, seed: int) -> Flipped:
    """The first and the last byte of each file, and others at random between."""
    chance = random.Random(seed)
    places = []
    for name in names:
        size = (made.closed / "home/store" / name).stat().st_size
        between = [chance.randrange(size) for _ in range(max(0, flips - 2))]
        places.append((name, [0, size - 1, *between]))
    return _flipped(made.closed, made.closed_holds, kind, places, chance)


def _flipped(
    root: Path,
    holds: str,
    kind: str,
    places: Iterable[tuple[str, Iterable[int]]],
    chance: random.Random,
    *,
    size: int = 0,
) -> Flipped:
    """Flip one bit at each place, or overwrite that many bytes."""
    found: list[tuple[Noticed, str]] = []
    with tempfile.TemporaryDirectory(dir=root.parent) as place:
        for name, offsets in places:
            for offset in offsets:
                copy = Path(place) / str(len(found))
                shutil.copytree(root, copy)
                bit = chance.randrange(8)
                if size:
                    _overwrite(copy / "home/store" / name, offset, chance.randbytes(size))
                else:
                    _flip(copy / "home/store" / name, offset, bit=bit)
                found.append((_noticed(copy, holds), f"{name} byte {offset} bit {bit}"))
                shutil.rmtree(copy)
    kinds = [one for one, _ in found]
    return Flipped(
        file=kind,
        flips=len(found),
        named=kinds.count(Noticed.NAMED),
        without_effect=kinds.count(Noticed.WITHOUT_EFFECT),
        unseen=kinds.count(Noticed.UNSEEN),
        first=next((where for one, where in found if one is Noticed.UNSEEN), ""),
    )


def _flip(path: Path, offset: int, *, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        (byte,) = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ 1 << bit]))


def _overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def _noticed(root: Path, holds: str) -> Noticed:
    application = build(root / "home", cost=QUICK)
    try:
        workplace = application.unlock(PASSPHRASE)
    except Problem:
        return Noticed.NAMED
    try:
        told = {one.code for one in check(workplace.store).noticed}
        if told - _MENDED:
            return Noticed.NAMED
        found = held(application, workplace)
    except Problem:
        return Noticed.NAMED
    finally:
        workplace.store.close()
    if found != holds:  # what is said to be put right must be right
        return Noticed.UNSEEN
    return Noticed.NAMED if told else Noticed.WITHOUT_EFFECT
