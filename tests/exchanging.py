"""Several devices with one visit, each a store of its own, for tests."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.conftest import SMALL, CountingIds, SteppingClock, begin
from tests.visiting import PASSPHRASE, QUICK

from assessor_app.compose import Application
from assessor_app.domain.event import STORE, EventKind
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services.enrolment import Profile, Workplace, profile_values
from assessor_app.services.exchange.exporting import Exported, export_visit
from assessor_app.services.exchange.importing import Imported, import_visit
from assessor_app.services.session import Session, open_session
from assessor_app.storage.log import Draft
from assessor_app.storage.store import new_store

SPOKEN = "disampaikan lisan"
ZONE = ZoneInfo("Asia/Jayapura")
_APART = 1_000_000  # between the ids of two devices
_NUMBERS = {name: number for number, name in enumerate("ABCDE", start=1)}


@dataclass
class Desk:
    """A device: home, clock, ids and the assessor who was enrolled there."""

    name: str
    application: Application
    workplace: Workplace
    clock: SteppingClock
    folder: Path
    _count: int = field(default=0)

    @property
    def library(self) -> Library:
        return self.application.library

    def begin(self, instrument: str = "2015-pemda") -> Session:
        library = self.library
        return self.open(begin(self.workplace, library.get(instrument), library))

    def open(self, visit: str) -> Session:
        return open_session(self.workplace.store, visit, self.library)

    def export(self, visit: str, *, evidence: bool = True) -> Path:
        return self.exported(visit, evidence=evidence).path

    def exported(self, visit: str, *, evidence: bool = True) -> Exported:
        self._count += 1
        return export_visit(
            self.workplace,
            visit,
            self.folder / f"{self.name}-{self._count}.visit",
            library=self.library,
            passphrase=SPOKEN,
            cost=QUICK,
            evidence=evidence,
        )

    def take_in(self, path: Path) -> Imported:
        return import_visit(self.workplace, path, library=self.library, secret=SPOKEN)

    def rows(self, visit: str) -> object:
        """What a store keeps of a visit beside its events: current values and late events."""
        log = self.workplace.store.log
        return sorted(log.heads(visit).items()), sorted(log.late(visit))


@dataclass
class Desks:
    """Makes devices, A to E, in a folder; their clocks may run apart."""

    folder: Path
    made: list[Desk] = field(default_factory=list)

    def __call__(
        self, name: str, *, ahead: timedelta = timedelta(), library: Library | None = None
    ) -> Desk:
        number = len(self.made)
        home = self.folder / f"{name}{number}"
        shutil.copytree(_enrolled(name), home)
        clock = SteppingClock(boot=f"boot-{name}")
        clock.moment += ahead
        application = Application(
            home,
            clock,
            CountingIds(_APART * _NUMBERS[name] + 1000),
            library or shared_library(),
            QUICK,
        )
        desk = Desk(
            f"{name}{number}", application, application.unlock(PASSPHRASE), clock, self.folder
        )
        self.made.append(desk)
        return desk


@contextmanager
def desks_in(folder: Path) -> Iterator[Desks]:
    """Devices whose stores are closed at the end."""
    desks = Desks(folder)
    try:
        yield desks
    finally:
        for desk in desks.made:
            desk.workplace.store.close()


@cache
def shared_library() -> Library:
    """The shipped instruments and the small one, and the copies kept of them, each read once."""
    return Library([resources_dir() / "instruments", SMALL], kept=_temporary("copies"))


@cache
def _enrolled(name: str) -> Path:
    """A home as enrolment makes it, but for the signing identity (three seconds of primes)."""
    home = _temporary("desk")
    ids = CountingIds(_APART * _NUMBERS[name])
    profile = Profile(f"Asesor {name}", f"Perwakilan {name}", None, None, ZONE)
    with new_store(home, PASSPHRASE, clock=SteppingClock(), new_id=ids, cost=QUICK) as store:
        values = {
            **profile_values(store.assessor, profile),
            ("setting", "timezone"): ZONE.key,
        }
        store.log.append(Draft(STORE, EventKind.ENROLLED, values))
    return home


def _temporary(name: str) -> Path:
    """A folder that is there until the tests end."""
    folder = Path(tempfile.mkdtemp(prefix=f"assessor-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
