"""The tables: the append-only events, and the projections that can be rebuilt from them."""

import sqlalchemy as sa

SCHEMA = "0002"  # the newest Alembic revision; a test holds the two together

metadata = sa.MetaData()

event = sa.Table(
    "event",
    metadata,
    sa.Column("place", sa.Integer, primary_key=True),  # order of arrival in this store
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("visit", sa.Text, nullable=False),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),  # local or ingested
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # canonical bytes: the truth
    sa.UniqueConstraint("visit", "device", "seq"),
)

field_head = sa.Table(
    "field_head",
    metadata,
    sa.Column("visit", sa.Text, primary_key=True),
    sa.Column("entity", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, primary_key=True),  # two rows for one field are a conflict
    sa.Column("value", sa.Text, nullable=False),  # canonical JSON
    sqlite_with_rowid=False,
)

late_event = sa.Table(  # events that came after their visit was closed: shown, not scored
    "late_event",
    metadata,
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("visit", sa.Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)

vault_file = sa.Table(  # every file in the vault that an event names: evidence and documents
    "vault_file",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("visit", sa.Text, nullable=False, index=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),  # of the original, hex
    sqlite_with_rowid=False,
)

checkpoint = sa.Table(
    "checkpoint",
    metadata,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("visit", sa.Text, nullable=False),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("head", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # canonical bytes that are signed
    sa.Column("signature", sa.LargeBinary, nullable=False),  # Ed25519 by the device's key
)

device = sa.Table(
    "device",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
)
