"""What was counted for the list is kept, opens at once, and is never that of another moment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import begin
from tests.visiting import PASSPHRASE, answer, answer_all, attach, complete

from assessor_app.compose import Application
from assessor_app.domain.listing import Counts
from assessor_app.domain.reminders import due_items
from assessor_app.domain.visit import Outcome, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.counted import CountedVisits, counted_visits, instrument_is_here
from assessor_app.services.enrolment import Workplace
from assessor_app.services.overview import counting, visit_line
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, all_visits, close_visit, start_visit


def known(workplace: Workplace) -> CountedVisits:
    return counted_visits(workplace, workplace.store.log.streams())


def count_all(workplace: Workplace, library: Library) -> None:
    counted = known(workplace)
    for visit in all_visits(workplace.store):
        counted.take(visit, visit_line(workplace, library, visit).counts)
    counted.keep()


def kept(workplace: Workplace) -> Mapping[str, Counts | None]:
    counted = known(workplace)
    return {visit.unit: counted.of(visit) for visit in all_visits(workplace.store)}


def test_what_was_counted_is_known_at_the_next_opening(
    application: Application, workplace: Workplace, library: Library, session: Session
) -> None:
    answer_all(session, absent={"P15-06": "practice"})
    (visit,) = all_visits(workplace.store)
    assert known(workplace).of(visit) is None
    count_all(workplace, library)

    again = application.unlock(PASSPHRASE)
    counts = counted_visits(again, again.store.log.streams()).of(visit)

    assert counts == visit_line(workplace, library, visit).counts
    assert counts is not None
    assert (counts.answered, counts.asked, counts.gaps, counts.year) == (40, 40, 1, 2015)
    again.store.close()


def test_one_more_answer_and_the_visit_is_counted_again(
    workplace: Workplace, library: Library, session: Session
) -> None:
    count_all(workplace, library)
    (visit,) = all_visits(workplace.store)
    assert known(workplace).of(visit) is not None

    answer(session, "P15-05", "practice", "present")

    assert known(workplace).of(visit) is None


def test_what_is_said_of_another_visit_changes_nothing(
    workplace: Workplace, library: Library, session: Session
) -> None:
    count_all(workplace, library)

    other = begin(workplace, library.get("2015-pemda"), library)
    answer(open_session(workplace.store, other, library), "P15-05", "practice", "present")

    first = known(workplace)
    found = {visit.id: first.of(visit) for visit in all_visits(workplace.store)}
    assert found[session.visit_id] is not None
    assert found[other] is None


def test_what_is_owed_is_kept_with_its_dates(
    workplace: Workplace, library: Library, session: Session, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    count_all(workplace, library)
    (visit,) = all_visits(workplace.store)

    whole = visit_line(workplace, library, visit).left
    counts = known(workplace).of(visit)

    assert counts is not None
    assert whole is not None
    assert counts.left is not None
    day = visit.arrival.date() + timedelta(days=40)
    alone: dict[str, str | None] = {visit.id: None}
    assert due_items([counts.left], alone, today=day) == due_items([whole], alone, today=day)
    assert len(due_items([whole], alone, today=day)) == 3


def test_a_follow_up_settles_the_same_whether_kept_or_counted(
    workplace: Workplace, library: Library, session: Session, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    now = workplace.store.clock.now()
    following = start_visit(
        workplace.store,
        NewVisit(
            "Kota Ambon",
            "Dinas Kependudukan",
            "opd",
            VisitKind.FOLLOW_UP,
            now,
            ["Siti"],
            predecessor=session.visit_id,
        ),
        library.get("2015-pemda"),
        library=library,
    )
    second = open_session(workplace.store, following, library)
    for side in ("paperwork", "practice"):
        answer(second, "P15-06", side, "present")
        answer(second, "P15-12", side, "present")
        answer(second, "P15-08", side, "absent")
    attach(second, "P15-08", tmp_path, colour="red")
    close_visit(second, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    visits = all_visits(workplace.store)
    predecessors = {visit.id: visit.predecessor for visit in visits}
    day = now.date() + timedelta(days=40)
    counted = [visit_line(workplace, library, visit).left for visit in visits]
    count_all(workplace, library)
    read = [one.of(visit) for one in [known(workplace)] for visit in visits]

    def due(left: object) -> list[tuple[str, str]]:
        items = due_items(left, predecessors, today=day)  # type: ignore[arg-type]  # all are there
        return [(one.visit, one.indicator) for one in items]

    assert due(counted) == [(following, "P15-08")]
    assert due([one.left for one in read if one]) == due(counted)


@pytest.mark.parametrize(
    "damage",
    [
        {"form": "0 0.0.1"},
        {"visits": []},
        {"visits": {"x": 1}},
        {},
    ],
)
def test_what_was_kept_otherwise_is_counted_again(
    workplace: Workplace, library: Library, session: Session, damage: Mapping[str, object]
) -> None:
    count_all(workplace, library)
    read = workplace.store.counted.read()
    workplace.store.counted.keep({**read, **damage} if damage else {})  # type: ignore[dict-item]  # damaged

    assert kept(workplace) == {"Dinas Kependudukan": None}


def test_a_line_that_lacks_a_part_is_counted_again(
    workplace: Workplace, library: Library, session: Session
) -> None:
    count_all(workplace, library)
    read = workplace.store.counted.read()
    lines = read["visits"]
    assert isinstance(lines, dict)
    line = lines[session.visit_id]
    assert isinstance(line, dict)
    del line["asked"]
    workplace.store.counted.keep(read)

    assert kept(workplace) == {"Dinas Kependudukan": None}


def test_nobody_reads_it_without_the_key(workplace: Workplace, library: Library) -> None:
    begin(workplace, library.get("2015-pemda"), library)
    count_all(workplace, library)

    sealed = workplace.store.counted.path.read_bytes()

    assert b"asked" not in sealed
    workplace.store.memory.path.write_bytes(sealed)  # put in the place of another file
    assert workplace.store.memory.read() == {}


def test_what_cannot_be_kept_is_counted_again_without_a_word(
    workplace: Workplace, library: Library, session: Session
) -> None:
    workplace.store.counted.path.mkdir()

    count_all(workplace, library)

    assert kept(workplace) == {"Dinas Kependudukan": None}


def test_a_visit_whose_instrument_is_missing_is_tried_again(
    workplace: Workplace, library: Library, session: Session
) -> None:
    (visit,) = all_visits(workplace.store)
    counted = known(workplace)
    counted.take(visit, visit_line(workplace, Library([]), visit).counts)
    counted.keep()

    assert known(workplace).of(visit) is None
    assert not instrument_is_here(visit, Library([]))
    assert instrument_is_here(visit, library)


def test_a_kept_copy_is_enough_to_know_that_the_instrument_is_here(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    (visit,) = all_visits(workplace.store)
    copies = Library([], kept=tmp_path)
    assert not instrument_is_here(visit, copies)

    (tmp_path / f"{visit.instrument_digest}.yaml").write_text("id: x", encoding="utf-8")

    assert instrument_is_here(visit, copies)


def test_counting_breathes_between_its_steps(
    workplace: Workplace, library: Library, session: Session
) -> None:
    (visit,) = all_visits(workplace.store)

    *before, last = counting(workplace, library, visit)

    assert len(before) >= 4
    assert set(before) == {None}
    assert last is not None
    assert replace(last, visit=visit) == visit_line(workplace, library, visit)
