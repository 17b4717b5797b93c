"""The tables, indexes and triggers that a database of this version has, and what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from assessor_app.storage.contents import looking

_MASTER = "SELECT type, name, sql FROM sqlite_master"
_OF_SQLITE = frozenset({"sqlite_stat1", "sqlite_stat4"})  # what ANALYZE counts
_OF_KEYS = "sqlite_autoindex_"  # the index of a PRIMARY KEY or UNIQUE, which has no text

Name = tuple[str, str]  # table, index or trigger; and what it is called


class Change(StrEnum):
    """What became of a part of the schema."""

    GONE = "gone"
    ADDED = "added"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A table, index, trigger or view that is not as the migrations make it."""

    change: Change
    kind: str
    name: str


def schema_changes(engine: sa.Engine, path: Path) -> list[SchemaChange]:
    """How the schema differs from that of this version, in order of names.

    Raises StoreProblem as `looking` does.
    """
    with looking(engine, path) as cursor:
        found = schema_in(cursor)
    return [
        SchemaChange(_change(name, found), *name)
        for name in sorted(SCHEMA_PARTS.keys() | found.keys())
        if SCHEMA_PARTS.get(name) != found.get(name)
    ]


def schema_in(cursor: DBAPICursor) -> dict[Name, str]:
    """Every part of a database's schema with its text, but for SQLite's own; blanks are even."""
    cursor.execute(_MASTER)
    return {
        (str(kind), str(name)): " ".join(str(sql or "").split())
        for kind, name, sql in cursor.fetchall()
        if name not in _OF_SQLITE and not (sql is None and str(name).startswith(_OF_KEYS))
    }


def _change(name: Name, found: Mapping[Name, str]) -> Change:
    if name not in found:
        return Change.GONE
    return Change.ALTERED if name in SCHEMA_PARTS else Change.ADDED


# As the migrations make them, which takes half a second to ask; a test holds the two together.
SCHEMA_PARTS: Mapping[Name, str] = {
    ("index", "ix_late_event_visit"): ("CREATE INDEX ix_late_event_visit ON late_event (visit)"),
    ("index", "ix_letter_device"): ("CREATE INDEX ix_letter_device ON letter (device)"),
    ("index", "ix_outbox_manifest"): ("CREATE INDEX ix_outbox_manifest ON outbox (manifest)"),
    ("index", "ix_vault_file_visit"): ("CREATE INDEX ix_vault_file_visit ON vault_file (visit)"),
    ("table", "alembic_version"): (
        "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, CONSTRAINT "
        "alembic_version_pkc PRIMARY KEY (version_num) )"
    ),
    ("table", "checkpoint"): (
        "CREATE TABLE checkpoint ( place INTEGER NOT NULL, visit TEXT NOT NULL, device TEXT"
        " NOT NULL, head TEXT NOT NULL, body BLOB NOT NULL, signature BLOB NOT NULL, "
        "PRIMARY KEY (place) )"
    ),
    ("table", "device"): (
        "CREATE TABLE device ( id TEXT NOT NULL, public_key BLOB NOT NULL, wrapped_key BLOB"
        " NOT NULL, PRIMARY KEY (id) )"
    ),
    ("table", "event"): (
        "CREATE TABLE event ( place INTEGER NOT NULL, id TEXT NOT NULL, visit TEXT NOT "
        "NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, actor TEXT "
        "NOT NULL, origin TEXT NOT NULL, hash TEXT NOT NULL, body BLOB NOT NULL, PRIMARY "
        "KEY (place), UNIQUE (visit, device, seq), UNIQUE (id) )"
    ),
    ("table", "field_head"): (
        "CREATE TABLE field_head ( visit TEXT NOT NULL, entity TEXT NOT NULL, field TEXT "
        "NOT NULL, event TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (visit, entity, "
        "field, event) ) WITHOUT ROWID"
    ),
    ("table", "inbox"): (
        "CREATE TABLE inbox ( sha256 TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT "
        "NULL, line BLOB NOT NULL, reason TEXT, taken_at TEXT NOT NULL, PRIMARY KEY "
        "(sha256) ) WITHOUT ROWID"
    ),
    ("table", "late_event"): (
        "CREATE TABLE late_event ( event TEXT NOT NULL, visit TEXT NOT NULL, PRIMARY KEY "
        "(event) ) WITHOUT ROWID"
    ),
    ("table", "letter"): (
        "CREATE TABLE letter ( number INTEGER NOT NULL, device TEXT NOT NULL, kind TEXT NOT"
        " NULL, sha256 TEXT NOT NULL, sealed BLOB NOT NULL, line BLOB NOT NULL, put INTEGER"
        " NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (number) )"
    ),
    ("table", "outbox"): (
        "CREATE TABLE outbox ( id TEXT NOT NULL, manifest TEXT NOT NULL, kind TEXT NOT "
        "NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, state TEXT NOT NULL, reason "
        "TEXT, places TEXT, changed_at TEXT NOT NULL, receipt TEXT, entries TEXT NOT NULL, "
        "PRIMARY KEY (id) ) WITHOUT ROWID"
    ),
    ("table", "outbox_piece"): (
        "CREATE TABLE outbox_piece ( item TEXT NOT NULL, place INTEGER NOT NULL, sha256 "
        "TEXT NOT NULL, size INTEGER NOT NULL, put INTEGER NOT NULL, PRIMARY KEY (item, "
        "place) ) WITHOUT ROWID"
    ),
    ("table", "received"): (
        "CREATE TABLE received ( manifest TEXT NOT NULL, kind TEXT NOT NULL, visit TEXT NOT"
        " NULL, device TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, sha256 "
        "TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, places TEXT, pieces TEXT, "
        "changed_at TEXT NOT NULL, PRIMARY KEY (manifest, kind) ) WITHOUT ROWID"
    ),
    ("table", "secret"): (
        "CREATE TABLE secret ( name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (name) "
        ") WITHOUT ROWID"
    ),
    ("table", "shipment"): (
        "CREATE TABLE shipment ( manifest TEXT NOT NULL, visit TEXT NOT NULL, device TEXT "
        "NOT NULL, number INTEGER NOT NULL, line BLOB NOT NULL, put INTEGER NOT NULL, "
        "queued_at TEXT NOT NULL, PRIMARY KEY (manifest), UNIQUE (visit, device, number) ) "
        "WITHOUT ROWID"
    ),
    ("table", "vault_file"): (
        "CREATE TABLE vault_file ( id TEXT NOT NULL, visit TEXT NOT NULL, event TEXT NOT "
        "NULL, entity TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (id) ) WITHOUT ROWID"
    ),
    ("trigger", "checkpoint_never_deleted"): (
        "CREATE TRIGGER checkpoint_never_deleted BEFORE DELETE ON checkpoint BEGIN SELECT "
        "RAISE(ABORT, 'checkpoint is append-only'); END"
    ),
    ("trigger", "checkpoint_never_updated"): (
        "CREATE TRIGGER checkpoint_never_updated BEFORE UPDATE ON checkpoint BEGIN SELECT "
        "RAISE(ABORT, 'checkpoint is append-only'); END"
    ),
    ("trigger", "event_answers_need_an_open_visit"): (
        "CREATE TRIGGER event_answers_need_an_open_visit BEFORE INSERT ON event WHEN "
        "NEW.origin = 'local' AND NEW.kind IN ('recorded', 'attached', 'finding_edited', "
        "'undone', 'resolved') AND NOT EXISTS ( SELECT 1 FROM field_head WHERE visit = "
        "NEW.visit AND entity = 'visit' AND field = 'state' AND value IN ('\"open\"', "
        "'\"exit_talk\"')) BEGIN SELECT RAISE(ABORT, 'visit takes no answers'); END"
    ),
    ("trigger", "event_never_deleted"): (
        "CREATE TRIGGER event_never_deleted BEFORE DELETE ON event BEGIN SELECT "
        "RAISE(ABORT, 'event is append-only'); END"
    ),
    ("trigger", "event_never_updated"): (
        "CREATE TRIGGER event_never_updated BEFORE UPDATE ON event BEGIN SELECT "
        "RAISE(ABORT, 'event is append-only'); END"
    ),
}
