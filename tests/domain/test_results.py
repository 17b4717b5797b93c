"""Every year's bounds read a published score as its source did."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.domain.published import LIBRARY, result

from assessor_app.domain.aggregation import UnitScore, aggregate
from assessor_app.domain.institutions import named, object_codes, objects_of, province_name
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.results import (
    InstitutionLevel,
    classify,
    instrument_of_year,
    read_result,
)
from assessor_app.domain.zone import ZoneColour as Zone

MALUKU_TENGGARA_2023 = ["49.85", "52.86", "55.09", "59.85", "62.06", "71.08", "74.82"]
REMBANG_2024 = ["100", "99.65", "99.30", "99.16", "99.08", "97.72", "97.40"]
MAGELANG_2021 = ["87.95", "75.58", "62.17", "23.15"]
ZONES = {"merah": Zone.RED, "kuning": Zone.YELLOW, "hijau": Zone.GREEN}
PUBLISHED = list(
    csv.DictReader(
        (Path(__file__).parent / "files" / "published_scores.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
)


def method(year: int, *objects: str) -> Instrument:
    found = instrument_of_year(LIBRARY.all(), year, objects=objects or ("kota",))
    assert found is not None
    return found


@pytest.mark.parametrize("row", PUBLISHED, ids=[f"{r['entity']} {r['year']}" for r in PUBLISHED])
def test_every_published_score_classifies_as_published(row: dict[str, str]) -> None:
    one = result(row["entity"], int(row["year"]), row["score"])

    found = read_result(one, LIBRARY.all(), objects=objects_of(one))

    assert found.instrument is not None
    assert found.instrument.covers(one.year)
    if one.year >= 2025:
        assert (found.band, found.zone, found.category) == (None, None, None)
        return
    assert found.zone is ZONES[row["zone"]]
    assert found.computed
    if row["category"]:
        assert found.category == row["category"]


@pytest.mark.parametrize(
    ("units", "published", "category", "zone"),
    [
        (MALUKU_TENGGARA_2023, "60.80", "C", Zone.YELLOW),
        (REMBANG_2024, "98.90", "A", Zone.GREEN),
    ],
)
def test_a_published_mean_of_units_recomputes(
    units: list[str], published: str, category: str, *, zone: Zone
) -> None:
    score = mean(units, 2023)

    band = classify(method(2023), score)
    assert str(score) == published
    assert band is not None
    assert (band.category, band.zone) == (category, zone)


def test_magelang_2021_is_no_mean_of_units() -> None:
    assert mean(MAGELANG_2021, 2023) != Decimal("68.27")


def test_a_mean_is_rounded_half_up() -> None:
    assert mean(["0.01", "0.02"], 2023) == Decimal("0.02")


def mean(units: list[str], year: int) -> Decimal:
    scores = [UnitScore(str(at), Decimal(unit)) for at, unit in enumerate(units)]
    return aggregate(scores, method(year)).score


def zone_of(year: int, score: str, *objects: str) -> Zone | None:
    band = classify(method(year, *objects), Decimal(score))
    return band.zone if band else None


def test_the_same_score_is_read_by_each_years_own_bounds() -> None:
    assert zone_of(2021, "79.20") is Zone.YELLOW
    assert zone_of(2022, "79.20") is Zone.GREEN
    assert zone_of(2025, "79.20") is None


@pytest.mark.parametrize(
    ("year", "kind", "score", "zone"),
    [
        (2014, "lembaga", "880", Zone.GREEN),
        (2014, "lembaga", "800", Zone.YELLOW),
        (2014, "lembaga", "500", Zone.RED),
        (2015, "kementerian", "80.50", Zone.YELLOW),
        (2015, "kementerian", "81", Zone.GREEN),
        (2015, "kota", "55.99", Zone.RED),
        (2015, "kota", "56", Zone.YELLOW),
        (2015, "kota", "89", Zone.GREEN),
        (2015, "lain", "60", Zone.YELLOW),
        (2015, "lain", "61", Zone.GREEN),
        (2018, "kota", "94.5", Zone.GREEN),
        (2021, "kota", "50.99", Zone.RED),
        (2021, "kota", "51", Zone.YELLOW),
        (2021, "kantah", "80.99", Zone.YELLOW),
        (2021, "polres", "81", Zone.GREEN),
        (2022, "kantah", "79.2", Zone.GREEN),
        (2022, "kota", "77.99", Zone.YELLOW),
        (2022, "kota", "78", Zone.GREEN),
        (2024, "puskesmas", "53.99", Zone.RED),
        (2024, "puskesmas", "54", Zone.YELLOW),
    ],
)
def test_the_bounds_of_a_year_are_those_of_its_kind_of_office(
    year: int, kind: str, score: str, zone: Zone
) -> None:
    assert zone_of(year, score, kind) is zone


def test_a_score_is_rounded_before_it_is_classified() -> None:
    upper, lower = (classify(method(2023), Decimal(score)) for score in ("87.995", "87.994"))

    assert upper is not None
    assert lower is not None
    assert (upper.category, lower.category) == ("A", "B")


def test_a_printed_zone_stays_and_its_contradiction_is_told() -> None:
    one = result("Kota Ambon", 2022, "79.20", zone=Zone.YELLOW)

    found = read_result(one, LIBRARY.all(), objects=("kota",))

    assert (found.zone, found.computed, found.disagrees) == (Zone.YELLOW, False, True)


def test_a_zone_without_a_number_stays_as_printed() -> None:
    one = result("Kota Ambon", 2016, None, zone=Zone.YELLOW)

    found = read_result(one, LIBRARY.all(), objects=("kota",))

    assert (found.zone, found.band, found.computed, found.disagrees) == (
        Zone.YELLOW,
        None,
        False,
        False,
    )


def test_the_words_of_2025_stand_for_their_opinion_without_a_zone() -> None:
    one = result("Kota Pangkalpinang", 2025, "85.04", category="Baik")

    found = read_result(one, LIBRARY.all(), objects=("kota",))

    assert found.opinion is not None
    assert found.opinion.id == "Kualitas Tinggi"
    assert (found.zone, found.category_computed) == (None, False)


def test_a_printed_opinion_is_kept_as_printed() -> None:
    one = result("Kota Jambi", 2022, "89.59", opinion="Kualitas Tertinggi (hasil cetak)")

    found = read_result(one, LIBRARY.all(), objects=("kota",))

    assert found.opinion is not None
    assert found.opinion.id == "Kualitas Tertinggi (hasil cetak)"


def test_a_score_beyond_its_years_maximum_has_no_band() -> None:
    found = read_result(result("Kota X", 2021, "110"), LIBRARY.all(), objects=("kota",))

    assert found.band is None


def test_three_methods_of_one_year_are_told_apart_or_not_at_all() -> None:
    assert method(2015, "kota").maximum == 110
    assert method(2015, "kementerian").maximum == 100
    assert instrument_of_year(LIBRARY.all(), 2015, objects=()) is None
    assert instrument_of_year(LIBRARY.all(), 2020, objects=("kota",)) is None


@pytest.mark.parametrize(
    ("printed", "name", "level"),
    [
        ("Kab. Limapuluh Kota", "Kabupaten Limapuluh Kota", InstitutionLevel.REGENCY),
        ("Kab.Solok", "Kabupaten Solok", InstitutionLevel.REGENCY),
        ("Pemkab  Bungo", "Kabupaten Bungo", InstitutionLevel.REGENCY),
        ("KOTA Ternate", "Kota Ternate", InstitutionLevel.CITY),
        ("Kotabaru", "Kotabaru", None),
        ("Prov. Babel", "Provinsi Kepulauan Bangka Belitung", InstitutionLevel.PROVINCE),
        ("Kantah Kota Yogyakarta", "Kantah Kota Yogyakarta", InstitutionLevel.VERTICAL),
        ("Polres Bangka Tengah", "Polres Bangka Tengah", InstitutionLevel.VERTICAL),
        ("Kementerian Pertahanan", "Kementerian Pertahanan", InstitutionLevel.MINISTRY),
        ("Badan Pusat Statistik", "Badan Pusat Statistik", None),
    ],
)
def test_a_name_as_printed_tells_its_level(
    printed: str, name: str, level: InstitutionLevel | None
) -> None:
    assert (named(printed).name, named(printed).level) == (name, level)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("KAB.", "kabupaten"),
        ("Pemkot", "kota"),
        ("rumah sakit", "rsud"),
        ("Kanwil-BPN", "kanwil-bpn"),
    ],
)
def test_everyday_names_of_an_office_have_a_code(said: str, code: str) -> None:
    assert object_codes(said)[0] == code


def test_an_unknown_name_is_its_own_code() -> None:
    assert object_codes("Pos Indonesia") == ("pos-indonesia",)


def test_the_unit_of_a_city_is_judged_by_the_citys_method() -> None:
    unit = result("Kota Magelang", 2021, "23.15", unit="Dinas Kesehatan")

    assert objects_of(unit) == ("dinas", "opd", "kota")
    assert objects_of(replace(unit, object_type="Puskesmas"))[0] == "puskesmas"
    assert objects_of(result("Polresta Ambon", 2023, "80"))[0] == "polresta"
    assert objects_of(result("Yang Lain", 2023, "80")) == ()


def test_short_names_of_provinces_are_known() -> None:
    assert province_name("Prov. Sumbar") == province_name("sumbar") == "Sumatera Barat"
    assert province_name("Maluku") == "Maluku"


def versioned(version: str, *, years: tuple[int, ...] = (2022,)) -> Instrument:
    return replace(LIBRARY.get("2022"), version=version, years=years)


def test_of_one_id_the_highest_version_that_covers_the_year_answers_in_any_order() -> None:
    old, shipped, new = versioned("0.5"), versioned("1"), versioned("1.10")
    elsewhere = versioned("9", years=(2030,))

    for order in ((shipped, old), (old, shipped), (shipped, elsewhere)):
        assert instrument_of_year(order, 2022, objects=("kota",)) == shipped
    assert instrument_of_year((new, versioned("1.9")), 2022, objects=("kota",)) == new
