"""The sample's published results hold what the reports say, and nothing they do not."""

from decimal import Decimal

import pytest

from assessor_app.domain.aggregation import UnitScore, aggregate
from assessor_app.domain.institutions import objects_of
from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.ranking import Rank, ranking
from assessor_app.domain.results import (
    InstitutionLevel,
    PublishedResult,
    classify,
    read_result,
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
    method = Library([resources_dir() / "instruments"]).get("2023-2024")

    made = aggregate(unit_scores(units), method)

    assert len(made.members) == 7
    assert whole.score == made.score == Decimal("60.80")
    band = classify(method, whole.score)
    assert band is not None
    assert (whole.category, whole.zone) == (band.category, band.zone) == ("C", Zone.YELLOW)


def test_tarakan_was_green_with_two_red_units() -> None:
    whole, *units = of("Kota Tarakan")

    assert (whole.unit, whole.zone, whole.year) == (None, Zone.GREEN, 2018)
    assert [(one.unit, one.zone) for one in units] == [
        ("Dinas Sosial dan Pemberdayaan Masyarakat", Zone.RED),
        ("Dinas Ketenagakerjaan", Zone.RED),
    ]
    assert whole.note is not None


def test_pangkalpinang_is_as_reported() -> None:
    (pangkalpinang,) = of("Kota Pangkalpinang")

    assert (str(pangkalpinang.score), pangkalpinang.zone) == ("73.14", Zone.YELLOW)


def test_ternate_is_the_highest_of_its_province_in_2023() -> None:
    library = Library([resources_dir() / "instruments"])
    of_2023 = [one for one in published_results() if one.province == "Maluku Utara"]

    first, *others = ranking(of_2023, library.all())

    assert first.reading.result.institution == "Kota Ternate"
    assert (first.overall, first.green) == (Rank(1, tied=False, among=6), True)
    assert [one.overall.place for one in others if one.overall] == [2, 3, 4, 5, 6]


def test_rembang_recomputes_from_its_units_and_magelang_does_not() -> None:
    library = Library([resources_dir() / "instruments"])
    rembang, *units = of("Kabupaten Rembang")
    magelang, *four = of("Kota Magelang")

    made = aggregate(unit_scores(units), library.get("2023-2024"))
    assert (made.score, len(units)) == (rembang.score, 7)
    assert (str(magelang.score), magelang.zone, len(four)) == ("68.27", Zone.YELLOW, 4)
    with pytest.raises(MethodRefused, match="not_recomputable"):
        aggregate(unit_scores(four), library.get("2021"))


def test_jayapura_got_no_certificate_and_no_number_was_made_up() -> None:
    (jayapura,) = of("Kota Jayapura")

    assert (jayapura.award_eligible, jayapura.score, jayapura.zone) == (False, None, None)
    assert jayapura.award_note is not None


def test_no_printed_zone_or_category_contradicts_its_score() -> None:
    instruments = Library([resources_dir() / "instruments"]).all()

    for one in published_results():
        assert not read_result(one, instruments, objects=objects_of(one)).disagrees, one


def test_every_result_has_a_source_and_something_to_say() -> None:
    for one in published_results():
        assert one.source
        assert (one.score, one.zone, one.award_eligible) != (None, None, None)


def unit_scores(units: list[PublishedResult]) -> list[UnitScore]:
    return [UnitScore(one.unit or "", one.score) for one in units if one.score is not None]


def of(institution: str) -> list[PublishedResult]:
    return [one for one in published_results() if one.institution == institution]
