"""The tables: the append-only events, and the projections that can be rebuilt from them."""

import sqlalchemy as sa

SCHEMA = "0003"  # the newest Alembic revision; a test holds the two together

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

secret = sa.Table(  # what opens a storage or a seal: never in an event, never in what leaves
    "secret",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

shipment = sa.Table(  # a visit as it leaves this device, under one manifest
    "shipment",
    metadata,
    sa.Column("manifest", sa.Text, primary_key=True),  # SHA-256 of the sealed manifest, hex
    sa.Column("visit", sa.Text, nullable=False),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("line", sa.LargeBinary, nullable=False),  # the signed manifest
    sa.Column("put", sa.Integer, nullable=False),  # 1 once it is on the storage
    sa.Column("queued_at", sa.Text, nullable=False),
    sa.UniqueConstraint("visit", "device", "number"),
    sqlite_with_rowid=False,
)

outbox = sa.Table(  # each sealed part on its way to headquarters
    "outbox",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("manifest", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),  # of the sealed part, hex
    sa.Column("size", sa.Integer, nullable=False),  # bytes, sealed
    sa.Column("state", sa.Text, nullable=False),  # domain/outbox.py
    sa.Column("reason", sa.Text),  # code of a problem
    sa.Column("places", sa.Text),  # canonical JSON: what fills its sentence
    sa.Column("changed_at", sa.Text, nullable=False),
    sa.Column("receipt", sa.Text),  # SHA-256 of the letter that ended it
    sa.Column("entries", sa.Text, nullable=False),  # JSON: names of what is in the part
    sqlite_with_rowid=False,
)

outbox_piece = sa.Table(
    "outbox_piece",
    metadata,
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),  # from 0, in the order of the part
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("put", sa.Integer, nullable=False),  # 1 once the storage has it, -1 wanted again
    sqlite_with_rowid=False,
)

inbox = sa.Table(  # letters of headquarters, byte for byte
    "inbox",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),  # of the sealed letter: its name there
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("line", sa.LargeBinary, nullable=False),  # the signed letter
    sa.Column("reason", sa.Text),  # why it was set aside, code of a problem
    sa.Column("taken_at", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

received = sa.Table(  # at headquarters: each part of each shipment, and what became of it
    "received",
    metadata,
    sa.Column("manifest", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("visit", sa.Text, nullable=False),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),  # SHA-256 of the manifest's body: forks are seen
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("places", sa.Text),
    sa.Column("pieces", sa.Text),  # canonical JSON: those wanted again
    sa.Column("changed_at", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

letter = sa.Table(  # at headquarters: what was written to devices
    "letter",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("device", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("line", sa.LargeBinary, nullable=False),
    sa.Column("put", sa.Integer, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
)
