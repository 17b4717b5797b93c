"""An import that is killed at any moment: all of the visit is there, or nothing of it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from tests.exchanging import SPOKEN, Desk, Desks, desks_in
from tests.visiting import PASSPHRASE, answer_all

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.services.evidence.intake import take_in
from assessor_app.services.evidence.sweeping import sweep
from assessor_app.storage.vault import Form

PHOTOS = 6
CHILD = """
import sys
from pathlib import Path
from assessor_app.compose import build
from assessor_app.services.exchange.importing import import_visit
home, file, passphrase, spoken = sys.argv[1:]
application = build(Path(home))
workplace = application.unlock(passphrase)
application.library.get('2015-pemda')
print("ready", flush=True)
sys.stdin.readline()
import_visit(workplace, Path(file), library=application.library, secret=spoken)
print("done", flush=True)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def noisy_photo(folder: Path, number: int) -> Path:
    """A photo of half a megabyte that no other is like."""
    path = folder / f"{number}.jpg"
    noise = random.Random(number).randbytes(600 * 400 * 3)
    Image.frombytes("RGB", (600, 400), noise).save(path, "JPEG", quality=95)
    return path


def full_visit(desk: Desk, folder: Path) -> str:
    session = desk.begin()
    answer_all(session)
    for number in range(PHOTOS):
        session.attach(
            "P15-06",
            Side.PRACTICE,
            take_in(noisy_photo(folder, number), zone=desk.workplace.profile.zone),
            source=EvidenceSource.FILE,
        )
    return session.visit_id


def killed(home: Path, file: Path, *, after: float) -> bool:
    """Whether the import said that it was done before it was killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home), str(file), PASSPHRASE, SPOKEN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child:
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("\n")
        child.stdin.flush()
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        return child.stdout.readline() == "done\n"


def import_kills(desks: Desks, folder: Path, *, kills: int, seed: int) -> None:
    """Kill so many imports at random moments; the long runs (run.py soak) call it too."""
    here, quiet = desks("A"), desks("B")
    visit = full_visit(here, folder)
    file = here.export(visit)
    began = time.monotonic()
    quiet.take_in(file)
    took = time.monotonic() - began
    chance = random.Random(seed)
    for number in range(kills):
        there = desks("B")
        there.workplace.store.close()
        moment = 1.3 * took * (number + chance.random()) / kills
        done = killed(there.application.home, file, after=moment)
        there.workplace = there.application.unlock(PASSPHRASE)
        _require_all_or_nothing(here, there, visit, file=file, done=done)
        there.workplace.store.close()


def _require_all_or_nothing(here: Desk, there: Desk, visit: str, *, file: Path, done: bool) -> None:
    store = there.workplace.store
    whole = visit in store.log.frames()
    assert whole or not done
    if whole:
        assert there.rows(visit) == here.rows(visit)
        for id_, one in here.open(visit).snapshot.evidence.items():
            store.vault.check(id_, Form.ORIGINAL, one.sha256)
    else:
        assert not list(store.log.stored(visit))
    sweep(there.workplace)
    in_place = {one.id for one in store.vault.walk() if not one.aside}
    assert in_place == set(store.log.vault_files())
    assert there.take_in(file).nothing_new is whole
    sweep(there.workplace)
    assert {one.aside for one in store.vault.walk()} == {False}
    assert there.rows(visit) == here.rows(visit)
    assert store.rebuild().differences == ()


def test_a_killed_import_leaves_all_or_nothing(desks: Desks, tmp_path: Path) -> None:
    import_kills(desks, tmp_path, kills=2, seed=5)
