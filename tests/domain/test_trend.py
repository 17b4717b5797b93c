"""Years in a row: each read by its own method, gaps and breaks visible."""

from decimal import Decimal

from tests.domain.published import LIBRARY, result

from assessor_app.domain.results import PublishedResult
from assessor_app.domain.trend import TrendPoint, trend
from assessor_app.domain.zone import ZoneColour as Zone


def row(*results: PublishedResult) -> dict[int, TrendPoint]:
    return {point.year: point for point in trend(results, LIBRARY.all())}


def test_each_year_shows_its_own_zone_for_the_same_score() -> None:
    points = row(result("Kota Ambon", 2022, "79.20"), result("Kota Ambon", 2021, "79.20"))

    zones = [point.reading.zone for point in points.values() if point.reading]
    assert list(points) == [2021, 2022]
    assert zones == [Zone.YELLOW, Zone.GREEN]


def test_zones_without_a_number_are_held_and_missing_years_stay_visible() -> None:
    points = row(
        *(result("Kota Ambon", year, None, zone=Zone.YELLOW) for year in (2015, 2016, 2017)),
        result("Kota Ambon", 2021, "70"),
    )

    assert list(points) == list(range(2015, 2022))
    assert [year for year, point in points.items() if point.reading is None] == [2018, 2019, 2020]
    assert [year for year, point in points.items() if not point.held] == [2020]
    ambon_2016 = points[2016].reading
    assert ambon_2016 is not None
    assert (ambon_2016.zone, ambon_2016.result.score) == (Zone.YELLOW, None)


def test_a_change_of_method_is_marked_and_told_apart_from_a_change_of_bounds() -> None:
    points = row(result("Kota Ambon", 2015, "60"), result("Kota Ambon", 2025, "90.61"))

    changed = [year for year, point in points.items() if point.method_changed]
    bounds = [year for year, point in points.items() if point.bounds_changed]
    assert changed == [2016, 2021, 2022, 2023, 2025]
    assert bounds == [2016, 2021, 2022, 2025]
    assert points[2020].instrument is None


def test_a_ministry_is_read_by_the_ministries_method_throughout() -> None:
    points = row(
        result("Kementerian Pertahanan", 2015, "80"),
        result("Kementerian Pertahanan", 2016, "97.58"),
    )

    first = points[2015]
    assert first.instrument is not None
    assert first.instrument.maximum == Decimal(100)
    assert points[2016].method_changed
    assert not points[2016].bounds_changed


def test_no_result_has_no_years() -> None:
    assert trend((), LIBRARY.all()) == ()
