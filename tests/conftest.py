"""One enrolled store for the whole run, copied for each test: real keys, real SQLCipher."""

import gc
import itertools
import os
import shutil
import uuid
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from coverage import Coverage
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.visit import VisitKind
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, start_visit

HERE = Path(__file__).parent
SMALL = HERE / "instruments" / "files"

# What these run through in passing is no test of the measured rooms; to trace it costs half again.
UNTRACED = {"charts", "e2e", "instruments", "optimising", "reporting", "sample", "ui"}

# The dearest files. A parallel run keeps each on one worker (run.py): what it makes is made once.
DEAREST = {"test_every_page.py", "test_kill_nine.py", "test_power_cut.py"}

# No test needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the dearest files: at the end the other worker would wait for them."""
    items.sort(key=lambda item: item.path.name not in DEAREST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace a test where it is of a measured room, or one that comes next to it."""
    traced = Coverage.current()
    if traced is None or item.path.relative_to(HERE).parts[0] not in UNTRACED:
        return (yield)
    traced.stop()
    try:
        return (yield)
    finally:
        traced.start()


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not in what was imported: a third of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)


@pytest.fixture(scope="session", autouse=True)
def cheap_seals() -> Iterator[pytest.MonkeyPatch]:
    """A key's seal is made and opened in no time: the product's own takes the better of a second.

    What it costs to guess a passphrase is tried where a test asks for `costly_seals`.
    """
    with pytest.MonkeyPatch.context() as patched:
        make_seals_cheap(patched)
        yield patched


@pytest.fixture
def costly_seals(cheap_seals: pytest.MonkeyPatch) -> Iterator[None]:
    """The product's own rounds for one test."""
    cheap_seals.undo()
    yield
    make_seals_cheap(cheap_seals)


def make_seals_cheap(patched: pytest.MonkeyPatch) -> None:
    patched.setattr("assessor_app.signing.identity._KDF_ROUNDS", 1000)
    patched.setattr("assessor_app.sealing.recovery_key._ROUNDS", 1000)


@dataclass
class SteppingClock:
    """A clock that tests hold in their hands; each look moves it on by a second."""

    moment: datetime = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    boot: str = "boot-1"
    _ticks: Iterator[int] = field(default_factory=itertools.count)

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def mono(self) -> int:
        return next(self._ticks) * 1_000_000


@dataclass
class CountingIds:
    """Ids in a known order, in the form of a UUIDv7."""

    count: int = 0

    def __call__(self) -> str:
        self.count += 1
        return str(uuid.UUID(int=(7 << 76) | (2 << 62) | self.count))


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library([resources_dir() / "instruments", SMALL])


@pytest.fixture(scope="session")
def profile() -> Profile:
    return Profile(
        name="Siti Rahma, S.H.",
        office="Ombudsman RI Perwakilan Maluku",
        nip="19850101 201001 2 001",
        position="Asisten",
        zone=ZoneInfo("Asia/Jayapura"),
    )


@pytest.fixture(scope="session")
def enrolled(tmp_path_factory: pytest.TempPathFactory, library: Library, profile: Profile) -> Path:
    home = tmp_path_factory.mktemp("enrolled")
    application = Application(home, SteppingClock(), CountingIds(), library, QUICK)
    application.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=SIGNING_PASSPHRASE)
    return home


@pytest.fixture
def home(enrolled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(enrolled, tmp_path / "home"))


@pytest.fixture
def application(home: Path, clock: SteppingClock, library: Library) -> Application:
    return Application(home, clock, CountingIds(count=1000), library, QUICK)


@pytest.fixture
def workplace(application: Application) -> Iterator[Workplace]:
    workplace = application.unlock(PASSPHRASE)
    yield workplace
    workplace.store.close()


def begin(workplace: Workplace, instrument: Instrument, library: Library) -> str:
    """A visit that has just begun."""
    return start_visit(
        workplace.store,
        NewVisit(
            institution="Kota Ambon",
            unit="Dinas Kependudukan",
            object_type="opd",
            kind=VisitKind.UNANNOUNCED,
            arrival=workplace.store.clock.now(),
            team=[workplace.profile.name],
        ),
        instrument,
        library=library,
    )


@pytest.fixture
def session(workplace: Workplace, library: Library) -> Session:
    """A visit under the 2015 instrument."""
    return open_session(
        workplace.store, begin(workplace, library.get("2015-pemda"), library), library
    )


@pytest.fixture
def small(workplace: Workplace, library: Library) -> Session:
    """A visit under the small test instrument with every kind of indicator."""
    return open_session(workplace.store, begin(workplace, library.get("small"), library), library)
