"""The check looks at what guards the record too: schema, origins, signatures, signing identity."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.exchanging import Desk, Desks, desks_in
from tests.services.checked_world import World, issued_world
from tests.visiting import PASSPHRASE, SIGNING_PASSPHRASE, answer

from assessor_app.compose import Application
from assessor_app.domain.problem import IdentityProblem
from assessor_app.instruments.library import Library
from assessor_app.services import issuing
from assessor_app.services.backup import back_up, restore
from assessor_app.services.checking.check import Checked, check
from assessor_app.services.checking.noticed import Noticed, Weight
from assessor_app.services.checking.words import Telling
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.words import Words
from assessor_app.storage.database import create_database, open_database
from assessor_app.storage.schema import SCHEMA_PARTS, schema_changes
from assessor_app.texts import Language

ANSWERS = "event_answers_need_an_open_visit"
EVIL = (
    "CREATE TRIGGER evil AFTER INSERT ON event BEGIN UPDATE field_head SET value = '1' WHERE 0; END"
)
AS_OF_SQLITE = (
    "UPDATE sqlite_master SET name = 'sqlite_autoindex_x', tbl_name = 'sqlite_autoindex_x',"
    " sql = replace(sql, 'passing', 'sqlite_autoindex_x') WHERE name = 'passing'"
)


@pytest.fixture
def world(enrolled: Path, library: Library, tmp_path: Path) -> World:
    return issued_world(enrolled, library).copy(tmp_path / "home")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


@pytest.fixture
def desk(desks: Desks) -> Desk:
    return desks("A")


def checked(workplace: Workplace, library: Library, visit: str | None = None) -> Checked:
    """What a check notices; told in both languages without a fault."""
    found = check(workplace.store, visit)
    for language in Language:
        telling = Telling(workplace.store, library, Words(language, workplace.profile.zone))
        assert list(telling.lines(found, quick=False))
    return found


def faults(world: World, library: Library) -> list[Noticed]:
    workplace = world.unlocked(library)
    try:
        found = checked(workplace, library).noticed
    finally:
        workplace.store.close()
    return [one for one in found if one.weight is Weight.BROKEN]


def codes(found: list[Noticed]) -> list[str]:
    return [one.code for one in found]


def only(found: list[Noticed]) -> Noticed:
    assert len(found) == 1, [(one.code, dict(one.places)) for one in found]
    return found[0]


def test_the_recorded_schema_is_what_the_migrations_make(tmp_path: Path) -> None:
    path, key = tmp_path / "store.db", b"k" * 32
    create_database(path, key)
    engine = open_database(path, key)
    try:
        assert schema_changes(engine, path) == []
    finally:
        engine.dispose()
    assert len(SCHEMA_PARTS) == 23


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((f"DROP TRIGGER {ANSWERS}",), ("schema_gone", "trigger", ANSWERS)),
        (("DROP INDEX ix_late_event_visit",), ("schema_gone", "index", "ix_late_event_visit")),
        (("CREATE TABLE notes (a)",), ("schema_added", "table", "notes")),
        (("CREATE VIEW seen AS SELECT 1",), ("schema_added", "view", "seen")),
        ((EVIL,), ("schema_added", "trigger", "evil")),
        (
            (
                f"DROP TRIGGER {ANSWERS}",
                f"CREATE TRIGGER {ANSWERS} BEFORE INSERT ON event WHEN 0 BEGIN SELECT 1; END",
            ),
            ("schema_altered", "trigger", ANSWERS),
        ),
        (("ALTER TABLE event ADD COLUMN more",), ("schema_altered", "table", "event")),
        (
            (
                "CREATE TABLE passing (a)",
                "PRAGMA writable_schema = 1",
                AS_OF_SQLITE,
            ),
            ("schema_added", "table", "sqlite_autoindex_x"),
        ),
    ],
)
def test_a_changed_schema_is_noticed(
    world: World, library: Library, statements: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    world.spoil(*statements)

    found = only(faults(world, library))

    assert (found.code, found.places["kind"], found.places["name"]) == expected


def test_what_sqlite_counts_for_itself_is_no_change(world: World, library: Library) -> None:
    world.spoil("ANALYZE")

    assert faults(world, library) == []


@pytest.mark.parametrize("origin", ["ingested", "elsewhere"])
def test_an_own_event_that_is_said_to_come_from_elsewhere_is_noticed(
    world: World, library: Library, origin: str
) -> None:
    world.spoil(
        "UPDATE event SET origin = :origin WHERE visit != 'store' AND seq = 3", origin=origin
    )

    found = only(faults(world, library))

    assert found.code == "event_column_differs"
    assert (found.places["found"], found.places["expected"]) == (origin, "local")


def test_an_event_of_a_colleague_that_is_said_to_be_our_own_is_noticed(tmp_path: Path) -> None:
    with desks_in(tmp_path) as desks:
        here, there = desks("A"), desks("B")
        session = here.begin()
        answer(session, "P15-06", "practice", "absent")
        there.take_in(here.export(session.visit_id))
        store = there.workplace.store
        sound = checked(there.workplace, there.library)
        with store.engine.begin() as connection:
            trigger = "event_never_updated"
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
            connection.exec_driver_sql("UPDATE event SET origin = 'local' WHERE seq = 2")
            connection.exec_driver_sql(SCHEMA_PARTS["trigger", trigger])

        found = checked(there.workplace, there.library)

    assert sound.worst is None
    assert [one.code for one in found.noticed if one.weight is Weight.BROKEN] == [
        "event_column_differs"
    ]


def test_own_events_that_a_colleague_brings_back_after_a_restore_are_no_fault(
    desks: Desks, tmp_path: Path
) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin().visit_id
    (made,) = back_up(here.workplace).made
    answer(here.open(visit), "P15-06", "practice", "absent")
    there.take_in(here.export(visit))
    here.workplace.store.close()
    home = tmp_path / "another laptop"
    restore(made.folder, home, PASSPHRASE, clock=here.clock, new_id=here.application.new_id)
    here.application = replace(here.application, home=home)
    here.workplace = here.application.unlock(PASSPHRASE)

    done = here.take_in(there.export(visit))

    assert done.new == 1
    assert checked(here.workplace, here.library).worst is None


@pytest.mark.parametrize("only_this_visit", [False, True])
def test_an_export_whose_signature_is_gone_is_noticed(desk: Desk, *, only_this_visit: bool) -> None:
    session = desk.begin()
    answer(session, "P15-06", "practice", "absent")
    desk.export(session.visit_id)
    assert checked(desk.workplace, desk.library).worst is None
    _without_guard(desk, "checkpoint_never_deleted", "DELETE FROM checkpoint")

    found = checked(
        desk.workplace, desk.library, session.visit_id if only_this_visit else None
    ).noticed

    (one,) = [one for one in found if one.weight is Weight.BROKEN]
    assert (one.code, one.visit) == ("export_unsigned", session.visit_id)


def test_a_visit_that_was_exported_and_is_wholly_gone_is_noticed(desk: Desk) -> None:
    visit = desk.begin().visit_id
    desk.export(visit)
    for table, guard in (
        ("checkpoint", "checkpoint_never_deleted"),
        ("event", "event_never_deleted"),
    ):
        _without_guard(desk, guard, f"DELETE FROM {table} WHERE visit = '{visit}'")
    _without_guard(desk, None, f"DELETE FROM field_head WHERE visit = '{visit}'")

    found = checked(desk.workplace, desk.library).noticed

    assert ("export_unsigned", visit) in [(one.code, one.visit) for one in found]


@pytest.mark.parametrize("change", ["gone", "flipped", "foreign", "unreadable"])
def test_a_signing_identity_that_is_not_the_one_of_the_enrolment_is_noticed(
    world: World, library: Library, change: str
) -> None:
    path = world.store / "signing.p12"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    if change == "flipped":
        path.write_bytes(bytes(content))
    elif change == "foreign":
        path.write_bytes(b"another")
    elif change == "unreadable":
        path.mkdir()

    found = faults(world, library)

    expected = {"gone": "identity_gone", "unreadable": "identity_unread"}
    assert codes(found) == [expected.get(change, "identity_changed")]


def test_of_an_older_store_it_is_only_told_that_the_signing_identity_is_gone(desk: Desk) -> None:
    """Enrolment did not record its hash; this home was made without one."""
    found = checked(desk.workplace, desk.library)

    assert [(one.code, one.weight) for one in found.noticed] == [("identity_gone", Weight.REMARK)]
    desk.workplace.store.identity_path.write_bytes(b"whatever it is")
    assert checked(desk.workplace, desk.library).noticed == ()


def test_issuing_without_the_signing_identity_says_where_to_get_it(
    application: Application, tmp_path: Path
) -> None:
    workplace = application.unlock(PASSPHRASE)
    now = workplace.store.clock.now()
    path = workplace.store.identity_path
    path.rename(tmp_path / "kept.p12")
    try:
        with pytest.raises(IdentityProblem) as refused:
            issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
        kept = tmp_path / "kept.p12"
        assert issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now, path=kept)
    finally:
        workplace.store.close()

    assert (refused.value.code, refused.value.places["path"]) == ("identity_missing", path)


def _without_guard(desk: Desk, guard: str | None, statement: str) -> None:
    """Change what lies in the tables as somebody does who leaves no other trace."""
    with desk.workplace.store.engine.begin() as connection:
        if guard:
            connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        connection.exec_driver_sql(statement)
        if guard:
            connection.exec_driver_sql(SCHEMA_PARTS["trigger", guard])
