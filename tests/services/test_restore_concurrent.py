"""Taking a backup back, and enrolling, while another process works in the same home."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import CountingIds, SteppingClock
from tests.visiting import PASSPHRASE, SIGNING_PASSPHRASE, answer

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.backup import Restored, Stage, back_up, restore
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.session import Session
from assessor_app.storage.layout import RESTORED
from assessor_app.storage.store import new_store

AS_A_WINDOW = """
import sys
from sqlcipher3 import dbapi2
connection = dbapi2.connect(sys.argv[1], isolation_level=None)
connection.execute(f"PRAGMA key=\\"x'{sys.stdin.readline().strip()}'\\"")
connection.execute("SELECT count(*) FROM event").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def open_elsewhere(store: Path, key: bytes) -> Iterator[None]:
    """A second process has the database open, and is doing nothing, as a window mostly is."""
    command = [sys.executable, "-c", AS_A_WINDOW, str(store / "store.db")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as window:
        assert window.stdin is not None
        assert window.stdout is not None
        window.stdin.write(f"{key.hex()}\n")
        window.stdin.flush()
        assert window.stdout.readline() == "open\n"
        yield
        window.communicate()


@pytest.fixture
def backed_up(workplace: Workplace, session: Session) -> Path:
    """A home with a backup beside its store, which nobody has open."""
    answer(session, "P15-06", "practice", "absent")
    back_up(workplace)
    workplace.store.close()
    return workplace.store.folder.parent


def take_back(home: Path, clock: SteppingClock, *, into: Path | None = None) -> Restored:
    new_id = CountingIds(count=900_000)
    return restore(home, into or home, PASSPHRASE, clock=clock, new_id=new_id, replace=True)


def test_a_store_that_another_process_has_open_is_not_moved_aside(
    workplace: Workplace, backed_up: Path, clock: SteppingClock
) -> None:
    """What that process calls saved from then on would be in no store any more."""
    before = sorted(path.name for path in backed_up.iterdir())
    key = workplace.store.unlocked.key.subkey("database")

    with open_elsewhere(backed_up / "store", key), pytest.raises(StoreProblem) as refused:
        take_back(backed_up, clock)

    assert refused.value.code == "store_busy"
    assert sorted(path.name for path in backed_up.iterdir()) == before
    assert take_back(backed_up, clock).aside is not None


def test_two_restores_into_one_home_never_mix(
    backed_up: Path, clock: SteppingClock, tmp_path: Path
) -> None:
    """The second one would clear the first one's half-made store and put its own half there."""
    new, refused = tmp_path / "new", list[StoreProblem]()

    def meanwhile(stage: Stage, _done: int, _count: int) -> None:
        if stage is Stage.CHECK and not refused:
            with pytest.raises(StoreProblem) as caught:
                take_back(backed_up, clock, into=new)
            refused.append(caught.value)

    restore(
        *(backed_up, new, PASSPHRASE),
        clock=clock,
        new_id=CountingIds(count=800_000),
        progress=meanwhile,
    )

    assert [one.code for one in refused] == ["store_busy"]
    assert [path.name for path in new.iterdir()] == ["store"]


def test_two_enrolments_in_one_home_never_mix(
    tmp_path: Path, application: Application, profile: Profile, clock: SteppingClock
) -> None:
    """The first one would be told that it is enrolled, in a store of the other's passphrase."""
    home = tmp_path / "both"
    other = Application(home, clock, CountingIds(), application.library, application.cost)
    assert application.cost is not None

    with new_store(
        home, PASSPHRASE, clock=clock, new_id=CountingIds(), cost=application.cost
    ) as store:
        with pytest.raises(StoreProblem) as refused:
            other.enrol(profile, passphrase="sandi lain", signing_passphrase=SIGNING_PASSPHRASE)
        assert store.keys_path.exists()

    assert refused.value.code == "store_busy"
    assert [path.name for path in home.iterdir()] == ["store"]


def test_a_restore_cut_off_before_the_old_store_was_moved_leaves_no_second_store(
    application: Application, backed_up: Path, clock: SteppingClock, tmp_path: Path
) -> None:
    """It would become the store of the home on the day when the old one is wiped."""
    take_back(backed_up, clock, into=tmp_path / "new")
    (tmp_path / "new" / "store").rename(backed_up / RESTORED)
    (backed_up / ".store.being-restored").mkdir()

    opened = application.unlock(PASSPHRASE)

    assert sorted(path.name for path in backed_up.iterdir()) == ["backups", "store"]
    opened.store.close()
