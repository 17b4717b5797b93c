"""Pages of visits that two devices recorded, for the pictures and the test of every page."""

from dataclasses import dataclass
from pathlib import Path

from tests.visiting import QUICK, jpeg

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.services.clock import new_id, system_clock
from assessor_app.services.enrolment import Profile, Workplace, profile_values, unlock
from assessor_app.services.entries import entry_from
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.exchange.importing import import_visit
from assessor_app.services.sample import walk
from assessor_app.services.sample.visit import SampleVisit
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit
from assessor_app.storage.log import Draft
from assessor_app.storage.store import new_store

SPOKEN = "disampaikan lisan saja"
CODE = "P15-06"


@dataclass(frozen=True)
class TwoDevices:
    """A visit with conflicts in its exit talk, one with late records, and a colleague's file."""

    contrary: Session
    late: Session
    file: Path


def two_devices(
    own: Workplace, sample: SampleVisit, library: Library, *, folder: Path
) -> TwoDevices:
    """Record the visits on both devices, and bring what the colleague recorded over."""
    colleague = _colleague(folder, sample, own.profile)
    file = folder / "1.kunjungan"

    def bring(session: Session) -> Session:
        file.unlink(missing_ok=True)
        _carry(colleague, own, session.visit_id, library, file=file)
        return open_session(own.store, session.visit_id, library)

    contrary, theirs = _begun(own, colleague, sample, library, folder=folder)
    _answer(contrary, own, sample, Side.PRACTICE, answer="absent")
    _answer(theirs, colleague, sample, Side.PRACTICE, answer="present")
    photo = take_in_bytes(jpeg("navy"), name="1.jpg", zone=own.profile.zone)
    theirs.attach(CODE, Side.PRACTICE, photo, source=EvidenceSource.FILE)
    contrary = bring(contrary)
    contrary.begin_exit_talk()
    late, theirs = _begun(own, colleague, sample, library, folder=folder)
    _answer(theirs, colleague, sample, Side.PRACTICE, answer="absent")
    account = sample.indicators[0].practice.note or sample.receiver.response
    now = own.store.clock.now()
    close_visit(late, own, Outcome.INTERRUPTED, departure=now, account=account)
    late = bring(late)
    colleague.store.close()
    return TwoDevices(contrary, late, file)


def _colleague(folder: Path, sample: SampleVisit, profile: Profile) -> Workplace:
    """A store as enrolment makes it, but for the signing identity (three seconds of primes)."""
    name = sample.visit.team[0]
    other = Profile(name, profile.office, None, None, profile.zone)
    home = folder / "colleague"
    with new_store(home, SPOKEN, clock=system_clock(), new_id=new_id, cost=QUICK) as store:
        values = {
            **profile_values(store.assessor, other),
            ("setting", "timezone"): profile.zone.key,
        }
        store.log.append(Draft(STORE, EventKind.ENROLLED, values))
    return unlock(home, SPOKEN, clock=system_clock(), new_id=new_id)


def _begun(
    own: Workplace, colleague: Workplace, sample: SampleVisit, library: Library, *, folder: Path
) -> tuple[Session, Session]:
    """A visit on both devices, recorded by both so far."""
    session = walk.start(own, sample, library)
    file = folder / f"{session.visit_id}.kunjungan"
    _carry(own, colleague, session.visit_id, library, file=file)
    return session, open_session(colleague.store, session.visit_id, library)


def _carry(source: Workplace, to: Workplace, visit: str, library: Library, *, file: Path) -> None:
    export_visit(source, visit, file, library=library, passphrase=SPOKEN, cost=QUICK)
    import_visit(to, file, library=library, secret=SPOKEN)


def _answer(
    session: Session, workplace: Workplace, sample: SampleVisit, side: Side, *, answer: str
) -> None:
    """An answer at the indicator, with a note that the sample has of it or of another one."""
    notes = [one.on(side).note for one in sample.indicators if one.on(side).note]
    given = {
        "indicator": CODE,
        "side": side.value,
        "answer": answer,
        "note": notes[0 if answer == "absent" else 1],
    }
    now = workplace.store.clock.now()
    session.record(entry_from(given, zone=workplace.profile.zone, now=now))
