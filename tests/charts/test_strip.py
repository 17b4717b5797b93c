"""The strip of columns: every indicator once, like beside like, all as wide as each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.charts.matrix import Standing
from assessor_app.charts.strip import strip

COUNTS = st.integers(2, 3).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 40), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


@given(COUNTS)
def test_every_indicator_is_a_column_of_the_same_width_within_the_strip(
    counts: list[list[int]],
) -> None:
    runs = strip(counts, width=400, apart=7)
    columns = [column for run in runs for column in run.columns]

    assert len(columns) == sum(map(sum, counts))
    assert len({round(column.width, 6) for column in columns}) <= 1
    assert all(0 <= column.left <= 400 - column.width + 1e-6 for column in columns)
    for before, after in pairwise(columns):
        assert after.left >= before.left + before.width - 1e-6


def test_the_gaps_come_first_and_what_agrees_last() -> None:
    runs = strip([[3, 1], [2, 1]], width=100, apart=4)

    assert [(run.standing, len(run.columns)) for run in runs] == [
        (Standing.PAPER_AHEAD, 1),
        (Standing.PRACTICE_AHEAD, 2),
        (Standing.NEITHER, 1),
        (Standing.CONSISTENT, 3),
    ]
    assert (runs[0].columns[0].paper, runs[0].columns[0].practice) == (0, 1)
    assert runs[-1].left + runs[-1].width == pytest.approx(100)


def test_without_indicators_there_is_nothing_to_draw() -> None:
    assert strip([[0, 0], [0, 0]], width=100, apart=4) == ()
