"""Stores of every released version, brought to this one: whole, or left exactly as they were."""

import json
import shutil
import threading
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from tests.conftest import CountingIds, SteppingClock
from tests.storage.release_store import RELEASED, told
from tests.visiting import LATER, PASSPHRASE, QUICK, answer

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.storage import database_version, migrating
from assessor_app.storage.backup import Stage, in_silence
from assessor_app.storage.database import migration_engine, schema_of
from assessor_app.storage.generations import generations, own_folder
from assessor_app.storage.keys import DataKey, open_keys
from assessor_app.storage.manifest import Why, measured, read_manifest
from assessor_app.storage.store import open_unlocked
from assessor_app.storage.tables import SCHEMA
from assessor_app.storage.vault import Form
from migration_kills import migration_kills

VERSIONS = sorted(folder.name for folder in RELEASED.iterdir())
OLDER = [version for version in VERSIONS if version != SCHEMA]


class Old(NamedTuple):
    """A copy of the home of an older version, and the key that opens it."""

    home: Path
    key: DataKey

    @property
    def folder(self) -> Path:
        return self.home / "store"

    @property
    def path(self) -> Path:
        return self.folder / "store.db"

    @property
    def backups(self) -> Path:
        return self.home / "backups"

    @property
    def schema(self) -> str:
        return schema_of(self.path, self.key.subkey("database")).revision

    def migrate(self, progress: Any = in_silence) -> migrating.Migrated:
        at = SteppingClock().now()
        return migrating.migrate(
            self.folder, self.key, backups=self.backups, at=at, progress=progress
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        engine = migration_engine(self.path, self.key.subkey("database"))
        with engine.begin() as connection:
            found = [tuple(row) for row in connection.exec_driver_sql(query)]
        engine.dispose()
        return found

    def change(self, *statements: str) -> None:
        engine = migration_engine(self.path, self.key.subkey("database"))
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()


def copied(version: str, home: Path) -> Old:
    shutil.copytree(RELEASED / version / "home", home)
    return Old(home, open_keys(home / "store" / "keys.json", PASSPHRASE).key)


@pytest.fixture
def old(tmp_path: Path) -> Old:
    return copied("0001", tmp_path / "home")


def product(home: Path) -> Application:
    library = Library([resources_dir() / "instruments"], kept=home / "instruments" / "pinned")
    return Application(home, SteppingClock(), CountingIds(count=5000), library, QUICK)


EVENTS = "SELECT place, id, visit, device, seq, kind, actor, hash, body FROM event ORDER BY place"
HEADS = "SELECT visit, entity, field, event, value FROM field_head ORDER BY 1, 2, 3, 4"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_released_store_opens_and_says_what_it_said(version: str, tmp_path: Path) -> None:
    store = copied(version, tmp_path / "home")
    expected = json.loads((RELEASED / version / "expected.json").read_text(encoding="utf-8"))
    events, heads = store.rows(EVENTS), store.rows(HEADS)
    application = product(store.home)

    workplace = application.unlock(PASSPHRASE)

    assert told(application, workplace) == expected
    assert store.schema == SCHEMA
    assert store.rows(EVENTS) == events
    assert store.rows(HEADS) == heads
    assert workplace.store.rebuild().differences == ()
    for one in workplace.store.log.vault_files().values():
        is_document = one.entity.startswith("document/")
        form = Form.DOCUMENT if is_document else Form.ORIGINAL
        workplace.store.vault.check(one.id, form, one.sha256)
    still_open = next(visit for visit, one in expected.items() if one["state"] == "open")
    session = application.open(workplace, still_open)
    session.resume(at=LATER)
    answer(session, "P15-07", "practice", "present")
    assert workplace.store.rebuild().differences == ()
    workplace.store.close()


def test_the_store_of_before_is_kept_whole_and_says_which_schema_it_had(old: Old) -> None:
    migrated = old.migrate()

    assert (migrated.before, migrated.after) == ("0001", SCHEMA)
    assert migrated.backup is not None
    manifest = read_manifest(migrated.backup, old.key)
    assert (manifest.schema, manifest.why) == ("0001", Why.MIGRATION)
    assert {name: measured(migrated.backup / name) for name in manifest.files} == manifest.files
    assert not (migrated.backup / "store.db").read_bytes().startswith(b"SQLite format")
    assert open_keys(migrated.backup / "keys.json", PASSPHRASE).key == old.key


def test_the_migrated_store_names_the_version_that_wrote_it(old: Old) -> None:
    assert schema_of(old.path, old.key.subkey("database")).written_by == ""

    old.migrate()

    written_by = schema_of(old.path, old.key.subkey("database")).written_by
    assert written_by == database_version.app_version()


def test_a_store_of_this_version_is_opened_without_a_backup_or_a_migration(old: Old) -> None:
    product(old.home).unlock(PASSPHRASE).store.close()
    made = len(generations(own_folder(old.backups, old.key)))

    workplace = product(old.home).unlock(PASSPHRASE)
    workplace.store.close()

    assert workplace.store.migrated is None
    assert len(generations(own_folder(old.backups, old.key))) == made == 1


def test_whoever_opens_the_store_hears_what_it_is_at_and_what_was_done(old: Old) -> None:
    heard: list[Stage] = []
    unlocked = open_keys(old.folder / "keys.json", PASSPHRASE)
    application = product(old.home)

    store = open_unlocked(
        old.home,
        unlocked,
        clock=application.clock,
        new_id=application.new_id,
        progress=lambda stage, _done, _count: heard.append(stage),
    )
    store.close()

    assert list(dict.fromkeys(heard)) == [
        Stage.CHECK,
        Stage.DATABASE,
        Stage.FILES,
        Stage.MIGRATION,
    ]
    assert store.migrated is not None
    made = generations(own_folder(old.backups, old.key))
    assert [one.folder for one in made] == [store.migrated.backup]


def test_only_the_last_two_copies_from_before_migrations_are_kept(old: Old) -> None:
    for _ in range(3):
        old.migrate()
        old.change("UPDATE alembic_version SET version_num = '0001'", *UNDO_0002)

    kept = generations(own_folder(old.backups, old.key))

    assert [one.number for one in kept] == [3, 2]


UNDO_0002 = tuple(
    f"DROP TABLE {table}"
    for table in (
        *("late_event", "vault_file"),
        *("secret", "shipment", "outbox", "outbox_piece", "inbox", "received", "letter"),
    )
)


def test_a_migration_that_loses_rows_is_taken_back(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The very failure that batch migrations with foreign keys on have: rows gone, all clean."""
    assert refused(old, monkeypatch, "DELETE FROM field_head") == "migration_failed"


def test_a_migration_that_alters_a_projection_is_taken_back(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = "UPDATE field_head SET value = '\"present\"' WHERE field = 'answer'"

    assert refused(old, monkeypatch, statement) == "migration_failed"


def test_a_migration_that_leaves_a_dangling_key_is_taken_back(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = (
        "CREATE TABLE child (id INTEGER PRIMARY KEY, of TEXT REFERENCES event (id))",
        "INSERT INTO child VALUES (1, 'nobody')",
    )

    assert refused(old, monkeypatch, *statements) == "migration_failed"


def refused(old: Old, monkeypatch: pytest.MonkeyPatch, *statements: str) -> str:
    """The code of the refusal of a migration that also does this; nothing may have changed."""
    before = (old.rows(EVENTS), old.rows(HEADS), old.rows("SELECT sql FROM sqlite_master"))

    def badly(connection: sa.Connection) -> None:
        database_version.upgrade(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)

    monkeypatch.setattr(migrating, "upgrade", badly)
    with pytest.raises(StoreProblem) as problem:
        old.migrate()
    assert old.schema == "0001"
    after = (old.rows(EVENTS), old.rows(HEADS), old.rows("SELECT sql FROM sqlite_master"))
    assert after == before
    return problem.value.code


def test_a_record_that_was_tampered_with_is_not_migrated_and_stays_as_it_is(old: Old) -> None:
    old.change(
        "DROP TRIGGER event_never_updated",
        "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'absent', 'presnt') AS BLOB)",
    )
    before = old.rows(EVENTS)

    with pytest.raises(StoreProblem) as problem:
        old.migrate()

    assert problem.value.code == "migration_refused"
    assert "event_altered" in str(problem.value.places["cause"])
    assert (old.schema, old.rows(EVENTS)) == ("0001", before)


def test_a_damaged_page_is_found_before_anything_is_written(old: Old) -> None:
    content = bytearray(old.path.read_bytes())
    content[-3000] ^= 1
    old.path.write_bytes(bytes(content))

    with pytest.raises(StoreProblem) as problem:
        old.migrate()

    assert problem.value.code == "store_damaged"
    assert old.path.read_bytes() == bytes(content)
    assert not old.backups.exists()


def test_without_room_nothing_is_begun(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the file system; here it answers that little is left."""
    full = shutil.disk_usage(old.home)._replace(free=300_000)
    monkeypatch.setattr("assessor_app.storage.migrating.shutil.disk_usage", lambda _: full)
    before = old.path.read_bytes()

    with pytest.raises(StoreProblem) as problem:
        old.migrate()

    assert problem.value.code == "migration_needs_space"
    assert old.path.read_bytes() == before
    assert not old.backups.exists()


def test_two_programs_that_start_at_once_migrate_it_once(old: Old) -> None:
    failed: list[BaseException] = []

    def start() -> None:
        try:
            old.migrate()
        except BaseException as error:  # noqa: BLE001 - told below, in the thread of the test
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert old.schema == SCHEMA
    product(old.home).unlock(PASSPHRASE).store.close()


@pytest.mark.parametrize("version", OLDER)
def test_a_migration_killed_at_any_moment_leaves_the_old_store_or_the_new_one(version: str) -> None:
    told = migration_kills(RELEASED / version / "home", PASSPHRASE, kills=6, seed=5)

    assert told.faults == ()
    assert told.left_old + told.left_new == 6
    assert told.before_it_ended > 0
