"""In what order events were made, and which of them hold no more."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.event import Change, Event, EventKind, Json
from assessor_app.domain.lineage import given_up, in_order, undone

NINE = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def event(
    id_: str,
    *,
    seq: int,
    device: str = "A",
    minutes: int = 0,
    parents: tuple[str, ...] = (),
    value: Json = "present",
    undoes: str | None = None,
    kind: EventKind = EventKind.RECORDED,
) -> Event:
    return Event(
        id=id_,
        visit="V",
        device=device,
        seq=seq,
        prev=None,
        actor="siti",
        wall=NINE + timedelta(minutes=minutes),
        mono=0,
        boot="b",
        kind=kind,
        reason=None,
        undoes=undoes,
        changes=(Change("observation/X", "answer", None, value, parents),),
    )


def test_a_stream_keeps_its_order_though_its_clock_went_back() -> None:
    events = [event("1", seq=1, minutes=60), event("2", seq=2, minutes=0)]

    assert [one.id for one in in_order(events[::-1])] == ["1", "2"]


def test_what_was_made_in_knowledge_of_another_stands_after_it() -> None:
    first = event("a1", seq=1, minutes=300)
    answering = event("b1", seq=1, device="B", minutes=0, parents=("a1",))

    assert [one.id for one in in_order([answering, first])] == ["a1", "b1"]


def test_events_that_did_not_know_of_each_other_stand_by_their_clocks() -> None:
    early, late = event("b1", seq=1, device="B"), event("a1", seq=1, minutes=5)

    assert [one.id for one in in_order([late, early])] == ["b1", "a1"]


def test_a_stream_whose_beginning_is_not_here_is_told_all_the_same() -> None:
    assert [one.id for one in in_order([event("a7", seq=7, parents=("gone",))])] == ["a7"]


@given(
    st.randoms(use_true_random=False),
    st.lists(st.tuples(st.booleans(), st.integers(-500, 500)), max_size=30),
)
def test_any_order_of_arrival_gives_the_same_order(
    chance: Random, made: list[tuple[bool, int]]
) -> None:
    events, last = list[Event](), {"A": 0, "B": 0}
    for number, (own, minutes) in enumerate(made):
        device = "A" if own else "B"
        last[device] += 1
        parents = tuple(one.id for one in events if chance.random() < 0.1)
        events.append(
            event(
                f"e{number:02}", seq=last[device], device=device, minutes=minutes, parents=parents
            )
        )
    shuffled = events.copy()
    chance.shuffle(shuffled)

    ordered = in_order(shuffled)

    assert ordered == in_order(events)
    places = {one.id: place for place, one in enumerate(ordered)}
    assert len(places) == len(events)
    assert all(
        places[parent] < places[one.id]
        for one in events
        for change in one.changes
        for parent in change.parents
    )


def test_an_undo_takes_back_and_its_redo_gives_back() -> None:
    done = event("1", seq=1)
    undo = event("2", seq=2, undoes="1", kind=EventKind.UNDONE)
    redo = event("3", seq=3, undoes="2", kind=EventKind.UNDONE)

    assert undone([done]) == set()
    assert undone([done, undo]) == {"1"}
    assert undone([done, undo, redo]) == {"2"}


def test_of_two_values_the_one_that_was_not_chosen_is_given_up() -> None:
    own, other = event("a", seq=1), event("b", seq=1, device="B", value="absent")
    chosen = event("r", seq=2, parents=("a", "b"), value="absent", kind=EventKind.RESOLVED)

    assert given_up([own, other]) == set()
    assert given_up([own, other, chosen]) == {"a"}


def test_a_plain_change_gives_nothing_up() -> None:
    first, second = event("1", seq=1), event("2", seq=2, parents=("1",), value="absent")

    assert given_up([first, second]) == set()


def test_a_reason_that_gave_way_to_an_answer_is_given_up() -> None:
    reason = event("b", seq=1, device="B", value="Ruang terkunci")
    cleared = event("r", seq=2, parents=("b",), value=None, kind=EventKind.RESOLVED)

    assert given_up([reason, cleared]) == {"b"}
