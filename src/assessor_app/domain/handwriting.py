"""A signature drawn by hand on a screen: strokes of points, each with its time and pressure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from assessor_app.domain.event import canonical
from assessor_app.domain.problem import VisitRefused

VERSION = 1
FULL_PRESSURE = 1000  # per mille
LONGEST_FILE = 4 * 1024 * 1024
"""Bytes of a file of strokes; the longest that is taken has some 20,000 points."""

LONGEST_MS = 60 * 60 * 1000
"""How long a signature may take; whoever takes longer is not timed beyond it."""

_MOST_POINTS = 20_000
_MOST_UNITS = 100_000
_LEAST_SHARE = 50  # of the pad's width that it must reach over, the fiftieth part: a dot is no name


class Point(NamedTuple):
    """Where the pen was: from the pad's upper left, in its units; when, and how hard it pressed.

    `at` counts milliseconds from the first point, `pressure` per mille: 1000 where the device
    cannot tell.
    """

    x: int
    y: int
    at: int
    pressure: int


Stroke = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Handwriting:
    """The strokes in the order in which they were drawn, on a pad of `width` by `height` units."""

    width: int
    height: int
    strokes: tuple[Stroke, ...]

    def points(self) -> Iterator[Point]:
        for stroke in self.strokes:
            yield from stroke


def is_drawn(handwriting: Handwriting) -> bool:
    """Whether more was drawn than a dot."""
    found = tuple(handwriting.points())
    if not found:
        return False
    across = max(one.x for one in found) - min(one.x for one in found)
    down = max(one.y for one in found) - min(one.y for one in found)
    return max(across, down) * _LEAST_SHARE >= handwriting.width


def handwriting_bytes(handwriting: Handwriting) -> bytes:
    """The strokes as they are kept: canonical JSON (RFC 8785), the same bytes each time."""
    return canonical(
        {
            "v": VERSION,
            "width": handwriting.width,
            "height": handwriting.height,
            "strokes": [[list(point) for point in stroke] for stroke in handwriting.strokes],
        }
    )


def read_handwriting(data: bytes) -> Handwriting:
    """The strokes out of their file.

    Raises VisitRefused `handwriting_unreadable` for what is none, `handwriting_empty` where
    nothing was drawn.
    """
    try:
        read = _read(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise VisitRefused("handwriting_unreadable") from fault
    if not is_drawn(read):
        raise VisitRefused("handwriting_empty")
    return read


def _read(data: bytes) -> Handwriting:
    if len(data) > LONGEST_FILE:
        raise ValueError("too long")
    loaded = json.loads(data)
    if loaded.keys() != {"v", "width", "height", "strokes"} or loaded["v"] != VERSION:
        raise ValueError("not of a known version")
    width, height = (_whole(loaded[name], 1, _MOST_UNITS) for name in ("width", "height"))
    strokes = tuple(
        tuple(_points(stroke, width=width, height=height)) for stroke in loaded["strokes"] if stroke
    )
    read = Handwriting(width, height, strokes)
    times = [point.at for point in read.points()]
    if len(times) > _MOST_POINTS or times != sorted(times):
        raise ValueError("too many points, or time runs backwards")
    return read


def _points(stroke: Iterable[object], *, width: int, height: int) -> Iterator[Point]:
    for point in stroke:
        if not isinstance(point, list):
            raise TypeError("not a point")
        x, y, at, pressure = point
        yield Point(
            _whole(x, 0, width),
            _whole(y, 0, height),
            _whole(at, 0, LONGEST_MS),
            _whole(pressure, 0, FULL_PRESSURE),
        )


def _whole(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{value!r} is no whole number from {least} to {most}")
    return value
