"""The trend: years side by side, each score on its own year's scale, each zone on its own bounds.

A year's height is the share of its own maximum: 880 of 1000 stands as high as 88 of 100.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assessor_app.domain.zone import ZoneColour


@dataclass(frozen=True, slots=True)
class Step:
    """Where a zone begins on a year's scale, in points."""

    lower: Decimal
    zone: ZoneColour


@dataclass(frozen=True, slots=True)
class TrendYear:
    """One year as it is drawn.

    `score` and `maximum` are in points, None where unknown; `steps` rise and are empty where the
    bounds were not published; `changed` says that another method holds than in the assessed year
    before. `shown` is False in a year without a result, `held` in one without an assessment.
    """

    score: Decimal | None
    zone: ZoneColour | None
    maximum: Decimal | None
    steps: tuple[Step, ...]
    changed: bool = False
    shown: bool = True
    held: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """One zone's ground under the years that share its bounds; y counts downwards."""

    left: float
    top: float
    width: float
    height: float
    zone: ZoneColour


@dataclass(frozen=True, slots=True)
class Mark:
    """A year's zone; `y` is None where there is no score: it stands below, on the axis."""

    x: float
    y: float | None
    zone: ZoneColour | None


@dataclass(frozen=True, slots=True)
class Link:
    """From the score of one assessed year to that of the next; `broken` across a new method."""

    start: tuple[float, float]
    end: tuple[float, float]
    broken: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """All years from left to right; `marks` has None for a year without a result.

    `breaks` are where one method ends and another begins.
    """

    column: float
    middles: tuple[float, ...]
    grounds: tuple[Ground, ...]
    marks: tuple[Mark | None, ...]
    links: tuple[Link, ...]
    breaks: tuple[float, ...]


def trend(years: Sequence[TrendYear], *, width: float, height: float) -> Trend:
    """The picture of these years on a plot of that size, its upper left corner at (0, 0)."""
    column = width / len(years) if years else width
    middles = tuple(column * (place + 0.5) for place in range(len(years)))
    marks = tuple(
        Mark(x, _height_of(year, height), year.zone) if year.shown else None
        for x, year in zip(middles, years, strict=True)
    )
    return Trend(
        column=column,
        middles=middles,
        grounds=tuple(_grounds(years, column=column, height=height)),
        marks=marks,
        links=tuple(_links(years, marks)),
        breaks=tuple(column * place for place, year in enumerate(years) if place and year.changed),
    )


def _height_of(year: TrendYear, height: float) -> float | None:
    if year.score is None or not year.maximum:
        return None
    share = min(max(year.score / year.maximum, Decimal(0)), Decimal(1))
    return float(1 - share) * height


def _grounds(years: Sequence[TrendYear], *, column: float, height: float) -> Iterator[Ground]:
    """Each zone once for neighbouring years of the same bounds."""
    begun = 0
    for place in range(1, len(years) + 1):
        if place < len(years) and _scale(years[place]) == _scale(years[begun]):
            continue
        left, wide = begun * column, (place - begun) * column
        for zone, lower, upper in _scale(years[begun]):
            top = float(1 - upper) * height
            yield Ground(left, top, wide, float(upper - lower) * height, zone)
        begun = place


def _scale(year: TrendYear) -> tuple[tuple[ZoneColour, Decimal, Decimal], ...]:
    """The zones of a year by shares of its maximum, those of one colour joined, without a hole."""
    if not year.steps or not year.maximum or not year.held:
        return ()
    begins = [
        step
        for before, step in pairwise((None, *year.steps))
        if step is not None and (before is None or before.zone is not step.zone)
    ]
    edges = [Decimal(0), *(step.lower / year.maximum for step in begins[1:]), Decimal(1)]
    return tuple(
        (step.zone, lower, upper)
        for step, (lower, upper) in zip(begins, pairwise(edges), strict=True)
    )


def _links(years: Sequence[TrendYear], marks: Sequence[Mark | None]) -> Iterator[Link]:
    """Lines between assessed years that follow each other; none leads over a missing result."""
    assessed = [(year, mark) for year, mark in zip(years, marks, strict=True) if year.held]
    for (_, one), (year, other) in pairwise(assessed):
        if one is None or other is None or one.y is None or other.y is None:
            continue
        yield Link((one.x, one.y), (other.x, other.y), broken=year.changed)
