"""Backups: whole generations of the database, beside pools of what never changes.

`<place>/assessor-<id of the data key>/` holds `<number>-<when>/` for each generation (database, key
file, signing identities, sealed manifest), and once for all of them `evidence/`, `instruments/` and
`people/`. A generation appears under its name when it is whole; the pools only ever gain files,
but for the keys of persons who were erased.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.event import StreamHead
from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage.database import (
    physical_fault,
    reading_engine,
    told_plainly_of_database,
)
from assessor_app.storage.database_version import app_version
from assessor_app.storage.files import (
    copy_whole,
    link_or_copy,
    make_folder,
    make_private,
    sync_file,
    told_plainly,
)
from assessor_app.storage.generations import (
    Generation,
    generations,
    key_file,
    refresh_keys,
    rotate,
    stamp,
    sweep,
)
from assessor_app.storage.identity_files import identity_files_in
from assessor_app.storage.keys import DataKey
from assessor_app.storage.layout import DATABASE, EVIDENCE, KEYS, PEOPLE, PINNED
from assessor_app.storage.lock import alone
from assessor_app.storage.manifest import FileInside, Manifest, Why, measured, write_manifest
from assessor_app.storage.people import sync_people
from assessor_app.storage.pool import Filled, fill
from assessor_app.storage.vault import ASIDE, DERIVED, FREED, Vault, form_of

_LOCK = ".lock"
_NOT_BACKED_UP = (*(f".{form.value}" for form in DERIVED), ASIDE, FREED)


class Stage(StrEnum):
    """What a backup, or taking one back, is at."""

    DATABASE = "database"
    CHECK = "check"
    FILES = "files"
    MIGRATION = "migration"


Progress = Callable[[Stage, int, int], None]
"""Hears the stage, how much of it is done and how much there is; 0 of 0 where nobody knows."""


def in_silence(stage: Stage, done: int, count: int) -> None:
    """For who need not hear of it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up: the folder of a store, its open database and its key."""

    folder: Path
    engine: sa.Engine
    key: DataKey


@dataclass(frozen=True, slots=True)
class Made:
    """A new generation, what it holds, and what the pool of evidence gained."""

    generation: Generation
    manifest: Manifest
    evidence: Filled


def make_backup(
    source: Source, folder: Path, *, why: Why, at: datetime, progress: Progress
) -> Made:
    """Make a new generation in the folder of a store, whole or not at all.

    The store goes on being used meanwhile. Older generations are given the key file of now, so
    that a passphrase that was changed opens none of them, and the oldest go when there are too
    many. Raises StoreProblem, `backup_failed` where the copy is not what the store holds.
    """
    make_folder(folder)
    with contextlib.suppress(OSError):  # a medium without owners, as most USB sticks are
        folder.chmod(0o700)
    with alone(folder / _LOCK):
        sweep(folder)
        known = generations(folder)
        number = known[0].number + 1 if known else 1
        final = folder / f"{number:06}-{stamp(at)}"
        with _draft(final) as draft:
            progress(Stage.DATABASE, 0, 0)
            _copy_database(source, draft / DATABASE)
            progress(Stage.CHECK, 0, 0)
            manifest = _checked(source, draft, why=why, at=at)
            evidence = _fill_pools(source, folder, progress)
            write_manifest(draft, manifest, source.key)
        _refresh(source, folder)
        rotate(folder, source.key)
    return Made(Generation(final, number, at), manifest, evidence)


def refresh_backups(source: Source, folder: Path) -> None:
    """Give the backups that are there the key file of now, and take from them who was erased.

    Raises StoreProblem as `make_backup` does.
    """
    with alone(folder / _LOCK):
        sweep(folder)  # what a killed backup left holds a key file too
        _refresh(source, folder)


def newest_event(engine: sa.Engine, path: Path) -> str:
    """The hash of the event that arrived last; empty before the first."""
    with told_plainly_of_database(path), contextlib.closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT hash FROM event ORDER BY place DESC LIMIT 1")
        return str((cursor.fetchone() or ("",))[0])


def all_streams(connection: sa.Connection) -> dict[str, tuple[StreamHead, ...]]:
    """The last event of each device in each visit, sorted."""
    found: dict[str, list[StreamHead]] = {}
    for visit, *head in connection.exec_driver_sql(
        "SELECT visit, device, max(seq), hash FROM event GROUP BY visit, device"
    ):
        found.setdefault(visit, []).append(StreamHead(*head))
    return {visit: tuple(sorted(heads)) for visit, heads in found.items()}


def _refresh(source: Source, folder: Path) -> None:
    refresh_keys(source.folder, folder, source.key)
    if (source.folder / PEOPLE).is_dir():
        sync_people(source.folder / PEOPLE, folder / PEOPLE)


@contextlib.contextmanager
def _draft(final: Path) -> Iterator[Path]:
    """A folder to write into; it gets its name when the block ends well, or goes."""
    draft = final.with_name(f".{final.name}.part")
    try:
        with told_plainly(draft):
            draft.mkdir(mode=0o700)
        yield draft
        with told_plainly(final):
            sync_folder(draft)
            draft.rename(final)
            sync_folder(final.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy_database(source: Source, target: Path) -> None:
    path = source.folder / DATABASE
    there = _vacuum(source, target)
    sync_file(target)
    with _reading(target, source.key) as copy:
        fault = physical_fault(copy)
        copied = copy.exec_driver_sql("SELECT count(*) FROM event").scalar() or 0
    if fault or copied < there:
        raise StoreProblem("backup_failed", path=path, cause=fault or f"{copied} < {there}")


def _vacuum(source: Source, target: Path) -> int:
    """Copy the database, as it is at one moment, under its own key; how many events it had before.

    What cannot be written is the copy, but what is damaged is the store.
    """
    make_private(target)
    # Of the pool, but a connection of its own: who records meanwhile does not wait for it.
    with told_plainly_of_database(
        source.folder / DATABASE
    ):  # its first page may be the damaged one
        connection = source.engine.raw_connection()
    try:
        with told_plainly_of_database(target):
            cursor = connection.cursor()
            cursor.execute("SELECT count(*) FROM event")
            there = int((cursor.fetchone() or (0,))[0])
            cursor.execute("VACUUM INTO ?", (str(target),))
    except StoreProblem as problem:
        connection.invalidate()  # one that has met a damaged page answers nothing any more
        if problem.code != "store_damaged":
            raise
        cause = problem.places["cause"]
        raise StoreProblem("store_damaged", path=source.folder / DATABASE, cause=cause) from problem
    finally:
        connection.close()
    return there


def _checked(source: Source, draft: Path, *, why: Why, at: datetime) -> Manifest:
    """What the copy holds, read from the copy."""
    copy_whole(key_file(source.folder, source.key) or source.folder / KEYS, draft / KEYS)
    for path in identity_files_in(source.folder):
        copy_whole(path, draft / path.name)
    with _reading(draft / DATABASE, source.key) as copy:
        streams = all_streams(copy)
        last = copy.exec_driver_sql("SELECT hash FROM event ORDER BY place DESC LIMIT 1").scalar()
        schema = copy.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        device = copy.exec_driver_sql(
            "SELECT id FROM device WHERE length(wrapped_key) > 0 ORDER BY id DESC LIMIT 1"
        ).scalar()
    return Manifest(
        made_at=at.astimezone(UTC),
        why=why,
        device=str(device),
        app=app_version(),
        schema=str(schema),
        newest=str(last or ""),
        streams=streams,
        files=_measured(draft),
    )


def _measured(draft: Path) -> dict[str, FileInside]:
    """The files that stay as they are; the key file is replaced, and sealed by itself."""
    present = [draft / DATABASE, *identity_files_in(draft)]
    return {path.name: measured(path) for path in present}


def _fill_pools(source: Source, folder: Path, progress: Progress) -> Filled:
    """After the database was copied: every file that it names is in the vault by then."""

    def told(done: int, count: int) -> None:
        progress(Stage.FILES, done, count)

    vault = Vault(source.folder / EVIDENCE, source.key)
    evidence = fill(
        vault.folder,
        folder / EVIDENCE,
        keep=link_or_copy,
        wanted=lambda name: not name.endswith(_NOT_BACKED_UP),
        whole=lambda file: _opens(vault, file.name),
        told=told,
    )
    fill_pinned(source.folder.parent / PINNED, folder / PINNED)
    return evidence


def fill_pinned(source: Path, target: Path) -> None:
    """Bring over the instruments of visits that are missing; each is named by its SHA-256.

    Raises StoreProblem as `fill`.
    """
    fill(
        source,
        target,
        keep=copy_whole,  # not linked: an editor may write into a file of this folder
        wanted=lambda name: name.endswith(".yaml"),
        whole=lambda file: measured(file).sha256 == file.stem,
    )


def _opens(vault: Vault, name: str) -> bool:
    form = form_of(name)
    return form is not None and vault.opens(name.partition(".")[0], form)


@contextlib.contextmanager
def _reading(path: Path, key: DataKey) -> Iterator[sa.Connection]:
    engine = reading_engine(path, key.subkey("database"))
    try:
        with told_plainly_of_database(path), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
