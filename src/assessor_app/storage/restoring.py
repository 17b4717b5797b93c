"""Taking a backup back: verified whole before it is put in place, and a device of its own then."""

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage.backup import Progress, Stage, all_streams, fill_pinned
from assessor_app.storage.claims import alone_in, unused
from assessor_app.storage.database import physical_fault, told_plainly_of_database
from assessor_app.storage.database_version import Schema, require_known
from assessor_app.storage.device import create_device, retire_devices, this_device
from assessor_app.storage.differences import record_faults
from assessor_app.storage.files import (
    copy_whole,
    link_or_copy,
    make_folder,
    sync_file,
    told_plainly,
)
from assessor_app.storage.generations import Generation, stamp
from assessor_app.storage.keys import Unlocked, open_keys
from assessor_app.storage.layout import (
    DATABASE,
    DRAFTS,
    EVIDENCE,
    KEYS,
    PEOPLE,
    PINNED,
    REPLACED,
    RESTORED,
    STORE,
)
from assessor_app.storage.log import EventLog, VaultFile
from assessor_app.storage.manifest import Manifest, measured, read_manifest
from assessor_app.storage.people import sync_people
from assessor_app.storage.pool import fill
from assessor_app.storage.store import Store, finish_restoring, open_folder, store_in
from assessor_app.storage.vault import Form, Vault, form_named, form_of

_, _DRAFT_FOLDER = DRAFTS
_TOLD_EVERY = 50  # files

Awaited = Callable[[Store], AbstractSet[str]]
"""The ids of evidence that is recorded in a store and was never in it (services/awaited.py)."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was taken back, open in its draft, and what is to be told of it.

    `missing` are the ids of evidence that the backup has lost; `aside` is where the store that
    was there before goes.
    """

    store: Store
    manifest: Manifest
    generation: Generation
    missing: tuple[str, ...]
    aside: Path | None


@contextlib.contextmanager
def restored_store(
    generation: Generation,
    home: Path,
    passphrase: str,
    *,
    replace: bool,
    incomplete: bool,
    clock: Clock,
    new_id: NewId,
    awaited: Awaited,
    progress: Progress,
) -> Iterator[Restored]:
    """Take a backup back into a home; it appears there whole when the block ends well.

    Everything is verified before: manifest, pages, chains, checkpoints, projections, the heads of
    all visits, the hash of every evidence file. A store that is there is moved aside, and only
    with `replace`. Evidence that the backup lost is looked for in that store; what is found
    nowhere is refused, unless the store shall be `incomplete` or it was still `awaited`. Raises
    StoreProblem `restore_over_store`, `store_busy`, `passphrase_wrong`, `backup_damaged`,
    `backup_incomplete`, …
    """
    with _drafted(home) as draft:
        final = home / STORE
        if final.exists() and not replace:
            raise StoreProblem("restore_over_store", home=home)
        aside = _free_name(final, clock.now()) if final.exists() else None
        progress(Stage.DATABASE, 0, 0)
        unlocked, manifest = _copied(generation, draft, passphrase)
        store = _opened(draft, unlocked, manifest, clock=clock, new_id=new_id, progress=progress)
        try:
            pools = (generation.folder.parent / EVIDENCE, final / EVIDENCE)
            missing = _take_evidence(store, pools, awaited(store), progress=progress)
            if missing and not incomplete:
                raise StoreProblem(
                    "backup_incomplete",
                    place=generation.folder.parent,
                    count=len(missing),
                    first=missing[0],
                )
            yield Restored(store, manifest, generation, missing, aside)
        finally:
            store.close()
        fill_pinned(generation.folder.parent / PINNED, home / PINNED)
        _put_in_place(home, draft, aside)


@contextlib.contextmanager
def _drafted(home: Path) -> Iterator[Path]:
    """A folder to restore into, in a home where no other process restores or has the store open."""
    finish_restoring(home)
    make_folder(home)
    draft = home / _DRAFT_FOLDER
    with alone_in(home), unused(home / STORE / DATABASE):
        try:
            with told_plainly(home):
                draft.mkdir(mode=0o700)
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _copied(generation: Generation, draft: Path, passphrase: str) -> tuple[Unlocked, Manifest]:
    """The small files first: nothing large is copied for a wrong passphrase."""
    source = generation.folder
    if not (source / KEYS).exists():
        raise StoreProblem("backup_damaged", path=source, cause=KEYS)
    copy_whole(source / KEYS, draft / KEYS)
    unlocked = open_keys(draft / KEYS, passphrase)
    manifest = read_manifest(source, unlocked.key)
    require_known(Schema(manifest.schema, manifest.app), source)
    for name, expected in manifest.files.items():
        if not (source / name).exists():
            raise StoreProblem("backup_damaged", path=source, cause=name)
        copy_whole(source / name, draft / name)
        if measured(draft / name) != expected:
            raise StoreProblem("backup_damaged", path=source, cause=name)
    people = source.parent / PEOPLE
    if people.is_dir():
        sync_people(people, draft / PEOPLE)
    return unlocked, manifest


def _opened(
    draft: Path,
    unlocked: Unlocked,
    manifest: Manifest,
    *,
    clock: Clock,
    new_id: NewId,
    progress: Progress,
) -> Store:
    """The store of the draft on a device of its own, after it was found whole.

    The old device's streams end where the backup was made: a restored copy never forks a chain.
    """
    engine, migrated = open_folder(
        draft, unlocked.key, backups=None, at=clock.now(), progress=progress
    )
    try:
        progress(Stage.CHECK, 0, 0)
        _require_whole(engine, draft / DATABASE, manifest)
        _sign_ends(engine, draft / DATABASE, unlocked, clock=clock, new_id=new_id)
        retire_devices(engine, draft / DATABASE)
        create_device(engine, draft / DATABASE, device_id=new_id(), key=unlocked.key)
        return store_in(draft, engine, unlocked, clock=clock, new_id=new_id, migrated=migrated)
    except BaseException:
        engine.dispose()
        raise


def _sign_ends(
    engine: sa.Engine, path: Path, unlocked: Unlocked, *, clock: Clock, new_id: NewId
) -> None:
    """The old device signs what it recorded last, before its key is forgotten.

    Without that nobody would take what was recorded since its last export out of a file
    (services/exchange/verified.py).
    """
    old = this_device(engine, path, unlocked.key)
    log = EventLog(engine, path, device=old, actor=unlocked.assessor, clock=clock, new_id=new_id)
    for visit in log.visits():
        signed = {
            head
            for made in log.checkpoints(visit)
            if made.device == old.id
            for head in made.streams()
        }
        ends = {head for head in log.stream_heads(visit) if head.device == old.id}
        if not ends <= signed:
            log.seal(visit)


def _require_whole(engine: sa.Engine, path: Path, manifest: Manifest) -> None:
    """Pages, chains, checkpoints and projections; and every stream ends where it was told to."""
    with told_plainly_of_database(path), engine.begin() as connection:
        fault = physical_fault(connection)
        if fault is None and all_streams(connection) != manifest.streams:
            fault = "streams"
        if fault is None:
            wrong = next(record_faults(connection.connection.cursor()), None)
            fault = f"{wrong.kind} {wrong.visit} {wrong.place}" if wrong else None
    if fault:
        raise StoreProblem("backup_damaged", path=path, cause=fault)


def _take_evidence(
    store: Store, pools: tuple[Path, ...], awaited: AbstractSet[str], *, progress: Progress
) -> tuple[str, ...]:
    """Bring in every file that an event names and compare it with its hash.

    Returns the ids of those that none of the pools has whole, but for those that were not there
    yet.
    """
    wanted = store.log.vault_files()
    for pool in pools:
        fill(
            pool,
            store.folder / EVIDENCE,
            keep=link_or_copy,
            wanted=lambda name: name.partition(".")[0] in wanted and not _there(store, name),
            told=lambda done, count: progress(Stage.FILES, done, count),
        )
        due = [one for one in wanted.values() if _is_due(store.vault, one, awaited)]
        missing = tuple(one.id for one in _not_whole(store.vault, due, progress))
        if not missing:
            break
        for id_ in missing:  # a damaged one makes room for the next pool's
            store.vault.drop(id_, _form(wanted[id_]))
    return missing


def _is_due(vault: Vault, file: VaultFile, awaited: AbstractSet[str]) -> bool:
    """Whether a file has to be whole: not one that is still to come, unless it came after all."""
    return file.id not in awaited or vault.has(file.id, _form(file))


def _there(store: Store, name: str) -> bool:
    """Whether a file came in from a pool before: that one was whole, or it was dropped."""
    form = form_of(name)
    return form is not None and store.vault.has(name.partition(".")[0], form)


def _not_whole(vault: Vault, files: Iterable[VaultFile], progress: Progress) -> Iterator[VaultFile]:
    listed = list(files)
    for done, one in enumerate(listed):
        if done % _TOLD_EVERY == 0:
            progress(Stage.CHECK, done, len(listed))
        try:
            vault.check(one.id, _form(one), one.sha256)
        except StoreProblem:
            yield one


def _form(file: VaultFile) -> Form:
    return form_named(file.entity)


def _put_in_place(home: Path, draft: Path, aside: Path | None) -> None:
    """By renames alone; cut off between the last two, the next start does the last one."""
    sync_file(draft / DATABASE)
    with told_plainly(home):
        sync_folder(draft)
        draft.rename(home / RESTORED)
        sync_folder(home)
        if aside:
            (home / STORE).rename(aside)
        (home / RESTORED).rename(home / STORE)
        sync_folder(home)


def _free_name(store: Path, now: datetime) -> Path:
    name = f"{REPLACED}{stamp(now)}"
    taken = sum(1 for _ in store.parent.glob(f"{name}*"))
    return store.with_name(f"{name}-{taken}" if taken else name)
