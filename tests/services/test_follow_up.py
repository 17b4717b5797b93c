"""Follow-up visits on real stores: what they ask, how each item stands, what is owed after them."""

import json
from collections.abc import Mapping
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import SteppingClock
from tests.services.test_temuan_schema import faults
from tests.visiting import LATER, SIGNING_PASSPHRASE, answer, answer_all, attach, record

from assessor_app.domain.consistency import consistency
from assessor_app.domain.follow_up import FollowUpStanding as Now
from assessor_app.domain.follow_up import repaired
from assessor_app.domain.fulfilment import Applies
from assessor_app.domain.owed import chains, left_by, owed
from assessor_app.domain.problem import ImprovementRefused, VisitRefused
from assessor_app.domain.progress import progress
from assessor_app.domain.visit import Declaration, Outcome, Receiver, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.reporting.content import RECORD_NAME
from assessor_app.reporting.reading import read_back
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.follow_up import items_of, moved_since, photos_of_then
from assessor_app.services.following import still_owed
from assessor_app.services.history import told
from assessor_app.services.improving import way_of_visit
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.method import visits_of_institution
from assessor_app.services.overview import visit_line
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.services.timeline import indicator_history
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.texts import Language

FOUND = {"P15-06", "P15-08", "P15-12"}
"""What `assessed` leaves to be repaired: paper only, practice only, neither."""


def follow(
    workplace: Workplace,
    library: Library,
    before: Session | str,
    *,
    instrument: str = "2015-pemda",
    object_type: str = "opd",
    kind: VisitKind = VisitKind.FOLLOW_UP,
) -> Session:
    new = NewVisit(
        institution="Kota Ambon",
        unit="Dinas Kependudukan",
        object_type=object_type,
        kind=kind,
        arrival=workplace.store.clock.now(),
        team=[workplace.profile.name],
        predecessor=before if isinstance(before, str) else before.visit_id,
    )
    visit = start_visit(workplace.store, new, library.get(instrument), library=library)
    return open_session(workplace.store, visit, library)


@pytest.fixture
def assessed(session: Session, workplace: Workplace, tmp_path: Path) -> Session:
    """An assessment with three findings, closed; P15-06 was given a fortnight by the assessor."""
    answer_all(session, absent={"P15-06": "practice", "P15-08": "paperwork", "P15-12": "both"})
    attach(session, "P15-06", tmp_path, colour="teal")
    attach(session, "P15-08", tmp_path, colour="navy")
    edit = FindingEdit(wording="Maklumat dilepas.", due=date(2026, 12, 6))
    edit_finding(session, workplace, "P15-06", edit)
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    return session


def later(clock: SteppingClock, *, days: int) -> None:
    clock.moment += timedelta(days=days)


def stand(session: Session, workplace: Workplace) -> dict[str, Now]:
    return {one.item.indicator: one.standing for one in items_of(session, workplace)}


def settle(session: Session, found: Mapping[str, str]) -> None:
    """Answer both sides of each: `present`, or absent on the side named."""
    for code, absent in found.items():
        for side in session.instrument.indicator(code).sides:
            value = "absent" if absent in (side.value, "both") else "present"
            answer(session, code, side.value, value)


def shut(session: Session, workplace: Workplace) -> None:
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())


def test_a_follow_up_asks_only_what_was_found(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)

    asked = {one.indicator.code for one in visit.compared() if one.asked}
    made = progress(visit.snapshot, visit.compared())
    assert asked == FOUND
    assert {one.applies for one in visit.compared() if not one.asked} == {Applies.NOT_FOLLOWED}
    assert (made.answered, made.asked) == (0, 6)
    assert {one.indicator for one in visit.open_rules(Outcome.COMPLETED)} == FOUND


def test_the_items_are_fixed_in_the_started_event_with_all_that_was_found(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)

    item = visit.snapshot.followed["P15-06", "-"]
    (first, *_) = workplace.store.log.stored(visit.visit_id)
    assert {one.entity for one in first.event.changes} >= {f"followed/{code}" for code in FOUND}
    assert (item.gap_kind, item.due_date) == ("paper_only", date(2026, 12, 6))
    assert (item.wording, item.due_set_by) == ("Maklumat dilepas.", workplace.profile.name)
    assert item.found_at == assessed.snapshot.visit.arrival
    assert visit.snapshot.followed["P15-12", "-"].due_set_by == "default"


def test_a_month_later_each_item_is_repaired_open_or_overdue(
    assessed: Session, workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    later(clock, days=20)  # after the fortnight of P15-06, before the month of the others
    visit = follow(workplace, library, assessed)
    assert set(stand(visit, workplace).values()) == {Now.NOT_LOOKED_AT}

    settle(visit, {"P15-06": "practice", "P15-08": "", "P15-12": "both"})

    assert stand(visit, workplace) == {
        "P15-06": Now.OVERDUE,
        "P15-08": Now.REPAIRED,
        "P15-12": Now.STILL_OPEN,
    }
    done = repaired(items_of(visit, workplace))
    assert (done.repaired, done.found) == (1, 3)


def test_the_due_day_itself_belongs_to_the_office(
    assessed: Session, workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    later(clock, days=14)  # 6 December where the office is
    on_the_day = follow(workplace, library, assessed)
    settle(on_the_day, {"P15-06": "both"})
    later(clock, days=1)
    day_after = follow(workplace, library, assessed)
    settle(day_after, {"P15-06": "both"})

    assert stand(on_the_day, workplace)["P15-06"] is Now.STILL_OPEN
    assert stand(day_after, workplace)["P15-06"] is Now.OVERDUE


def test_what_was_in_order_and_is_added_broken_is_newly_broken(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)

    visit.follow_also("P15-01")
    assert stand(visit, workplace)["P15-01"] is Now.NOT_LOOKED_AT
    settle(visit, {"P15-01": "practice"})
    answer(visit, "P15-02", "paperwork", "present")  # an answer adds it in the same action
    answer(visit, "P15-02", "practice", "present")

    assert stand(visit, workplace)["P15-01"] is Now.NEWLY_BROKEN
    assert stand(visit, workplace)["P15-02"] is Now.IN_ORDER
    assert repaired(items_of(visit, workplace)).found == 3


def test_what_was_added_is_undone_done_again_and_taken_off(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)
    words = Words(Language.INDONESIAN, workplace.profile.zone)

    visit.follow_also("P15-01")
    assert visit.follow_also("P15-01").event is None
    assert visit.next_undo is not None
    assert told(visit.next_undo, visit.instrument, words).startswith("P15-01 ditambahkan")
    visit.undo()
    assert "P15-01" not in stand(visit, workplace)
    visit.redo()
    assert "P15-01" in stand(visit, workplace)
    visit.follow_no_more("P15-01")

    assert "P15-01" not in stand(visit, workplace)
    assert len(indicator_history(visit, workplace, words, "P15-01")) == 4
    with pytest.raises(VisitRefused, match="not_added"):
        visit.follow_no_more("P15-06")


def test_a_side_that_could_not_be_assessed_is_neither_repaired_nor_open(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)
    answer(visit, "P15-06", "paperwork", "present")
    _say(visit, "P15-06", "practice", not_assessed_reason="Ruang terkunci.")
    _say(visit, "P15-08", "practice", not_applicable_reason="Ruang tunggu bersama MPP.")

    assert stand(visit, workplace)["P15-06"] is Now.NOT_ASSESSED
    assert stand(visit, workplace)["P15-08"] is Now.NO_LONGER_APPLIES
    owes = {one.item.indicator: one.owed for one in items_of(visit, workplace)}
    assert owes == {"P15-06": True, "P15-08": False, "P15-12": True}


def test_no_number_is_told_of_a_follow_up(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)
    settle(visit, {"P15-06": "", "P15-08": "", "P15-12": ""})

    assert visit.scores() == {}
    assert visit_line(workplace, library, visit.snapshot.visit).official is None


@pytest.mark.parametrize("instrument", ["2022", "unweighted"])
def test_under_an_instrument_without_any_of_it_nothing_is_begun(
    assessed: Session, workplace: Workplace, library: Library, instrument: str
) -> None:
    before = workplace.store.log.visits()
    object_type = library.get(instrument).object_types[0].code

    with pytest.raises(VisitRefused, match="followed_not_in_instrument"):
        follow(workplace, library, assessed, instrument=instrument, object_type=object_type)

    assert workplace.store.log.visits() == before


def test_it_begins_only_after_a_visit_that_is_closed_here_and_left_something(
    session: Session, workplace: Workplace, library: Library
) -> None:
    with pytest.raises(VisitRefused, match="predecessor_open"):
        follow(workplace, library, session)
    with pytest.raises(VisitRefused, match="predecessor_missing"):
        follow(workplace, library, "00000000-0000-7000-8000-000000000000")
    answer_all(session)
    shut(session, workplace)
    with pytest.raises(VisitRefused, match="nothing_to_follow_up"):
        follow(workplace, library, session)
    session.void("Salah kantor")
    with pytest.raises(VisitRefused, match="predecessor_void"):
        follow(workplace, library, session)


def test_a_follow_up_of_a_follow_up_asks_what_is_left_and_knows_since_when(
    assessed: Session, workplace: Workplace, library: Library, clock: SteppingClock, tmp_path: Path
) -> None:
    later(clock, days=30)
    first = follow(workplace, library, assessed)
    settle(first, {"P15-06": "practice", "P15-08": "", "P15-12": ""})
    attach(first, "P15-06", tmp_path, colour="olive")
    shut(first, workplace)
    later(clock, days=20)
    second = follow(workplace, library, first)

    (item,) = second.snapshot.followed.values()
    new_due = first.snapshot.findings[first.findings()[0].id].due_date
    assert (item.indicator, item.due_date) == ("P15-06", new_due)
    assert item.found_at == assessed.snapshot.visit.arrival
    settle(second, {"P15-06": "", "P15-08": "both"})
    assert stand(second, workplace) == {"P15-06": Now.REPAIRED, "P15-08": Now.NEWLY_BROKEN}


def test_a_second_follow_up_of_the_same_visit_asks_what_the_first_left(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    first = follow(workplace, library, assessed)
    settle(first, {"P15-08": "", "P15-12": ""})
    close_visit(
        *(first, workplace, Outcome.INTERRUPTED),
        departure=workplace.store.clock.now(),
        account="Listrik padam.",
    )

    second = follow(workplace, library, assessed)

    assert {code for code, _ in second.snapshot.followed} == {"P15-06"}


def test_what_is_owed_is_told_over_the_whole_chain(
    assessed: Session, workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    before = _left(assessed)
    assert [one.indicator for one in owed([before])] == ["P15-06", "P15-08", "P15-12"]
    later(clock, days=30)
    visit = follow(workplace, library, assessed)
    settle(visit, {"P15-06": "", "P15-08": "", "P15-12": "both"})
    assert left_by(visit.snapshot, visit.compared()) is None  # nothing is fixed until it is closed
    shut(visit, workplace)

    (still,) = owed([_left(visit), before])

    assert (still.indicator, still.visit) == ("P15-12", visit.visit_id)
    assert still.found_at == assessed.snapshot.visit.arrival
    assert owed([_left(visit)]) == (still,)  # as well where the visit before is not here
    assert still_owed(workplace.store, library, assessed.visit_id) == (still,)
    assert still.due_date is not None
    assert still.is_near(still.due_date)
    assert not still.is_overdue(still.due_date)
    assert still.is_overdue(still.due_date + timedelta(days=1))
    assert not still.is_near(still.due_date - timedelta(days=8))


def test_visits_of_one_chain_are_found_even_where_their_first_is_missing() -> None:
    found = chains({"b": "a", "c": "a", "d": "c", "e": None, "f": "g", "g": "f"})

    assert sorted(map(sorted, found)) == [["b", "c", "d"], ["e"], ["f", "g"]]


def test_products_are_followed_each_by_its_name(
    session: Session, workplace: Workplace, library: Library
) -> None:
    answer_all(session)
    code = next(one.code for one in session.instrument.indicators() if one.asked == "per_product")
    sides = session.instrument.indicator(code).sides
    for side in sides:
        answer(session, code, side.value, "absent", product="KTP-el")
        answer(session, code, side.value, "present", product="Akta")
    shut(session, workplace)

    visit = follow(workplace, library, session)

    assert list(visit.snapshot.products.values()) == ["KTP-el"]
    (item,) = items_of(visit, workplace)
    assert visit.snapshot.products[item.item.product] == "KTP-el"
    for side in sides:
        answer(visit, code, side.value, "present", product="KTP-EL")
    assert stand(visit, workplace)[code] is Now.REPAIRED


def test_a_visit_before_that_changes_later_changes_nothing_here_and_is_told(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)
    assert moved_since(workplace, library, visit) is None
    assessed.reopen("Salah catat", at=workplace.store.clock.now())
    assert moved_since(workplace, library, visit) is None  # it is open: nothing is fixed yet
    why = "Dokumen disusulkan"
    present, absent = (
        entry_from({"indicator": code, "side": "paperwork", "answer": value}, zone=UTC, now=LATER)
        for code, value in (("P15-08", "present"), ("P15-09", "absent"))
    )
    assessed.record(present, reason=why)
    assessed.record(absent, reason=why)
    attest = {"indicator": "P15-09", "side": "practice", "no_evidence_reason": "Dilarang memotret"}
    assessed.record(entry_from(attest, zone=UTC, now=LATER), reason=why)
    shut(assessed, workplace)

    found = moved_since(workplace, library, visit)

    assert found is not None
    assert (found.gone, found.new) == (("P15-08",), ("P15-09",))
    assert set(stand(visit, workplace)) == FOUND


def test_the_photos_of_then_are_those_of_the_visit_before(
    assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)

    (photo,) = photos_of_then(workplace, visit, visit.snapshot.followed["P15-06", "-"])

    assert photo.id in assessed.snapshot.evidence
    assert photos_of_then(workplace, visit, visit.snapshot.followed["P15-12", "-"]) == ()


@pytest.mark.parametrize("language", list(Language))
def test_its_document_tells_of_every_item_what_it_was_and_is(
    *,
    assessed: Session,
    workplace: Workplace,
    library: Library,
    clock: SteppingClock,
    tmp_path: Path,
    language: Language,
) -> None:
    later(clock, days=20)
    visit = follow(workplace, library, assessed)
    settle(visit, {"P15-06": "practice", "P15-08": "", "P15-12": "both", "P15-01": "both"})
    attach(visit, "P15-06", tmp_path, colour="olive")
    visit.record_receiver(Receiver(Declaration.ABSENT))
    shut(visit, workplace)
    out = tmp_path / "tindak-lanjut.pdf"
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=clock.now())

    issue(visit, workplace, identity, out=out, language=language)

    read = read_back(out.read_bytes())
    pages = " ".join(" ".join(read.page_texts).split())
    words = Words(language, workplace.profile.zone)
    for now in (Now.OVERDUE, Now.STILL_OPEN, Now.NEWLY_BROKEN, Now.REPAIRED):
        assert words(f"followed.standing.{now.value}") in pages
    assert words("followed.repaired_of", repaired=1, found=3) in pages
    assert words("followed.no_score") in pages
    assert "P15-20" not in pages
    (carried,) = (one for one in read.attachments if one.name == RECORD_NAME)
    told_of = json.loads(carried.data)
    assert faults(told_of) == []
    assert told_of["scores"] == {}
    items = {one["indicator"]: one for one in told_of["follow_up"]["items"]}
    assert {code: one["standing"] for code, one in items.items()} == {
        "P15-01": "newly_broken",
        "P15-06": "overdue",
        "P15-08": "repaired",
        "P15-12": "still_open",
    }
    assert items["P15-06"]["found"]["due_date"] == "2026-12-06"
    assert items["P15-01"]["found"] is None
    assert told_of["follow_up"]["visit"] == assessed.visit_id
    assert {one["code"] for one in told_of["indicators"]} == set(items)


def _left(session: Session) -> Any:
    left = left_by(session.snapshot, session.compared())
    assert left is not None
    return left


def _say(session: Session, code: str, side: str, **values: str) -> None:
    record(session, {"indicator": code, "side": side, **values})


def test_a_follow_up_is_no_score_of_its_unit_and_has_no_way_to_green(
    assessed: Session, workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    visit = follow(workplace, library, assessed)
    settle(visit, dict.fromkeys(FOUND, ""))
    shut(visit, workplace)

    counting = visits_of_institution(workplace, "Kota Ambon")

    assert [one.id for one in counting] == [assessed.visit_id]
    assert consistency(visit.outlook(), visit.instrument).total.compared
    with pytest.raises(ImprovementRefused, match="improve_follow_up"):
        way_of_visit(visit.snapshot, visit.outlook(), visit.instrument)
