"""Backups that are cut off: by a kill, by a full disk; and answers that go on beside them."""

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.conftest import CountingIds, SteppingClock
from tests.visiting import PASSPHRASE, answer, attach

from assessor_app.services.backup import back_up, restore
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.storage.generations import generations, own_folder
from assessor_app.storage.lock import alone
from assessor_app.storage.manifest import measured, read_manifest

BACKING_UP = """
import os, sys
from pathlib import Path
from assessor_app.compose import build
from assessor_app.services.backup import back_up

for _ in sys.stdin:  # all is loaded once; a child of each round is killed
    child = os.fork()
    if child == 0:
        workplace = build(Path(sys.argv[1])).unlock(sys.argv[2])
        while True:
            back_up(workplace, to=Path(sys.argv[3]))
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


@pytest.fixture
def usb(workplace: Workplace, session: Session, tmp_path: Path) -> Path:
    place = tmp_path / "usb"
    place.mkdir()
    attach(session, "P15-06", tmp_path)
    back_up(workplace, to=place)
    return place


def own(workplace: Workplace, place: Path) -> Path:
    return own_folder(place, workplace.store.unlocked.key)


def whole(workplace: Workplace, folder: Path) -> bool:
    manifest = read_manifest(folder, workplace.store.unlocked.key)
    return all(measured(folder / name) == inside for name, inside in manifest.files.items())


def half_made(place: Path) -> list[str]:
    return [path.name for path in place.rglob(".*") if path.name.endswith(".part")]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_backups_killed_at_any_moment_leave_whole_ones_and_the_next_clears_up(
    workplace: Workplace, session: Session, usb: Path, clock: SteppingClock, tmp_path: Path
) -> None:
    home, chance = workplace.store.folder.parent, random.Random(11)
    command = [sys.executable, "-c", BACKING_UP, str(home), PASSPHRASE, str(usb)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as forker:
        assert forker.stdin is not None
        assert forker.stdout is not None
        for _ in range(5):
            forker.stdin.write("again\n")
            forker.stdin.flush()
            child = int(forker.stdout.readline())
            time.sleep(chance.uniform(0.02, 0.2))
            os.kill(child, signal.SIGKILL)
            forker.stdout.readline()
            made = generations(own(workplace, usb))
            assert made
            assert all(whole(workplace, one.folder) for one in made)
        forker.communicate()

    back_up(workplace, to=usb)

    assert half_made(usb) == []
    new_id = CountingIds(count=900_000)
    assert restore(usb, tmp_path / "new", PASSPHRASE, clock=clock, new_id=new_id).visits == 1


@pytest.mark.parametrize("room", [0, 3_000, 20_000, 50_000])
def test_a_disk_that_fills_up_leaves_the_older_backups_and_nothing_half_made(
    workplace: Workplace, session: Session, usb: Path, room: int
) -> None:
    """The kernel itself refuses: a file-size limit stands in for the end of the disk."""
    answer(session, "P15-06", "practice", "absent")
    before = snapshot(usb)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        told = back_up(workplace, to=usb)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [one.problem.code for one in told.missed] in (["disk_full"], ["disk_failing"])
    assert snapshot(usb) == before
    assert half_made(usb) == []
    assert len(back_up(workplace, to=usb).made) == 1


def test_answers_go_on_while_a_backup_is_made_and_both_are_whole(
    workplace: Workplace, session: Session, usb: Path, clock: SteppingClock, tmp_path: Path
) -> None:
    failed: list[BaseException] = []

    def backing_up() -> None:
        try:
            for _ in range(3):
                assert back_up(workplace, to=usb).missed == ()
        except BaseException as error:  # noqa: BLE001 - told below, in the thread of the test
            failed.append(error)

    thread = threading.Thread(target=backing_up)
    thread.start()
    number = 0
    while thread.is_alive():
        answer(session, "P15-07", "practice", ("present", "absent")[number % 2])
        number += 1
    thread.join()

    assert failed == []
    assert number > 0
    assert workplace.store.rebuild().differences == ()
    new_id = CountingIds(count=900_000)
    assert restore(usb, tmp_path / "new", PASSPHRASE, clock=clock, new_id=new_id).missing == ()


def test_two_backups_to_one_place_wait_for_each_other(
    workplace: Workplace, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessor_app.storage.lock.BUSY_SECONDS", 0.05)
    before = snapshot(usb)

    with alone(own(workplace, usb) / ".lock"):
        told = back_up(workplace, to=usb)

    assert [one.problem.code for one in told.missed] == ["backup_running"]
    assert snapshot(usb) == before


def test_a_damaged_store_never_pushes_out_its_good_backups(
    workplace: Workplace, session: Session, usb: Path
) -> None:
    for number in range(30):  # more than one page of events
        answer(session, "P15-07", "practice", ("present", "absent")[number % 2], note="x" * 500)
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
    path = workplace.store.folder / "store.db"
    workplace.store.engine.raw_connection().cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    workplace.store.engine.dispose()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    before = snapshot(usb)

    told = back_up(workplace, to=usb)

    assert [one.problem.code for one in told.missed] == ["store_damaged"]
    assert told.missed[0].problem.places["path"] == path
    assert snapshot(usb) == before
