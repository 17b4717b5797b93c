"""One process at a time: a lock that every system knows and that a killed process gives up."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.database import BUSY_SECONDS, told_plainly_of_database


@contextlib.contextmanager
def alone(lock: Path, *, wait: float | None = None) -> Iterator[None]:
    """Let nobody else in here meanwhile; the lock is an empty SQLite file.

    Another process or thread is waited for so many seconds. Raises StoreProblem `backup_running`,
    or as a file that cannot be written.
    """
    seconds = BUSY_SECONDS if wait is None else wait
    with told_plainly_of_database(lock):
        connection = sqlcipher.connect(str(lock), isolation_level=None, timeout=seconds)
    with contextlib.closing(connection):
        try:
            with told_plainly_of_database(lock):
                connection.execute("PRAGMA journal_mode=MEMORY").fetchall()
                connection.execute("BEGIN EXCLUSIVE")
        except StoreProblem as problem:
            if problem.code != "store_busy":
                raise
            raise StoreProblem("backup_running", place=lock.parent) from problem
        yield
