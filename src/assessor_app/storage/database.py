"""The encrypted database: opened with a raw key, durable at every commit, errors told plainly."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.tables import SCHEMA

# Older SQLite can corrupt a WAL database with two connections; fixed in 3.51.3.
_SQLITE_FLOOR = (3, 51, 3)
_MIGRATIONS = Path(__file__).parent / "migrations"
_PLAIN_HEADER = b"SQLite format 3\0"


def create_database(path: Path, key: bytes) -> None:
    """Make a new encrypted database with the newest schema.

    Raises StoreProblem as `told_plainly_of_database` does.
    """
    engine = _engine(path, key, foreign_keys=False, pool=sa.pool.NullPool)
    with told_plainly_of_database(path):
        _migrate(engine)
    engine.dispose()
    if path.read_bytes()[: len(_PLAIN_HEADER)] == _PLAIN_HEADER:
        # A forgotten key makes SQLCipher write plain text without a word.
        raise StoreProblem("store_not_encrypted", path=path)


def open_database(path: Path, key: bytes) -> sa.Engine:
    """The engine of an existing database.

    Raises StoreProblem `store_missing`, `store_damaged`, `store_newer`, or as below.
    """
    if not path.exists():
        raise StoreProblem("store_missing", path=path)
    engine = _engine(path, key, foreign_keys=True, pool=sa.pool.QueuePool)
    with told_plainly_of_database(path), engine.begin() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found != SCHEMA:
        engine.dispose()
        raise StoreProblem("store_newer", path=path, found=found, known=SCHEMA)
    return engine


_CLOSED_VISIT = "visit takes no answers"  # what the trigger of migration 0001 says
_PLAINLY = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_IOERR": "disk_failing",
    "SQLITE_BUSY": "store_busy",
    "SQLITE_LOCKED": "store_busy",
    "SQLITE_READONLY": "store_read_only",
    "SQLITE_CANTOPEN": "store_read_only",
    "SQLITE_PERM": "store_read_only",
}


@contextlib.contextmanager
def told_plainly_of_database(path: Path) -> Iterator[None]:
    """Turn what the engine says into a StoreProblem.

    `disk_full`, `disk_failing`, `store_busy`, `store_read_only`, `visit_not_answerable_here`;
    anything else it says of a file that the right key opened can only mean damage
    (`store_damaged`).
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
                raise StoreProblem(code, path=path) from error
        raise StoreProblem("store_damaged", path=path, cause=cause) from error


def _engine(path: Path, key: bytes, *, foreign_keys: bool, pool: type[sa.Pool]) -> sa.Engine:
    if sqlcipher.sqlite_version_info < _SQLITE_FLOOR:
        raise StoreProblem("engine_too_old", found=sqlcipher.sqlite_version)

    def connect() -> Any:
        connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        # FULL: with NORMAL an acknowledged answer was lost in a third of simulated power cuts.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            "busy_timeout=5000",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, module=sqlcipher, poolclass=pool)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.connection.cursor().execute("BEGIN IMMEDIATE")

    return engine


def _migrate(engine: sa.Engine) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that only a new store pays
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
