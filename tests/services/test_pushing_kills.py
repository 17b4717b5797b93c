"""A sending that is killed at any step: nothing is lost, nothing twice but what was underway."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.exchanging import Desk, Desks, desks_in
from tests.sending import closed_visit, is_whole, join_headquarters, left_on
from tests.visiting import PASSPHRASE

from assessor_app.domain.outbox import ItemState
from assessor_app.storage import outbox

VISITS = 2
CHILD = """
import os, signal, sys
from pathlib import Path
from assessor_app.compose import build
from assessor_app.services.sync.pushing import push
from assessor_app.syncing.transports.folder import FolderTransport

home, stick, told, passphrase, last, moment = sys.argv[1:]

class Dying:
    # Killed at the k-th operation, before it or behind it; what it puts is told first.
    inner, count = FolderTransport(Path(stick)), 0

    def _step(self, work):
        Dying.count += 1
        if moment == "before" and Dying.count == int(last):
            os.kill(os.getpid(), signal.SIGKILL)
        done = work()
        if moment == "after" and Dying.count == int(last):
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    def size(self, name):
        return self._step(lambda: self.inner.size(name))

    def put(self, name, data):
        def work():
            with open(told, "a") as file:
                file.write(f"{len(data)} {name}\\n")
            self.inner.put(name, data)
        return self._step(work)

application = build(Path(home))
workplace = application.unlock(passphrase)
pushed = push(workplace, Dying(), library=application.library)
print("done" if not pushed.left else "left", flush=True)
workplace.store.close()
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def sending_kills(desk: Desk, folder: Path, *, seed: int, most: int) -> tuple[int, int, int]:
    """Send with kills at random steps until all is there; kills, bytes put, bytes of the whole.

    The long runs (run.py soak) call it too.
    """
    stick, told = folder / "stick", folder / "put"
    stick.mkdir()
    told.touch()
    desk.workplace.store.close()
    chance, kills = random.Random(seed), 0
    given = (str(desk.application.home), str(stick), str(told), PASSPHRASE)
    while kills < most:
        step, moment = chance.randint(1, 8), chance.choice(("before", "after"))
        child = subprocess.run(
            [sys.executable, "-c", CHILD, *given, str(step), moment],
            capture_output=True,
            text=True,
            check=False,
        )
        if child.stdout == "done\n":
            break
        assert child.returncode == -signal.SIGKILL, child.stderr
        kills += 1
    desk.workplace = desk.application.unlock(PASSPHRASE)
    lying = left_on(stick)
    put = [line.split() for line in told.read_text().splitlines()]
    assert is_whole(desk.workplace.store, lying)
    assert {name for _, name in put} == lying.keys()
    return kills, sum(int(size) for size, _ in put), sum(len(data) for data in lying.values())


def test_a_sending_that_is_killed_again_and_again_brings_all_of_it_and_little_twice(
    desks: Desks, tmp_path: Path
) -> None:
    desk = desks("A")
    store = desk.workplace.store
    join_headquarters(store)
    for number in range(VISITS):
        closed_visit(desk, tmp_path, photos=1 - number)

    kills, put, whole = sending_kills(desk, tmp_path, seed=8, most=12)

    store = desk.workplace.store
    items = outbox.items(store)
    assert kills >= 3
    assert put - whole <= kills * 3 * 2**20
    assert {one.state for one in items} == {ItemState.SENT}
    assert len({one.visit for one in items}) == VISITS
    assert len(items) == 3 * VISITS  # no visit was queued twice
    assert store.rebuild().differences == ()
    named = {name for one in items for name in (one.sha256, one.manifest)}
    assert {path.name for path in store.outbox.iterdir()} == named  # nothing half-sealed stays
