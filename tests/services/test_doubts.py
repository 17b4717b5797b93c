"""What contradicts in a visit: shown, never in the way of closing."""

from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import begin
from tests.services.test_follow_up import follow
from tests.visiting import answer, answer_all, attach, record

from assessor_app.domain.components import Component
from assessor_app.domain.doubts import Doubt, DoubtKind, doubts
from assessor_app.domain.instrument import Side
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.objections import told_doubt
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

PAPER, PRACTICE = Side.PAPERWORK, Side.PRACTICE


def found(session: Session, *, hours: int = 1) -> tuple[Doubt, ...]:
    return session.doubts(session.snapshot.visit.arrival + timedelta(hours=hours))


def test_a_visit_without_contradictions_has_no_doubts(session: Session) -> None:
    answer_all(session)

    assert not found(session)


def test_paper_that_is_absent_has_no_number(session: Session) -> None:
    answer(session, "P15-06", "paperwork", "absent", document={"signatory": "Kepala"})
    assert not found(session)
    answer(session, "P15-06", "paperwork", "absent", document={"number": "1/2026"})

    assert found(session) == (Doubt(DoubtKind.PAPER_ABSENT_WITH_DOCUMENT, "P15-06", PAPER),)


def test_what_was_observed_lies_within_the_visit(session: Session) -> None:
    arrival = session.snapshot.visit.arrival
    for code, minutes in (("P15-06", -5), ("P15-07", 30), ("P15-08", 90)):
        moment = (arrival + timedelta(minutes=minutes)).isoformat()
        answer(session, code, "practice", "present", observed_at=moment)
    minute = arrival.replace(second=0, microsecond=0).isoformat()
    answer(session, "P15-09", "practice", "present", observed_at=minute)

    outside = DoubtKind.OBSERVED_OUTSIDE_VISIT
    assert found(session) == (
        Doubt(outside, "P15-06", PRACTICE),
        Doubt(outside, "P15-08", PRACTICE),
    )
    assert found(session, hours=2) == (Doubt(outside, "P15-06", PRACTICE),)


def test_a_photo_from_long_before_the_visit_is_doubted(session: Session, tmp_path: Path) -> None:
    attach(session, "P15-06", tmp_path)
    (photo,) = session.snapshot.evidence.values()
    arrival = session.snapshot.visit.arrival

    def at(hours: int) -> tuple[Doubt, ...]:
        claimed = replace(photo, captured_at=arrival - timedelta(hours=hours))
        snapshot = replace(session.snapshot, evidence={photo.id: claimed})
        return doubts(snapshot, session.compared(), instrument=session.instrument, now=arrival)

    assert not at(11)
    assert at(13) == (Doubt(DoubtKind.PHOTO_OUTSIDE_VISIT, "P15-06", PRACTICE),)


def test_a_gap_says_why_in_a_note_on_either_side(session: Session, workplace: Workplace) -> None:
    answer_all(session, absent={"P15-06": "practice"})
    assert found(session) == (Doubt(DoubtKind.GAP_WITHOUT_NOTE, "P15-06"),)
    record(
        session,
        {"indicator": "P15-06", "side": "paperwork", "no_evidence_reason": "Dilarang memotret"},
    )

    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    assert found(session) == (Doubt(DoubtKind.GAP_WITHOUT_NOTE, "P15-06"),)


def test_a_note_ends_the_doubt_and_products_are_named(session: Session) -> None:
    answer(session, "P15-05", "paperwork", "present")
    answer(session, "P15-05", "practice", "absent", product="KTP-el")
    assert found(session) == (Doubt(DoubtKind.GAP_WITHOUT_NOTE, "P15-05", None, "KTP-el"),)

    record(session, {"indicator": "P15-05", "side": "paperwork", "note": "Lihat papan"})

    assert not found(session)


def test_doubts_come_in_the_order_of_the_checklist(session: Session) -> None:
    early = (session.snapshot.visit.arrival - timedelta(hours=1)).isoformat()
    answer(session, "P15-09", "paperwork", "absent", document={"number": "1"})
    answer(session, "P15-04", "practice", "present", observed_at=early)

    assert [doubt.indicator for doubt in found(session)] == ["P15-04", "P15-09"]


def test_gaps_are_doubted_as_they_were_compared(session: Session) -> None:
    """What the session has compared once is not compared again at every look."""
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    now = session.snapshot.visit.arrival

    assert [one.kind for one in found(session)] == [DoubtKind.GAP_WITHOUT_NOTE]
    assert not doubts(session.snapshot, (), instrument=session.instrument, now=now)


def kinds_of(session: Session, *, hours: int = 1) -> set[DoubtKind]:
    return {one.kind for one in found(session, hours=hours)}


@pytest.fixture
def kinds(workplace: Workplace, library: Library) -> Session:
    return open_session(workplace.store, begin(workplace, library.get("kinds"), library), library)


def test_a_document_of_the_future_or_of_long_ago_is_doubted(session: Session) -> None:
    def dated(day: str) -> set[DoubtKind]:
        answer(session, "P15-06", "paperwork", "present", document={"date": day})
        return kinds_of(session)

    assert dated("2026-11-22") == set()  # the day of the visit
    assert dated("2026-11-25") == {DoubtKind.DOCUMENT_IN_FUTURE}
    assert dated("2021-12-01") == set()
    assert dated("2020-11-01") == {DoubtKind.DOCUMENT_OLD}


def test_a_photo_from_long_after_the_visit_is_doubted(session: Session, tmp_path: Path) -> None:
    attach(session, "P15-06", tmp_path)
    (photo,) = session.snapshot.evidence.values()
    now = session.snapshot.visit.arrival + timedelta(hours=2)

    def at(hours: int) -> tuple[Doubt, ...]:
        claimed = replace(photo, captured_at=now + timedelta(hours=hours))
        snapshot = replace(session.snapshot, evidence={photo.id: claimed})
        return doubts(snapshot, session.compared(), instrument=session.instrument, now=now)

    assert not at(11)
    assert at(13) == (Doubt(DoubtKind.PHOTO_AFTER_VISIT, "P15-06", PRACTICE),)


def test_an_address_that_carries_nothing_does_not_fulfil_anything(
    session: Session, tmp_path: Path
) -> None:
    answer(session, "P15-07", "paperwork", "present")
    answer(session, "P15-07", "practice", "present")
    attach(session, "P15-07", tmp_path)
    (photo,) = session.snapshot.evidence.values()

    def with_components(*seen: Component) -> tuple[Doubt, ...]:
        snapshot = replace(session.snapshot, evidence={photo.id: replace(photo, components=seen)})
        now = session.snapshot.visit.arrival
        return doubts(snapshot, session.compared(), instrument=session.instrument, now=now)

    assert not found(session)  # nobody looked for components
    assert with_components() == (Doubt(DoubtKind.EVIDENCE_CARRIES_NOTHING, "P15-07", PRACTICE),)
    (some,) = with_components(Component.FEE, Component.PRODUCT, Component.LEGAL_BASIS)
    assert (some.kind, some.asked, some.wanted) == (DoubtKind.COMPONENTS_NOT_SEEN, 2, 6)
    assert not with_components(*Component)


def test_channels_that_nobody_answers_speak_against_the_answer(session: Session) -> None:
    def tried(address: str, result: str | None, *, practice: str) -> set[DoubtKind]:
        answer(session, "P15-13", "paperwork", practice)
        answer(session, "P15-13", "practice", practice)
        given = {"channel": "phone", "address": address, "indicator": "P15-13"}
        told = {"way": "called", "result": result} if result else {}
        for trial in session.snapshot.trials:
            session.record_trial({"channel": None}, zone=UTC, trial=trial.id)
        session.record_trial({**given, **told}, zone=UTC)
        return kinds_of(session)

    assert tried("0911-352123", None, practice="present") == set()
    assert tried("0911-352123", "waiting", practice="present") == set()
    assert tried("0911-352123", "answered", practice="present") == set()
    assert tried("0911-352123", "no_answer", practice="present") == {DoubtKind.TRIALS_FAILED}
    assert tried("112", "answered", practice="present") == {DoubtKind.CHANNELS_NOT_OWN}
    assert tried("0911-352123", "answered", practice="absent") == {DoubtKind.TRIAL_REACHED}


def test_a_watch_speaks_against_a_promise_that_was_said_to_be_kept(kinds: Session) -> None:
    answer(kinds, "K-08", "paperwork", "30")
    answer(kinds, "K-08", "practice", "25")
    timing = {"indicator": "K-08", "started_at": kinds.snapshot.visit.arrival.isoformat()}

    kinds.record_timing({**timing, "seconds": 20 * 60}, zone=UTC)
    assert DoubtKind.TIME_PROMISE_BROKEN not in kinds_of(kinds)
    for minutes in (120, 130):
        kinds.record_timing({**timing, "seconds": minutes * 60}, zone=UTC)

    assert DoubtKind.TIME_PROMISE_BROKEN in kinds_of(kinds)
    answer(kinds, "K-08", "practice", "200")
    assert not kinds_of(kinds) & {DoubtKind.TIME_PROMISE_BROKEN, DoubtKind.TIME_PROMISE_KEPT}


def test_officers_and_users_who_say_otherwise_are_doubted(kinds: Session) -> None:
    """Asked the same: the mean of all would say that it is nearly right."""
    voices = (("K-1", "kepala", "5"), ("P-1", "petugas-loket", "5"), ("U-1", "pengguna", "1"))
    for name, post, given in voices[:2]:
        answer(kinds, "K-11", "practice", given, respondent=name, post=post)
    assert DoubtKind.OFFICERS_AGAINST_USERS not in kinds_of(kinds)

    name, post, given = voices[2]
    answer(kinds, "K-11", "practice", given, respondent=name, post=post)

    assert DoubtKind.OFFICERS_AGAINST_USERS in kinds_of(kinds)


def test_what_paper_claims_and_those_who_were_asked_deny_is_doubted(kinds: Session) -> None:
    answer(kinds, "K-11", "practice", "1", respondent="U-1", post="pengguna")
    answer(kinds, "K-11", "practice", "1", respondent="P-1", post="petugas-loket")
    compared = [
        replace(one, paper=Decimal(1)) if one.indicator.code == "K-11" else one
        for one in kinds.compared()
    ]
    now = kinds.snapshot.visit.arrival

    found = doubts(kinds.snapshot, compared, instrument=kinds.instrument, now=now)

    of_voices = {one.kind for one in found if one.indicator == "K-11"}
    assert {DoubtKind.USERS_AGAINST_PAPER, DoubtKind.OFFICERS_AGAINST_PAPER} <= of_voices


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(DoubtKind))
def test_every_doubt_has_its_sentence(kind: DoubtKind, language: Language) -> None:
    sentence = told_doubt(Doubt(kind, "P15-06", PRACTICE, asked=2, wanted=6), language)

    assert "{" not in sentence


def test_of_a_document_that_is_absent_no_date_is_doubted(session: Session) -> None:
    dated = {"date": "1999-01-01"}
    answer(session, "P15-06", "paperwork", "present", document=dated)
    assert kinds_of(session) == {DoubtKind.DOCUMENT_OLD}

    answer(session, "P15-06", "paperwork", "absent", document=dated)

    assert not kinds_of(session)


def test_a_follow_up_misses_no_interviews_that_it_does_not_ask(
    kinds: Session, workplace: Workplace, library: Library
) -> None:
    answer(kinds, "K-10", "practice", "1", respondent="K-1", post="kepala")
    assert DoubtKind.POST_NOT_INTERVIEWED in kinds_of(kinds)
    answer(kinds, "K-06", "practice", "3")
    record(kinds, {"indicator": "K-10", "side": "practice", "answer": "1", "respondent": "K-1"})
    now = workplace.store.clock.now()
    close_visit(kinds, workplace, Outcome.STOPPED, departure=now, account="Diminta pergi.")
    visit = follow(workplace, library, kinds, instrument="kinds")

    asked = {code for code, _ in visit.snapshot.followed}
    missed = {one.indicator for one in found(visit)}

    assert missed <= asked
    assert "K-11" not in missed


def test_answers_that_contradict_what_was_said_of_the_other_side_are_doubted(
    kinds: Session,
) -> None:
    answer(kinds, "K-03", "practice", "monthly")
    assert not kinds_of(kinds) & {DoubtKind.ANSWERED_THOUGH_NOT_APPLICABLE}
    record(
        kinds,
        {"indicator": "K-03", "side": "paperwork", "not_applicable_reason": "Tidak ada unit."},
    )
    assert DoubtKind.ANSWERED_THOUGH_NOT_APPLICABLE in kinds_of(kinds)

    answer(kinds, "K-08", "practice", "30")
    assert DoubtKind.NO_PROMISE_TO_KEEP in kinds_of(kinds)
    answer(kinds, "K-08", "paperwork", "30")
    assert DoubtKind.NO_PROMISE_TO_KEEP not in kinds_of(kinds)
