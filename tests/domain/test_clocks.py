"""Jumps of the wall clock, as the events of a stream tell them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.clocks import TOLERANCE, Turn, clock_jumps
from assessor_app.domain.event import Event, EventKind

NINE = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MINUTE = 60_000_000  # microseconds


def event(  # noqa: PLR0917 - a row of a table
    seq: int, wall: datetime, mono: int, boot: str = "a", device: str = "D", visit: str = "V"
) -> Event:
    return Event(
        id=f"{visit}{device}{seq}",
        visit=visit,
        device=device,
        seq=seq,
        prev=None,
        actor="siti",
        wall=wall,
        mono=mono,
        boot=boot,
        kind=EventKind.RECORDED,
        reason=None,
        undoes=None,
        changes=(),
    )


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def test_a_clock_that_runs_as_time_does_has_not_jumped() -> None:
    events = [event(1, NINE, 0), event(2, after(30), 30 * MINUTE), event(3, after(31), 31 * MINUTE)]

    assert clock_jumps(events) == ()


def test_a_clock_that_shows_an_earlier_time_went_back() -> None:
    before, turned = event(1, NINE, 0), event(2, after(-60), 5 * MINUTE)

    (jump,) = clock_jumps([turned, before])

    assert (jump.turn, jump.before, jump.after) == (Turn.BACK, before, turned)
    assert jump.by == timedelta(hours=1)


def test_a_clock_goes_back_across_a_restart_too() -> None:
    (jump,) = clock_jumps([event(1, NINE, 9 * MINUTE, "a"), event(2, after(-1), 0, "b")])

    assert jump.turn is Turn.BACK


def test_after_a_restart_only_going_back_can_be_noticed() -> None:
    assert clock_jumps([event(1, NINE, 0, "a"), event(2, after(900), 1, "b")]) == ()


def test_a_clock_set_on_or_back_a_little_is_told_by_the_monotonic_clock() -> None:
    (ahead,) = clock_jumps([event(1, NINE, 0), event(2, after(90), 10 * MINUTE)])
    (slow,) = clock_jumps([event(1, NINE, 0), event(2, after(1), 20 * MINUTE)])

    assert (ahead.turn, ahead.by) == (Turn.AHEAD, timedelta(minutes=80))
    assert (slow.turn, slow.by) == (Turn.SLOW, timedelta(minutes=19))


def test_two_minutes_are_forgiven_and_a_moment_more_is_not() -> None:
    just = NINE + timedelta(minutes=10) + TOLERANCE

    assert clock_jumps([event(1, NINE, 0), event(2, just, 10 * MINUTE)]) == ()
    over = just + timedelta(microseconds=1)
    assert len(clock_jumps([event(1, NINE, 0), event(2, over, 10 * MINUTE)])) == 1


def test_devices_and_visits_are_not_compared_with_each_other() -> None:
    apart = [
        event(1, NINE, 0, device="D1"),
        event(2, after(-60), 0, device="D2"),
        event(3, after(-90), 0, device="D3", visit="W"),
    ]

    assert clock_jumps(apart) == ()


def test_numbers_that_no_clock_has_shown_are_a_jump_and_no_fault() -> None:
    strange = [event(1, NINE, -(10**40)), event(2, after(1), 10**40)]

    (jump,) = clock_jumps(strange)

    assert jump.turn is Turn.SLOW


@given(st.lists(st.tuples(st.integers(-600, 600), st.integers(0, 600)), max_size=12))
def test_the_order_in_which_events_are_given_does_not_matter(steps: list[tuple[int, int]]) -> None:
    wall, mono, events = NINE, 0, [event(1, NINE, 0)]
    for number, (told, passed) in enumerate(steps, start=2):
        wall, mono = wall + timedelta(seconds=told), mono + passed * 1_000_000
        events.append(event(number, wall, mono))

    found = clock_jumps(events)

    assert clock_jumps(reversed(events)) == found
    assert all(jump.by >= timedelta(0) for jump in found)
    expected = sum(
        told < 0 or abs(told - passed) > TOLERANCE.total_seconds() for told, passed in steps
    )
    assert len(found) == expected
