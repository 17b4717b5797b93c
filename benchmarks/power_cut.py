"""Power cuts: the product's own writes, recorded while it walks a visit, cut off at any point.

The walk (walk.py) runs under strace; its writes are replayed to a cut on a disk that loses what was
not synced (torn_disk.py says what it models and what not), and the product opens what is left.

The same with `synchronous=NORMAL`, or with folders that are never synced, both brought about from
here behind the product's back, must lose something: that proves that the harness can see a loss.
"""

import os
import random
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import assert_never

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection

from places import furnish
from reopened import Verdict, judge
from syscalls import Called, Operation, Say, Sync, record
from torn_disk import Disk
from walk import INDICATORS, Said, said_from, say_to, walk


class Syncing(StrEnum):
    """How the walk syncs: as the product does, or worse."""

    FULL = "full"
    NORMAL = "normal"  # the database only at its checkpoints
    NO_FOLDERS = "no_folders"  # Python's files, but not the folders that name them


@dataclass(frozen=True, slots=True)
class Recording:
    """All that one walk asked of the disk; `before` holds what lay there when it began."""

    syncing: Syncing
    before: Path
    calls: tuple[Called, ...]

    @property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(one for call in self.calls for one in call.operations)

    @property
    def said(self) -> tuple[Said, ...]:
        return tuple(said_from(one.line) for one in self.operations if isinstance(one, Say))


@dataclass(frozen=True, slots=True)
class Cuts:
    """What was found after the cuts. `first` tells of the first that was not whole."""

    syncing: Syncing
    operations: int
    syncs: int
    acknowledged: int
    cuts: int
    whole: int
    lost: int
    corrupt: int
    first: str


def recorded(folder: Path, modes: Sequence[Syncing]) -> tuple[Recording, ...]:
    """Walk one visit for each way of syncing, all children of one recorded process.

    Worse ways need not go on to the slow end of a visit, closing and the signed document.
    """
    recordings = []
    said = folder / "said"
    for mode in modes:
        before = folder / f"{mode}.before"
        furnish(before / "home", indicators=INDICATORS)
        (before / "out").mkdir()
        shutil.copytree(before, folder / mode)
    command = [sys.executable, "-B", __file__, "--walk", str(said), str(folder), *modes]
    calls = record(command, folder / "strace.log", root=folder, said=said)
    (folder / "strace.log").unlink()
    for mode, process in zip(modes, _processes(calls), strict=True):
        own = tuple(one for one in calls if one.process == process)
        recordings.append(Recording(mode, folder / f"{mode}.before", own))
    return tuple(recordings)


def cut(recording: Recording, folder: Path, *, cuts: int, seed: int = 20261122) -> Cuts:
    """Cut the power that many times, half of them right after an acknowledgement."""
    chance = random.Random(seed)
    operations, ever = recording.operations, recording.said
    after_said = [at + 1 for at, one in enumerate(operations) if isinstance(one, Say)]
    moments = [chance.choice(after_said) for _ in range(cuts // 2)]
    moments += [chance.randint(0, len(operations)) for _ in range(cuts - len(moments))]
    disk = _disk(recording)
    done, given = 0, 0
    found: list[tuple[Verdict, str]] = []
    for moment in sorted(moments):
        for operation in operations[done:moment]:
            disk.do(operation)
            given += isinstance(operation, Say)
        done = moment
        with tempfile.TemporaryDirectory(dir=folder) as place:
            disk.after_cut(Path(place), chance)
            judged = judge(Path(place), given=ever[:given], ever=ever)
        found.append((judged.verdict, f"operation {moment}: {judged.why}"))
    verdicts = [verdict for verdict, _ in found]
    return Cuts(
        syncing=recording.syncing,
        operations=len(operations),
        syncs=sum(isinstance(one, Sync) for one in operations),
        acknowledged=len(ever),
        cuts=len(found),
        whole=verdicts.count(Verdict.WHOLE),
        lost=verdicts.count(Verdict.LOST),
        corrupt=verdicts.count(Verdict.CORRUPT),
        first=next((why for verdict, why in found if verdict is not Verdict.WHOLE), ""),
    )


def _disk(recording: Recording) -> Disk:
    """The disk as it lay before; its paths are those of the folder that was walked in."""
    return Disk(recording.before, root=recording.before.with_suffix(""))


def _processes(calls: Sequence[Called]) -> list[int]:
    """The walking processes in the order of their first acknowledgement."""
    said = (one.process for one in calls if any(isinstance(op, Say) for op in one.operations))
    return list(dict.fromkeys(said))


def _walk_recorded(said: Path, folder: Path, modes: Sequence[str]) -> None:
    """The recorded process: everything is imported once, then each mode walks in a child."""
    handle = os.open(said, os.O_WRONLY | os.O_CREAT, 0o600)
    for mode in map(Syncing, modes):
        child = os.fork()
        if not child:
            _weaken(mode)
            last = None if mode is Syncing.FULL else "undo"
            walk(folder / mode, partial(say_to, handle), last=last)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            sys.exit(1)


def _weaken(mode: Syncing) -> None:
    """Sync worse than the product asks for, in this process."""
    match mode:
        case Syncing.FULL:
            return
        case Syncing.NORMAL:
            sa.event.listen(sa.pool.Pool, "connect", _sync_at_checkpoints)
        case Syncing.NO_FOLDERS:
            os.fsync = partial(_sync_files_only, os.fsync)
        case _:
            assert_never(mode)


def _sync_at_checkpoints(connection: DBAPIConnection, _record: object) -> None:
    connection.cursor().execute("PRAGMA synchronous=NORMAL")


def _sync_files_only(sync: Callable[[int], None], handle: int) -> None:
    if not stat.S_ISDIR(os.fstat(handle).st_mode):
        sync(handle)


if __name__ == "__main__":
    _walk_recorded(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
