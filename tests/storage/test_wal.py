"""What a crash leaves in the log: flipped bits are put right, damage is told, no torn write is."""

import random
import shutil
import struct
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher
from tests.visiting import PASSPHRASE, answer

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.checking.check import check
from assessor_app.services.session import Session
from assessor_app.storage.log_mending import kept_logs, log_of, mend_log
from assessor_app.storage.page_seal import PageSeal
from assessor_app.storage.store import open_store
from assessor_app.storage.wal import Flip, Looked, look

KEY = bytes(range(32))
HEAD, FRAME, PAGE, SECTOR = 32, 24, 4096, 512
STEP = FRAME + PAGE


def connection(path: Path) -> Any:
    opened = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    opened.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")
    opened.execute("PRAGMA journal_mode=WAL").fetchall()
    opened.execute("PRAGMA synchronous=FULL")
    opened.execute("PRAGMA wal_autocheckpoint=0")
    return opened


def write(writer: Any, number: int, *, size: int = 9000) -> None:
    """One transaction over several pages."""
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO kept VALUES (?, ?)", (number, bytes([number % 256]) * size))
    writer.execute("COMMIT")


def copied(path: Path, to: str) -> Path:
    """What lies on the disk, as a crash would leave it."""
    copy = path.with_name(to)
    shutil.copyfile(path, copy)
    shutil.copyfile(log_of(path), log_of(copy))
    return copy


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


@pytest.fixture
def writer(database: Path) -> Iterator[Any]:
    """An open database whose log holds five transactions behind the one that made its table."""
    with closing(connection(database)) as opened:
        opened.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY, content BLOB)")
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for number in range(5):
            write(opened, number)
        yield opened


@pytest.fixture
def log(database: Path, writer: Any) -> bytes:
    return log_of(database).read_bytes()


@pytest.fixture
def sealed(database: Path) -> PageSeal:
    return PageSeal(database, KEY)


def frames(log: bytes) -> range:
    return range(HEAD, len(log), STEP)


def ends(log: bytes) -> list[int]:
    """The frames at which a transaction is committed."""
    return [at for at in frames(log) if struct.unpack_from(">I", log, at + 4)[0]]


def changed(log: bytes, at: int, data: bytes) -> bytes:
    return log[:at] + data + log[at + len(data) :]


def read_back(path: Path) -> list[int]:
    with closing(connection(path)) as opened:
        return [row[0] for row in opened.execute("SELECT number FROM kept ORDER BY number")]


def test_a_whole_log_is_whole(log: bytes, sealed: PageSeal) -> None:
    assert look(log, sealed) == Looked()
    assert len(ends(log)) == 5


def test_every_single_bit_is_found_where_it_flipped(log: bytes, sealed: PageSeal) -> None:
    """The high bits of words too, which the checksums alone cannot tell apart."""
    chance = random.Random(7)
    offsets = [*range(HEAD), *(at + byte for at in frames(log)[-3:] for byte in range(FRAME))]
    offsets += [chance.randrange(len(log)) for _ in range(60)]
    for offset in offsets:
        mask = 1 << chance.randrange(8)
        flipped = changed(log, offset, bytes([log[offset] ^ mask]))

        assert look(flipped, sealed) == Looked(flips=(Flip(offset, mask),)), offset


def test_bits_in_several_frames_are_all_found(log: bytes, sealed: PageSeal) -> None:
    offsets = [2, *(at + 100 + at % 1000 for at in frames(log)[::3])]
    flipped = log
    for offset in offsets:
        flipped = changed(flipped, offset, bytes([flipped[offset] ^ 0x80]))

    assert look(flipped, sealed).flips == tuple(Flip(offset, 0x80) for offset in offsets)


def test_a_sector_that_is_lost_before_the_last_transaction_is_damage(
    log: bytes, sealed: PageSeal
) -> None:
    for at in [at for at in frames(log) if at <= ends(log)[-2]]:
        broken = changed(log, at + FRAME + 1000, bytes(SECTOR))

        assert look(broken, sealed) == Looked(damaged=True), at


def test_a_torn_last_transaction_is_no_damage(log: bytes, sealed: PageSeal) -> None:
    """Cut off anywhere, or any of its sectors not written, as a power cut does."""
    begin = ends(log)[-2] + STEP
    chance = random.Random(3)
    for _ in range(60):
        torn = log
        for sector in range(-(-begin // SECTOR) * SECTOR, len(log), SECTOR):
            if chance.random() < 0.3:
                torn = changed(torn, sector, bytes(len(torn[sector : sector + SECTOR])))
        torn = torn[: chance.randrange(begin, len(log) + 1)]

        found = look(torn, sealed)

        assert not found.damaged
        assert not found.flips or torn == log


def test_what_an_older_round_of_the_log_left_is_no_damage(
    database: Path, writer: Any, sealed: PageSeal
) -> None:
    before = log_of(database).stat().st_size
    writer.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
    write(writer, 100, size=10)

    log = log_of(database).read_bytes()

    assert len(log) == before  # the rest are frames of the round before, with all their commits
    assert look(log, sealed) == Looked()


def test_what_stands_behind_a_torn_write_that_was_written_over_is_no_damage(
    database: Path, writer: Any, log: bytes
) -> None:
    """Twice over: the log was recovered, gone on with, and torn again."""
    crashed = copied(database, "crashed.db")
    for number in (200, 201):
        with closing(connection(crashed)) as again:
            write(again, number, size=30_000)
            torn = copied(crashed, f"torn-{number}.db")
        content = log_of(torn).read_bytes()
        first = ends(content)[-2] + STEP
        log_of(torn).write_bytes(changed(content, first + FRAME, bytes(SECTOR)))
        with closing(connection(torn)) as recovered:
            write(recovered, number + 50, size=10)
            crashed = copied(torn, f"recovered-{number}.db")

        assert look(log_of(crashed).read_bytes(), PageSeal(crashed, KEY)) == Looked()
    assert read_back(crashed) == [0, 1, 2, 3, 4, 250, 251]


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * HEAD, b"\0" * (HEAD + 3 * STEP), b"\xff" * (HEAD + 3 * STEP), b"x" * 5000],
    ids=["empty", "head of nothing", "nothing", "noise", "short"],
)
def test_what_is_no_log_is_left_to_the_engine(content: bytes, sealed: PageSeal) -> None:
    assert look(content, sealed) == Looked()


def test_the_head_alone_is_whole(log: bytes, sealed: PageSeal) -> None:
    assert look(log[:HEAD], sealed) == Looked()


def test_a_log_whose_head_is_lost_is_damaged(log: bytes, sealed: PageSeal) -> None:
    assert look(changed(log, 0, b"\xee" * HEAD), sealed) == Looked(damaged=True)


def test_a_bit_in_what_was_never_committed_is_nobodys(log: bytes, sealed: PageSeal) -> None:
    begun = log[: ends(log)[-1]]  # without the frame that commits
    assert begun[ends(log)[-2] + STEP :]
    at = ends(log)[-2] + STEP + 200

    assert look(changed(begun, at, bytes([begun[at] ^ 1])), sealed) == Looked()


def test_a_flipped_bit_is_put_right_and_the_log_kept_as_it_was(
    database: Path, writer: Any, log: bytes
) -> None:
    crashed = copied(database, "crashed.db")
    flipped = changed(log, HEAD + 900, bytes([log[HEAD + 900] ^ 4]))
    log_of(crashed).write_bytes(flipped)

    mend_log(crashed, PageSeal(crashed, KEY))

    assert log_of(crashed).read_bytes() == log
    assert [copy.read_bytes() for copy in kept_logs(crashed)] == [flipped]
    assert read_back(crashed) == [0, 1, 2, 3, 4]


def test_a_damaged_log_is_refused_and_not_touched(database: Path, writer: Any, log: bytes) -> None:
    crashed = copied(database, "crashed.db")
    broken = changed(log, HEAD + 900, bytes(SECTOR))
    log_of(crashed).write_bytes(broken)

    for _ in range(2):
        with pytest.raises(StoreProblem) as refused:
            mend_log(crashed, PageSeal(crashed, KEY))

        assert (refused.value.code, refused.value.places["path"]) == (
            "log_damaged",
            log_of(crashed),
        )
    assert log_of(crashed).read_bytes() == broken
    assert [copy.read_bytes() for copy in kept_logs(crashed)] == [broken]


def test_a_log_that_is_being_written_is_never_taken_for_damaged(
    database: Path, writer: Any, sealed: PageSeal
) -> None:
    stopped = threading.Event()

    def go_on() -> None:
        number = 1000
        while not stopped.is_set():
            write(writer, number)
            number += 1
            if number % 20 == 0:
                writer.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()

    writing = threading.Thread(target=go_on)
    writing.start()
    try:
        for _ in range(40):
            mend_log(database, sealed)
    finally:
        stopped.set()
        writing.join()

    assert not kept_logs(database)


def crashed_home(application: Application, session: Session, to: Path) -> Path:
    for note in ("satu", "dua", "tiga"):
        answer(session, "P15-06", "practice", "absent", note=note)
    home = Path(shutil.copytree(application.home, to))
    (home / "store" / "store.db-shm").unlink()
    return home


def at(application: Application, home: Path) -> Application:
    return Application(
        home, application.clock, application.new_id, application.library, application.cost
    )


def test_a_store_with_a_flipped_bit_in_its_log_opens_whole_and_the_check_tells(
    application: Application, session: Session, tmp_path: Path
) -> None:
    home = crashed_home(application, session, tmp_path / "crashed")
    path = log_of(home / "store" / "store.db")
    content = path.read_bytes()
    path.write_bytes(changed(content, HEAD + 2000, bytes([content[HEAD + 2000] ^ 1])))
    again = at(application, home)

    workplace = again.unlock(PASSPHRASE)

    opened = again.open(workplace, session.visit_id)
    assert opened.snapshot.observations == session.snapshot.observations
    assert path.stat().st_size == 0  # worked in: no bit of it can flip any more
    found = check(workplace.store)
    assert [one.code for one in found.noticed] == ["log_mended"]
    assert found.worst is None
    workplace.store.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_with_a_damaged_log_is_not_opened(
    application: Application, session: Session, tmp_path: Path, *, read_only: bool
) -> None:
    home = crashed_home(application, session, tmp_path / "crashed")
    path = log_of(home / "store" / "store.db")
    broken = changed(path.read_bytes(), HEAD + 2000, bytes(SECTOR))
    path.write_bytes(broken)

    with pytest.raises(StoreProblem) as refused:
        open_store(
            home,
            PASSPHRASE,
            clock=application.clock,
            new_id=application.new_id,
            read_only=read_only,
        )

    assert (refused.value.code, refused.value.places["path"]) == ("log_damaged", path)
    assert path.read_bytes() == broken
    assert len(kept_logs(home / "store" / "store.db")) == (0 if read_only else 1)
