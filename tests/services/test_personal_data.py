"""Names and contacts of respondents: kept beside the record, told of by it, erased for good."""

import contextlib
import json
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import SteppingClock, begin
from tests.services.walking import close, walk_kinds
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE, record

from assessor_app.compose import Application
from assessor_app.domain.event import STORE, Event, EventKind
from assessor_app.domain.problem import RecordRefused, StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import read_back
from assessor_app.services.backup import back_up, back_up_if_due, restore
from assessor_app.services.enrolment import Workplace
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.people import (
    RESTORED,
    Erased,
    Person,
    erase_person,
    finish_erasing,
    keep_person,
    people,
    people_of,
    person,
    respondent_called,
)
from assessor_app.services.retention import RETENTION, apply_retention, due, terms
from assessor_app.services.session import Session, open_session
from assessor_app.services.store_settings import change_settings
from assessor_app.storage.log import Draft
from assessor_app.storage.people import People
from assessor_app.syncing.bundle import open_bundle
from assessor_app.texts import Language

NAME, CONTACT, NOTE = "Yohana Latuconsina", "0812-9999-0000", "Telepon sesudah jam dua"
YOHANA = Person(NAME, CONTACT, NOTE)


@pytest.fixture
def asked(workplace: Workplace, library: Library) -> Session:
    """A visit in which the head of the office (K-1) and a user (U-1) were asked."""
    session = open_session(
        workplace.store, begin(workplace, library.get("kinds"), library), library
    )
    session.introduce("K-1", post="kepala")
    session.introduce("U-1", post="pengguna")
    return session


def keep(workplace: Workplace, session: Session, pseudonym: str = "K-1") -> str:
    return keep_person(workplace, session.visit_id, pseudonym=pseudonym, person=YOHANA)


def told(workplace: Workplace) -> list[Event]:
    """The events of personal data, in their order."""
    kinds = (EventKind.KEPT, EventKind.ERASED)
    stored = workplace.store.log.stored(STORE)
    return [link.event for link in stored if link.event.kind in kinds]


def files(workplace: Workplace) -> set[str]:
    folder = people_of(workplace.store).folder
    return {path.suffix for path in folder.iterdir()} if folder.exists() else set()


def test_a_person_is_kept_and_told_of_by_the_pseudonym_alone(
    application: Application, workplace: Workplace, asked: Session
) -> None:
    respondent = keep(workplace, asked)

    again = application.unlock(PASSPHRASE)
    assert person(again, respondent) == YOHANA
    known = people(again)
    assert [(one.respondent, one.visit, one.pseudonym, one.data) for one in known] == [
        (respondent, asked.visit_id, "K-1", YOHANA)
    ]
    event = told(again)[-1]
    assert event.kind is EventKind.KEPT
    assert {(one.entity, one.field): one.after for one in event.changes} == {
        (f"respondent/{respondent}", "personal_data"): "kept",
        (f"respondent/{respondent}", "visit"): asked.visit_id,
    }
    again.store.close()


def test_the_name_is_nowhere_but_under_its_own_key(
    application: Application, workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    """Not in the home's files, the opened record, the document, nor an opened export."""
    visit = begin(workplace, library.get("kinds"), library)
    session = open_session(workplace.store, visit, library)
    walk_kinds(session, tmp_path)
    keep(workplace, session)
    close(session, workplace)
    out = tmp_path / "temuan.pdf"
    now = workplace.store.clock.now()
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    issue(session, workplace, identity, out=out, language=Language.INDONESIAN)

    read = read_back(out.read_bytes())
    opened = [out.read_bytes(), json.dumps(workplace.store.memory.read()).encode()]
    opened += [text.encode() for text in read.page_texts]
    opened += [attachment.data for attachment in read.attachments]
    opened += [link.body for place in (visit, STORE) for link in workplace.store.log.stored(place)]
    opened += [path.read_bytes() for path in application.home.rglob("*") if path.is_file()]
    opened += exported(workplace, visit, library, tmp_path / "visit")
    assert len(opened) > 80
    assert any(b"K-1" in text for text in opened)
    for secret in ("Latuconsina", CONTACT, "jam dua"):
        assert not [text for text in opened if secret.encode() in text]


def exported(workplace: Workplace, visit: str, library: Library, out: Path) -> list[bytes]:
    """All parts of a visit's export, opened."""
    export_visit(workplace, visit, out, library=library, passphrase=PASSPHRASE, cost=QUICK)
    with out.open("rb") as file:
        bundle = open_bundle(file, out, secret=PASSPHRASE)
        return [bundle.read(part) for part in bundle.manifest.parts]


def test_what_is_kept_anew_replaces_what_was_there(workplace: Workplace, asked: Session) -> None:
    respondent = keep(workplace, asked)

    corrected = Person(f"  {NAME} ", "", None)
    keep_person(workplace, asked.visit_id, pseudonym="k-1", person=corrected)

    assert person(workplace, respondent) == Person(NAME)
    assert [event.kind for event in told(workplace)] == [EventKind.KEPT, EventKind.KEPT]


def test_an_erased_person_leaves_who_when_and_why(workplace: Workplace, asked: Session) -> None:
    respondent = keep(workplace, asked)
    other = keep(workplace, asked, "U-1")

    erase_person(workplace, respondent, reason=" Diminta yang bersangkutan ")

    event = told(workplace)[-1]
    assert (event.kind, event.reason) == (EventKind.ERASED, "Diminta yang bersangkutan")
    assert event.changes[0].after == "erased"
    gone = Erased(event.wall, workplace.store.assessor, "Diminta yang bersangkutan")
    assert person(workplace, respondent) == gone
    assert person(workplace, other) == YOHANA
    assert {one.pseudonym: one.data for one in people(workplace)} == {"K-1": gone, "U-1": YOHANA}
    assert people_of(workplace.store).kept() == {other}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nobody_is_erased_without_a_reason(
    workplace: Workplace, asked: Session, reason: str
) -> None:
    respondent = keep(workplace, asked)

    with pytest.raises(RecordRefused, match="erasing_reason_missing"):
        erase_person(workplace, respondent, reason=reason)

    assert person(workplace, respondent) == YOHANA


def test_who_is_erased_already_or_was_never_kept_is_not_erased(
    workplace: Workplace, asked: Session
) -> None:
    respondent = keep(workplace, asked)
    erase_person(workplace, respondent, reason="Sekali")

    for one in (respondent, workplace.store.new_id()):
        with pytest.raises(StoreProblem, match="person_not_kept"):
            erase_person(workplace, one, reason="Lagi")
    assert len(told(workplace)) == 2
    assert person(workplace, workplace.store.new_id()) is None


def test_an_erased_person_can_be_kept_again(workplace: Workplace, asked: Session) -> None:
    respondent = keep(workplace, asked)
    erase_person(workplace, respondent, reason="Keliru orang")

    keep(workplace, asked)

    assert person(workplace, respondent) == YOHANA
    assert finish_erasing(workplace) == ()
    assert people_of(workplace.store).erased() == frozenset()


@pytest.mark.parametrize("pseudonym", ["K-2", "", NAME])
def test_a_respondent_who_is_not_in_the_visit_is_refused(
    workplace: Workplace, asked: Session, pseudonym: str
) -> None:
    with pytest.raises(RecordRefused) as refused:
        keep(workplace, asked, pseudonym)

    assert refused.value.code == "respondent_unknown"
    assert refused.value.places["known"] == "K-1, U-1"
    assert files(workplace) == set()


def test_a_person_without_a_name_is_refused(workplace: Workplace, asked: Session) -> None:
    with pytest.raises(RecordRefused, match="person_name_missing"):
        keep_person(workplace, asked.visit_id, pseudonym="K-1", person=Person(" ", CONTACT))
    assert files(workplace) == set()


def test_a_full_disk_leaves_nobody_behind_unrecorded(workplace: Workplace, asked: Session) -> None:
    kept = keep(workplace, asked, "U-1")
    with workplace.store.engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def fill() -> None:
        """Until no event has room any more, the small ones neither."""
        for size in (4000, 400, 1):
            with contextlib.suppress(StoreProblem):
                while True:
                    values = {("filler", "text"): "x" * size}
                    workplace.store.log.append(Draft(STORE, EventKind.REGISTERED, values))

    fill()
    with pytest.raises(StoreProblem, match="disk_full"):
        keep(workplace, asked, "K-1")
    with pytest.raises(StoreProblem, match="disk_full"):
        keep_person(workplace, asked.visit_id, pseudonym="U-1", person=Person("Salah"))
    with pytest.raises(StoreProblem, match="disk_full"):
        erase_person(workplace, kept, reason="Diminta")

    assert person(workplace, kept) == YOHANA
    assert people_of(workplace.store).kept() == {kept}


def test_an_erasing_that_power_cut_short_is_finished(workplace: Workplace, asked: Session) -> None:
    """The event is there, the key is still there: what a crash between the two leaves."""
    respondent = keep(workplace, asked)
    place = (f"respondent/{respondent}", "personal_data")
    workplace.store.log.append(Draft(STORE, EventKind.ERASED, {place: "erased"}, reason="Diminta"))
    assert people_of(workplace.store).kept() == {respondent}
    assert isinstance(person(workplace, respondent), Erased)  # by the record, from then on

    assert finish_erasing(workplace) == (respondent,)

    assert files(workplace) == {".erased"}
    assert len(told(workplace)) == 2
    assert finish_erasing(workplace) == ()


def test_what_no_event_names_is_destroyed(workplace: Workplace, asked: Session) -> None:
    """A crash between the files and the event: nobody was told that anything was kept."""
    respondent = workplace.store.new_id()
    with people_of(workplace.store).keeping(respondent, {"name": NAME}) as write:
        write()

    assert finish_erasing(workplace) == (respondent,)

    assert people_of(workplace.store).kept() == frozenset()
    assert told(workplace) == []


def test_a_restored_backup_does_not_bring_an_erased_person_back(
    workplace: Workplace, asked: Session
) -> None:
    """The record is that of before the erasing, the people's folder that of after it."""
    respondent = keep(workplace, asked)
    people_of(workplace.store).erase(respondent)

    assert finish_erasing(workplace) == (respondent,)

    gone = person(workplace, respondent)
    assert isinstance(gone, Erased)
    assert gone.reason == RESTORED


def test_an_erased_person_is_destroyed_in_the_backups_too(
    application: Application, workplace: Workplace, asked: Session, tmp_path: Path
) -> None:
    """And a backup from before the erasing does not bring the person back."""
    usb = tmp_path / "usb"
    usb.mkdir()
    change_settings(workplace, backup_place=usb)
    respondent = keep(workplace, asked)
    made = back_up(workplace).made
    pools = [one.folder.parent / "people" for one in made]
    assert all((pool / f"{respondent}.key").exists() for pool in pools)

    assert erase_person(workplace, respondent, reason="Diminta") == ()

    assert len(pools) == 2
    for pool in pools:
        assert [path.name for path in pool.iterdir()] == [f"{respondent}.erased"]
    home = tmp_path / "restored"
    restore(made[1].folder, home, PASSPHRASE, clock=application.clock, new_id=application.new_id)
    restored = replace(application, home=home).unlock(PASSPHRASE)
    finish_erasing(restored)
    gone = person(restored, respondent)
    assert isinstance(gone, Erased)
    assert gone.reason == RESTORED
    restored.store.close()


def test_a_backup_that_is_not_plugged_in_is_named_and_caught_up_with(
    workplace: Workplace, asked: Session, tmp_path: Path
) -> None:
    usb, away = tmp_path / "usb", tmp_path / "away"
    usb.mkdir()
    change_settings(workplace, backup_place=usb)
    respondent = keep(workplace, asked)
    copy = back_up(workplace).made[1].folder.parent / "people" / f"{respondent}.key"
    usb.rename(away)

    assert erase_person(workplace, respondent, reason="Diminta") == (usb,)

    away.rename(usb)
    assert copy.exists()
    back_up_if_due(workplace)
    assert not copy.exists()


def test_files_that_are_lost_are_told_of_and_not_called_erased(
    workplace: Workplace, asked: Session
) -> None:
    respondent = keep(workplace, asked)
    for path in people_of(workplace.store).folder.glob("*.sealed"):
        path.write_bytes(b"damaged")

    assert people(workplace)[0].data is None
    for path in people_of(workplace.store).folder.glob("*.sealed"):
        path.rename(path.with_suffix(".elsewhere"))
    assert people(workplace)[0].data is None
    assert person(workplace, respondent) is None
    for path in people_of(workplace.store).folder.glob("*.elsewhere"):
        path.rename(path.with_suffix(".sealed"))
    with pytest.raises(StoreProblem, match="person_damaged"):
        person(workplace, respondent)
    assert finish_erasing(workplace) == ()
    erase_person(workplace, respondent, reason="Rusak")
    assert keep(workplace, asked) == respondent
    assert person(workplace, respondent) == YOHANA


def test_who_is_being_kept_is_not_taken_for_a_stray(
    application: Application, workplace: Workplace, asked: Session
) -> None:
    """Another program tidies up all the while: what is said to be kept is there."""
    other = application.unlock(PASSPHRASE)
    done = threading.Event()

    def tidy() -> None:
        while not done.is_set():
            finish_erasing(other)

    tidying = threading.Thread(target=tidy)
    tidying.start()
    try:
        for _ in range(8):
            respondent = keep(workplace, asked)
            assert person(workplace, respondent) == YOHANA
            erase_person(workplace, respondent, reason="Diminta")
    finally:
        done.set()
        tidying.join()
    keep(workplace, asked)
    finish_erasing(other)
    assert person(workplace, respondent) == YOHANA
    other.store.close()


def test_a_voided_visit_keeps_everything(workplace: Workplace, asked: Session) -> None:
    """There is no way to delete a visit; void is a state of it."""
    record(asked, {"indicator": "K-01", "side": "practice", "answer": "absent"})
    respondent = keep(workplace, asked)
    before = [link.body for link in workplace.store.log.stored(asked.visit_id)]
    answers = dict(asked.snapshot.observations)

    asked.void("Salah kantor")

    after = [link.body for link in workplace.store.log.stored(asked.visit_id)]
    assert after[:-1] == before
    assert len(after) == len(before) + 1
    assert asked.snapshot.observations == answers
    assert person(workplace, respondent) == YOHANA


def test_the_time_counts_from_the_close_of_the_visit(
    workplace: Workplace, library: Library, clock: SteppingClock, tmp_path: Path
) -> None:
    visit = begin(workplace, library.get("kinds"), library)
    session = open_session(workplace.store, visit, library)
    walk_kinds(session, tmp_path)
    respondent = keep(workplace, session)
    clock.moment += timedelta(days=30)
    close(session, workplace)
    closed = clock.moment
    clock.moment += timedelta(days=30)
    change_settings(workplace, retention_days=90)

    one = terms(workplace)[0]

    assert (one.respondent, one.visit, one.pseudonym) == (respondent, visit, "K-1")
    assert abs(one.since - closed) < timedelta(seconds=5)
    assert one.until - one.since == timedelta(days=90)
    assert due(workplace, one.until - timedelta(seconds=1)) == ()
    assert due(workplace, one.until) == (one,)


def test_an_open_visit_counts_from_its_last_event(
    workplace: Workplace, asked: Session, clock: SteppingClock
) -> None:
    keep(workplace, asked)
    first = terms(workplace)[0].since
    clock.moment += timedelta(days=400)

    record(asked, {"indicator": "K-01", "side": "practice", "answer": "absent"})

    assert terms(workplace)[0].since - first >= timedelta(days=400)
    assert due(workplace, clock.moment) == ()


def test_what_is_due_is_erased_and_reported_and_the_rest_stays(
    workplace: Workplace, asked: Session, library: Library, clock: SteppingClock
) -> None:
    respondent = keep(workplace, asked)
    clock.moment += timedelta(days=300)
    later = open_session(workplace.store, begin(workplace, library.get("kinds"), library), library)
    later.introduce("P-1", post="petugas-loket")
    stays = keep(workplace, later, "P-1")
    clock.moment += timedelta(days=66)

    erased = apply_retention(workplace, clock.moment)

    assert [one.respondent for one in erased] == [respondent]
    gone = person(workplace, respondent)
    assert isinstance(gone, Erased)
    assert gone.reason == RETENTION
    assert person(workplace, stays) == YOHANA
    assert apply_retention(workplace, clock.moment) == ()


def test_who_belongs_to_no_visit_of_this_device_is_due_as_well(
    workplace: Workplace, asked: Session, clock: SteppingClock
) -> None:
    """As after a restore from before the visit began."""
    respondent = workplace.store.new_id()
    entity = f"respondent/{respondent}"
    values = {(entity, "personal_data"): "kept", (entity, "visit"): workplace.store.new_id()}
    with people_of(workplace.store).keeping(respondent, {"name": NAME}) as write:
        workplace.store.log.append(Draft(STORE, EventKind.KEPT, values, require=write))

    assert terms(workplace)[0].pseudonym == respondent
    assert due(workplace, clock.moment + timedelta(days=366)) != ()


def test_an_older_backup_that_is_restored_takes_nobody_from_a_newer_one(
    application: Application, workplace: Workplace, asked: Session, tmp_path: Path
) -> None:
    """Who was kept since then is unknown in the restored store, and is safe beside the backups."""
    usb = tmp_path / "usb"
    usb.mkdir()
    older = back_up(workplace, to=usb).made[0].folder
    respondent = keep(workplace, asked)
    newer = back_up(workplace, to=usb).made[0].folder

    def restored(folder: Path, name: str) -> Workplace:
        home = tmp_path / name
        restore(folder, home, PASSPHRASE, clock=application.clock, new_id=application.new_id)
        return replace(application, home=home).unlock(PASSPHRASE)

    first = restored(older, "first")
    assert finish_erasing(first) == (respondent,)
    back_up(first, to=usb)
    second = restored(newer, "second")

    assert finish_erasing(second) == ()
    assert person(second, respondent) == YOHANA
    for one in (first, second):
        one.store.close()


def test_an_erased_person_is_destroyed_in_a_store_that_was_moved_aside(
    application: Application, workplace: Workplace, asked: Session, tmp_path: Path
) -> None:
    respondent = keep(workplace, asked)
    made = back_up(workplace, to=tmp_path).made[0]
    workplace.store.close()
    done = restore(
        made.folder,
        application.home,
        PASSPHRASE,
        clock=application.clock,
        new_id=application.new_id,
        replace=True,
    )
    again = application.unlock(PASSPHRASE)

    erase_person(again, respondent, reason="Diminta")

    assert done.aside is not None
    assert [path.name for path in (done.aside / "people").iterdir()] == [f"{respondent}.erased"]
    again.store.close()


def test_somebody_who_was_taken_out_of_the_visit_can_still_be_erased(
    workplace: Workplace, asked: Session
) -> None:
    asked.introduce("K-9", post="kepala")
    respondent = keep(workplace, asked, "K-9")
    asked.undo()

    assert people(workplace)[0].pseudonym == respondent
    assert respondent_called(workplace, asked.visit_id, pseudonym=respondent) == respondent
    with pytest.raises(RecordRefused, match="respondent_unknown"):
        respondent_called(workplace, asked.visit_id, pseudonym="K-9")


def test_who_is_kept_again_meanwhile_is_not_called_erased(
    application: Application,
    workplace: Workplace,
    asked: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between the looking at the files and the looking at the record."""
    respondent = keep(workplace, asked)
    erase_person(workplace, respondent, reason="Keliru orang")
    other, looked = application.unlock(PASSPHRASE), People.erased

    def looked_then_kept(people: People) -> frozenset[str]:
        found = looked(people)
        keep(workplace, asked)
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(People, "erased", looked_then_kept)
        assert finish_erasing(other) == ()

    assert person(workplace, respondent) == YOHANA
    assert finish_erasing(other) == ()
    assert person(workplace, respondent) == YOHANA
    other.store.close()
