"""A store with visits in several states, made on real parts when they are wanted."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from assessor_app.compose import Application
from assessor_app.domain.results import PublishedResult
from assessor_app.domain.visit import HandoverWay, Outcome, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services import handing_over, issuing, results
from assessor_app.services.clock import new_id, system_clock
from assessor_app.services.enrolment import Profile, Workplace, time_zone
from assessor_app.services.people import Person, keep_person
from assessor_app.services.sample import walk
from assessor_app.services.sample.published import published_results
from assessor_app.services.sample.visit import SampleVisit, sample_visit
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.storage.keys import Cost
from assessor_app.texts import Language

SECRET = "contoh: sandi penyimpanan"
_COST = Cost(memory_kib=64, passes=1, lanes=1)
_Made = TypeVar("_Made")


class Round:
    """A home with an open store; each visit is made when a view first asks for it."""

    def __init__(self, folder: Path, sample: SampleVisit | None = None) -> None:
        """Everything is done as in `sample`, by default the shipped one."""
        self.folder = folder
        self.sample = sample or sample_visit()
        self.library = Library([resources_dir() / "instruments"])
        self._made: dict[str, object] = {}

    def once(self, name: str, make: "Callable[[Round], _Made]") -> _Made:
        """What `make` makes of this round, made once for all views that want it."""
        if name not in self._made:
            self._made[name] = make(self)
        return cast("_Made", self._made[name])

    def close(self) -> None:
        """Close the stores that were opened."""
        for name in ("workplace", "unfilled"):
            if name in self.__dict__:
                self.__dict__[name].store.close()

    # The homes

    def home(self, name: str) -> Application:
        """The product over a home of its own."""
        return Application(self.folder / name, system_clock(), new_id, self.library, _COST)

    @cached_property
    def application(self) -> Application:
        """The product over the home of the round's visits."""
        application = self.home("home")
        application.enrol(self.profile, passphrase=SECRET, signing_passphrase=SECRET)
        return application

    @cached_property
    def workplace(self) -> Workplace:
        """The open store of the round's visits."""
        return self.application.unlock(SECRET)

    @cached_property
    def empty_application(self) -> Application:
        """The product over a home that has just been made."""
        application = self.home("empty")
        application.enrol(self.profile, passphrase=SECRET, signing_passphrase=SECRET)
        return application

    @cached_property
    def unfilled(self) -> Workplace:
        """An open store without any visit."""
        return self.empty_application.unlock(SECRET)

    @property
    def profile(self) -> Profile:
        """Who is at work."""
        someone = self.sample.assessor
        zone = time_zone(someone.timezone)
        return Profile(someone.name, someone.office, someone.nip, someone.position, zone)

    # The visits

    @cached_property
    def begun(self) -> Session:
        """Half recorded: three answers of the sample were taken back."""
        session = walk.start(self.workplace, self.sample, self.library)
        walk.record(session, self.workplace, self.sample)
        for _ in range(3):
            session.undo()
        return session

    @cached_property
    def walked(self) -> Session:
        """All of the sample recorded, with its photos."""
        return self.new_walk()

    @cached_property
    def interviewed(self) -> Session:
        """With interviews, under an instrument of other kinds of answers."""
        session = self.start("2023-2024")
        for name, post in (("Pimpinan-1", "pimpinan"), ("Pengguna 1", "pengguna")):
            session.introduce(name, post=post)
            # As foreign to the code as all that is typed.
            someone = Person(self.sample.assessor.name)
            keep_person(self.workplace, session.visit_id, pseudonym=name, person=someone)
        return session

    @cached_property
    def unscored(self) -> Session:
        """Just begun, under an instrument whose method gives no number."""
        return self.start("2026")

    @cached_property
    def issued(self) -> Session:
        """Closed, signed, and handed over."""
        session = self.new_walk()
        walk.finish_findings(session, self.workplace, self.sample)
        now = self.workplace.store.clock.now()
        close_visit(session, self.workplace, Outcome.COMPLETED, departure=now)
        identity = issuing.signing_identity(self.workplace, SECRET, now=now)
        issuing.issue(
            session,
            self.workplace,
            identity,
            out=self.folder / "temuan.pdf",
            language=Language.INDONESIAN,
        )
        now = self.workplace.store.clock.now()
        way = HandoverWay.USB
        handing_over.hand_over(session, self.workplace, to=self.sample.handed_to, way=way, at=now)
        return session

    @property
    def pdf(self) -> Path:
        """The signed findings of the visit that is issued."""
        assert self.issued is not None
        return self.folder / "temuan.pdf"

    @cached_property
    def results(self) -> Sequence[PublishedResult]:
        """Published results, registered in the store."""
        found = self.published()
        results.register(self.workplace.store, found)
        return found

    def new_walk(self) -> Session:
        """Another visit, recorded as in the sample."""
        session = walk.start(self.workplace, self.sample, self.library)
        walk.record(session, self.workplace, self.sample)
        self.photograph(session)
        return session

    def start(self, instrument: str) -> Session:
        """Another visit, just begun, under an instrument."""
        return begun(self.workplace, self.sample, instrument, self.library)

    def published(self) -> Sequence[PublishedResult]:
        """The results of the sample."""
        return published_results()

    def photograph(self, session: Session) -> None:
        """The photos of the sample, drawn and attached."""
        folder = self.folder / "photos"
        list(walk.photograph(session, self.workplace, self.sample, folder=folder))


def begun(workplace: Workplace, sample: SampleVisit, instrument: str, library: Library) -> Session:
    """A visit that has just begun under an instrument."""
    new = NewVisit(
        institution=sample.visit.institution,
        unit=sample.visit.unit,
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=workplace.store.clock.now(),
        team=(workplace.profile.name,),
    )
    visit = start_visit(workplace.store, new, library.get(instrument), library=library)
    return open_session(workplace.store, visit, library)
