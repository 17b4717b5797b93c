"""What an assessor does in a visit: recorded, refused, taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.visiting import PASSPHRASE, answer, answer_all, attach, complete, record

from assessor_app.cli.printing import refusal
from assessor_app.compose import Application
from assessor_app.domain.closing import CriticalRule
from assessor_app.domain.event import STORE
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey, WhereSeen
from assessor_app.domain.problem import (
    InstrumentFault,
    RecordRefused,
    StoreProblem,
    VisitRefused,
)
from assessor_app.domain.scoring import Basis
from assessor_app.domain.visit import (
    Capacity,
    Declaration,
    Outcome,
    Receiver,
    VisitKind,
    VisitState,
)
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import Entry
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.session import Session
from assessor_app.services.visits import NewVisit, all_visits, close_visit, find_visit, start_visit
from assessor_app.texts import Language

PRACTICE_06 = ObservationKey("P15-06", Side.PRACTICE)
PAPER_06 = ObservationKey("P15-06", Side.PAPERWORK)


def code_of(refused: pytest.ExceptionInfo[RecordRefused | VisitRefused]) -> str:
    return refused.value.code


def test_an_answer_is_there_after_the_store_was_opened_again(
    application: Application, session: Session
) -> None:
    done = answer(session, "P15-06", "practice", "absent", note="Bingkai kosong")

    again = application.open(application.unlock(PASSPHRASE), session.visit_id)

    assert done.indicators == {"P15-06"}
    assert again.snapshot == session.snapshot
    assert again.snapshot.observations[PRACTICE_06].note == "Bingkai kosong"


def test_one_action_is_one_event_with_all_its_changes(
    workplace: Workplace, session: Session
) -> None:
    answer(session, "P15-06", "practice", "absent", note="x", observed_at="2026-11-22T09:00:00")

    events = [one.event for one in workplace.store.log.stored(session.visit_id)]

    assert [event.seq for event in events] == [1, 2]
    assert events[1].kind.value == "recorded"
    assert [change.field for change in events[1].changes] == ["answer", "note", "observed_at"]
    assert events[1].prev == next(iter(workplace.store.log.stored(session.visit_id))).hash


def test_a_changed_answer_names_what_it_replaces(workplace: Workplace, session: Session) -> None:
    first = answer(session, "P15-06", "practice", "absent")
    answer(session, "P15-06", "practice", "present")

    change = [one.event for one in workplace.store.log.stored(session.visit_id)][-1].changes[0]

    assert (change.before, change.after, change.parents) == ("absent", "present", (first.event,))


def test_documents_belong_to_the_paperwork_side(session: Session) -> None:
    document = {"kind": "SK", "number": "1/2026", "date": "2026-03-02", "where_seen": "shown"}
    answer(session, "P15-06", "paperwork", "present", document=document)

    seen = session.snapshot.observations[PAPER_06].document

    assert (seen.kind, seen.number, seen.where_seen) == ("SK", "1/2026", WhereSeen.SHOWN)
    assert seen.dated is not None
    assert seen.known
    with pytest.raises(RecordRefused) as refused:
        answer(session, "P15-06", "practice", "present", document=document)
    assert code_of(refused) == "document_on_practice"


@pytest.mark.parametrize(
    ("indicator", "side", "value", "more", "code"),
    [
        ("P15-99", "practice", "absent", {}, "indicator_unknown"),
        ("P15-06", "practice", "maybe", {}, "answer_unknown"),
        ("P15-06", "practice", "absent", {"respondent": "R1"}, "not_asked_per_respondent"),
    ],
)
def test_what_does_not_fit_the_instrument_is_refused(  # noqa: PLR0917 - a table
    session: Session, indicator: str, side: str, value: str, more: dict[str, str], code: str
) -> None:
    before = session.snapshot

    with pytest.raises(RecordRefused) as refused:
        answer(session, indicator, side, value, **more)

    assert code_of(refused) == code
    assert session.snapshot == before


@pytest.mark.parametrize(
    ("indicator", "side", "more", "code"),
    [
        ("T-01", "paperwork", {"respondent": "R1"}, "side_not_asked"),
        ("T-01", "practice", {}, "respondent_missing"),
        ("T-03", "practice", {"product": "KTP"}, "not_asked_per_product"),
    ],
)
def test_a_side_or_form_that_is_not_asked_is_refused(
    small: Session, indicator: str, side: str, more: dict[str, str], code: str
) -> None:
    with pytest.raises(RecordRefused) as refused:
        record(small, {"indicator": indicator, "side": side, "note": "x", **more})

    assert code_of(refused) == code


def test_undo_takes_back_step_by_step_and_keeps_history(
    workplace: Workplace, session: Session
) -> None:
    first = answer(session, "P15-06", "practice", "absent")
    second = answer(session, "P15-06", "practice", "present")

    _, undone = session.undo()
    assert undone.id == second.event
    assert session.snapshot.observations[PRACTICE_06].answer == "absent"
    _, undone = session.undo()
    assert undone.id == first.event
    assert session.snapshot.observations[PRACTICE_06].answer is None
    with pytest.raises(VisitRefused) as refused:
        session.undo()

    assert code_of(refused) == "nothing_to_undo"
    assert len(list(workplace.store.log.stored(session.visit_id))) == 5


def test_undo_is_refused_where_something_else_touched_the_field(
    application: Application, session: Session
) -> None:
    answer(session, "P15-06", "practice", "absent")
    other = application.open(application.unlock(PASSPHRASE), session.visit_id)
    other._store.log.actor = "another-assessor"
    answer(other, "P15-06", "practice", "present")

    with pytest.raises(VisitRefused) as refused:
        session.undo()

    assert code_of(refused) == "undo_overtaken"


def test_undo_of_a_photo_takes_it_off_but_keeps_the_file(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    session.undo()

    assert not session.snapshot.evidence
    kept = [path.suffix for path in (workplace.store.folder / "evidence").rglob("*.*")]
    assert sorted(kept) == [".original", ".report", ".thumbnail"]


def test_the_same_photo_is_kept_once_and_shared(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    done = attach(session, "P15-14", tmp_path)

    (item,) = session.snapshot.evidence.values()
    assert {key.indicator for key in item.attached_to} == {"P15-06", "P15-14"}
    assert done.indicators == {"P15-06", "P15-14"}
    with pytest.raises(RecordRefused) as refused:
        attach(session, "P15-14", tmp_path)
    assert code_of(refused) == "evidence_already_there"
    assert len(list((workplace.store.folder / "evidence").rglob("*.original"))) == 1


def test_a_photo_whose_event_fails_leaves_no_file(
    workplace: Workplace, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreProblem("disk_full", path="x")

    monkeypatch.setattr(type(workplace.store.log), "append", fail)

    with pytest.raises(StoreProblem):
        attach(session, "P15-06", tmp_path)

    assert not [path for path in (workplace.store.folder / "evidence").rglob("*") if path.is_file()]


def test_a_visit_closes_only_when_every_side_is_settled(
    session: Session, workplace: Workplace
) -> None:
    answer_all(session, absent={"P15-06": "practice"})
    session.undo()

    with pytest.raises(VisitRefused) as refused:
        close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    rules = refused.value.places["rules"]
    assert isinstance(rules, tuple)
    assert {(rule.rule, rule.indicator) for rule in rules} == {
        (CriticalRule.ANSWER_MISSING, "P15-20"),
        (CriticalRule.GAP_WITHOUT_EVIDENCE, "P15-06"),
    }
    assert session.snapshot.visit.state is VisitState.OPEN


def test_a_reason_settles_what_could_not_be_seen_and_what_has_no_photo(
    session: Session, workplace: Workplace
) -> None:
    answer_all(session, absent={"P15-06": "practice"})
    session.undo()
    record(
        session,
        {"indicator": "P15-20", "side": "practice", "not_assessed_reason": "Ruangan terkunci"},
    )
    record(
        session,
        {"indicator": "P15-06", "side": "practice", "no_evidence_reason": "Dilarang memotret"},
    )

    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    assert session.snapshot.visit.state is VisitState.CLOSED


@pytest.mark.parametrize("outcome", [Outcome.ENTRY_REFUSED, Outcome.OFFICE_CLOSED])
def test_a_visit_that_never_began_closes_without_answers(
    session: Session, workplace: Workplace, outcome: Outcome
) -> None:
    now = workplace.store.clock.now()
    close_visit(session, workplace, outcome, departure=now, account="Gerbang terkunci.")

    assert session.snapshot.visit.outcome is outcome


def test_a_closed_visit_refuses_answers_in_the_domain_and_in_the_database(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    stale = Session(workplace.store, session.visit_id, session.instrument)
    complete(session, workplace, tmp_path)

    with pytest.raises(VisitRefused) as refused:
        answer(session, "P15-06", "practice", "present")
    assert code_of(refused) == "visit_not_answerable"
    with pytest.raises(StoreProblem) as stopped:
        answer(stale, "P15-06", "practice", "present")
    assert stopped.value.code == "visit_not_answerable_here"
    with pytest.raises(VisitRefused):
        session.undo()


def test_closing_fixes_the_findings_the_heads_and_the_departure(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)

    heads = workplace.store.log.heads(session.visit_id)
    found = session.findings()
    assert [one.indicator.code for one in found] == ["P15-06", "P15-08", "P15-12"]
    known = session.snapshot.findings[found[0].id]
    assert known.due_set_by == "default"
    assert known.due_date is not None
    assert isinstance(known.advice, dict)
    accepted = heads["visit", "accepted_heads"][0].value
    assert isinstance(accepted, list)
    assert accepted[0][0] == workplace.store.device.id
    assert session.snapshot.visit.departure is not None


def test_a_due_date_that_was_set_is_not_overwritten_by_the_default(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    (finding,) = session.findings()
    session.edit_finding(
        finding.id, {"due_date": "2026-12-01", "due_set_by": "Siti", "advice": "Pasang besok."}
    )
    complete(session, workplace, tmp_path)

    known = session.snapshot.findings[finding.id]

    assert str(known.due_date) == "2026-12-01"
    assert (known.due_set_by, known.advice) == ("Siti", "Pasang besok.")


def test_the_departure_cannot_be_before_the_arrival(session: Session, workplace: Workplace) -> None:
    with pytest.raises(VisitRefused) as refused:
        close_visit(
            session,
            workplace,
            Outcome.STOPPED,
            departure=session.snapshot.visit.arrival - timedelta(minutes=1),
        )

    assert code_of(refused) == "departure_before_arrival"


def test_the_receiver_is_fixed_before_the_document(session: Session) -> None:
    session.begin_exit_talk()
    session.record_receiver(
        Receiver(Declaration.RECEIVED, "Budi", None, "Kepala", Capacity.PLT, "Akan diperbaiki")
    )

    known = session.snapshot.receiver
    assert known is not None
    assert (known.name, known.capacity) == ("Budi", Capacity.PLT)
    session.undo()
    assert session.snapshot.receiver is None


def test_a_void_visit_stays_in_the_store_and_takes_nothing_more(session: Session) -> None:
    with pytest.raises(VisitRefused):
        session.void(" ")
    session.void("Salah kantor")

    assert session.snapshot.visit.state is VisitState.VOIDED
    for verb in (session.begin_exit_talk, session.undo):
        with pytest.raises(VisitRefused):
            verb()
    with pytest.raises(VisitRefused):
        session.record_receiver(Receiver(Declaration.ABSENT))
    with pytest.raises(VisitRefused):
        session.void("sekali lagi")


def test_visits_are_listed_and_found_by_a_part_of_their_id(
    workplace: Workplace, session: Session
) -> None:
    (only,) = all_visits(workplace.store)

    assert only.id == session.visit_id
    assert find_visit(workplace.store, session.visit_id) == session.visit_id
    assert find_visit(workplace.store, session.visit_id[-6:]) == session.visit_id
    with pytest.raises(VisitRefused) as refused:
        find_visit(workplace.store, "nothing")
    assert code_of(refused) == "visit_unknown"


def test_a_part_that_fits_two_visits_is_refused(
    workplace: Workplace, session: Session, small: Session
) -> None:
    common = session.visit_id[:8]
    assert small.visit_id.startswith(common)

    with pytest.raises(VisitRefused) as refused:
        find_visit(workplace.store, common)

    assert code_of(refused) == "visit_ambiguous"


@pytest.mark.parametrize(
    ("change", "instrument", "code"),
    [
        ({"object_type": "polres"}, "2015-pemda", "object_type_unknown"),
        ({}, "2021", "instrument_bounds_only"),
        ({"unit": "  "}, "2015-pemda", "name_missing"),
        ({"team": ["a\x00"]}, "2015-pemda", "text_unprintable"),
    ],
)
def test_a_visit_that_cannot_be_is_not_begun(
    application: Application,
    workplace: Workplace,
    change: dict[str, object],
    instrument: str,
    code: str,
) -> None:
    given: dict[str, object] = {
        "institution": "Kota Ambon",
        "unit": "Dinas",
        "object_type": "opd",
        "kind": VisitKind.UNANNOUNCED,
        "arrival": workplace.store.clock.now(),
        "team": ["Siti"],
    }
    new = NewVisit(**(given | change))  # type: ignore[arg-type]  # a table of wrong values

    with pytest.raises((VisitRefused, RecordRefused)) as refused:
        start_visit(
            workplace.store,
            new,
            application.library.get(instrument),
            library=application.library,
        )

    assert refused.value.code == code
    assert not all_visits(workplace.store)


def test_a_visit_keeps_the_very_file_of_its_instrument(
    application: Application, workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    text = Path("resources/instruments/2015-pemda.yaml").read_text(encoding="utf-8")
    (tmp_path / "2015-pemda.yaml").write_text(text + "\n# changed\n", encoding="utf-8")
    changed = type(application.library)([tmp_path])
    other = Application(
        application.home, application.clock, application.new_id, changed, application.cost
    )

    with pytest.raises(InstrumentFault) as refused:
        other.open(workplace, session.visit_id)

    assert refused.value.code == "instrument_changed"


def test_the_store_knows_who_enrolled(workplace: Workplace) -> None:
    (event,) = [one.event for one in workplace.store.log.stored(STORE)]

    assert event.kind.value == "enrolled"
    assert event.actor == workplace.store.assessor
    assert workplace.profile.zone.key == "Asia/Jayapura"


def test_evidence_on_a_side_that_is_not_asked_is_refused(small: Session, tmp_path: Path) -> None:
    with pytest.raises(RecordRefused):
        attach(small, "T-02", tmp_path, side="practice")


def test_an_entry_may_say_a_reason_only(session: Session) -> None:
    entry = Entry("P15-06", Side.PRACTICE, {"not_assessed_reason": "Terkunci"})

    session.record(entry)

    assert session.snapshot.observations[PRACTICE_06].settled


def test_a_step_upon_a_visit_that_has_moved_on_is_refused(
    application: Application, session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    """Two programs on one store: what the second would close is not what it has seen."""
    answer_all(session)
    stale = application.open(workplace, session.visit_id)
    answer(session, "P15-06", "practice", "absent")

    with pytest.raises(VisitRefused) as refused:
        close_visit(stale, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    assert code_of(refused) == "visit_moved_on"
    with pytest.raises(VisitRefused):
        stale.record_receiver(Receiver(Declaration.ABSENT))

    attach(session, "P15-06", tmp_path)
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    assert len(session.snapshot.findings) == 1


def test_what_could_not_be_assessed_has_no_answer_and_the_other_way_round(
    session: Session,
) -> None:
    answer(session, "P15-06", "practice", "present")
    given = {"indicator": "P15-06", "side": "practice", "not_assessed_reason": "Terkunci"}
    record(session, given)
    assert session.snapshot.observations[PRACTICE_06].answer is None

    answer(session, "P15-06", "practice", "present")
    assert session.snapshot.observations[PRACTICE_06].not_assessed_reason is None
    with pytest.raises(RecordRefused) as refused:
        record(session, {**given, "answer": "present"})
    assert code_of(refused) == "answer_and_reason"


def test_an_undone_respondent_is_not_asked_for_any_more(small: Session) -> None:
    answer(small, "T-01", "practice", "4", respondent="R1")
    answer(small, "T-01", "practice", "0", respondent="Salah orang")
    small.undo()

    missing = {rule.indicator for rule in small.open_rules(Outcome.COMPLETED)}

    assert "T-01" not in missing


def test_a_name_typed_on_another_keyboard_is_the_same_product(session: Session) -> None:
    answer(session, "P15-05", "practice", "present", product="Caf\u00e9")
    answer(session, "P15-04", "practice", "present", product="Cafe\u0301")

    assert len(session.snapshot.products) == 1


def test_a_mystery_visit_has_no_exit_talk(workplace: Workplace, application: Application) -> None:
    new = NewVisit(
        institution="Kota Ambon",
        unit="Dinas",
        object_type="opd",
        kind=VisitKind.MYSTERY,
        arrival=workplace.store.clock.now(),
        team=["Siti"],
    )
    visit = start_visit(
        workplace.store,
        new,
        application.library.get("2015-pemda"),
        library=application.library,
    )

    with pytest.raises(VisitRefused) as refused:
        application.open(workplace, visit).begin_exit_talk()

    assert code_of(refused) == "exit_talk_not_in_mystery"


def test_a_product_whose_answer_is_cleared_takes_the_whole_units_again(session: Session) -> None:
    answer_all(session)
    before = session.scores()[Basis.OFFICIAL].points
    answer(session, "P15-15", "practice", "absent", product="KTP-el")
    record(
        session,
        {"indicator": "P15-15", "side": "practice", "answer": None, "product": "KTP-el"},
    )

    assert session.scores()[Basis.OFFICIAL].points == before


def test_what_is_missing_names_the_product(session: Session, workplace: Workplace) -> None:
    answer(session, "P15-05", "practice", "absent", product="KTP-el")

    with pytest.raises(VisitRefused) as refused:
        close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    assert "P15-05 [KTP-el]" in refusal(refused.value, Language.INDONESIAN)


def test_what_is_said_of_a_product_is_kept_beside_the_whole_units_answer(
    session: Session,
) -> None:
    answer_all(session, absent={"P15-06": "practice"})
    given = {"indicator": "P15-06", "side": "practice", "product": "KTP-el"}
    record(session, {**given, "note": "Hanya loket 2", "no_evidence_reason": "Dilarang memotret"})
    (product,) = session.snapshot.products

    seen = session.snapshot.observation(PRACTICE_06._replace(product=product))

    assert (seen.answer, seen.note) == ("absent", "Hanya loket 2")
    assert not session.open_rules(Outcome.COMPLETED)


def test_a_due_date_counts_from_the_day_where_the_assessor_is(
    application: Application, workplace: Workplace
) -> None:
    """At 20.00 on 22 November in UTC the visit begins on the 23rd in Ambon."""
    new = NewVisit(
        institution="Kota Ambon",
        unit="Dinas",
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=datetime(2026, 11, 22, 20, tzinfo=UTC),
        team=["Siti"],
    )
    visit = start_visit(
        workplace.store,
        new,
        application.library.get("2015-pemda"),
        library=application.library,
    )
    session = application.open(workplace, visit)
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")

    with pytest.raises(RecordRefused) as refused:
        edit_finding(session, workplace, "P15-06", FindingEdit(due=date(2026, 11, 22)))
    edit_finding(session, workplace, "P15-06", FindingEdit(due=date(2026, 11, 23)))

    assert code_of(refused) == "due_before_visit"
    (known,) = session.snapshot.findings.values()
    assert (known.due_date, known.due_set_by) == (date(2026, 11, 23), workplace.profile.name)


def test_what_holds_already_is_not_recorded_again(workplace: Workplace, session: Session) -> None:
    """The same digit pressed twice is taken back by one undo."""
    first = answer(session, "P15-06", "practice", "absent", note="Café")
    before = workplace.store.log.stream_heads(session.visit_id)

    again = answer(session, "P15-06", "practice", "absent", note="Cafe\u0301 ")

    assert (again.event, again.indicators) == (None, frozenset())
    assert workplace.store.log.stream_heads(session.visit_id) == before
    assert session.next_undo is not None
    assert session.next_undo.id == first.event
    session.undo()
    assert session.snapshot.observation(PRACTICE_06).answer is None


def test_of_an_answer_only_what_differs_is_recorded(workplace: Workplace, session: Session) -> None:
    answer(session, "P15-06", "practice", "absent", note="x")

    answer(session, "P15-06", "practice", "absent", note="y")

    *_, event = [one.event for one in workplace.store.log.stored(session.visit_id)]
    assert [(one.field, one.after) for one in event.changes] == [("note", "y")]


def test_a_finding_and_a_receiver_that_stay_the_same_are_not_recorded_again(
    workplace: Workplace, session: Session
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    edit, head = FindingEdit(owner="Kepala Loket"), Receiver(Declaration.RECEIVED, "Budi")
    assert edit_finding(session, workplace, "P15-06", edit).event
    assert session.record_receiver(head).event

    assert edit_finding(session, workplace, "P15-06", edit).event is None
    assert session.record_receiver(replace(head, name=" Budi ")).event is None
    assert session.record_receiver(replace(head, name="Rina")).event


def test_what_holds_no_more_in_another_program_is_recorded(
    application: Application, workplace: Workplace, session: Session
) -> None:
    """The assessor sees “absent” and says so again: that is what has to hold."""
    answer(session, "P15-06", "practice", "absent")
    other = application.open(workplace, session.visit_id)
    answer(other, "P15-06", "practice", "present")

    done = answer(session, "P15-06", "practice", "absent")

    assert done.event
    assert session.snapshot.observation(PRACTICE_06).answer == "absent"
