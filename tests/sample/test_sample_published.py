"""The sample's published results hold what the reports say, and nothing they do not."""

from decimal import Decimal

from assessor_app.domain.results import (
    InstitutionLevel,
    PublishedResult,
    classify,
    mean_of_units,
)
from assessor_app.domain.zone import ZoneColour as Zone
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services.sample.published import published_results


def test_ambon_was_yellow_three_years_without_a_number() -> None:
    ambon = [one for one in of("Kota Ambon") if one.year < 2018]

    assert [one.year for one in ambon] == [2015, 2016, 2017]
    assert {one.zone for one in ambon} == {Zone.YELLOW}
    assert {one.score for one in ambon} == {None}


def test_three_were_green_in_maluku_in_2023() -> None:
    green = [
        one.institution
        for one in published_results()
        if one.province == "Maluku" and one.year == 2023 and one.zone is Zone.GREEN
    ]

    assert green == ["Kota Ambon", "Kabupaten Maluku Tengah", "Polres Maluku Tengah"]


def test_the_district_police_is_a_vertical_agency() -> None:
    (polres,) = of("Polres Maluku Tengah")

    assert polres.level is InstitutionLevel.VERTICAL


def test_the_seven_units_of_maluku_tenggara_make_its_published_score() -> None:
    whole, *units = of("Kabupaten Maluku Tenggara")
    scores = [one.score for one in units if one.score is not None]

    assert len(scores) == 7
    assert whole.score == mean_of_units(scores) == Decimal("60.80")
    band = classify(Library([resources_dir() / "instruments"]).get("2023-pemda"), whole.score)
    assert (whole.category, whole.zone) == (band.category, band.zone) == ("C", Zone.YELLOW)


def test_tarakan_was_green_with_two_red_units() -> None:
    whole, *units = of("Kota Tarakan")

    assert (whole.unit, whole.zone, whole.year) == (None, Zone.GREEN, 2018)
    assert [(one.unit, one.zone) for one in units] == [
        ("Dinas Sosial dan Pemberdayaan Masyarakat", Zone.RED),
        ("Dinas Ketenagakerjaan", Zone.RED),
    ]
    assert whole.note is not None


def test_pangkalpinang_and_ternate_are_as_reported() -> None:
    (pangkalpinang,) = of("Kota Pangkalpinang")
    (ternate,) = of("Kota Ternate")

    assert (str(pangkalpinang.score), pangkalpinang.zone) == ("73.14", Zone.YELLOW)
    assert (ternate.year, ternate.score, ternate.zone) == (2023, None, Zone.GREEN)


def test_every_result_has_a_source_and_something_to_say() -> None:
    for one in published_results():
        assert one.source
        assert one.score is not None or one.zone is not None


def of(institution: str) -> list[PublishedResult]:
    return [one for one in published_results() if one.institution == institution]
