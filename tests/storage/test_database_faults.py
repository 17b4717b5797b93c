"""What can befall the database: told as what it is, and not made worse by looking."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher
from tests.visiting import PASSPHRASE, answer

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.storage import database
from assessor_app.storage.database import (
    open_database,
    schema_of,
    told_plainly_of_database,
)
from assessor_app.storage.database_version import app_version, as_number
from assessor_app.storage.keys import open_keys
from assessor_app.storage.store import open_store

RELEASED = Path(__file__).parent / "released"
POSIX = pytest.mark.skipif(os.name == "nt", reason="modes and users are those of POSIX")


def key_of(home: Path) -> bytes:
    return open_keys(home / "store" / "keys.json", PASSPHRASE).key.subkey("database")


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def opened_read_only(application: Application, home: Path) -> Workplace:
    clock, new_id = application.clock, application.new_id
    store = open_store(home, PASSPHRASE, clock=clock, new_id=new_id, read_only=True)
    profile = application.unlock(PASSPHRASE)
    profile.store.close()
    return Workplace(store, profile.profile)


def run_as_nobody(script: str, *arguments: object) -> str:
    """Run Python with everything imported before it gives up being root."""
    before = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from assessor_app.domain.problem import StoreProblem\n"
        "from assessor_app.storage.database import open_database\n"
        "import encodings.idna, tempfile\n"
        "os.getuid() or os.setuid(65534)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", before + script, *(str(one) for one in arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


@POSIX
def test_database_log_and_index_are_for_this_user_alone(
    workplace: Workplace, session: Session
) -> None:
    answer(session, "P15-06", "practice", "absent")

    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in workplace.store.folder.glob("store.db*")
    }
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


@POSIX
def test_what_an_older_version_left_readable_to_others_is_so_no_longer(
    application: Application,
) -> None:
    path = application.home / "store" / "store.db"
    path.chmod(0o644)

    application.unlock(PASSPHRASE).store.close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_database_has_no_plain_header(application: Application) -> None:
    assert not (application.home / "store" / "store.db").read_bytes().startswith(b"SQLite format")


@pytest.fixture
def lock_holder(application: Application, workplace: Workplace) -> Iterator[None]:
    """Another process that has begun to write and does not end."""
    script = (
        "import sys\n"
        "from sqlcipher3 import dbapi2 as sqlcipher\n"
        "other = sqlcipher.connect(sys.argv[1], isolation_level=None)\n"
        'other.execute(f"PRAGMA key=\\"x\'{sys.argv[2]}\'\\"")\n'
        "other.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    path = application.home / "store" / "store.db"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path), key_of(application.home).hex()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate()


def test_a_store_that_another_process_holds_is_busy_and_loses_nothing(
    workplace: Workplace, session: Session, lock_holder: None
) -> None:
    connection = workplace.store.engine.raw_connection()
    wait = connection.cursor().execute("PRAGMA busy_timeout").fetchone()
    connection.cursor().execute("PRAGMA busy_timeout=50")
    connection.close()
    before = session.snapshot

    with pytest.raises(StoreProblem) as refused:
        answer(session, "P15-06", "practice", "absent")

    assert wait == (5000,)
    assert refused.value.code == "store_busy"
    assert session.snapshot == before


@pytest.fixture
def locked_away(application: Application) -> Iterator[Path]:
    """The store in a folder that can be read and not written; root is forbidden nothing, so the
    tests that use it go on as another user, who must be able to come here."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(shutil.copytree(application.home / "store", Path(place) / "store"))
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield folder
        folder.chmod(0o755)


@POSIX
def test_a_store_in_a_folder_that_cannot_be_written_is_read_only(
    application: Application, locked_away: Path
) -> None:
    script = (
        "try:\n"
        "    open_database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))\n"
        "except StoreProblem as problem:\n"
        "    print(problem.code)\n"
    )

    told = run_as_nobody(script, locked_away / "store.db", key_of(application.home).hex())

    assert told == "store_read_only"


@POSIX
def test_a_medium_that_cannot_be_written_is_read_all_the_same(
    application: Application, locked_away: Path
) -> None:
    script = (
        "engine = open_database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), read_only=True)\n"
        "with engine.begin() as connection:\n"
        "    print(connection.exec_driver_sql('SELECT count(*) FROM event').scalar())\n"
    )
    before = contents(locked_away)

    told = run_as_nobody(script, locked_away / "store.db", key_of(application.home).hex())

    assert told == "1"
    assert contents(locked_away) == before


def test_reading_an_archived_copy_changes_no_byte_and_reads_what_its_log_still_holds(
    application: Application, workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    """A seized device: its last answers are in the log of the database, as after a crash."""
    answer(session, "P15-06", "practice", "absent", note="di log saja")
    seized = Path(shutil.copytree(application.home, tmp_path / "seized"))
    (seized / "store" / "store.db-shm").unlink()
    before = contents(seized / "store")
    assert before["store.db-wal"] != hashlib.sha256(b"").hexdigest()
    scratches = set(Path(tempfile.gettempdir()).glob("assessor-read-*"))

    opened = opened_read_only(application, seized)
    again = application.open(opened, session.visit_id)

    assert next(iter(again.snapshot.observations.values())).note == "di log saja"
    with pytest.raises(StoreProblem) as refused:
        answer(again, "P15-07", "practice", "present")
    opened.store.close()
    assert refused.value.code == "store_read_only"
    assert contents(seized / "store") == before
    assert set(Path(tempfile.gettempdir()).glob("assessor-read-*")) == scratches


def test_an_archived_copy_of_an_older_version_is_left_as_it_is(
    application: Application, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(RELEASED / "0001" / "home", tmp_path / "old"))
    before = contents(home)

    with pytest.raises(StoreProblem) as refused:
        opened_read_only(application, home)

    assert refused.value.code == "store_older"
    assert contents(home) == before


@pytest.mark.parametrize(
    ("written_by", "needed"), [("99.1.2", "99.1.2"), ("0.0.1", "?"), (None, "?")]
)
@pytest.mark.parametrize("crashed", [False, True])
def test_a_newer_store_is_refused_without_a_byte_of_it_being_touched(
    application: Application, tmp_path: Path, written_by: str | None, needed: str, *, crashed: bool
) -> None:
    path = application.home / "store" / "store.db"
    engine = open_database(path, key_of(application.home))
    number = as_number(written_by) if written_by else 0
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql(f"PRAGMA user_version={number}")
    if crashed:  # what it says is in the log only
        home = Path(shutil.copytree(application.home, tmp_path / "crashed"))
    engine.dispose()
    home = home if crashed else application.home
    before = {name: digest for name, digest in contents(home).items() if not name.endswith("-shm")}
    names = set(contents(home))

    with pytest.raises(StoreProblem) as refused:
        open_database(home / "store" / "store.db", key_of(home))

    assert refused.value.code == "store_newer"
    assert refused.value.places["found"] == "9999"
    assert refused.value.places["needed"] == needed
    after = contents(home)
    assert set(after) == names
    assert {name: one for name, one in after.items() if not name.endswith("-shm")} == before


def test_the_version_that_made_a_store_is_kept_in_it(application: Application) -> None:
    path = application.home / "store" / "store.db"

    assert schema_of(path, key_of(application.home)).written_by == app_version()


@pytest.mark.parametrize(
    "harm",
    [
        lambda content: content[:0],
        lambda content: content[:4096],
        lambda content: content[:20] + bytes([content[20] ^ 1]) + content[21:],
        lambda content: bytes(len(content)),
    ],
    ids=["empty", "cut", "one bit", "zeros"],
)
def test_a_file_that_is_no_database_any_more_is_damaged_whatever_happened_to_it(
    application: Application, harm: Callable[[bytes], bytes]
) -> None:
    path = application.home / "store" / "store.db"
    path.write_bytes(harm(path.read_bytes()))

    with pytest.raises(StoreProblem) as refused:
        application.unlock(PASSPHRASE)

    assert refused.value.code == "store_damaged"


def test_a_wrong_passphrase_is_told_by_the_key_file_even_where_the_database_is_damaged(
    application: Application,
) -> None:
    (application.home / "store" / "store.db").write_bytes(b"x" * 8192)

    with pytest.raises(StoreProblem) as refused:
        application.unlock("bukan sandinya")

    assert refused.value.code == "passphrase_wrong"


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM device",
        "UPDATE device SET wrapped_key = zeroblob(60)",
        "UPDATE device SET wrapped_key = x'00'",
        "UPDATE device SET wrapped_key = substr(wrapped_key, 1, 20)",
    ],
)
def test_a_device_key_that_does_not_open_is_damage(application: Application, harm: str) -> None:
    engine = open_database(application.home / "store" / "store.db", key_of(application.home))
    with engine.begin() as connection:
        connection.exec_driver_sql(harm)
    engine.dispose()

    with pytest.raises(StoreProblem) as refused:
        application.unlock(PASSPHRASE)

    assert refused.value.code == "store_damaged"


def test_a_fault_in_a_page_is_named(application: Application) -> None:
    path = application.home / "store" / "store.db"
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(bytes(content))
    engine = database.migration_engine(path, key_of(application.home))

    with engine.begin() as connection:
        fault = database.physical_fault(connection)
    engine.dispose()

    assert fault is not None
    assert "page" in fault


@pytest.mark.parametrize(
    ("name", "room", "code"),
    [
        ("SQLITE_IOERR_SHMSIZE", 0, "disk_full"),
        ("SQLITE_IOERR_WRITE", 0, "disk_full"),
        ("SQLITE_IOERR_SHMSIZE", 10_000_000, "disk_failing"),
        ("SQLITE_IOERR_READ", 0, "disk_failing"),
        ("SQLITE_READONLY", 0, "store_read_only"),
    ],
)
def test_what_fails_to_be_written_without_room_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, room: int, code: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=room))

    with pytest.raises(StoreProblem) as told, told_plainly_of_database(tmp_path / "store.db"):
        raise failed(name)

    assert told.value.code == code


def test_a_disk_that_is_gone_is_no_full_one(tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "store.db"

    with pytest.raises(StoreProblem) as told, told_plainly_of_database(gone):
        raise failed("SQLITE_IOERR_WRITE")

    assert told.value.code == "disk_failing"


def failed(name: str) -> Any:
    """What the engine raises of a disk, by the name of its error."""
    error = sqlcipher.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return error
