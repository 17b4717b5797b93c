"""The store: one folder with key file, database, evidence and signing identity."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import visit_head
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage import projections
from assessor_app.storage.database import create_database, open_database
from assessor_app.storage.device import Device, create_device, this_device
from assessor_app.storage.files import sync_folder, told_plainly, write_whole
from assessor_app.storage.keys import Cost, Unlocked, create_keys, open_keys
from assessor_app.storage.log import EventLog
from assessor_app.storage.memory import Memory
from assessor_app.storage.vault import Vault

_FOLDER = "store"
_DRAFT_FOLDER = ".store.being-made"
_KEYS = "keys.json"
_DATABASE = "store.db"
_EVIDENCE = "evidence"
_IDENTITY = "signing.p12"
_MEMORY = "memory.bin"


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

    @property
    def identity_path(self) -> Path:
        return self.folder / _IDENTITY

    def head(self, visit: str) -> str:
        return visit_head(self.log.stream_heads(visit))

    def rebuild(self) -> projections.Rebuilt:
        """Compare with the events, then write the projection anew."""
        return projections.rebuild(self.engine, self.folder / _DATABASE)

    def close(self) -> None:
        self.engine.dispose()


@contextlib.contextmanager
def new_store(
    home: Path, passphrase: str, *, clock: Clock, new_id: NewId, cost: Cost
) -> Iterator[Store]:
    """Make a store; it appears in `home` whole when the block ends well, or not at all.

    Raises StoreProblem `already_enrolled`, or as the writing does.
    """
    final, draft = home / _FOLDER, home / _DRAFT_FOLDER
    if final.exists():
        raise StoreProblem("already_enrolled", home=home)
    with told_plainly(home):
        shutil.rmtree(draft, ignore_errors=True)  # what a crash left; nothing in it was promised
        draft.mkdir(parents=True, mode=0o700)
    try:
        unlocked = create_keys(draft / _KEYS, passphrase, assessor=new_id(), cost=cost)
        create_database(draft / _DATABASE, unlocked.key.subkey("database"))
        engine = open_database(draft / _DATABASE, unlocked.key.subkey("database"))
        create_device(engine, draft / _DATABASE, device_id=new_id(), key=unlocked.key)
        store = _store(draft, engine, unlocked, clock=clock, new_id=new_id)
        yield store
        store.close()
        with told_plainly(final):
            draft.rename(final)
            sync_folder(home)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def open_store(home: Path, passphrase: str, *, clock: Clock, new_id: NewId) -> Store:
    """Open the store of a home with an assessor's passphrase.

    Raises StoreProblem `not_enrolled`, `passphrase_wrong`, `store_damaged`, `store_newer`, …
    """
    folder = home / _FOLDER
    unlocked = open_keys(folder / _KEYS, passphrase)
    engine = open_database(folder / _DATABASE, unlocked.key.subkey("database"))
    return _store(folder, engine, unlocked, clock=clock, new_id=new_id)


def write_identity(store: Store, p12: bytes) -> None:
    """Keep the signing identity; it stays encrypted under its own passphrase."""
    write_whole(store.identity_path, p12)


def _store(
    folder: Path, engine: sa.Engine, unlocked: Unlocked, *, clock: Clock, new_id: NewId
) -> Store:
    device = this_device(engine, folder / _DATABASE, unlocked.key)
    log = EventLog(
        engine,
        folder / _DATABASE,
        device=device,
        actor=unlocked.assessor,
        clock=clock,
        new_id=new_id,
    )
    return Store(
        folder=folder,
        engine=engine,
        log=log,
        vault=Vault(folder / _EVIDENCE, unlocked.key),
        memory=Memory(folder / _MEMORY, unlocked.key),
        device=device,
        assessor=unlocked.assessor,
        clock=clock,
        new_id=new_id,
    )
