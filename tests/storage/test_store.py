"""The store: encrypted, append-only, chained, rebuilt from its events."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlcipher3 import dbapi2 as sqlcipher
from tests.visiting import PASSPHRASE, SIGNING_PASSPHRASE, answer, answer_all, complete

from assessor_app.compose import Application
from assessor_app.domain.event import STORE, EventKind, Json, event_hash, visit_head
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.session import Session
from assessor_app.storage import database, tables
from assessor_app.storage.device import Checkpoint
from assessor_app.storage.keys import open_keys
from assessor_app.storage.log import Draft


def tamper(workplace: Workplace, *statements: str) -> None:
    with workplace.store.engine.begin() as connection:
        for trigger in ("event_never_updated", "event_never_deleted"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            connection.exec_driver_sql(statement)


def kinds(workplace: Workplace) -> list[str]:
    return [difference.kind for difference in workplace.store.rebuild().differences]


def test_nothing_of_a_visit_can_be_read_from_the_files(
    application: Application, workplace: Workplace, session: Session
) -> None:
    answer(session, "P15-06", "practice", "absent", note="BINGKAI MAKLUMAT KOSONG")
    workplace.store.close()

    for path in (application.home / "store").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not content.startswith(b"SQLite format 3")
            for word in (b"MAKLUMAT", b"Kota Ambon", b"Siti Rahma", b"P15-06"):
                assert word not in content, path.name


def test_events_can_be_neither_changed_nor_deleted(workplace: Workplace, session: Session) -> None:
    for statement in ("UPDATE event SET kind = 'x'", "DELETE FROM event"):
        with (
            pytest.raises(sa.exc.IntegrityError, match="append-only"),
            workplace.store.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)


def test_an_action_of_many_parts_is_read_once_not_once_for_each_part(
    workplace: Workplace,
) -> None:
    """Thousands of published results are one action; each of them is a part with its fields."""

    class Counted(Mapping[tuple[str, str], Json]):
        def __init__(self, values: Mapping[tuple[str, str], Json]) -> None:
            self.given, self.read = values, 0

        def __getitem__(self, name: tuple[str, str]) -> Json:
            return self.given[name]

        def __iter__(self) -> Iterator[tuple[str, str]]:
            self.read += 1
            return iter(self.given)

        def __len__(self) -> int:
            return len(self.given)

    values = Counted({(f"published_result/{at}", "year"): at for at in range(50)})

    stored = workplace.store.log.append(Draft(STORE, EventKind.REGISTERED, values))

    assert [change.after for change in stored.event.changes] == list(range(50))
    assert values.read < 5


def test_the_frame_of_a_visit_is_read_without_the_rest_of_it(
    workplace: Workplace, session: Session
) -> None:
    answer(session, "P15-06", "practice", "absent")
    log = workplace.store.log
    whole = log.heads(session.visit_id)

    frame = log.frame(session.visit_id)

    assert frame == {place: heads for place, heads in whole.items() if place[0] == "visit"}
    assert 0 < len(frame) < len(whole)
    assert log.frame("no such visit") == {}


def test_rebuilding_finds_nothing_after_a_whole_visit(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    before = workplace.store.log.heads(session.visit_id)

    assert kinds(workplace) == []
    assert workplace.store.log.heads(session.visit_id) == before


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE field_head SET value = '\"present\"' WHERE field = 'answer'", "field"),
        ("DELETE FROM field_head WHERE field = 'answer'", "field"),
        ("UPDATE event SET kind = 'closed' WHERE kind = 'recorded'", "event_column"),
    ],
)
def test_a_changed_projection_is_named_and_written_anew(
    workplace: Workplace, session: Session, statement: str, kind: str
) -> None:
    answer(session, "P15-06", "practice", "absent")
    before = workplace.store.log.heads(session.visit_id)
    tamper(workplace, statement)

    assert kind in kinds(workplace)
    assert workplace.store.log.heads(session.visit_id) == before
    if kind != "event_column":
        assert kinds(workplace) == []


def test_a_changed_event_breaks_its_hash(workplace: Workplace, session: Session) -> None:
    answer(session, "P15-06", "practice", "absent")
    tamper(
        workplace,
        "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'absent', 'presnt') AS BLOB)"
        " WHERE kind = 'recorded'",
    )

    assert "event_altered" in kinds(workplace)


def test_a_changed_event_with_a_new_hash_breaks_the_chain(
    workplace: Workplace, session: Session
) -> None:
    answer(session, "P15-06", "practice", "absent")
    answer(session, "P15-07", "practice", "present")
    first = list(workplace.store.log.stored(session.visit_id))[1]
    body = first.body.replace(b"absent", b"presnt")
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_never_updated")
        connection.execute(
            tables.event.update()
            .where(tables.event.c.id == first.event.id)
            .values(body=body, hash=event_hash(body))
        )

    assert "chain_broken" in kinds(workplace)


def test_a_missing_link_is_noticed(workplace: Workplace, session: Session) -> None:
    answer(session, "P15-06", "practice", "absent")
    answer(session, "P15-07", "practice", "present")
    tamper(workplace, "DELETE FROM event WHERE seq = 2")

    assert "chain_gap" in kinds(workplace)


@pytest.mark.parametrize("body", ["{}", "no json", '{"v": 2}'])
def test_an_event_that_cannot_be_read_is_named(
    workplace: Workplace, session: Session, body: str
) -> None:
    answer(session, "P15-06", "practice", "absent")
    tamper(workplace, f"UPDATE event SET body = CAST('{body}' AS BLOB) WHERE kind = 'recorded'")

    assert "event_unreadable" in kinds(workplace)


def test_closing_is_signed_by_the_device_with_the_event(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)

    with workplace.store.engine.begin() as connection:
        row = connection.execute(sa.select(tables.checkpoint)).one()
        device = connection.execute(sa.select(tables.device)).one()
    public = Ed25519PublicKey.from_public_bytes(device.public_key)
    public.verify(row.signature, b"checkpoint-v1\0" + row.body)
    assert row.head == workplace.store.head(session.visit_id)
    assert row.head == visit_head(workplace.store.log.stream_heads(session.visit_id))
    assert json.loads(row.body)["head"] == row.head


def test_a_tail_that_was_cut_is_noticed_by_the_checkpoint_and_nothing_is_written(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    before = workplace.store.log.heads(session.visit_id)
    tamper(workplace, "DELETE FROM event WHERE seq > 10")

    first, second = kinds(workplace), kinds(workplace)

    assert "checkpoint_unmet" in first
    assert first == second
    assert workplace.store.log.heads(session.visit_id) == before


def test_a_forged_checkpoint_is_noticed(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER checkpoint_never_updated")
        connection.exec_driver_sql("UPDATE checkpoint SET body = CAST('{}' AS BLOB)")

    assert kinds(workplace) == ["checkpoint_forged"]


def test_a_checkpoint_over_something_else_is_no_checkpoint() -> None:
    with pytest.raises(ValueError, match="not a checkpoint"):
        Checkpoint("visit", "device", "head", b'{"streams": [[1]]}', b"").streams()


def test_enrolment_is_all_or_nothing(
    tmp_path: Path, application: Application, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Application(
        tmp_path / "new",
        application.clock,
        application.new_id,
        application.library,
        application.cost,
    )

    def fail(*_: object, **__: object) -> None:
        raise StoreProblem("disk_full", path="x")

    with monkeypatch.context() as patched:
        patched.setattr("assessor_app.services.enrolment.write_identity", fail)
        patched.setattr("assessor_app.signing.identity.make_trial_identity", lambda **_: b"")
        with pytest.raises(StoreProblem):
            fresh.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=SIGNING_PASSPHRASE)
    assert list(fresh.home.iterdir()) == []

    fresh.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=SIGNING_PASSPHRASE)
    fresh.unlock(PASSPHRASE).store.close()
    with pytest.raises(StoreProblem) as refused:
        fresh.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=SIGNING_PASSPHRASE)
    assert refused.value.code == "already_enrolled"


@pytest.mark.parametrize(
    ("store", "signing", "code"),
    [
        ("", "x", "passphrase_empty"),
        ("   ", "x", "passphrase_empty"),
        ("x", "", "signing_passphrase_empty"),
        ("x", " \u200b", "signing_passphrase_empty"),
    ],
)
def test_an_empty_passphrase_protects_nothing(  # noqa: PLR0917 - a table
    tmp_path: Path,
    application: Application,
    profile: Profile,
    store: str,
    signing: str,
    code: str,
) -> None:
    fresh = Application(
        tmp_path / "new",
        application.clock,
        application.new_id,
        application.library,
        application.cost,
    )

    with pytest.raises(StoreProblem) as refused:
        fresh.enrol(profile, passphrase=store, signing_passphrase=signing)

    assert refused.value.code == code


def refused_code(application: Application) -> str:
    with pytest.raises(StoreProblem) as refused:
        application.unlock(PASSPHRASE)
    return refused.value.code


def test_damage_and_a_newer_schema_are_told_apart(
    application: Application, workplace: Workplace
) -> None:
    path = application.home / "store" / "store.db"
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    workplace.store.close()
    assert refused_code(application) == "store_newer"

    content = bytearray(path.read_bytes())
    content[100:200] = bytes(100)
    path.write_bytes(bytes(content))
    assert refused_code(application) == "store_damaged"

    path.unlink()
    assert refused_code(application) == "store_missing"
    shutil.rmtree(application.home / "store")
    assert refused_code(application) == "not_enrolled"


def test_a_store_in_use_by_another_process_is_told(
    application: Application,
    workplace: Workplace,
    session: Session,
) -> None:
    path = application.home / "store" / "store.db"
    key = open_keys(application.home / "store" / "keys.json", PASSPHRASE).key.subkey("database")
    other = sqlcipher.connect(str(path), isolation_level=None)
    other.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreProblem) as refused:
        answer(session, "P15-06", "practice", "absent")
    other.execute("ROLLBACK")
    other.close()

    assert refused.value.code == "store_busy"
    answer(session, "P15-06", "practice", "absent")


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    application: Application, workplace: Workplace, session: Session
) -> None:
    with workplace.store.engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={int(str(pages)) + 12}")
    kept = 0

    def record_until_full() -> None:
        nonlocal kept
        for number in range(1000):
            answer(session, "P15-06", "practice", "absent", note=f"{number} " + "x" * 2000)
            kept = number

    with pytest.raises(StoreProblem) as refused:
        record_until_full()
    workplace.store.close()

    again = application.open(application.unlock(PASSPHRASE), session.visit_id)
    assert refused.value.code == "disk_full"
    assert kept > 0
    note = next(iter(again.snapshot.observations.values())).note
    assert note is not None
    assert note.startswith(f"{kept} ")


def test_a_plain_database_is_never_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlcipher.connect

    class Forgetful:
        """SQLCipher without the key: it would write plain text."""

        def __init__(self, connection: sqlcipher.Connection) -> None:
            self._connection = connection

        def execute(self, statement: str) -> object:
            return self._connection.execute(
                "SELECT 1" if statement.startswith("PRAGMA key") else statement
            )

        def __getattr__(self, name: str) -> object:
            return getattr(self._connection, name)

    monkeypatch.setattr(
        "assessor_app.storage.database.sqlcipher.connect", lambda *a, **k: Forgetful(real(*a, **k))
    )

    with pytest.raises(StoreProblem) as refused:
        database.create_database(tmp_path / "store.db", bytes(32))

    assert refused.value.code == "store_not_encrypted"


def test_an_engine_with_the_wal_fault_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessor_app.storage.database.sqlcipher.sqlite_version_info", (3, 51, 2))

    with pytest.raises(StoreProblem) as refused:
        database.create_database(tmp_path / "store.db", bytes(32))

    assert refused.value.code == "engine_too_old"


def test_the_tables_are_what_the_migrations_make(workplace: Workplace) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == tables.SCHEMA
    found = sa.inspect(workplace.store.engine)
    for name, table in tables.metadata.tables.items():
        columns = {
            column["name"]: (str(column["type"]), column["nullable"])
            for column in found.get_columns(name)
        }
        assert columns == {
            column.name: (str(column.type.compile(workplace.store.engine.dialect)), column.nullable)
            for column in table.columns
        }


def test_the_connection_is_durable(workplace: Workplace) -> None:
    with workplace.store.engine.begin() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_answers_of_a_whole_visit_rebuild_to_the_same_snapshot(
    application: Application, workplace: Workplace, session: Session
) -> None:
    answer_all(session, absent={"P15-06": "practice"})
    session.undo()
    tamper(workplace, "DELETE FROM field_head")
    assert kinds(workplace)

    again = application.open(application.unlock(PASSPHRASE), session.visit_id)

    assert again.snapshot == session.snapshot
