"""Late events, the files of the vault, and conflicts that are settled: for more than one device.

Written out rather than taken from tables.py: a migration never changes once it was released.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "late_event",
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("visit", sa.Text, nullable=False, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_file",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("visit", sa.Text, nullable=False, index=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("entity", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    _fill_vault_files(op.get_bind())
    op.execute("DROP TRIGGER event_answers_need_an_open_visit")
    op.execute(
        """
        CREATE TRIGGER event_answers_need_an_open_visit BEFORE INSERT ON event
        WHEN NEW.origin = 'local'
         AND NEW.kind IN ('recorded', 'attached', 'finding_edited', 'undone', 'resolved')
         AND NOT EXISTS (
           SELECT 1 FROM field_head
           WHERE visit = NEW.visit AND entity = 'visit' AND field = 'state'
             AND value IN ('"open"', '"exit_talk"'))
        BEGIN SELECT RAISE(ABORT, 'visit takes no answers'); END
        """
    )


def _fill_vault_files(connection: sa.Connection) -> None:
    """Every event that gave a file of the vault its hash names that file."""
    found = connection.exec_driver_sql(
        "SELECT id, visit, body FROM event WHERE kind IN ('attached', 'issued')"
    )
    insert = (
        "INSERT OR IGNORE INTO vault_file (id, visit, event, entity, sha256) VALUES (?, ?, ?, ?, ?)"
    )
    for event, visit, body in found.all():
        for change in json.loads(body)["changes"]:
            kind, _, id_ = change["entity"].partition("/")
            if kind in ("evidence", "document") and change["field"] == "sha256":
                row = (id_, visit, event, change["entity"], change["after"])
                connection.exec_driver_sql(insert, row)
