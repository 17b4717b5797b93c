"""The bent scale: it stands upright, rises clockwise and never leaves its sweep."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.charts.gauge import angle, arc_between, arcs, on_circle

MAXIMUM = Decimal(110)
SWEEP = 204.0
points = st.decimals(min_value=-50, max_value=200, places=2)


def test_the_arc_stands_upright() -> None:
    assert angle(Decimal(55), maximum=MAXIMUM, sweep=SWEEP) == 90
    assert angle(Decimal(0), maximum=MAXIMUM, sweep=SWEEP) == 90 + SWEEP / 2
    assert angle(MAXIMUM, maximum=MAXIMUM, sweep=SWEEP) == 90 - SWEEP / 2


def test_zones_follow_each_other_clockwise_without_overlap() -> None:
    bounds = [Decimal(55), Decimal(88), MAXIMUM]

    red, yellow, green = arcs(bounds, maximum=MAXIMUM, sweep=220, gap=2)

    assert (red.start, red.span) == (200, -108)
    assert (yellow.start, yellow.span) == (90, -64)
    assert green.start + green.span == -20


@given(low=points, high=points)
def test_a_higher_value_lies_further_clockwise(low: Decimal, high: Decimal) -> None:
    low, high = sorted((low, high))

    stretch = arc_between(low, high, maximum=MAXIMUM, sweep=SWEEP)

    assert -SWEEP <= stretch.span <= 0
    assert 90 - SWEEP / 2 <= stretch.start <= 90 + SWEEP / 2


def test_a_stretch_backwards_is_empty() -> None:
    assert arc_between(Decimal(9), Decimal(3), maximum=MAXIMUM, sweep=SWEEP).span == 0


@given(degrees=st.floats(min_value=-360, max_value=360))
def test_points_lie_on_the_circle(degrees: float) -> None:
    x, y = on_circle(degrees, radius=3)

    assert x * x + y * y == pytest.approx(9)
