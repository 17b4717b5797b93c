"""How long a service took, customer by customer, and what that comes to beside what is promised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_UP, Decimal
from statistics import median_high

from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.wording import Wording

LONGEST_SECONDS = 24 * 60 * 60
"""What one measurement may last: a watch that ran over night was forgotten."""

_HUNDREDTH = Decimal("0.01")
_SECONDS = {
    "detik": 1,
    "seconds": 1,
    "second": 1,
    "menit": 60,
    "minutes": 60,
    "minute": 60,
    "jam": 3600,
    "hours": 3600,
    "hour": 3600,
}


@dataclass(frozen=True, slots=True)
class Timing:
    """One customer's time as it was measured; `what` says what was done, if anybody wrote it.

    `product` is an id, or that of the unit as a whole; `seconds` are whole.
    """

    id: str
    indicator: str
    seconds: int
    started_at: datetime
    product: str = WHOLE_UNIT
    what: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Timed:
    """Several customers in a row, in seconds."""

    count: int
    median: int
    longest: int
    shortest: int


def timed(found: Iterable[Timing]) -> Timed | None:
    """What some measurements come to; None where there are none.

    Of an even number the median is the later of the two in the middle: a time that somebody waited.
    """
    seconds = sorted(one.seconds for one in found)
    if not seconds:
        return None
    return Timed(len(seconds), median_high(seconds), seconds[-1], seconds[0])


def timings_of(
    found: Iterable[Timing], indicator: str, *, product: str = WHOLE_UNIT
) -> tuple[Timing, ...]:
    """The measurements at an indicator (code) of a product (id), in the order they were begun."""
    own = (one for one in found if (one.indicator, one.product) == (indicator, product))
    return tuple(sorted(own, key=lambda one: (one.started_at, one.id)))


def seconds_of_unit(unit: Wording | None) -> int | None:
    """How many seconds one unit of a scale lasts; None where no watch measures it.

    A working day is none of a watch's: nobody knows by the watch which hours of it count.
    """
    if unit is None:
        return None
    found = (_SECONDS.get(text.strip().casefold()) for text in (unit.id, unit.en))
    return next((seconds for seconds in found if seconds is not None), None)


def as_answer(seconds: int, unit: Wording | None, *, whole: bool) -> str | None:
    """A measured time as the answer of a scale in its unit; None where no watch measures that.

    Rounded up, as the office's promise is kept to the last minute and not to the one before, and
    never to nothing: what took a second took some time.
    """
    lasts = seconds_of_unit(unit)
    if lasts is None:
        return None
    step = Decimal(1) if whole else _HUNDREDTH
    number = max((Decimal(seconds) / lasts).quantize(step, rounding=ROUND_UP), step)
    return f"{number.normalize():f}"


@dataclass(frozen=True, slots=True)
class Running:
    """A watch that runs: what it measures, and when it was started by both clocks of the device.

    `mono` counts microseconds within `boot`: a wall clock that is turned meanwhile measures nothing
    wrong. After a new start of the device only the wall clock is left.
    """

    visit: str
    indicator: str
    product: str
    started_at: datetime
    mono: int
    boot: str
    what: str | None = None

    def seconds(self, *, now: datetime, mono: int, boot: str) -> int:
        """How long it has run, whole seconds, never less than nothing."""
        if boot == self.boot:
            return max((mono - self.mono) // 1_000_000, 0)
        return max(int((now - self.started_at).total_seconds()), 0)

    def turned_back(self, *, now: datetime, boot: str) -> bool:
        """Whether the only clock left was set to before the beginning: it measures nothing."""
        return self.by_wall(boot) and now < self.started_at

    def by_wall(self, boot: str) -> bool:
        """Whether only the wall clock can tell: the device was started anew meanwhile."""
        return boot != self.boot


def in_order(found: Iterable[Timing]) -> Sequence[Timing]:
    """All measurements of a visit by indicator, product and time."""
    return sorted(found, key=lambda one: (one.indicator, one.product, one.started_at, one.id))
