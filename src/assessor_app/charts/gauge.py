"""The gauge: zones on one scale, straight or bent to an arc, with the scores pointing at it."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """One zone's stretch of the scale: where it begins and how long it is."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a score points at the scale, and where the middle of its label stands."""

    at: float
    label: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of the bent scale, in degrees.

    `start` counts anticlockwise from three o'clock; `span` is negative, because values rise
    clockwise, from the left over the top to the right.
    """

    start: float
    span: float


def segments(
    upper_bounds: Sequence[Decimal], *, maximum: Decimal, width: float, gap: float
) -> tuple[Segment, ...]:
    """Stretches for zones given by their rising upper bounds, `gap` apart, on `width` in all.

    A zone ends where the next begins: bounds as published (0-55, 56-88) leave no hole.
    """
    edges = [0.0, *(position(bound, maximum=maximum, width=width) for bound in upper_bounds)]
    edges[-1] = width
    return tuple(
        Segment(left=left, width=max(right - left - (gap if right < width else 0), 0))
        for left, right in itertools.pairwise(edges)
    )


def position(value: Decimal, *, maximum: Decimal, width: float) -> float:
    """How far along the scale a value lies; beyond either end it stays at that end."""
    share = min(max(value / maximum, Decimal(0)), Decimal(1))
    return float(share) * width


def pointers(
    values: Sequence[Decimal], *, maximum: Decimal, width: float, label_width: float
) -> tuple[Pointer, ...]:
    """Pointers for values in any order, their labels moved apart so that none overlaps.

    The labels keep the order of the values and stay on the scale where they fit on it together.
    """
    spots = [position(value, maximum=maximum, width=width) for value in values]
    order = sorted(range(len(spots)), key=lambda index: spots[index])
    middles = _apart([spots[index] for index in order], least=label_width, width=width)
    label_of = dict(zip(order, middles, strict=True))
    return tuple(Pointer(at=spot, label=label_of[index]) for index, spot in enumerate(spots))


def arcs(
    upper_bounds: Sequence[Decimal], *, maximum: Decimal, sweep: float, gap: float
) -> tuple[Arc, ...]:
    """Zones on an arc of `sweep` degrees that stands upright, `gap` degrees apart."""
    begin = angle(Decimal(0), maximum=maximum, sweep=sweep)
    return tuple(
        Arc(start=begin - stretch.left, span=-stretch.width)
        for stretch in segments(upper_bounds, maximum=maximum, width=sweep, gap=gap)
    )


def arc_between(low: Decimal, high: Decimal, *, maximum: Decimal, sweep: float) -> Arc:
    """The stretch of the arc from one value to another that is not lower."""
    start = angle(low, maximum=maximum, sweep=sweep)
    end = angle(high, maximum=maximum, sweep=sweep)
    return Arc(start=start, span=min(end - start, 0.0))


def angle(value: Decimal, *, maximum: Decimal, sweep: float) -> float:
    """Where a value lies on the arc, in degrees anticlockwise from three o'clock."""
    return 90 + sweep / 2 - position(value, maximum=maximum, width=sweep)


def on_circle(degrees: float, *, radius: float) -> tuple[float, float]:
    """The point at an angle, from the circle's middle, y upwards."""
    return (
        radius * math.cos(math.radians(degrees)),
        radius * math.sin(math.radians(degrees)),
    )


def _apart(spots: list[float], *, least: float, width: float) -> list[float]:
    """Push rising spots right until they are `least` apart, then back from the right end."""
    pushed: list[float] = []
    for spot in spots:
        low = pushed[-1] + least if pushed else least / 2
        pushed.append(max(spot, low))
    ceiling = width - least / 2
    for index in reversed(range(len(pushed))):
        pushed[index] = min(pushed[index], ceiling)
        ceiling = pushed[index] - least
    return pushed
