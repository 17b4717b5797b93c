"""The process dies, or the disk is full, while a document is signed: it is issued whole or not."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import CountingIds, SteppingClock, begin
from tests.services.test_issuing_parties import DRAWN, NAME
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.visit import Outcome, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.sweeping import sweep
from assessor_app.services.issuing import Issued, issue, signing_identity, write_again
from assessor_app.services.receiving import fix_receiver, handwriting_of
from assessor_app.services.session import Session
from assessor_app.services.verifying import Standing, verify
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")

NOT_ISSUED = (
    "rendered",
    "signed once",
    "document in the vault",
    "record in the vault",
    "written",
    "flushed",
)
ISSUED = ("recorded", "named")

# One interpreter dies at every point, each time as a child of its own, and once it has issued what
# is not judged: imports and typefaces take their time.
_ISSUE = """
import os, signal, sys
from pathlib import Path
from assessor_app.compose import build
from assessor_app.services import issuing
from assessor_app.storage import files
from assessor_app.storage.vault import Form, Vault
from assessor_app.texts import Language

folder, visit, *points = sys.argv[1:]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)

def after(function, when=lambda *_: True):
    return lambda *given, **named: (function(*given, **named), when(*given) and die())[0]

def issue(home, out, point):
    application = build(home)
    workplace = application.unlock(os.environ["STORE"])
    session = application.open(workplace, visit)
    now = workplace.store.clock.now()
    identity = issuing.signing_identity(workplace, os.environ["SIGNING"], now=now)
    match point:
        case "rendered":
            issuing.render = after(issuing.render)
        case "signed once":
            issuing.sign = after(issuing.sign)
        case "document in the vault":
            Vault.put = after(Vault.put, lambda *given: given[2] is Form.DOCUMENT)
        case "record in the vault":
            Vault.put = after(Vault.put, lambda *given: given[2] is Form.RECORD)
        case "written":
            issuing.flush = die
        case "flushed":
            issuing.flush = after(issuing.flush)
        case "recorded":
            session.issued = after(session.issued)
        case "named":
            files.sync_folder = after(files.sync_folder, lambda path: path == out.parent)
    issuing.issue(session, workplace, identity, out=out, language=Language.INDONESIAN)
    workplace.store.close()

issue(Path(folder, "warm", "home"), Path(folder, "warm", "ba.pdf"), "nowhere")
for point in points:
    child = os.fork()
    if not child:
        issue(Path(folder, point, "home"), Path(folder, point, "ba.pdf"), point)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(point, os.WTERMSIG(status), flush=True)
"""


@pytest.fixture(scope="module")
def closed(enrolled: Path, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a closed visit whose receiver signed on the screen; its name is the visit's."""
    home = Path(shutil.copytree(enrolled, tmp_path_factory.mktemp("closed") / "home"))
    application, workplace = at_work(home, library, ids=5000)
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = application.open(workplace, visit)
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.INTERRUPTED, departure=now, account="Listrik padam.")
    fix_receiver(session, workplace, DRAWN, handwriting=NAME)
    workplace.store.close()
    return home.rename(home.with_name(visit))


def at_work(home: Path, library: Library, *, ids: int = 9000) -> tuple[Application, Workplace]:
    application = Application(home, SteppingClock(), CountingIds(count=ids), library, QUICK)
    return application, application.unlock(PASSPHRASE)


@pytest.fixture(scope="module")
def died(closed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each point, as the process left it that was killed there."""
    folder, points = tmp_path_factory.mktemp("died"), (*NOT_ISSUED, *ISSUED)
    for point in ("warm", *points):
        shutil.copytree(closed, folder / point / "home")
    done = subprocess.run(
        [sys.executable, "-c", _ISSUE, str(folder), closed.name, *points],
        env={**os.environ, "STORE": PASSPHRASE, "SIGNING": SIGNING_PASSPHRASE},
        check=False,
        capture_output=True,
        text=True,
    )
    killed = [f"{point} {signal.SIGKILL.value}" for point in points]
    assert done.stdout.splitlines() == killed, done.stderr
    return folder


def document(session: Session, workplace: Workplace, out: Path) -> Issued:
    now = workplace.store.clock.now()
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    return issue(session, workplace, identity, out=out, language=Language.INDONESIAN)


def refusal(session: Session, workplace: Workplace, out: Path) -> str:
    """Why it could not be issued; empty where it was."""
    try:
        document(session, workplace, out)
    except StoreProblem as problem:
        return problem.code
    return ""


@pytest.mark.parametrize("point", NOT_ISSUED)
def test_a_kill_before_the_event_leaves_the_visit_closed_and_it_is_issued_again(
    died: Path, closed: Path, library: Library, point: str
) -> None:
    out = died / point / "ba.pdf"
    assert not out.exists()
    application, workplace = at_work(died / point / "home", library)
    session = application.open(workplace, closed.name)
    assert session.snapshot.visit.state is VisitState.CLOSED
    assert not session.snapshot.documents
    sweep(workplace)
    assert handwriting_of(session.snapshot.receiver, workplace.store.vault) == NAME

    done = document(session, workplace, out)

    workplace.store.close()
    assert hashlib.sha256(out.read_bytes()).hexdigest() == done.sha256
    assert [path.name for path in out.parent.iterdir() if "ba.pdf" in path.name] == ["ba.pdf"]


@pytest.mark.parametrize("point", ISSUED)
def test_a_kill_after_the_event_leaves_a_document_that_is_written_again(
    died: Path, closed: Path, library: Library, point: str
) -> None:
    out = died / point / "ba.pdf"
    assert out.exists() == (point == "named")
    application, workplace = at_work(died / point / "home", library)
    session = application.open(workplace, closed.name)
    assert session.snapshot.visit.state is VisitState.ISSUED
    (issued,) = session.snapshot.documents.values()
    sweep(workplace)
    out.unlink(missing_ok=True)

    write_again(session, workplace, out)

    workplace.store.close()
    pdf = out.read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == issued.sha256
    assert verify(pdf, roots=(), trust_trial=True).standing is Standing.VALID
    assert [path.name for path in out.parent.iterdir() if "ba.pdf" in path.name] == ["ba.pdf"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk for the store."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    assert mounted.returncode == 0, "the tests need root to make a small disk"
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_wherever_the_stores_disk_is_full_nothing_is_half_issued_and_then_it_goes_on(
    small_disk: Path, closed: Path, library: Library, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(closed, small_disk / "home"))
    application, workplace = at_work(home, library)
    session, filling = application.open(workplace, closed.name), small_disk / "penuh"
    out, refused, free = tmp_path / "out" / "ba.pdf", [], 0
    out.parent.mkdir()
    before = sorted((home / "evidence").rglob("*.*"))

    while not session.snapshot.documents:
        filling.write_bytes(b"x" * max(shutil.disk_usage(small_disk).free - free, 0))
        refused.append(refusal(session, workplace, out))
        filling.unlink()
        if refused[-1]:
            assert session.snapshot.visit.state is VisitState.CLOSED
            assert sorted((home / "evidence").rglob("*.*")) == before
            assert not list(out.parent.iterdir())
        free += 32 * 1024

    workplace.store.close()
    assert len(refused) > 3
    assert set(refused[:-1]) == {"disk_full"}
    assert verify(out.read_bytes(), roots=(), trust_trial=True).standing is Standing.VALID
