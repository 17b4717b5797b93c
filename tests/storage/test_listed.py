"""What a list of visits reads of the log: the last events of all, and one kind of entity."""

from tests.conftest import begin
from tests.visiting import answer

from assessor_app.domain.event import STORE
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import open_session
from assessor_app.services.store_settings import change_settings


def test_the_streams_of_all_visits_are_those_of_each(
    workplace: Workplace, library: Library
) -> None:
    visits = [begin(workplace, library.get("2015-pemda"), library) for _ in range(3)]
    answer(open_session(workplace.store, visits[1], library), "P15-05", "practice", "present")
    log = workplace.store.log

    streams = log.streams()

    assert set(streams) == {STORE, *visits}
    assert all(streams[visit] == log.stream_heads(visit) for visit in streams)


def test_one_kind_of_entity_is_read_without_the_others(workplace: Workplace) -> None:
    log = workplace.store.log
    whole = log.heads(STORE)

    some = log.heads(STORE, kind="assessor")

    assert some == {place: one for place, one in whole.items() if place[0].startswith("assessor/")}
    assert some
    assert log.heads(STORE, kind="assess") == {}
    assert log.heads("no-such-visit", kind="assessor") == {}


def test_a_text_is_read_as_it_was_written(workplace: Workplace, library: Library) -> None:
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    for number, note in enumerate(
        ('"kutip"', "garis \\ miring", "baris\nbaru", "é ñ ‘’ 漢", '"'), 1
    ):
        answer(session, f"P15-{number + 4:02}", "practice", "present", note=note)
        again = open_session(workplace.store, visit, library).snapshot

        notes = {one.note for one in again.observations.values()}
        assert note in notes


def test_the_latest_event_is_told_with_and_without_the_store_s_own(
    workplace: Workplace, library: Library
) -> None:
    log = workplace.store.log
    assert log.latest(of_visits=True) is None
    enrolled = log.latest()
    assert enrolled is not None
    assert enrolled.visit == STORE

    visit = begin(workplace, library.get("2015-pemda"), library)
    change_settings(workplace, idle_minutes=5)

    of_visits, last = log.latest(of_visits=True), log.latest()
    assert of_visits is not None
    assert last is not None
    assert (of_visits.visit, last.visit) == (visit, STORE)
