"""Signs that tell a zone or an answer by shape, so that colour never carries meaning alone."""

import math
from dataclasses import dataclass
from functools import cache
from typing import assert_never

from assessor_app.domain.zone import ZoneColour

_ROUND = 72  # corners that look round up to some 60 points across


@dataclass(frozen=True, slots=True)
class Sign:
    """An outline to fill and strokes to draw on it, in the unit square, y upwards."""

    outline: tuple[tuple[float, float], ...]
    strokes: tuple[tuple[tuple[float, float], ...], ...]


def zone_sign(zone: ZoneColour) -> Sign:
    """Red is an octagon with a bar, yellow a triangle with an exclamation, green a ticked disc."""
    match zone:
        case ZoneColour.RED:
            return Sign(_ring(8, turn=math.pi / 8), (((0.27, 0.5), (0.73, 0.5)),))
        case ZoneColour.YELLOW:
            return Sign(
                ((0.02, 0.08), (0.98, 0.08), (0.5, 0.94)),
                (((0.5, 0.66), (0.5, 0.38)), ((0.5, 0.24), (0.5, 0.23))),
            )
        case ZoneColour.GREEN:
            return Sign(_ring(_ROUND), (TICK,))
        case _:
            assert_never(zone)


TICK = ((0.27, 0.5), (0.44, 0.33), (0.74, 0.66))
DASH = ((0.2, 0.5), (0.8, 0.5))
CROSS = (((0.3, 0.3), (0.7, 0.7)), ((0.3, 0.7), (0.7, 0.3)))


def disc() -> tuple[tuple[float, float], ...]:
    """A round outline."""
    return _ring(_ROUND)


def half_disc() -> tuple[tuple[float, float], ...]:
    """The left half of the disc: an answer that is half fulfilled."""
    return tuple(point for point in _ring(_ROUND) if point[0] <= 0.5 + 1e-9)


@cache
def _ring(corners: int, *, turn: float = 0.0) -> tuple[tuple[float, float], ...]:
    angles = (turn + 2 * math.pi * corner / corners for corner in range(corners))
    return tuple((0.5 + 0.5 * math.cos(angle), 0.5 + 0.5 * math.sin(angle)) for angle in angles)
