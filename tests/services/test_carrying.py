"""What an earlier visit left open is looked at by the next one, and answers nothing there."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import SteppingClock
from tests.services.test_follow_up import follow, settle, shut
from tests.visiting import answer, answer_all, attach

from assessor_app.domain.follow_up import FollowUpStanding as Now
from assessor_app.domain.visit import Outcome, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.carrying import carried, carried_at, carried_items
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit

OPEN = {"P15-06": "practice", "P15-08": "paperwork", "P15-12": "both"}


@pytest.fixture
def assessed(session: Session, workplace: Workplace, tmp_path: Path) -> Session:
    answer_all(session, absent=OPEN)
    attach(session, "P15-06", tmp_path, colour="teal")
    attach(session, "P15-08", tmp_path, colour="navy")
    shut(session, workplace)
    return session


def codes(workplace: Workplace, library: Library, session: Session) -> list[str]:
    return [one.indicator for one in carried_items(workplace, library, session)]


def test_a_visit_that_follows_none_carries_nothing(
    session: Session, workplace: Workplace, library: Library
) -> None:
    assert carried_items(workplace, library, session) == ()
    assert carried(workplace, library, session) == ()
    assert carried_at(workplace, library, session, "P15-06") == ()


def test_coaching_is_told_what_the_assessment_left_open_and_asks_everything(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    coaching = follow(workplace, library, assessed, kind=VisitKind.COACHING)

    found = carried(workplace, library, coaching)

    assert [one.item.indicator for one in found] == list(OPEN)
    assert {one.standing for one in found} == {Now.NOT_LOOKED_AT}
    assert not coaching.snapshot.observations
    assert all(one.asked for one in coaching.compared())
    assert coaching.scores()
    answer(coaching, "P15-06", "paperwork", "present")
    answer(coaching, "P15-06", "practice", "present")
    (pledge,) = carried_at(workplace, library, coaching, "P15-06")
    assert pledge.standing is Now.REPAIRED
    assert carried_at(workplace, library, coaching, "P15-01") == ()


def test_the_assessment_after_coaching_carries_what_neither_has_seen_repaired(
    assessed: Session, workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    """Coaching looked at one of three: of the others the assessment's word holds."""
    coaching = follow(workplace, library, assessed, kind=VisitKind.COACHING)
    settle(coaching, {"P15-06": ""})
    close_visit(
        *(coaching, workplace, Outcome.INTERRUPTED),
        departure=clock.now(),
        account="Waktu habis.",
    )
    clock.moment += timedelta(days=30)

    again = follow(workplace, library, coaching, kind=VisitKind.UNANNOUNCED)

    assert codes(workplace, library, again) == ["P15-08", "P15-12"]
    items = carried_items(workplace, library, again)
    assert {one.found_at for one in items} == {assessed.snapshot.visit.arrival}


def test_a_visit_before_that_is_open_void_or_missing_leaves_nothing(
    session: Session, workplace: Workplace, library: Library
) -> None:
    after_open = follow(workplace, library, session, kind=VisitKind.COACHING)
    assert codes(workplace, library, after_open) == []
    answer_all(session, absent={"P15-12": "both"})
    shut(session, workplace)
    read_again = open_session(workplace.store, after_open.visit_id, library)
    assert codes(workplace, library, read_again) == ["P15-12"]

    session.void("Salah kantor")
    after_void = open_session(workplace.store, after_open.visit_id, library)
    nowhere = "00000000-0000-7000-8000-000000000000"
    missing = follow(workplace, library, nowhere, kind=VisitKind.COACHING)

    assert codes(workplace, library, after_void) == []
    assert codes(workplace, library, missing) == []


def test_products_are_carried_by_their_names(
    session: Session, workplace: Workplace, library: Library
) -> None:
    answer_all(session)
    code = next(one.code for one in session.instrument.indicators() if one.asked == "per_product")
    for side in session.instrument.indicator(code).sides:
        answer(session, code, side.value, "absent", product="KTP-el")
    shut(session, workplace)
    coaching = follow(workplace, library, session, kind=VisitKind.COACHING)
    (before,) = carried_items(workplace, library, coaching)
    for side in session.instrument.indicator(code).sides:
        answer(coaching, code, side.value, "present", product="ktp-EL")

    (after,) = carried(workplace, library, coaching)

    assert before.product == after.item.product
    assert after.standing is Now.REPAIRED
