"""The first schema: events, heads of fields, checkpoints, the device.

Written out rather than taken from tables.py: a migration never changes once it was released.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("visit", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("visit", "device", "seq"),
    )
    op.create_table(
        "field_head",
        sa.Column("visit", sa.Text, primary_key=True),
        sa.Column("entity", sa.Text, primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "checkpoint",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("visit", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    )
    for name in ("event", "checkpoint"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_never_{verb.lower()}d BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            )
    # Nothing may change under the signer: local answers only while the visit takes them.
    # What comes from another device (origin 'ingested') is never refused.
    op.execute(
        """
        CREATE TRIGGER event_answers_need_an_open_visit BEFORE INSERT ON event
        WHEN NEW.origin = 'local'
         AND NEW.kind IN ('recorded', 'attached', 'finding_edited', 'undone')
         AND NOT EXISTS (
           SELECT 1 FROM field_head
           WHERE visit = NEW.visit AND entity = 'visit' AND field = 'state'
             AND value IN ('"open"', '"exit_talk"'))
        BEGIN SELECT RAISE(ABORT, 'visit takes no answers'); END
        """
    )
