"""Which events count after a visit was closed, whatever the order in which they are known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.acceptance import counting, counting_all, late_events
from assessor_app.domain.event import Change, Event, EventKind, Json

WHEN = datetime(2026, 11, 22, tzinfo=UTC)


def event(
    name: str,
    device: str,
    seq: int,
    kind: EventKind = EventKind.RECORDED,
    *,
    upon: Iterable[str] = (),
    accepted: Mapping[str, int] | None = None,
) -> Event:
    values: dict[tuple[str, str], Json] = {(f"observation/{name}", "answer"): name}
    if kind in (EventKind.CLOSED, EventKind.REOPENED):
        values = {("visit", "state"): kind.value}
    if accepted is not None:
        heads: list[Json] = [[name_, seq_, "hash"] for name_, seq_ in sorted(accepted.items())]
        values["visit", "accepted_heads"] = heads
    changes = tuple(
        Change(entity, field, None, value, tuple(upon)) for (entity, field), value in values.items()
    )
    return Event(
        id=name,
        visit="v",
        device=device,
        seq=seq,
        prev=None,
        actor=device,
        wall=WHEN,
        mono=0,
        boot="b",
        kind=kind,
        reason=None,
        undoes=None,
        changes=changes,
    )


def closed(name: str, device: str, seq: int, **accepted: int) -> Event:
    return event(name, device, seq, EventKind.CLOSED, accepted=accepted)


def test_events_of_one_device_are_never_late() -> None:
    events = [event("1", "A", 1), closed("2", "A", 2, A=1), event("3", "A", 3)]
    assert not late_events(events)


def test_what_the_closing_does_not_list_is_late() -> None:
    events = [event("1", "A", 1), event("2", "B", 1), closed("3", "A", 2, A=1, B=1)]
    assert late_events([*events, event("4", "B", 2)]) == {"4"}


def test_what_follows_from_the_closing_is_not_late() -> None:
    events = [event("1", "A", 1), event("2", "B", 1), closed("3", "A", 2, A=1, B=1)]
    after = event("4", "B", 2, EventKind.RECEIVER_RECORDED, upon=["3"])
    assert not late_events([*events, after, event("5", "B", 3)])


def test_a_reopening_admits_what_was_late_and_what_arrives_afterwards() -> None:
    events = [event("1", "A", 1), closed("2", "A", 2, A=1), event("3", "B", 1)]
    reopened = event("4", "A", 3, EventKind.REOPENED, upon=["2"])

    assert late_events(events) == {"3"}
    assert not late_events([*events, reopened])
    assert not late_events([*events, reopened, event("5", "B", 2)])


def test_a_closing_after_a_reopening_holds_again() -> None:
    events = [
        event("1", "A", 1),
        closed("2", "A", 2, A=1),
        event("3", "A", 3, EventKind.REOPENED, upon=["2"]),
        closed("4", "A", 4, A=3),
        event("5", "B", 1),
    ]
    assert late_events(events) == {"5"}


def test_of_two_closings_the_first_by_id_holds_and_the_other_is_late_with_what_follows() -> None:
    events = [
        event("1", "A", 1),
        closed("3", "A", 2, A=1),
        closed("2", "B", 1, A=1),
        event("4", "A", 3, EventKind.REOPENED, upon=["3"]),
    ]
    assert late_events(events) == {"3", "4"}


def test_a_closing_that_a_document_was_issued_upon_holds_against_one_of_a_smaller_id() -> None:
    events = [
        event("1", "A", 1),
        closed("5", "A", 2, A=1),
        event("6", "A", 3, EventKind.ISSUED, upon=["5"]),
        closed("2", "B", 1, A=1),
        event("3", "B", 2, EventKind.REOPENED, upon=["2"]),
        closed("4", "B", 3, A=1, B=2),
    ]
    assert late_events(events) == {"2", "3", "4"}


def test_a_reopening_that_is_late_itself_opens_nothing() -> None:
    events = [
        event("1", "A", 1),
        closed("2", "A", 2, A=1),
        closed("3", "B", 1),
        event("4", "B", 2, EventKind.REOPENED, upon=["3"]),
        event("5", "B", 3),
    ]
    assert late_events(events) == {"3", "4", "5"}


def test_late_events_set_no_value_until_all_counts() -> None:
    events = [event("1", "A", 1), closed("2", "A", 2, A=1), event("3", "B", 1)]

    assert ("observation/3", "answer") not in counting(events).heads
    assert ("observation/3", "answer") in counting_all(events).heads
    assert counting_all(events).late == frozenset()


@st.composite
def lives(draw: st.DrawFn) -> list[Event]:
    """Events of three devices, each made in knowledge of a prefix of what was there before."""
    events: list[Event] = []
    known: dict[str, set[str]] = {name: set() for name in "ABC"}
    seqs = dict.fromkeys("ABC", 0)
    for number in range(draw(st.integers(1, 14))):
        device = draw(st.sampled_from("ABC"))
        if draw(st.booleans()):
            known[device] |= known[draw(st.sampled_from("ABC"))]
        seqs[device] += 1
        kind = draw(
            st.sampled_from(
                (EventKind.RECORDED,) * 3 + (EventKind.CLOSED, EventKind.REOPENED, EventKind.ISSUED)
            )
        )
        here = [one for one in events if one.id in known[device]]
        accepted = {
            name: max((e.seq for e in here if e.device == name), default=0) for name in "ABC"
        }
        steps = [one.id for one in here if one.kind is not EventKind.RECORDED]
        # Ids need not follow the order of the deeds: clocks run apart.
        name = f"{draw(st.integers(0, 99)):02}-{number}"
        events.append(
            event(
                name,
                device,
                seqs[device],
                kind,
                upon=() if kind is EventKind.RECORDED else steps,
                accepted=accepted if kind is EventKind.CLOSED else None,
            )
        )
        known[device].add(name)
    return events


@given(lives(), st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_what_counts(
    events: list[Event], chance: object
) -> None:
    shuffled = [*events, *events]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random of hypothesis

    assert counting(shuffled) == counting(events)


@given(lives())
def test_nothing_is_late_where_nobody_closed_and_all_counts_after_the_last_reopening(
    events: list[Event],
) -> None:
    if all(one.kind is not EventKind.CLOSED for one in events):
        assert not late_events(events)
    everything = [one.id for one in events]
    seq = 1 + max((one.seq for one in events if one.device == "A"), default=0)
    reopened = event("zz", "A", seq, EventKind.REOPENED, upon=everything)
    assert not late_events([*events, reopened])


def cover(name: str, device: str, seq: int, *, upon: Iterable[str] = ()) -> Event:
    """A redaction of one photo, whose value is its own name."""
    made = event(name, device, seq, EventKind.REDACTED)
    layers = Change("evidence/1", "layers", None, name, tuple(upon))
    return replace(made, changes=(layers,))


def covers(events: Iterable[Event]) -> list[Json]:
    found = counting(list(events)).heads.get(("evidence/1", "layers"), ())
    return [one.value for one in found]


def test_a_cover_that_came_late_holds_beside_what_the_closing_accepted() -> None:
    events = [cover("1", "A", 1), event("2", "B", 1), closed("3", "A", 2, A=1, B=1)]
    late = cover("4", "B", 2, upon=["1"])

    assert late_events([*events, late]) == {"4"}
    assert covers([*events, late]) == ["1", "4"]
    assert covers([late, *reversed(events)]) == ["1", "4"]
    assert covers([*events, late, late]) == ["1", "4"]
    assert covers([*events, late, cover("5", "A", 3, upon=["1", "4"])]) == ["5"]


def test_of_late_covers_the_last_of_each_device_holds_and_no_other_late_value() -> None:
    events = [cover("1", "A", 1), event("2", "B", 1), closed("3", "A", 2, A=1, B=1)]
    first, second = cover("4", "B", 2, upon=["1"]), cover("5", "B", 3, upon=["4"])
    taken_back = replace(cover("6", "B", 4, upon=["5"]), kind=EventKind.UNDONE)

    assert covers([*events, first, second]) == ["1", "5"]
    assert covers([*events, first, second, taken_back]) == ["1"]
    caption = replace(first, changes=(Change("evidence/1", "caption", None, "x", ()),))
    assert ("evidence/1", "caption") not in counting([*events, caption]).heads
