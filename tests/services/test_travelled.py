"""What of each visit left this device or reached it, for the list of visits."""

from pathlib import Path

from tests.conftest import CountingIds, SteppingClock, begin
from tests.visiting import PASSPHRASE, QUICK, answer, attach

from assessor_app.compose import Application
from assessor_app.domain.listing import Sync
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.exchange.importing import import_visit
from assessor_app.services.session import Session, open_session
from assessor_app.services.travelled import travelled


def now(workplace: Workplace) -> dict[str, tuple[Sync, ...]]:
    return travelled(workplace.store, workplace.store.log.streams())


def export(
    workplace: Workplace, visit: str, library: Library, out: Path, *, evidence: bool = True
) -> Path:
    export_visit(
        workplace, visit, out, library=library, passphrase="sandi", cost=QUICK, evidence=evidence
    )
    return out


def colleague(folder: Path, profile: Profile, library: Library) -> Workplace:
    application = Application(folder, SteppingClock(), CountingIds(90_000), library, QUICK)
    application.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=PASSPHRASE)
    return application.unlock(PASSPHRASE)


def test_a_visit_that_never_left_has_no_entry(workplace: Workplace, session: Session) -> None:
    assert now(workplace) == {}


def test_an_exported_visit_is_outdated_by_the_next_answer_and_current_after_the_next_export(
    workplace: Workplace, session: Session, library: Library, tmp_path: Path
) -> None:
    visit = session.visit_id
    begin(workplace, library.get("2015-pemda"), library)

    export(workplace, visit, library, tmp_path / "a.visit")
    first = now(workplace)
    answer(session, "P15-05", "practice", "present")
    second = now(workplace)
    export(workplace, visit, library, tmp_path / "b.visit")

    assert first == {visit: (Sync.EXPORTED,)}
    assert second == {visit: (Sync.OUTDATED,)}
    assert now(workplace) == {visit: (Sync.EXPORTED,)}


def test_what_a_colleague_brought_without_its_evidence_waits_for_it(
    workplace: Workplace,
    session: Session,
    library: Library,
    profile: Profile,
    tmp_path: Path,
) -> None:
    attach(session, "P15-06", tmp_path)
    visit = session.visit_id
    bare = export(workplace, visit, library, tmp_path / "bare.visit", evidence=False)
    whole = export(workplace, visit, library, tmp_path / "whole.visit")
    theirs = colleague(tmp_path / "theirs", profile, library)

    import_visit(theirs, bare, library=library, secret="sandi")
    waiting = now(theirs)
    import_visit(theirs, whole, library=library, secret="sandi")

    assert waiting == {visit: (Sync.AWAITED, Sync.RECEIVED)}
    assert now(theirs) == {visit: (Sync.RECEIVED,)}
    answer(open_session(theirs.store, visit, library), "P15-05", "practice", "present")
    export(theirs, visit, library, tmp_path / "back.visit")
    assert now(theirs) == {visit: (Sync.EXPORTED, Sync.RECEIVED)}
    theirs.store.close()
