"""kill -9 at random moments of a migration: afterwards the store is old or new, and whole.

A preloaded process forks one child a round, so that a kill costs milliseconds and not the start of
an interpreter. What is not modelled: a power cut (benchmarks/power_cut.py), which also loses what
the system had not written yet.
"""

import contextlib
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from assessor_app.storage.backup import in_silence
from assessor_app.storage.database import migration_engine, physical_fault, schema_of
from assessor_app.storage.generations import generations, own_folder
from assessor_app.storage.keys import DataKey, open_keys
from assessor_app.storage.layout import BACKUPS, DATABASE, KEYS, STORE
from assessor_app.storage.manifest import measured, read_manifest
from assessor_app.storage.migrating import migrate
from assessor_app.storage.tables import SCHEMA

AT = datetime(2026, 11, 22, tzinfo=UTC)
_TIMED = 3  # migrations that nobody kills
_EVENTS = "SELECT place, id, visit, device, seq, hash, body FROM event ORDER BY place"


@dataclass(frozen=True, slots=True)
class MigrationKills:
    """What came of it; `faults` must be empty. Seconds are those of the whole migration."""

    kills: int
    before_it_ended: int
    left_old: int
    left_new: int
    faults: tuple[str, ...]
    undisturbed: float


def migration_kills(released: Path, passphrase: str, *, kills: int, seed: int) -> MigrationKills:
    """Kill migrations of copies of a released home, each at a random moment, and look at the rest.

    After each kill the store must be of the old or of the new schema, its pages whole and its
    events byte for byte what they were; the next start must bring it to the new schema and leave
    nothing half-made behind.
    """
    chance = random.Random(seed)
    key = open_keys(released / STORE / KEYS, passphrase).key
    faults: list[str] = []
    ended = old = new = 0
    with tempfile.TemporaryDirectory() as folder, _Forker(key) as forker:
        untouched = _copy(released, Path(folder) / "untouched")
        before, events = _revision(untouched, key), _events(untouched, key)
        # The shortest of some: where others work on the machine, most kills would come too late.
        undisturbed = min(
            forker.run(_copy(released, Path(folder) / f"timed-{number}"), kill_after=None)
            for number in range(_TIMED)
        )
        for number in range(kills):
            home = _copy(released, Path(folder) / f"kill-{number}")
            took = forker.run(home, kill_after=chance.uniform(0, undisturbed * 1.1))
            ended += took < 0
            faults += [f"{number}: {fault}" for fault in _after(home, key, events)]
            revision = _revision(home, key)
            old, new = old + (revision == before), new + (revision == SCHEMA)
            if revision not in {before, SCHEMA}:
                faults.append(f"{number}: a schema of its own")
            faults += [f"{number}, started again: {fault}" for fault in _again(home, key, events)]
            shutil.rmtree(home)
    return MigrationKills(kills, ended, old, new, tuple(faults), undisturbed)


def _copy(released: Path, home: Path) -> Path:
    return Path(shutil.copytree(released, home))


def _revision(home: Path, key: DataKey) -> str:
    return schema_of(home / STORE / DATABASE, key.subkey("database")).revision


def _after(home: Path, key: DataKey, events: object) -> list[str]:
    found = []
    if _events(home, key) != events:
        found.append("events differ")
    return found + [
        f"{one.folder.name} is no whole backup"
        for one in generations(own_folder(home / BACKUPS, key))
        if not _whole(one.folder, key)
    ]


def _again(home: Path, key: DataKey, events: object) -> list[str]:
    if _revision(home, key) != SCHEMA:
        migrate(home / STORE, key, backups=home / BACKUPS, at=AT, progress=in_silence)
    found = _after(home, key, events)
    if _revision(home, key) != SCHEMA:
        found.append("not migrated")
    stray = [path.name for path in home.rglob("*") if path.name.endswith((".part", "-journal"))]
    return found + [f"{name} was left behind" for name in stray]


def _events(home: Path, key: DataKey) -> list[tuple[object, ...]]:
    engine = migration_engine(home / STORE / DATABASE, key.subkey("database"))
    try:
        with engine.begin() as connection:
            fault = physical_fault(connection)
            rows = [tuple(row) for row in connection.exec_driver_sql(_EVENTS)]
            tables = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE name LIKE '_alembic%'"
            ).all()
    finally:
        engine.dispose()
    return [*rows, ("fault", fault), ("stray", *(name for (name,) in tables))]


def _whole(folder: Path, key: DataKey) -> bool:
    manifest = read_manifest(folder, key)
    return all(measured(folder / name) == inside for name, inside in manifest.files.items())


class _Forker:
    """A process that has everything loaded and forks a child for each migration."""

    def __init__(self, key: DataKey) -> None:
        self._key = key

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, __file__, self._key.secret.hex()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, home: Path, *, kill_after: float | None) -> float:
        """Migrate in a child; seconds that it took, or -1 where it was killed before its end."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the forking process has no pipes")
        stdin.write(f"{home}\n")
        stdin.flush()
        child = int(stdout.readline())
        began = time.perf_counter()
        ready, _, _ = select.select([stdout], [], [], kill_after)
        if not ready:
            with contextlib.suppress(ProcessLookupError):  # it ended at this very moment
                os.kill(child, signal.SIGKILL)
        status = int(stdout.readline())
        if status not in {0, -signal.SIGKILL}:
            raise RuntimeError(f"the migration of {home} ended with {status}")
        return time.perf_counter() - began if status == 0 else -1.0


def _serve(key: DataKey) -> None:
    """Fork a child for each home that is named on a line; tell its id, then how it ended."""
    import alembic.command  # noqa: F401, PLC0415 - loaded before the fork

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            home = Path(line.strip())
            migrate(home / STORE, key, backups=home / BACKUPS, at=AT, progress=in_silence)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(DataKey(bytes.fromhex(sys.argv[1])))
