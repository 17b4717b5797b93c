"""Which files of the vault events name, read while the log is held still by the reader itself."""

from pathlib import Path

import sqlalchemy as sa

from assessor_app.storage.database import told_plainly_of_database


def named_files(engine: sa.Engine, path: Path) -> frozenset[str]:
    """The ids of all files that events name, as of the last commit.

    It opens no transaction, so that it can be asked within `EventLog.exclusively`, where it is
    the whole truth. Raises StoreProblem as every reading of the database does.
    """
    with told_plainly_of_database(path):
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("SELECT id FROM vault_file")
            return frozenset(row[0] for row in cursor.fetchall())
        finally:
            connection.close()  # back to the pool
