"""What contradicts in a visit: shown, never in the way of closing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.visiting import answer, answer_all, attach, record

from assessor_app.domain.doubts import Doubt, DoubtKind, doubts
from assessor_app.domain.instrument import Side
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit

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
