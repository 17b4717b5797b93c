"""Where a device's wall clock was turned, as its events tell: the monotonic clock bears witness."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from assessor_app.domain.event import Event

TOLERANCE = timedelta(minutes=2)
"""By how much the two clocks may differ from one event to the next: watches are set right, and
a radio or network clock pulls gently."""


class Turn(StrEnum):
    """What the wall clock did between two events of a stream."""

    BACK = "back"  # it shows an earlier time than it did before
    SLOW = "slow"  # within one boot less passed on it than did pass: it was set back a little
    AHEAD = "ahead"  # more passed on it: it was set on, or the device slept (see `clock_jumps`)


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The two events between which the wall clock jumped.

    `by` is how much earlier the clock shows than before (back), or by how much it differs from
    the time that did pass (slow, ahead); never negative.
    """

    turn: Turn
    before: Event
    after: Event
    by: timedelta


def clock_jumps(events: Iterable[Event]) -> tuple[ClockJump, ...]:
    """Every jump in each stream (visit, device) among these events, in the order of the streams.

    Two devices are never compared with each other, nor two boots by their monotonic clocks. A
    clock that was turned before the first event leaves no trace. Some systems stop the monotonic
    clock while the device sleeps: what looks like a clock set on may be a nap, and is told so.
    """
    ordered = sorted(events, key=lambda one: (one.visit, one.device, one.seq))
    found = (
        _jump(before, after)
        for before, after in itertools.pairwise(ordered)
        if (before.visit, before.device) == (after.visit, after.device)
    )
    return tuple(jump for jump in found if jump)


def _jump(before: Event, after: Event) -> ClockJump | None:
    wall = after.wall - before.wall
    if wall < timedelta(0):
        return ClockJump(Turn.BACK, before, after, -wall)
    if before.boot != after.boot:
        return None
    # A stream that a stranger made may hold numbers that no clock has shown.
    passed = timedelta(microseconds=max(-_ENDLESS, min(after.mono - before.mono, _ENDLESS)))
    if abs(wall - passed) <= TOLERANCE:
        return None
    return ClockJump(Turn.AHEAD if wall > passed else Turn.SLOW, before, after, abs(wall - passed))


_ENDLESS = 10**18  # microseconds: thirty thousand years
