"""One follow-up visit on two devices, and a visit before that arrives later than it began."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.exchanging import Desk, Desks, desks_in
from tests.visiting import answer

from assessor_app.domain.follow_up import FollowUpStanding as Now
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import Outcome, VisitKind
from assessor_app.services.carrying import carried
from assessor_app.services.follow_up import items_of, moved_since, photos_of_then
from assessor_app.services.following import still_owed
from assessor_app.services.session import Session
from assessor_app.services.visits import NewVisit, close_visit, start_visit


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as found:
        yield found


def assess(desk: Desk) -> Session:
    """An assessment that was broken off after two findings."""
    session = desk.begin()
    for code in ("P15-06", "P15-12"):
        answer(session, code, "paperwork", "absent")
        answer(session, code, "practice", "absent")
    end(desk, session)
    return session


def end(desk: Desk, session: Session) -> None:
    now = desk.workplace.store.clock.now()
    account = "Listrik padam."
    close_visit(session, desk.workplace, Outcome.INTERRUPTED, departure=now, account=account)


def follow(desk: Desk, before: str, kind: VisitKind = VisitKind.FOLLOW_UP) -> Session:
    new = NewVisit(
        institution="Kota Ambon",
        unit="Dinas Kependudukan",
        object_type="opd",
        kind=kind,
        arrival=desk.workplace.store.clock.now(),
        team=[desk.workplace.profile.name],
        predecessor=before,
    )
    instrument = desk.library.get("2015-pemda")
    visit = start_visit(desk.workplace.store, new, instrument, library=desk.library)
    return desk.open(visit)


def stand(desk: Desk, session: Session) -> dict[str, Now]:
    return {one.item.indicator: one.standing for one in items_of(session, desk.workplace)}


def test_what_two_devices_add_is_asked_once_and_each_takes_back_only_its_own(desks: Desks) -> None:
    ana, budi = desks("A"), desks("B")
    visit = follow(ana, assess(ana).visit_id)
    budi.take_in(ana.export(visit.visit_id))
    there = budi.open(visit.visit_id)

    visit.follow_also("P15-01")
    there.follow_also("P15-01")
    answer(there, "P15-02", "practice", "absent")
    answer(there, "P15-02", "paperwork", "present")
    ana.take_in(budi.export(visit.visit_id))
    both = ana.open(visit.visit_id)

    assert not both.snapshot.conflicts
    assert set(stand(ana, both)) == {"P15-01", "P15-02", "P15-06", "P15-12"}
    assert stand(ana, both)["P15-02"] is Now.NEWLY_BROKEN
    with pytest.raises(VisitRefused, match="undo_overtaken"):
        both.undo()  # Budi has added it, too
    both.follow_no_more("P15-01")
    assert "P15-01" not in stand(ana, both)
    budi.take_in(ana.export(visit.visit_id))
    assert "P15-01" not in stand(budi, budi.open(visit.visit_id))


def test_a_follow_up_is_told_where_the_visit_before_never_came(desks: Desks) -> None:
    ana, budi = desks("A"), desks("B")
    before = assess(ana)
    visit = follow(ana, before.visit_id)
    budi.take_in(ana.export(visit.visit_id))
    there = budi.open(visit.visit_id)

    assert stand(budi, there) == {"P15-06": Now.NOT_LOOKED_AT, "P15-12": Now.NOT_LOOKED_AT}
    assert moved_since(budi.workplace, budi.library, there) is None
    (item, *_) = there.snapshot.followed.values()
    assert photos_of_then(budi.workplace, there, item) == ()
    assert item.found_at == before.snapshot.visit.arrival
    for code in ("P15-06", "P15-12"):
        answer(there, code, "paperwork", "present")
    answer(there, "P15-06", "practice", "present")
    there.take_lead("Ketua sakit")
    budi.clock.moment += timedelta(hours=1)
    end(budi, there)

    (still,) = still_owed(budi.workplace.store, budi.library, visit.visit_id)
    assert (still.indicator, still.found_at) == ("P15-12", before.snapshot.visit.arrival)


def test_a_visit_before_that_arrives_later_changes_no_item_and_is_told(desks: Desks) -> None:
    ana, budi = desks("A"), desks("B")
    before = assess(ana)
    visit = follow(ana, before.visit_id)
    budi.take_in(ana.export(visit.visit_id))
    before.reopen("Salah catat", at=ana.workplace.store.clock.now())
    before.void("Salah kantor")

    budi.take_in(ana.export(before.visit_id))
    there = budi.open(visit.visit_id)

    assert set(stand(budi, there)) == {"P15-06", "P15-12"}
    assert moved_since(budi.workplace, budi.library, there) is None  # it is void: nothing is fixed


def test_coaching_is_reminded_once_the_visit_before_has_come(desks: Desks) -> None:
    ana, budi = desks("A"), desks("B")
    before = assess(ana)
    visit = follow(ana, before.visit_id, VisitKind.COACHING)
    budi.take_in(ana.export(visit.visit_id))
    assert carried(budi.workplace, budi.library, budi.open(visit.visit_id)) == ()

    budi.take_in(ana.export(before.visit_id))

    found = carried(budi.workplace, budi.library, budi.open(visit.visit_id))
    assert [one.item.indicator for one in found] == ["P15-06", "P15-12"]
    assert not budi.open(visit.visit_id).snapshot.observations
