"""The encrypted database: opened with a raw key, durable at every commit, errors told plainly."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.database_version import Schema, as_version, require_known, upgrade
from assessor_app.storage.files import keep_private, make_private, told_plainly
from assessor_app.storage.log_mending import log_of, mend_log, work_in
from assessor_app.storage.page_seal import PageSeal
from assessor_app.storage.tables import SCHEMA

# Older SQLite can corrupt a WAL database with two connections; fixed in 3.51.3.
_SQLITE_FLOOR = (3, 51, 3)
_PLAIN_HEADER = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm")
BUSY_SECONDS = 5  # for another process to let go
_DURABLE = (
    "journal_mode=WAL",
    # FULL: with NORMAL an acknowledged answer was lost in a third of simulated power cuts.
    "synchronous=FULL",
    # Pages, a quarter of what SQLite takes: after a crash the whole log is walked (storage/wal.py).
    "wal_autocheckpoint=250",
)


def create_database(path: Path, key: bytes) -> None:
    """Make a new encrypted database with the newest schema, for this user's eyes only.

    Raises StoreProblem as `told_plainly_of_database` does.
    """
    make_private(path)
    engine = migration_engine(path, key)
    with told_plainly_of_database(path), engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    if path.read_bytes()[: len(_PLAIN_HEADER)] == _PLAIN_HEADER:
        # A forgotten key makes SQLCipher write plain text without a word.
        raise StoreProblem("store_not_encrypted", path=path)


def open_database(path: Path, key: bytes, *, read_only: bool = False) -> sa.Engine:
    """The engine of an existing database; `read_only` for a medium that cannot be written.

    What a crash left in the log is looked at first (storage/wal.py), and then worked in. Raises
    StoreProblem `store_missing`, `store_damaged`, `log_damaged`, `store_newer` without having
    touched the file, `store_older` (storage/migrating.py brings it up), or as below.
    """
    if not path.exists():
        raise StoreProblem("store_missing", path=path)
    if read_only:
        return _looking_engine(path, key)
    left_open = _has_content(log_of(path))
    mend_log(path, PageSeal(path, key))
    _require_this_schema(schema_of(path, key), path)
    engine = _writing_engine(path, key)
    with told_plainly_of_database(path), engine.connect() as connection:
        if left_open:
            work_in(connection.connection)
        connection.exec_driver_sql("SELECT 1 FROM alembic_version")
    return engine


def migration_engine(path: Path, key: bytes) -> sa.Engine:
    """An engine that changes tables: with foreign keys on, a table made anew empties others."""
    keep_private(path, *_beside(path))
    return _engine(path, key, *_DURABLE, "foreign_keys=OFF", pool=sa.pool.NullPool)


def reading_engine(path: Path, key: bytes) -> sa.Engine:
    """An engine for a file that nobody writes: nothing is locked and no file made beside it."""
    return _engine(_address(path, "immutable=1"), key, pool=sa.pool.QueuePool)


def physical_fault(connection: sa.Connection) -> str | None:
    """The first thing that the engine finds wrong with the pages of a database.

    A flipped bit shows in the seal of its page; what was wrong before it was sealed, in the trees.
    """
    for check in ("cipher_integrity_check", "integrity_check(1)"):
        found = connection.exec_driver_sql(f"PRAGMA {check}").scalar()
        if found not in {None, "ok"}:
            return str(found)
    return None


def schema_of(path: Path, key: bytes) -> Schema:
    """The schema of a database, read without a byte of it being written.

    Opened the ordinary way, a WAL database is written when it is closed. Where its log is empty
    it is read as a medium that cannot change; otherwise through the log, which stays as it is.
    Raises StoreProblem as `told_plainly_of_database` does.
    """
    with told_plainly_of_database(path):
        if not _has_content(log_of(path)):
            # Another process may write that very moment; then it is read again, with locks.
            with contextlib.suppress(sqlcipher.Error):
                return _read_schema(path, key, "immutable=1")
        return _read_schema(path, key, "mode=ro")


_CLOSED_VISIT = "visit takes no answers"  # what the trigger of migration 0001 says
_PLAINLY = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_IOERR": "disk_failing",
    "SQLITE_BUSY": "store_busy",
    "SQLITE_LOCKED": "store_busy",
    "SQLITE_PROTOCOL": "store_busy",
    "SQLITE_READONLY": "store_read_only",
    "SQLITE_CANTOPEN": "store_read_only",
    "SQLITE_PERM": "store_read_only",
}
_READING = ("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS")
_LEAST_ROOM = 64 * 1024  # bytes; the index of the log takes 32 KiB at once


@contextlib.contextmanager
def told_plainly_of_database(path: Path) -> Iterator[None]:
    """Turn what the engine says into a StoreProblem.

    `disk_full` (also where the engine only fails and there is no room), `disk_failing`,
    `store_busy`, `store_read_only`, `visit_not_answerable_here`; anything else it says of a file
    that the right key opened can only mean damage (`store_damaged`).
    """
    try:
        yield
    except (sa.exc.DBAPIError, sqlcipher.Error) as error:
        cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        if _CLOSED_VISIT in str(cause):
            raise StoreProblem("visit_not_answerable_here", path=path) from error
        name = str(getattr(cause, "sqlite_errorname", ""))
        for known, code in _PLAINLY.items():
            if name.startswith(known):
                full = code == "disk_failing" and not name.startswith(_READING) and _is_full(path)
                raise StoreProblem("disk_full" if full else code, path=path) from error
        raise StoreProblem("store_damaged", path=path, cause=cause) from error


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def _writing_engine(path: Path, key: bytes) -> sa.Engine:
    keep_private(path, *_beside(path))
    return _engine(path, key, *_DURABLE, "foreign_keys=ON", pool=sa.pool.QueuePool)


def _engine(path: Path | str, key: bytes, *pragmas: str, pool: type[sa.Pool]) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: _connection(path, key, *pragmas),
        module=sqlcipher,
        poolclass=pool,
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.connection.cursor().execute("BEGIN IMMEDIATE")

    return engine


def _connection(path: Path | str, key: bytes, *pragmas: str) -> Any:
    if sqlcipher.sqlite_version_info < _SQLITE_FLOOR:
        raise StoreProblem("engine_too_old", found=sqlcipher.sqlite_version)
    connection = sqlcipher.connect(
        str(path), uri=isinstance(path, str), check_same_thread=False, isolation_level=None
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", *pragmas):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _read_schema(path: Path, key: bytes, how: str) -> Schema:
    with contextlib.closing(_connection(_address(path, how), key)) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    return Schema(str(revision), as_version(number))


def _require_this_schema(schema: Schema, path: Path) -> None:
    require_known(schema, path)
    if schema.is_older:
        raise StoreProblem("store_older", path=path, found=schema.revision, known=SCHEMA)


def _looking_engine(path: Path, key: bytes) -> sa.Engine:
    """The engine of a database that is not to change by a byte."""
    scratch = _readable_copy(path, key)
    opened = scratch / path.name if scratch else path
    try:
        _require_this_schema(schema_of(opened, key), path)
        engine = reading_engine(opened, key)
        with told_plainly_of_database(path), engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1 FROM alembic_version")
    except BaseException:
        _forget(scratch)
        raise
    if scratch:
        sa.event.listen(engine, "engine_disposed", lambda _: _forget(scratch))
    return engine


def _readable_copy(path: Path, key: bytes) -> Path | None:
    """A folder with a copy whose log is worked in, where the log still holds answers.

    A medium that cannot be written is read without its log. What is copied is encrypted.
    """
    log = log_of(path)
    if not _has_content(log):
        return None
    folder = Path(tempfile.mkdtemp(prefix="assessor-read-"))
    try:
        with told_plainly(path):
            for file in (path, log):
                shutil.copyfile(file, folder / file.name)
        copy = folder / path.name
        mend_log(copy, PageSeal(copy, key), told_as=path)
        with told_plainly_of_database(path), contextlib.closing(_connection(copy, key)) as last:
            # Whoever closes it last works the log in.
            last.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        _forget(folder)
        raise
    return folder


def _forget(scratch: Path | None) -> None:
    if scratch:
        shutil.rmtree(scratch, ignore_errors=True)


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(f"{path.name}{end}") for end in _BESIDE)


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def _address(path: Path, how: str) -> str:
    return f"{Path(os.path.abspath(path)).as_uri()}?{how}"  # noqa: PTH100 - links stay as they are
