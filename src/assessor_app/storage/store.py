"""The store: one folder with key file, database, evidence and signing identity."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import visit_head
from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage import projections
from assessor_app.storage.backup import Progress, in_silence
from assessor_app.storage.claims import alone_in, claiming_folder
from assessor_app.storage.database import create_database, open_database, told_plainly_of_database
from assessor_app.storage.device import Device, create_device, this_device
from assessor_app.storage.files import make_folder, told_plainly, write_whole
from assessor_app.storage.keys import Cost, DataKey, Unlocked, create_keys, open_keys
from assessor_app.storage.layout import (
    BACKUPS,
    COUNTED,
    DATABASE,
    DRAFTS,
    EVIDENCE,
    IDENTITY,
    KEYS,
    MEMORY,
    OUTBOX,
    RESTORED,
    STORE,
)
from assessor_app.storage.log import EventLog
from assessor_app.storage.memory import Memory
from assessor_app.storage.migrating import Migrated, migrate
from assessor_app.storage.vault import Vault

_DRAFT_FOLDER, _ = DRAFTS


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. `assessor` is the id of whose passphrase opened it."""

    folder: Path
    engine: sa.Engine
    log: EventLog
    vault: Vault
    memory: Memory
    device: Device
    assessor: str
    clock: Clock
    new_id: NewId
    unlocked: Unlocked
    migrated: Migrated | None = None
    """What opening it changed of an older version's store."""

    @property
    def identity_path(self) -> Path:
        return self.folder / IDENTITY

    @property
    def keys_path(self) -> Path:
        return self.folder / KEYS

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def outbox(self) -> Path:
        """Where sealed parts wait for their receipt, each named by its SHA-256."""
        return self.folder / OUTBOX

    @property
    def counted(self) -> Memory:
        """What was counted for the list of visits: apart, since the memory is written at every
        step from one indicator to the next."""
        return Memory(self.folder / COUNTED, self.unlocked.key, bound=b"counted-v1")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """All of it or nothing, for the tables beside the log. Raises StoreProblem."""
        with told_plainly_of_database(self.database), self.engine.begin() as connection:
            yield connection

    def head(self, visit: str) -> str:
        return visit_head(self.log.stream_heads(visit))

    def rebuild(self) -> projections.Rebuilt:
        """Compare with the events, then write the projection anew."""
        return projections.rebuild(self.engine, self.folder / DATABASE)

    def close(self) -> None:
        self.engine.dispose()


@contextlib.contextmanager
def new_store(
    home: Path, passphrase: str, *, clock: Clock, new_id: NewId, cost: Cost
) -> Iterator[Store]:
    """Make a store; it appears in `home` whole when the block ends well, or not at all.

    Raises StoreProblem `already_enrolled`, `store_busy` where another process enrols or restores
    there, or as the writing does.
    """
    final, draft = home / STORE, home / _DRAFT_FOLDER
    finish_restoring(home)
    make_folder(home)
    with alone_in(home):
        if final.exists():
            raise StoreProblem("already_enrolled", home=home)
        try:
            with told_plainly(home):
                draft.mkdir(mode=0o700)
            unlocked = create_keys(draft / KEYS, passphrase, assessor=new_id(), cost=cost)
            create_database(draft / DATABASE, unlocked.key.subkey("database"))
            engine = open_database(draft / DATABASE, unlocked.key.subkey("database"))
            create_device(engine, draft / DATABASE, device_id=new_id(), key=unlocked.key)
            store = store_in(draft, engine, unlocked, clock=clock, new_id=new_id)
            yield store
            store.close()
            with told_plainly(final):
                draft.rename(final)
                sync_folder(home)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def open_store(
    home: Path, passphrase: str, *, clock: Clock, new_id: NewId, read_only: bool = False
) -> Store:
    """Open the store of a home with an assessor's passphrase; see `open_unlocked`.

    Raises StoreProblem `not_enrolled`, `passphrase_wrong`, `store_damaged`, `store_newer`, …
    """
    unlocked = open_keys(keys_path(home), passphrase)
    return open_unlocked(home, unlocked, clock=clock, new_id=new_id, read_only=read_only)


def keys_path(home: Path) -> Path:
    """Where the key file of a home is, or would be; a restore that was cut off is ended first."""
    finish_restoring(home)
    return home / STORE / KEYS


def open_unlocked(
    home: Path,
    unlocked: Unlocked,
    *,
    clock: Clock,
    new_id: NewId,
    read_only: bool = False,
    progress: Progress | None = None,
) -> Store:
    """Open the store of a home by its opened key file, whichever way that was opened.

    A store of an older version is brought up to this one, and backed up before. `read_only` for a
    seized or archived copy: nothing is written, a medium that cannot be written will do. Raises
    StoreProblem as `open_store` does, as `migrate`, and `store_older` where it is read only.
    """
    folder, key = home / STORE, unlocked.key
    if read_only:
        engine = open_database(folder / DATABASE, key.subkey("database"), read_only=True)
        return store_in(folder, engine, unlocked, clock=clock, new_id=new_id)
    engine, migrated = open_folder(
        folder, key, backups=home / BACKUPS, at=clock.now(), progress=progress
    )
    return store_in(folder, engine, unlocked, clock=clock, new_id=new_id, migrated=migrated)


def open_folder(
    folder: Path,
    key: DataKey,
    *,
    backups: Path | None,
    at: datetime,
    progress: Progress | None = None,
) -> tuple[sa.Engine, Migrated | None]:
    """The engine of a store's database, migrated where it is of an older schema.

    Raises StoreProblem as `open_database` and `migrate` do.
    """
    path = folder / DATABASE
    try:
        return open_database(path, key.subkey("database")), None
    except StoreProblem as problem:
        if problem.code != "store_older":
            raise
    told = progress or in_silence
    migrated = migrate(folder, key, backups=backups, at=at, progress=told)
    return open_database(path, key.subkey("database")), migrated


def finish_restoring(home: Path) -> None:
    """End a restore that was cut off after the old store was moved aside.

    What was cut off before, or while enrolling, goes: nothing of it was promised, and it could be
    opened for as long as it lies there. Raises StoreProblem as `write_whole` does.
    """
    ready, final = home / RESTORED, home / STORE
    left = [path for path in (ready, *(home / name for name in DRAFTS)) if path.exists()]
    if not left:
        return
    with claiming_folder(home) as mine:
        if not mine:
            return  # another process is still at it
        if ready.exists() and not final.exists():
            with told_plainly(final):
                ready.rename(final)
                sync_folder(home)
        for path in left:
            shutil.rmtree(path, ignore_errors=True)


def write_identity(store: Store, p12: bytes) -> None:
    """Keep the signing identity; it stays encrypted under its own passphrase."""
    write_whole(store.identity_path, p12)


def store_in(
    folder: Path,
    engine: sa.Engine,
    unlocked: Unlocked,
    *,
    clock: Clock,
    new_id: NewId,
    migrated: Migrated | None = None,
) -> Store:
    """The store of a folder whose database is open. Raises StoreProblem `store_damaged`."""
    try:
        device = this_device(engine, folder / DATABASE, unlocked.key)
    except StoreProblem:
        engine.dispose()
        raise
    log = EventLog(
        engine,
        folder / DATABASE,
        device=device,
        actor=unlocked.assessor,
        clock=clock,
        new_id=new_id,
    )
    return Store(
        folder=folder,
        engine=engine,
        log=log,
        vault=Vault(folder / EVIDENCE, unlocked.key),
        memory=Memory(folder / MEMORY, unlocked.key),
        device=device,
        assessor=unlocked.assessor,
        clock=clock,
        new_id=new_id,
        unlocked=unlocked,
        migrated=migrated,
    )
