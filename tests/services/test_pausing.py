"""A visit that is interrupted and resumed: its sessions, and how it ends."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import SteppingClock
from tests.visiting import PASSPHRASE, answer, answer_all, attach

from assessor_app.compose import Application
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import Declaration, Outcome, Receiver, VisitState
from assessor_app.services.enrolment import Workplace
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit

HOUR = timedelta(hours=1)


def refused(verb: Callable[[], object]) -> str:
    with pytest.raises(VisitRefused) as caught:
        verb()
    return caught.value.code


def test_a_pause_ends_a_session_and_a_resumption_begins_the_next(
    application: Application, session: Session
) -> None:
    arrival = session.snapshot.visit.arrival

    session.pause("Jam istirahat", at=arrival + HOUR)
    assert session.snapshot.paused
    session.resume(at=arrival + 20 * HOUR)

    first, second = session.snapshot.sessions
    assert (first.number, first.began, first.ended) == (1, arrival, arrival + HOUR)
    assert first.why == "Jam istirahat"
    assert (second.number, second.began, second.ended) == (2, arrival + 20 * HOUR, None)
    assert not session.snapshot.paused
    again = application.open(application.unlock(PASSPHRASE), session.visit_id)
    assert again.snapshot == session.snapshot


def test_the_event_of_a_pause_says_why(session: Session, workplace: Workplace) -> None:
    session.pause("  Rapat mendadak\n", at=workplace.store.clock.now())

    *_, event = [one.event for one in workplace.store.log.stored(session.visit_id)]

    assert (event.kind.value, event.reason) == ("paused", "Rapat mendadak")


def test_a_paused_visit_takes_nothing_until_it_is_resumed(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    session.undo()
    session.redo()
    session.pause("Jam istirahat", at=workplace.store.clock.now())
    before = session.snapshot

    verbs: tuple[Callable[[], object], ...] = (
        lambda: answer(session, "P15-07", "practice", "absent"),
        lambda: attach(session, "P15-06", tmp_path),
        lambda: edit_finding(session, workplace, "P15-06", FindingEdit(owner="Kepala")),
        session.undo,
        session.redo,
        session.begin_exit_talk,
        lambda: session.record_receiver(Receiver(Declaration.ABSENT)),
        lambda: session.pause("lagi", at=workplace.store.clock.now()),
    )

    assert [refused(verb) for verb in verbs] == ["visit_paused"] * len(verbs)
    assert session.snapshot == before
    assert (session.next_undo, session.next_redo) == (None, None)
    session.resume(at=workplace.store.clock.now())
    assert session.next_undo is not None
    answer(session, "P15-07", "practice", "absent")


def test_a_pause_needs_a_reason_and_a_possible_time(session: Session) -> None:
    arrival = session.snapshot.visit.arrival

    assert refused(lambda: session.pause(" ", at=arrival)) == "reason_missing"
    assert refused(lambda: session.pause("x", at=arrival - HOUR)) == "pause_too_early"
    assert refused(lambda: session.resume(at=arrival)) == "visit_not_paused"
    session.pause("x", at=arrival + HOUR)
    assert refused(lambda: session.resume(at=arrival)) == "resumed_before_pause"
    session.resume(at=arrival + 3 * HOUR)
    assert refused(lambda: session.pause("x", at=arrival + 2 * HOUR)) == "pause_too_early"


def test_closing_ends_the_last_session_not_the_first(
    session: Session, workplace: Workplace, clock: SteppingClock
) -> None:
    answer_all(session)
    session.pause("Jam istirahat", at=clock.now())
    clock.moment += HOUR
    session.resume(at=clock.now())
    left = clock.now()

    close_visit(session, workplace, Outcome.COMPLETED, departure=left)

    first, second = session.snapshot.sessions
    assert first.why == "Jam istirahat"
    assert first.ended is not None
    assert first.ended < left
    assert (second.ended, second.why) == (left, None)
    assert session.snapshot.visit.departure == left
    assert not session.snapshot.paused


def test_a_paused_visit_may_be_closed_and_keeps_when_it_paused(
    session: Session, workplace: Workplace
) -> None:
    arrival = session.snapshot.visit.arrival
    session.pause("Listrik padam", at=arrival + HOUR)

    def close_at(hours: int) -> object:
        departure = arrival + hours * HOUR
        return close_visit(
            session, workplace, Outcome.INTERRUPTED, departure=departure, account="Masih padam."
        )

    assert refused(lambda: close_at(0)) == "departure_before_session"
    close_at(2)

    (only,) = session.snapshot.sessions
    assert (only.ended, only.why) == (arrival + HOUR, "Listrik padam")
    assert session.snapshot.visit.departure == arrival + 2 * HOUR


def test_a_visit_cannot_end_before_it_was_resumed(session: Session, workplace: Workplace) -> None:
    arrival = session.snapshot.visit.arrival
    session.pause("x", at=arrival + HOUR)
    session.resume(at=arrival + 5 * HOUR)

    code = refused(
        lambda: close_visit(session, workplace, Outcome.STOPPED, departure=arrival + 2 * HOUR)
    )

    assert code == "departure_before_session"
    assert session.snapshot.visit.state is VisitState.OPEN


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.COMPLETED])
def test_what_happened_is_kept_where_a_visit_was_not_completed(
    session: Session, workplace: Workplace, outcome: Outcome
) -> None:
    told = "Satpam menutup gerbang.\nKami menunggu satu jam."

    close_visit(
        session, workplace, outcome, departure=workplace.store.clock.now(), account=f" {told} "
    )

    *_, event = [one.event for one in workplace.store.log.stored(session.visit_id)]
    assert session.snapshot.account == told
    assert session.snapshot.sessions[-1].why is None
    assert event.reason == told
    assert not workplace.store.rebuild().differences


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.COMPLETED])
@pytest.mark.parametrize("account", [None, " \n "])
def test_a_visit_that_was_not_completed_closes_only_with_what_happened(
    session: Session, workplace: Workplace, outcome: Outcome, account: str | None
) -> None:
    now = workplace.store.clock.now()

    code = refused(lambda: close_visit(session, workplace, outcome, departure=now, account=account))

    assert code == "account_missing"
    assert session.snapshot.visit.state is VisitState.OPEN


def test_a_completed_visit_takes_no_account_and_loses_none(
    session: Session, workplace: Workplace
) -> None:
    answer_all(session)
    now = workplace.store.clock.now()

    code = refused(
        lambda: close_visit(session, workplace, Outcome.COMPLETED, departure=now, account="x")
    )
    close_visit(session, workplace, Outcome.COMPLETED, departure=now, account="  ")

    assert code == "account_not_asked"
    assert session.snapshot.account is None


def test_a_pause_upon_a_visit_that_has_moved_on_is_refused(
    application: Application, session: Session, workplace: Workplace
) -> None:
    stale = application.open(workplace, session.visit_id)
    answer(session, "P15-06", "practice", "absent")

    assert refused(lambda: stale.pause("x", at=workplace.store.clock.now())) == "visit_moved_on"


def test_an_answer_after_another_programs_shows_both(
    application: Application, session: Session, workplace: Workplace
) -> None:
    """Two windows on one visit: whoever writes after the other one sees what it wrote."""
    other = application.open(workplace, session.visit_id)
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")

    done = answer(other, "P15-07", "practice", "absent")

    assert other.snapshot == application.open(workplace, session.visit_id).snapshot
    assert "P15-06" in done.indicators
    assert [one.indicator.code for one in other.findings()] == ["P15-06"]
