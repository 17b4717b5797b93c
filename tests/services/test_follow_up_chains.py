"""What became of findings of every kind of answer, and over chains of visits that go astray."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import SteppingClock, begin
from tests.services.test_follow_up import assessed, follow, later, settle, shut, stand
from tests.visiting import answer, attach, record

from assessor_app.domain.closing import CriticalRule
from assessor_app.domain.follow_up import FollowUpStanding as Now
from assessor_app.domain.owed import Owed, left_by, owed
from assessor_app.domain.visit import Outcome, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.carrying import carried, carried_at
from assessor_app.services.enrolment import Workplace
from assessor_app.services.findings import DueBy, FindingEdit, edit_finding
from assessor_app.services.follow_up import items_of, moved_since
from assessor_app.services.following import still_owed
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit

__all__ = ["assessed"]  # the fixture

PAPER, PRACTICE = "paperwork", "practice"
PARTS = (
    *("persyaratan", "prosedur", "waktu", "biaya", "produk", "pengaduan", "dasar", "sarana"),
    *("kompetensi", "pengawasan", "jumlah", "jaminan", "keamanan", "evaluasi"),
)

# Of each kind of answer: indicator, what falls short, what half repairs it, what repairs it.
KINDS: tuple[tuple[str, Mapping[str, object], Mapping[str, object], Mapping[str, object]], ...] = (
    ("K-03", {PAPER: "monthly", PRACTICE: "never"}, {PRACTICE: "quarterly"}, {PRACTICE: "monthly"}),
    ("K-04", {PRACTICE: "none-at-all"}, {PRACTICE: "shared"}, {PRACTICE: "separate"}),
    ("K-05", {PAPER: 10, PRACTICE: 0}, {PRACTICE: 4}, {PRACTICE: 5}),
    ("K-06", {PRACTICE: 3}, {PRACTICE: 19}, {PRACTICE: 20}),
    ("K-07", {PAPER: "3", PRACTICE: "9"}, {PRACTICE: "3.5"}, {PRACTICE: "3"}),
    ("K-08", {PAPER: "30", PRACTICE: "90"}, {PRACTICE: "60"}, {PRACTICE: "30"}),
    (
        "K-09",
        {PAPER: list(PARTS), PRACTICE: ["biaya"]},
        {PRACTICE: list(PARTS[1:])},
        {PRACTICE: list(PARTS)},
    ),
)


def end(session: Session, workplace: Workplace, outcome: Outcome = Outcome.INTERRUPTED) -> None:
    """Close a visit of which not all was asked; of no gap there is a photo."""
    for rule in session.open_rules(outcome):
        if rule.rule is CriticalRule.GAP_WITHOUT_EVIDENCE:
            reason = {"side": PRACTICE, "no_evidence_reason": "Dilarang memotret"}
            product = {"product": rule.product_name} if rule.product_name else {}
            record(session, {"indicator": rule.indicator, **reason, **product})
    now = workplace.store.clock.now()
    close_visit(session, workplace, outcome, departure=now, account="Listrik padam.")


def begun(workplace: Workplace, library: Library) -> Session:
    visit = begin(workplace, library.get("kinds"), library)
    return open_session(workplace.store, visit, library)


def tell(session: Session, code: str, answers: Mapping[str, object], **more: object) -> None:
    for side, value in answers.items():
        record(session, {"indicator": code, "side": side, "answer": value, **more})


def follow_kinds(
    workplace: Workplace, library: Library, before: Session, kind: VisitKind = VisitKind.FOLLOW_UP
) -> Session:
    return follow(workplace, library, before, instrument="kinds", kind=kind)


@pytest.mark.parametrize(("code", "short", "half", "whole"), KINDS, ids=[one[0] for one in KINDS])
def test_what_was_found_is_repaired_only_in_full_whatever_kind_of_answer_it_has(
    *,
    workplace: Workplace,
    library: Library,
    clock: SteppingClock,
    code: str,
    short: Mapping[str, object],
    half: Mapping[str, object],
    whole: Mapping[str, object],
) -> None:
    before = begun(workplace, library)
    tell(before, code, short)
    end(before, workplace)
    later(clock, days=10)
    visit = follow_kinds(workplace, library, before)
    assert stand(visit, workplace) == {code: Now.NOT_LOOKED_AT}

    if PAPER in short:
        tell(visit, code, {PAPER: short[PAPER]})
        assert stand(visit, workplace) == {code: Now.NOT_LOOKED_AT}
    tell(visit, code, short)
    assert stand(visit, workplace) == {code: Now.STILL_OPEN}
    tell(visit, code, half)
    assert stand(visit, workplace) == {code: Now.STILL_OPEN}
    tell(visit, code, whole)
    assert stand(visit, workplace) == {code: Now.REPAIRED}


def test_interviews_are_repaired_once_everybody_who_was_asked_says_so(
    workplace: Workplace, library: Library
) -> None:
    """A mean that is full of those who answered says nothing of those who did not yet."""
    before = begun(workplace, library)
    answer(before, "K-11", PRACTICE, "1", respondent="U-1", post="pengguna")
    end(before, workplace)
    visit = follow_kinds(workplace, library, before)
    assert stand(visit, workplace) == {"K-11": Now.NOT_LOOKED_AT}  # nobody was asked

    answer(visit, "K-11", PRACTICE, "5", respondent="U-1", post="pengguna")
    answer(visit, "K-11", PRACTICE, "4", respondent="U-2", post="pengguna")
    assert stand(visit, workplace) == {"K-11": Now.STILL_OPEN}
    answer(visit, "K-11", PRACTICE, "5", respondent="U-2", post="pengguna")

    assert stand(visit, workplace) == {"K-11": Now.REPAIRED}


def test_of_two_services_each_stands_for_itself(workplace: Workplace, library: Library) -> None:
    before = begun(workplace, library)
    for name in ("KTP-el", "Akta"):
        tell(before, "K-04", {PRACTICE: "none-at-all"}, product=name)
    end(before, workplace)
    visit = follow_kinds(workplace, library, before)
    tell(visit, "K-04", {PRACTICE: "separate"}, product="KTP-el")

    found = {
        visit.snapshot.products[one.item.product]: one.standing
        for one in items_of(visit, workplace)
    }
    end(visit, workplace)

    assert found == {"Akta": Now.NOT_LOOKED_AT, "KTP-el": Now.REPAIRED}
    (still,) = still_owed(workplace.store, library, before.visit_id)
    assert (still.indicator, still.product) == ("K-04", "Akta")


def test_what_was_found_of_the_whole_unit_is_owed_no_more_once_each_service_was_seen(
    workplace: Workplace, library: Library
) -> None:
    """A later visit names the services that the one before did not ask for."""
    before = begun(workplace, library)
    tell(before, "K-04", {PRACTICE: "none-at-all"})
    end(before, workplace)
    coaching = follow_kinds(workplace, library, before, VisitKind.COACHING)
    tell(coaching, "K-04", {PRACTICE: "separate"}, product="KTP-el")
    tell(coaching, "K-04", {PRACTICE: "shared"}, product="Akta")
    end(coaching, workplace)

    (still,) = still_owed(workplace.store, library, before.visit_id)
    assert (still.product, still.found_at) == ("Akta", before.snapshot.visit.arrival)
    again = follow_kinds(workplace, library, before, VisitKind.COACHING)
    for name in ("KTP-el", "Akta"):
        tell(again, "K-04", {PRACTICE: "separate"}, product=name)
    end(again, workplace)

    assert still_owed(workplace.store, library, before.visit_id) == ()


def test_the_whole_unit_seen_broken_is_owed_once_and_not_once_more_for_each_service(
    workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    before = begun(workplace, library)
    tell(before, "K-04", {PRACTICE: "none-at-all"}, product="KTP-el")
    end(before, workplace)
    later(clock, days=5)
    coaching = follow_kinds(workplace, library, before, VisitKind.COACHING)
    tell(coaching, "K-04", {PRACTICE: "shared"})
    end(coaching, workplace)

    (still,) = still_owed(workplace.store, library, before.visit_id)

    assert (still.product, still.visit) == ("", coaching.visit_id)
    assert still.found_at == before.snapshot.visit.arrival


@pytest.mark.parametrize("kind", [VisitKind.COACHING, VisitKind.FOLLOW_UP])
def test_a_visit_turned_away_at_the_door_settles_nothing_that_has_a_condition(
    workplace: Workplace, library: Library, kind: VisitKind
) -> None:
    """Where nothing is answered no condition holds: that says nothing of the office."""
    before = begun(workplace, library)
    tell(before, "K-01", {PAPER: "present", PRACTICE: "present"})
    tell(before, "K-02", {PAPER: "absent", PRACTICE: "absent"})
    end(before, workplace)
    visit = follow_kinds(workplace, library, before, kind)
    (item,) = carried(workplace, library, visit)
    assert item.standing is Now.NOT_LOOKED_AT
    assert carried_at(workplace, library, visit, "K-02") == (item,)

    end(visit, workplace, Outcome.ENTRY_REFUSED)

    assert [one.indicator for one in still_owed(workplace.store, library, visit.visit_id)] == [
        "K-02"
    ]
    assert [one.indicator for one in still_owed(workplace.store, library, before.visit_id)] == [
        "K-02"
    ]
    third = follow_kinds(workplace, library, visit)
    assert stand(third, workplace) == {"K-02": Now.NOT_LOOKED_AT}


def test_what_no_longer_applies_by_its_condition_is_owed_no_more(
    workplace: Workplace, library: Library
) -> None:
    before = begun(workplace, library)
    tell(before, "K-01", {PAPER: "present", PRACTICE: "present"})
    tell(before, "K-02", {PAPER: "absent", PRACTICE: "absent"})
    end(before, workplace)
    coaching = follow_kinds(workplace, library, before, VisitKind.COACHING)
    tell(coaching, "K-01", {PAPER: "absent", PRACTICE: "absent"})

    (item,) = carried_at(workplace, library, coaching, "K-02")
    end(coaching, workplace)

    assert item.standing is Now.NO_LONGER_APPLIES
    owes = still_owed(workplace.store, library, coaching.visit_id)
    assert [one.indicator for one in owes] == ["K-01"]


def test_a_follow_up_after_coaching_asks_also_what_the_coaching_did_not_look_at(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    coaching = follow(workplace, library, assessed, kind=VisitKind.COACHING)
    settle(coaching, {"P15-06": ""})
    end(coaching, workplace)

    visit = follow(workplace, library, coaching)

    assert {code for code, _ in visit.snapshot.followed} == {"P15-08", "P15-12"}
    assert moved_since(workplace, library, visit) is None


def test_what_an_earlier_follow_up_repaired_is_no_change_of_the_visit_before(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    first = follow(workplace, library, assessed)
    settle(first, {"P15-08": ""})
    end(first, workplace)

    second = follow(workplace, library, assessed)

    assert moved_since(workplace, library, second) is None
    assert {code for code, _ in second.snapshot.followed} == {"P15-06", "P15-12"}


def test_coaching_after_a_follow_up_is_not_reminded_of_what_that_saw_repaired(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    first = follow(workplace, library, assessed)
    settle(first, {"P15-08": ""})
    end(first, workplace)
    coaching = follow(workplace, library, assessed, kind=VisitKind.COACHING)
    after = follow(workplace, library, assessed)
    settle(after, {"P15-12": ""})
    end(after, workplace)  # later: the coaching visit was begun before it

    found = carried(workplace, library, coaching)

    assert [one.item.indicator for one in found] == ["P15-06", "P15-12"]


def test_visited_early_an_office_gets_no_more_time_by_it(
    assessed: Session, workplace: Workplace, library: Library, clock: SteppingClock, tmp_path: Path
) -> None:
    """Within its time the date stays with who set it; what is overdue is given a new one."""
    later(clock, days=5)
    visit = follow(workplace, library, assessed)
    settle(visit, {"P15-06": PRACTICE, "P15-08": "both", "P15-12": "both"})
    attach(visit, "P15-06", tmp_path, colour="olive")
    edit_finding(visit, workplace, "P15-12", FindingEdit(due=date(2027, 2, 1), due_by=DueBy.HEAD))
    shut(visit, workplace)

    due = {one.indicator: (one.due_date, one.due_set_by) for one in _left(visit)}
    assert due["P15-06"] == (date(2026, 12, 6), workplace.profile.name)
    assert due["P15-08"] == (date(2026, 12, 22), "default")
    assert due["P15-12"] == (date(2027, 2, 1), "head")
    later(clock, days=20)  # after the day of P15-06
    again = follow(workplace, library, visit)
    settle(again, {"P15-06": "both"})
    assert stand(again, workplace)["P15-06"] is Now.OVERDUE
    end(again, workplace)

    late = {one.indicator: one for one in _left(again)}["P15-06"]
    assert (late.due_date, late.due_set_by) == (date(2027, 1, 17), "default")


def _left(session: Session) -> tuple[Owed, ...]:
    left = left_by(session.snapshot, session.compared())
    assert left is not None
    return owed([left])


def test_the_due_day_ends_at_midnight_where_the_office_is(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    """In Jayapura the 7th of December begins nine hours before it does in London."""
    zone = ZoneInfo("Asia/Jayapura")
    assert workplace.profile.zone == zone
    for hour, minute, expected in ((23, 59, Now.STILL_OPEN), (0, 0, Now.OVERDUE)):
        day = 6 if hour else 7
        visit = _at(
            workplace, library, assessed, datetime(2026, 12, day, hour, minute, tzinfo=zone)
        )
        settle(visit, {"P15-06": "both"})
        assert stand(visit, workplace)["P15-06"] is expected


def _at(workplace: Workplace, library: Library, before: Session, arrival: datetime) -> Session:
    new = NewVisit(
        institution="Kota Ambon",
        unit="Dinas Kependudukan",
        object_type="opd",
        kind=VisitKind.FOLLOW_UP,
        arrival=arrival,
        team=[workplace.profile.name],
        predecessor=before.visit_id,
    )
    visit = start_visit(workplace.store, new, before.instrument, library=library)
    return open_session(workplace.store, visit, library)


def test_what_follows_a_sample_is_a_sample(workplace: Workplace, library: Library) -> None:
    """What was invented is never owed by an office that there is."""
    new = NewVisit(
        institution="Kota Contoh",
        unit="Dinas Contoh",
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=workplace.store.clock.now(),
        team=[workplace.profile.name],
        sample=True,
    )
    instrument = library.get("kinds")
    sample = start_visit(workplace.store, new, instrument, library=library)
    before = open_session(workplace.store, sample, library)
    tell(before, "K-04", {PRACTICE: "shared"})
    end(before, workplace)

    visit = follow_kinds(workplace, library, before)

    assert visit.snapshot.visit.sample


def test_an_item_without_a_due_date_is_never_overdue(
    workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    before = begun(workplace, library)
    tell(before, "K-04", {PRACTICE: "shared"})
    now = workplace.store.clock.now()
    before.close(Outcome.STOPPED, departure=now, due=lambda _: {}, account="Ditutup program lain.")
    later(clock, days=400)
    visit = follow_kinds(workplace, library, before)
    tell(visit, "K-04", {PRACTICE: "shared"})

    assert stand(visit, workplace) == {"K-04": Now.STILL_OPEN}


def test_dates_run_on_over_three_visits(
    assessed: Session, workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    """The follow-up of a follow-up that was turned away asks all of it, as it was found first."""
    later(clock, days=40)
    first = follow(workplace, library, assessed)
    end(first, workplace, Outcome.OFFICE_CLOSED)
    later(clock, days=1)
    second = follow(workplace, library, first)
    items = {one.indicator: one for one in second.snapshot.followed.values()}

    assert items.keys() == {"P15-06", "P15-08", "P15-12"}
    assert items["P15-06"].due_date == date(2026, 12, 6)
    assert {one.found_at for one in items.values()} == {assessed.snapshot.visit.arrival}
    settle(second, {"P15-06": "both"})
    assert stand(second, workplace)["P15-06"] is Now.OVERDUE
    assert timedelta(0) < second.snapshot.visit.arrival - assessed.snapshot.visit.arrival
