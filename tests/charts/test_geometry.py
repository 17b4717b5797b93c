"""The geometry of the pictures has laws: in order, in bounds, never overlapping."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.charts.bars import paired_bar
from assessor_app.charts.gauge import pointers, position, segments
from assessor_app.charts.matrix import Standing, cells
from assessor_app.charts.signs import zone_sign
from assessor_app.domain.zone import ZoneColour

MAXIMUM = Decimal(110)
scores = st.decimals(min_value=0, max_value=MAXIMUM, places=2)


def test_zones_of_2015_fill_the_scale_without_a_hole() -> None:
    red, yellow, green = segments(
        [Decimal(55), Decimal(88), Decimal(110)], maximum=MAXIMUM, width=220, gap=2
    )

    assert (red.left, red.width) == (0, 108)
    assert (yellow.left, yellow.width) == (110, 64)
    assert green.left == 176
    assert green.left + green.width == 220


@given(value=st.decimals(min_value=-1000, max_value=1000, places=2))
def test_a_pointer_never_leaves_the_scale(value: Decimal) -> None:
    assert 0 <= position(value, maximum=MAXIMUM, width=300) <= 300


@given(values=st.lists(scores, min_size=1, max_size=3))
def test_labels_never_overlap_and_keep_the_order_of_the_scores(values: list[Decimal]) -> None:
    spots = pointers(values, maximum=MAXIMUM, width=300, label_width=70)

    middles = sorted(spot.label for spot in spots)
    assert all(right - left >= 70 - 1e-6 for left, right in pairwise(middles))
    assert middles[0] >= 35 - 1e-6
    assert middles[-1] <= 265 + 1e-6
    for lower, upper in pairwise(sorted(zip(values, spots, strict=True), key=lambda one: one[0])):
        assert lower[0] == upper[0] or lower[1].label < upper[1].label


def test_a_side_that_was_not_measured_has_no_bar() -> None:
    bar = paired_bar(paper=None, practice=Decimal(6), maximum=Decimal(12), width=100)

    assert bar.paper is None
    assert bar.practice == 50


def test_a_dimension_without_points_has_a_track_only() -> None:
    bar = paired_bar(paper=Decimal(0), practice=Decimal(0), maximum=Decimal(0), width=100)

    assert (bar.paper, bar.practice, bar.track) == (None, None, 100)


@pytest.mark.parametrize("size", [2, 3])
def test_the_matrix_says_which_side_is_ahead(size: int) -> None:
    placed = cells([[1] * size] * size, width=300, height=120, gap=3)

    standing = {(cell.row, cell.column): cell.standing for cell in placed}
    assert standing[0, 0] is Standing.CONSISTENT
    assert standing[size - 1, size - 1] is Standing.NEITHER
    assert standing[0, size - 1] is Standing.PAPER_AHEAD
    assert standing[size - 1, 0] is Standing.PRACTICE_AHEAD


def test_matrix_cells_stay_in_the_frame_and_an_empty_matrix_has_no_tint() -> None:
    placed = cells([[0, 0], [0, 0]], width=300, height=120, gap=4)

    assert max(cell.left + cell.width for cell in placed) == pytest.approx(300)
    assert max(cell.bottom + cell.height for cell in placed) == pytest.approx(120)
    assert {cell.share for cell in placed} == {0.0}


def test_every_zone_has_a_shape_of_its_own_inside_the_unit_square() -> None:
    corners = {zone: len(zone_sign(zone).outline) for zone in ZoneColour}

    assert len(set(corners.values())) == len(ZoneColour)
    for zone in ZoneColour:
        sign = zone_sign(zone)
        for x, y in (*sign.outline, *(point for line in sign.strokes for point in line)):
            assert 0 <= x <= 1
            assert 0 <= y <= 1
