"""The trend's geometry: every year keeps its own scale, and what is not known is not drawn."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assessor_app.charts.trend import Step, TrendYear, trend
from assessor_app.domain.zone import ZoneColour

RED, YELLOW, GREEN = ZoneColour.RED, ZoneColour.YELLOW, ZoneColour.GREEN
OF_2021 = (Step(Decimal(0), RED), Step(Decimal(51), YELLOW), Step(Decimal(81), GREEN))
OF_2022 = (
    Step(Decimal(0), RED),
    Step(Decimal(32), RED),
    Step(Decimal(54), YELLOW),
    Step(Decimal(78), GREEN),
    Step(Decimal(88), GREEN),
)
MISSING = TrendYear(None, None, Decimal(100), OF_2021, shown=False)
NOT_HELD = TrendYear(None, None, None, (), shown=False, held=False)

scores = st.decimals(min_value=0, max_value=100, places=2)


def year_of_2021(score: str | None, zone: ZoneColour | None = YELLOW) -> TrendYear:
    points = None if score is None else Decimal(score)
    return TrendYear(points, zone, Decimal(100), OF_2021)


def year_of_2022(score: str) -> TrendYear:
    return TrendYear(Decimal(score), GREEN, Decimal(100), OF_2022, changed=True)


def test_the_same_score_lies_in_the_zone_of_its_own_year() -> None:
    drawn = trend([year_of_2021("79.20"), year_of_2022("79.20")], width=200, height=100)

    under = [
        [
            ground.zone
            for ground in drawn.grounds
            if mark is not None
            and mark.y is not None
            and ground.left <= mark.x <= ground.left + ground.width
            and ground.top <= mark.y < ground.top + ground.height
        ]
        for mark in drawn.marks
    ]
    assert under == [[YELLOW], [GREEN]]


def test_a_new_method_breaks_the_line_and_stands_between_the_years() -> None:
    drawn = trend([year_of_2021("79.20"), year_of_2022("79.20")], width=200, height=100)

    assert [link.broken for link in drawn.links] == [True]
    assert drawn.breaks == (100.0,)


def test_years_of_one_method_are_joined_and_share_their_ground() -> None:
    drawn = trend([year_of_2021("60"), year_of_2021("70")], width=200, height=100)

    assert [link.broken for link in drawn.links] == [False]
    assert {(ground.left, ground.width) for ground in drawn.grounds} == {(0.0, 200.0)}
    assert not drawn.breaks


def test_a_zone_without_a_number_stands_on_the_axis_and_no_line_leads_to_it() -> None:
    drawn = trend([year_of_2021(None), year_of_2021("70")], width=200, height=100)

    first = drawn.marks[0]
    assert first is not None
    assert (first.y, first.zone) == (None, YELLOW)
    assert not drawn.links


def test_a_year_without_a_result_keeps_its_place_and_no_line_leads_over_it() -> None:
    drawn = trend([year_of_2021("60"), MISSING, year_of_2021("70")], width=300, height=100)

    assert drawn.middles == (50.0, 150.0, 250.0)
    assert drawn.marks[1] is None
    assert not drawn.links
    assert {ground.width for ground in drawn.grounds} == {300.0}


def test_a_line_leads_over_a_year_in_which_nothing_was_held() -> None:
    drawn = trend([year_of_2021("60"), NOT_HELD, year_of_2022("70")], width=300, height=100)

    assert [link.broken for link in drawn.links] == [True]
    assert not [one for one in drawn.grounds if one.left <= 150 < one.left + one.width]


def test_a_thousand_points_stand_as_high_as_a_hundred() -> None:
    old = TrendYear(Decimal(880), GREEN, Decimal(1000), (), shown=True)
    drawn = trend([old, year_of_2021("88")], width=200, height=100)

    heights = [mark.y for mark in drawn.marks if mark is not None]
    assert heights == [12.0, 12.0]


def test_no_year_is_no_picture() -> None:
    drawn = trend([], width=200, height=100)

    assert (drawn.middles, drawn.marks, drawn.grounds) == ((), (), ())


def test_steps_of_one_colour_are_one_ground() -> None:
    drawn = trend([year_of_2022("90")], width=100, height=100)

    assert [ground.zone for ground in drawn.grounds] == [RED, YELLOW, GREEN]


@given(values=st.lists(scores, min_size=1, max_size=14))
def test_marks_stay_on_the_plot_and_higher_scores_stand_higher(values: list[Decimal]) -> None:
    years = [replace(year_of_2021("0"), score=value) for value in values]
    drawn = trend(years, width=300, height=120)

    heights = [mark.y for mark in drawn.marks if mark is not None and mark.y is not None]
    assert all(0 <= height <= 120 for height in heights)
    pairs = sorted(zip(values, heights, strict=True))
    assert [height for _, height in pairs] == sorted(heights, reverse=True)


@given(value=scores)
def test_the_grounds_of_a_year_fill_the_plot_without_a_hole(value: Decimal) -> None:
    drawn = trend([replace(year_of_2022("0"), score=value)], width=100, height=100)

    ordered = sorted(drawn.grounds, key=lambda ground: -ground.top)
    assert ordered[0].top + ordered[0].height == 100
    assert ordered[-1].top == 0
    for below, above in pairwise(ordered):
        assert abs(above.top + above.height - below.top) < 1e-9
