"""Bringing an older store to this version's schema: a backup first, then one transaction."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.backup import Progress, Source, Stage, make_backup
from assessor_app.storage.database import (
    migration_engine,
    physical_fault,
    schema_of,
    told_plainly_of_database,
)
from assessor_app.storage.database_version import upgrade
from assessor_app.storage.differences import BREAKS, record_faults
from assessor_app.storage.files import told_plainly
from assessor_app.storage.generations import own_folder
from assessor_app.storage.keys import DataKey
from assessor_app.storage.layout import DATABASE
from assessor_app.storage.manifest import Why
from assessor_app.storage.tables import SCHEMA

_SPACE = 2.5  # times the database: its copy, the log of the change, and room to go on
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Migrated:
    """From which schema to which; `backup` is the copy from before, None where none was made."""

    before: str
    after: str
    backup: Path | None


def migrate(
    folder: Path, key: DataKey, *, backups: Path | None, at: datetime, progress: Progress
) -> Migrated:
    """Bring the database of a store's folder to the newest schema, or leave it as it is.

    First its pages are checked and it is copied to `backups` (None: it is a copy itself). All
    changes are one transaction, which is not committed unless every row is still there, every
    chain and checkpoint holds and every projection is what the events say. Raises StoreProblem:
    `migration_needs_space`, `migration_refused` where the record was not whole before,
    `migration_failed` where the store would not be after, and as `told_plainly_of_database`
    does; the database is then what it was.
    """
    path = folder / DATABASE
    before = schema_of(path, key.subkey("database")).revision
    _require_space(path)
    engine = migration_engine(path, key.subkey("database"))
    try:
        progress(Stage.CHECK, 0, 0)
        _require_whole_pages(engine, path)
        made = None
        if backups is not None:
            source, into = Source(folder, engine, key), own_folder(backups, key)
            made = make_backup(source, into, why=Why.MIGRATION, at=at, progress=progress)
        progress(Stage.MIGRATION, 0, 0)
        _change(engine, path)
    finally:
        engine.dispose()
    return Migrated(before, SCHEMA, made.generation.folder if made else None)


def _change(engine: sa.Engine, path: Path) -> None:
    with told_plainly_of_database(path), engine.begin() as connection:
        if _revision(connection) == SCHEMA:
            return  # another process was faster
        rows = _counted(connection)
        upgrade(connection)
        _require_rows(connection, rows, path=path)
        _require_record(connection, path)


def _require_whole_pages(engine: sa.Engine, path: Path) -> None:
    with told_plainly_of_database(path), engine.begin() as connection:
        fault = physical_fault(connection)
    if fault:
        raise StoreProblem("store_damaged", path=path, cause=fault)


def _require_rows(connection: sa.Connection, before: Mapping[str, int], *, path: Path) -> None:
    """No row may have gone, and none may point to one that is not there."""
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    after = _counted(connection)
    lost = [
        f"{table}: {after.get(table, 0)} < {rows}"
        for table, rows in before.items()
        if after.get(table, 0) < rows
    ]
    cause = f"foreign key of {orphan[0]}" if orphan else next(iter(lost), None)
    if cause:
        raise StoreProblem("migration_failed", path=path, cause=cause, known=SCHEMA)


def _require_record(connection: sa.Connection, path: Path) -> None:
    """Every projection is what the events say; no migration touches the events themselves."""
    found = list(record_faults(connection.connection.cursor()))
    broken = [one for one in found if one.kind in BREAKS]
    if broken:
        cause = f"{broken[0].kind} {broken[0].visit} {broken[0].place}"
        raise StoreProblem("migration_refused", path=path, cause=cause, count=len(broken))
    if found:
        cause = f"{found[0].kind} {found[0].visit} {found[0].place}"
        raise StoreProblem("migration_failed", path=path, cause=cause, known=SCHEMA)


def _counted(connection: sa.Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    tables = [sa.table(name) for (name,) in names.all()]
    counts = {one: sa.select(sa.func.count()).select_from(one) for one in tables}
    return {one.name: connection.execute(count).scalar_one() for one, count in counts.items()}


def _revision(connection: sa.Connection) -> str:
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _require_space(path: Path) -> None:
    with told_plainly(path):
        free = shutil.disk_usage(path.parent).free
        files = (path, path.with_name(f"{path.name}-wal"))
        needed = int(sum(one.stat().st_size for one in files if one.exists()) * _SPACE)
    if free < needed:
        raise StoreProblem(
            "migration_needs_space",
            path=path,
            free=free // _MEBIBYTE,
            needed=-(-needed // _MEBIBYTE),
        )
