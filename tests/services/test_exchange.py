"""One visit on several devices: exported, imported, merged, late, reopened."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from tests.exchanging import Desk, Desks, desks_in
from tests.visiting import LATER, PASSPHRASE, answer, answer_all, attach, complete, record

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import Problem, StoreProblem, VisitRefused
from assessor_app.domain.visit import Outcome, VisitState
from assessor_app.services import steps
from assessor_app.services.awaited import awaited
from assessor_app.services.backup import back_up, restore
from assessor_app.services.enrolment import Profile
from assessor_app.services.entries import entry_from
from assessor_app.services.keys.access import add_assessor, assessors
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.storage.log import Draft
from assessor_app.storage.vault import Form

PAPER = ObservationKey("P15-06", Side.PAPERWORK)
PRACTICE = ObservationKey("P15-06", Side.PRACTICE)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def code_of(refused: pytest.ExceptionInfo[Problem]) -> str:
    return refused.value.code


def hand(visit: str, *, of: Desk, to: Desk) -> None:
    to.take_in(of.export(visit))


def close(desk: Desk, session: Session, outcome: Outcome = Outcome.STOPPED) -> None:
    now = desk.clock.now()
    close_visit(session, desk.workplace, outcome, departure=now, account="Listrik padam.")


def kinds(desk: Desk, visit: str = STORE) -> list[EventKind]:
    return [link.event.kind for link in desk.workplace.store.log.stored(visit)]


def test_a_visit_is_the_same_in_an_empty_store(desks: Desks, tmp_path: Path) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    complete(session, here.workplace, tmp_path)

    done = there.take_in(here.export(session.visit_id))

    rebuilt = there.open(session.visit_id)
    assert rebuilt.snapshot == session.snapshot
    assert rebuilt.scores() == session.scores()
    assert there.workplace.store.head(done.visit) == here.workplace.store.head(done.visit)
    assert there.rows(done.visit) == here.rows(done.visit)
    assert there.workplace.store.rebuild().differences == ()
    vaults = [desk.workplace.store.vault for desk in (here, there)]
    for id_ in session.snapshot.evidence:
        originals = [vault.get(id_, Form.ORIGINAL) for vault in vaults]
        assert originals[0] == originals[1]


def test_only_that_visit_and_nothing_of_the_store_leaves_the_device(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    other = here.begin()
    answer(other, "P15-06", "practice", "absent", note="KUNJUNGAN LAIN")
    session = here.begin()
    answer(session, "P15-06", "practice", "present")

    there.take_in(here.export(session.visit_id))

    log = there.workplace.store.log
    assert list(log.frames()) == [session.visit_id]
    assert {link.event.device for link in log.stored(STORE)} == {there.workplace.store.device.id}


def test_the_file_shows_nothing_of_what_is_in_it(desks: Desks, tmp_path: Path) -> None:
    here = desks("A")
    session = here.begin()
    answer(session, "P15-06", "practice", "absent", note="BINGKAI MAKLUMAT KOSONG")
    attach(session, "P15-06", tmp_path)

    content = here.export(session.visit_id).read_bytes()

    for word in (b"MAKLUMAT", b"Kota Ambon", b"P15-06", b"Asesor A", session.visit_id.encode()):
        assert word not in content
    assert b"\xff\xd8\xff" not in content


def test_different_fields_of_two_devices_merge(desks: Desks, tmp_path: Path) -> None:
    here, there = desks("A"), desks("B", ahead=timedelta(hours=1))
    session = here.begin()
    visit = session.visit_id
    hand(visit, of=here, to=there)
    answer(session, "P15-06", "paperwork", "present")
    with_colleague = there.open(visit)
    answer(with_colleague, "P15-06", "practice", "absent", note="kosong")
    attach(with_colleague, "P15-06", tmp_path)

    hand(visit, of=here, to=there)
    hand(visit, of=there, to=here)

    assert here.rows(visit) == there.rows(visit)
    merged = here.open(visit).snapshot
    assert merged.observations[PAPER].answer == "present"
    assert merged.observations[PRACTICE].answer == "absent"
    assert len(merged.evidence_for(PRACTICE)) == 1
    assert not merged.conflicts


def test_meeting_a_device_is_recorded_once_and_every_exchange_each_time(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    first = there.take_in(here.export(session.visit_id))
    answer(session, "P15-06", "practice", "present")
    second = there.take_in(here.export(session.visit_id))

    assert [len(first.devices), len(first.people), first.new] == [1, 1, 1]
    assert [second.devices, second.people, second.new] == [(), (), 1]
    assert first.made_by.name == "Asesor A"
    assert [one.name for one in assessors(there.workplace)] == ["Asesor B"]
    assert kinds(there)[1:] == [EventKind.TRUSTED, EventKind.IMPORTED, EventKind.IMPORTED]
    assert kinds(here)[1:] == [EventKind.EXPORTED, EventKind.EXPORTED]


def test_what_is_known_already_changes_nothing(desks: Desks, tmp_path: Path) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    attach(session, "P15-06", tmp_path)
    path = here.export(session.visit_id)
    there.take_in(path)
    before = there.rows(session.visit_id), kinds(there), kinds(here)

    again, own = there.take_in(path), here.take_in(path)

    assert again.nothing_new
    assert own.nothing_new
    assert (there.rows(session.visit_id), kinds(there), kinds(here)) == before


def test_an_older_export_after_a_newer_one_brings_nothing(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    old = here.export(session.visit_id)
    answer(session, "P15-06", "practice", "present")
    there.take_in(here.export(session.visit_id))

    assert there.take_in(old).nothing_new
    assert there.rows(session.visit_id) == here.rows(session.visit_id)


def test_a_third_device_relays_what_it_was_given(desks: Desks) -> None:
    first, second, third = desks("A"), desks("B"), desks("C")
    session = first.begin()
    visit = session.visit_id
    hand(visit, of=first, to=second)
    answer(second.open(visit), "P15-06", "practice", "absent")

    done = third.take_in(second.export(visit))
    answer(third.open(visit), "P15-06", "paperwork", "present")
    back = first.take_in(third.export(visit))

    assert {one.name for one in done.people} == {"Asesor A", "Asesor B"}
    assert {one.name for one in back.people} == {"Asesor B", "Asesor C"}
    assert first.rows(visit) == third.rows(visit)


def test_the_same_field_said_differently_is_a_conflict_until_somebody_settles_it(
    desks: Desks,
) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin().visit_id
    hand(visit, of=here, to=there)
    answer(here.open(visit), "P15-06", "practice", "present")
    answer(there.open(visit), "P15-06", "practice", "absent")
    done = here.take_in(there.export(visit))

    session = here.open(visit)
    (conflict,) = session.snapshot.conflicts
    assert done.conflicts == 1
    assert {one.value for one in conflict.contenders} == {"present", "absent"}

    theirs = next(one.event for one in conflict.contenders if one.value == "absent")
    session.resolve(conflict.entity, theirs)
    hand(visit, of=here, to=there)

    assert there.open(visit).snapshot.observations[PRACTICE].answer == "absent"
    assert not there.open(visit).snapshot.conflicts
    assert here.rows(visit) == there.rows(visit)


def test_an_answer_does_not_settle_what_nobody_saw(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin().visit_id
    hand(visit, of=here, to=there)
    open_meanwhile = here.open(visit)
    answer(there.open(visit), "P15-06", "practice", "absent")
    here.take_in(there.export(visit))

    with pytest.raises(VisitRefused) as refused:
        answer(open_meanwhile, "P15-06", "practice", "present")

    assert code_of(refused) == "visit_moved_on"
    assert here.open(visit).snapshot.observations[PRACTICE].answer == "absent"


def test_a_bundle_without_evidence_says_what_is_missing_and_a_later_one_brings_it(
    desks: Desks, tmp_path: Path
) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    attach(session, "P15-06", tmp_path)
    (evidence,) = session.snapshot.evidence

    small = there.take_in(here.export(session.visit_id, evidence=False))
    waiting = awaited(there.workplace.store)
    whole = there.take_in(here.export(session.visit_id))

    assert small.missing == (evidence,)
    assert waiting == {evidence}
    assert [whole.new, whole.files, whole.missing] == [0, 1, ()]
    assert not awaited(there.workplace.store)
    sha256 = session.snapshot.evidence[evidence].sha256
    there.workplace.store.vault.check(evidence, Form.ORIGINAL, sha256)


def test_answers_that_come_after_closing_are_late_until_the_lead_reopens(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    visit = session.visit_id
    hand(visit, of=here, to=there)
    close(here, session)
    answer(there.open(visit), "P15-06", "practice", "absent", note="terlambat")

    done = here.take_in(there.export(visit))
    hand(visit, of=here, to=there)
    session = here.open(visit)

    assert done.late == 1
    assert PRACTICE not in session.snapshot.observations
    assert here.rows(visit) == there.rows(visit)
    assert there.open(visit).snapshot.visit.state is VisitState.CLOSED

    session.reopen("jawaban rekan belum masuk", at=here.clock.now())
    assert session.snapshot.observations[PRACTICE].answer == "absent"
    assert session.snapshot.reason_needed
    hand(visit, of=here, to=there)
    assert here.rows(visit) == there.rows(visit)
    assert here.workplace.store.rebuild().differences == ()


def test_only_the_lead_closes_and_takes_over_with_a_reason(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin().visit_id
    hand(visit, of=here, to=there)
    session = there.open(visit)

    with pytest.raises(VisitRefused) as refused:
        close(there, session)
    session.take_lead("laptop ketua hilang")
    close(there, session)

    assert code_of(refused) == "only_the_lead"
    assert session.snapshot.visit.state is VisitState.CLOSED


def test_of_two_closings_one_holds_everywhere(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin().visit_id
    hand(visit, of=here, to=there)
    mine, theirs = here.open(visit), there.open(visit)
    theirs.take_lead("ketua tidak dapat dihubungi")
    answer(mine, "P15-06", "practice", "present")
    close(here, mine)
    close(there, theirs, Outcome.INTERRUPTED)

    hand(visit, of=here, to=there)
    hand(visit, of=there, to=here)

    assert here.rows(visit) == there.rows(visit)
    held = here.open(visit).snapshot
    assert held.visit.outcome is Outcome.STOPPED
    assert held.observations[PRACTICE].answer == "present"
    assert not held.conflicts


def test_a_reopening_stands_upon_both_closings(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin().visit_id
    hand(visit, of=here, to=there)
    mine, theirs = here.open(visit), there.open(visit)
    theirs.take_lead("ketua tidak dapat dihubungi")
    close(here, mine)
    close(there, theirs, Outcome.INTERRUPTED)
    here.take_in(there.export(visit))

    session = here.open(visit)
    session.reopen("dua kali ditutup", at=here.clock.now())

    assert session.snapshot.visit.outcome is None
    assert session.snapshot.visit.departure is None
    assert {(one.entity, one.field) for one in session.snapshot.conflicts} <= {
        ("session/1", "to"),
        ("visit", "lead"),
    }
    hand(visit, of=here, to=there)
    assert here.rows(visit) == there.rows(visit)


def test_a_reopening_by_headquarters_after_issue_is_honoured(desks: Desks) -> None:
    here, headquarters = desks("A"), desks("E")
    session = here.begin()
    visit = session.visit_id
    close(here, session)
    # The document itself does not matter here; services/issuing.py makes it.
    log = here.workplace.store.log
    log.append(Draft(visit, EventKind.ISSUED, {("visit", "state"): VisitState.ISSUED.value}))
    session = here.open(visit)
    with pytest.raises(VisitRefused) as refused:
        session.reopen("salah ketik", at=here.clock.now())

    hand(visit, of=here, to=headquarters)
    theirs = headquarters.open(visit)
    values = steps.reopened(theirs.snapshot, at=headquarters.clock.now())
    headquarters.workplace.store.log.append(
        Draft(
            visit,
            EventKind.REOPENED,
            {**values, ("visit", "state"): "open"},
            reason="keberatan diterima",
        )
    )
    hand(visit, of=headquarters, to=here)

    assert code_of(refused) == "reopened_by_headquarters"
    again = here.open(visit)
    assert again.snapshot.takes_answers
    given = {"indicator": "P15-06", "side": "practice", "answer": "present"}
    again.record(entry_from(given, zone=UTC, now=LATER), reason="diperiksa ulang")
    assert again.snapshot.observations[PRACTICE].answer == "present"


def test_two_assessors_who_name_a_product_mean_the_same_one(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin("small").visit_id
    hand(visit, of=here, to=there)
    indicator = next(
        one.code for one in here.open(visit).instrument.indicators() if one.asked == "per_product"
    )
    for desk, side in ((here, "paperwork"), (there, "practice")):
        session = desk.open(visit)
        answer(session, indicator, side, "present", product="KTP-el")
    hand(visit, of=here, to=there)
    hand(visit, of=there, to=here)

    merged = here.open(visit).snapshot
    assert list(merged.products.values()) == ["KTP-el"]
    assert not merged.conflicts
    assert here.rows(visit) == there.rows(visit)


def test_an_answer_against_a_reason_why_there_is_none_is_a_conflict(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin().visit_id
    hand(visit, of=here, to=there)
    answer(here.open(visit), "P15-06", "practice", "present")
    refusal = {"indicator": "P15-06", "side": "practice", "not_assessed_reason": "loket tutup"}
    record(there.open(visit), refusal)
    hand(visit, of=there, to=here)

    session = here.open(visit)
    (conflict,) = session.snapshot.conflicts
    assert {one.field for one in conflict.contenders} == {"answer", "not_assessed_reason"}
    session.resolve(conflict.entity, conflict.contenders[0].event)

    assert not session.snapshot.conflicts
    assert session.snapshot.observations[PRACTICE].not_assessed_reason is None


def test_a_photo_attached_to_different_sides_by_two_devices_proves_both(
    desks: Desks, tmp_path: Path
) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    visit = session.visit_id
    attach(session, "P15-06", tmp_path)
    hand(visit, of=here, to=there)
    attach(here.open(visit), "P15-08", tmp_path)
    attach(there.open(visit), "P15-12", tmp_path)

    hand(visit, of=there, to=here)
    hand(visit, of=here, to=there)

    (evidence,) = here.open(visit).snapshot.evidence.values()
    assert {key.indicator for key in evidence.attached_to} == {"P15-06", "P15-08", "P15-12"}
    assert not here.open(visit).snapshot.conflicts
    assert here.open(visit).snapshot == there.open(visit).snapshot


def test_an_undo_is_refused_where_a_colleague_has_changed_the_field_since(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    visit = session.visit_id
    answer(session, "P15-06", "practice", "present")
    hand(visit, of=here, to=there)
    answer(there.open(visit), "P15-06", "practice", "absent")
    hand(visit, of=there, to=here)

    with pytest.raises(VisitRefused) as refused:
        here.open(visit).undo()

    assert code_of(refused) == "undo_overtaken"


def test_an_undo_here_against_a_change_there_is_a_conflict(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    visit = session.visit_id
    answer(session, "P15-06", "practice", "present")
    hand(visit, of=here, to=there)
    session.undo()
    answer(there.open(visit), "P15-06", "practice", "absent")

    hand(visit, of=there, to=here)
    hand(visit, of=here, to=there)

    (conflict,) = here.open(visit).snapshot.conflicts
    assert {one.value for one in conflict.contenders} == {None, "absent"}
    assert here.rows(visit) == there.rows(visit)


def test_a_paused_visit_takes_in_what_a_colleague_recorded(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    visit = session.visit_id
    hand(visit, of=here, to=there)
    session.pause("istirahat", at=here.clock.now())
    answer(there.open(visit), "P15-06", "practice", "absent")

    done = here.take_in(there.export(visit))

    assert done.late == 0
    assert here.open(visit).snapshot.paused
    assert here.open(visit).snapshot.observations[PRACTICE].answer == "absent"


def test_a_voided_visit_travels_with_its_reason(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    session.void("salah alamat")

    done = there.take_in(here.export(session.visit_id))

    assert done.snapshot.visit.state is VisitState.VOIDED
    reasons = [one.event.reason for one in there.workplace.store.log.stored(done.visit)]
    assert reasons[-1] == "salah alamat"


def test_a_device_that_comes_with_another_key_is_refused(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    path = here.export(session.visit_id)
    device = here.workplace.store.device.id
    values = {(f"device/{device}", "public_key"): "00" * 32}
    there.workplace.store.log.append(Draft(STORE, EventKind.TRUSTED, values))

    with pytest.raises(StoreProblem) as refused:
        there.take_in(path)

    assert code_of(refused) == "device_key_changed"
    assert not there.workplace.store.log.frames()


def test_a_forked_stream_is_refused(desks: Desks, tmp_path: Path) -> None:
    here, twin, there = desks("A"), desks("A"), desks("B")
    session = here.begin()
    twin.workplace.store.new_id.count += 500  # type: ignore[attr-defined]  # they go on elsewhere
    twin.take_in(here.export(session.visit_id))  # a store that was copied, not restored
    answer(session, "P15-06", "practice", "present")
    answer(twin.open(session.visit_id), "P15-06", "practice", "absent")
    there.take_in(here.export(session.visit_id))

    with pytest.raises(StoreProblem) as refused:
        there.take_in(twin.export(session.visit_id))

    assert code_of(refused) == "stream_forked"
    assert there.open(session.visit_id).snapshot.observations[PRACTICE].answer == "present"


def test_all_answers_of_a_whole_visit_are_scored_the_same_on_both_devices(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    visit = session.visit_id
    hand(visit, of=here, to=there)
    answer_all(there.open(visit), absent={"P15-06": "practice"})

    hand(visit, of=there, to=here)

    assert here.open(visit).scores() == there.open(visit).scores()
    assert here.open(visit).outlook() == there.open(visit).outlook()


def test_two_assessors_on_one_device_are_told_apart_on_the_other(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    second = Profile("Asesor Kedua", "Perwakilan A", None, None, here.workplace.profile.zone)
    add_assessor(here.workplace, second, "sandi asesor kedua")
    session = here.begin()
    visit = session.visit_id
    answer(session, "P15-06", "paperwork", "present")
    here.workplace.store.close()
    here.workplace = here.application.unlock("sandi asesor kedua")
    answer(here.open(visit), "P15-06", "practice", "absent")

    done = there.take_in(here.export(visit))

    assert {one.name for one in done.people} == {"Asesor A", "Asesor Kedua"}
    assert len(done.devices) == 1
    actors = {one.event.actor for one in there.workplace.store.log.stored(visit)}
    assert len(actors) == 2
    assert done.made_by.name == "Asesor Kedua"
    with pytest.raises(VisitRefused) as refused:
        close(here, here.open(visit))
    assert code_of(refused) == "only_the_lead"


@pytest.mark.parametrize("names", ["AB", "BA"])  # whose ids, and so whose closing, come first
def test_a_closing_and_reopening_made_in_ignorance_open_no_visit_that_was_issued(
    desks: Desks, names: str
) -> None:
    here, there = (desks(name) for name in names)
    visit = here.begin().visit_id
    hand(visit, of=here, to=there)
    close(here, here.open(visit))
    log = here.workplace.store.log
    log.append(Draft(visit, EventKind.ISSUED, {("visit", "state"): VisitState.ISSUED.value}))
    theirs = there.open(visit)
    theirs.take_lead("ketua tidak dapat dihubungi")
    close(there, theirs)
    theirs.reopen("ada yang terlewat", at=there.clock.now())

    done = here.take_in(there.export(visit))
    hand(visit, of=here, to=there)

    assert here.open(visit).snapshot.visit.state is VisitState.ISSUED
    assert done.late == 3
    assert here.rows(visit) == there.rows(visit)


def test_what_was_recorded_before_a_device_was_restored_is_still_taken_by_colleagues(
    desks: Desks, tmp_path: Path
) -> None:
    here, there = desks("A"), desks("B")
    visit = here.begin().visit_id
    hand(visit, of=here, to=there)
    answer(here.open(visit), "P15-06", "practice", "absent")  # signed by no export
    (made,) = back_up(here.workplace).made
    here.workplace.store.close()
    home = tmp_path / "another laptop"
    restore(made.folder, home, PASSPHRASE, clock=here.clock, new_id=here.application.new_id)
    here.application = replace(here.application, home=home)
    here.workplace = here.application.unlock(PASSPHRASE)

    done = there.take_in(here.export(visit))

    assert done.new == 1
    assert there.open(visit).snapshot.observations[PRACTICE].answer == "absent"
