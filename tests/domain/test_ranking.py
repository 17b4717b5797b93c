"""Ranks within level and province, ties said, red units not hidden by a green whole."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.published import LIBRARY, result

from assessor_app.domain.ranking import Rank, Ranked, loose_units, ranking
from assessor_app.domain.results import InstitutionLevel, PublishedResult
from assessor_app.domain.zone import ZoneColour as Zone

MALUT = "Maluku Utara"


def ranked(*results: PublishedResult) -> dict[str, Ranked]:
    return {one.reading.result.institution: one for one in ranking(results, LIBRARY.all())}


def in_malut(entity: str, score: str | None, **more: object) -> PublishedResult:
    return result(entity, 2023, score, province=MALUT, **more)


def test_ternate_is_the_highest_of_its_province() -> None:
    found = ranked(
        in_malut("Prov. Maluku Utara", "52.77"),
        in_malut("Kab. Halmahera Selatan", "88.01"),
        in_malut("Kab. Halmahera Timur", "81.29"),
        in_malut("Kota Ternate", "92.53"),
    )

    assert next(iter(found)) == "Kota Ternate"
    assert found["Kota Ternate"].overall == Rank(1, tied=False, among=4)
    assert found["Kota Ternate"].rank == Rank(1, tied=False, among=1)
    assert found["Kabupaten Halmahera Timur"].rank == Rank(2, tied=False, among=2)
    assert found["Provinsi Maluku Utara"].overall == Rank(4, tied=False, among=4)


def test_a_tie_shares_the_place_and_the_next_place_is_left_out() -> None:
    found = ranked(
        *(
            in_malut(f"Kab. {name}", score)
            for name, score in zip("ABCD", ("90", "80", "80.00", "70"), strict=True)
        )
    )

    places = [(one.rank.place, one.rank.tied) for one in found.values() if one.rank]
    assert places == [(1, False), (2, True), (2, True), (4, False)]


def test_without_a_number_or_a_province_there_is_no_rank() -> None:
    found = ranked(
        in_malut("Kab. A", None, zone=Zone.GREEN),
        in_malut("Kab. B", "60"),
        result("Kab. C", 2023, "99"),
    )

    assert found["Kabupaten A"].rank is None
    assert found["Kabupaten A"].green
    assert found["Kabupaten B"].rank == Rank(1, tied=False, among=1, unscored=1)
    assert found["Kabupaten C"].rank is None


def test_a_ministry_or_agency_is_ranked_among_all_of_its_level_without_a_province() -> None:
    agency = InstitutionLevel.AGENCY
    found = ranked(
        result("Kementerian A", 2023, "90"),
        result("Kementerian B", 2023, "80"),
        replace(result("Kementerian C", 2023, "95"), province="DKI Jakarta"),
        result("Kementerian D", 2024, "99"),
        result("Kementerian E", 2023, None, zone=Zone.GREEN),
        result("Badan Pusat Statistik", 2023, "70", level=agency),
        result("Badan Informasi Geospasial", 2023, "70.00", level=agency),
    )

    assert found["Kementerian C"].rank == Rank(1, tied=False, among=3, unscored=1)
    assert found["Kementerian B"].rank == Rank(3, tied=False, among=3, unscored=1)
    assert found["Kementerian D"].rank == Rank(1, tied=False, among=1)
    assert found["Badan Pusat Statistik"].rank == Rank(1, tied=True, among=2)
    assert {one.overall for one in found.values()} == {None}


def test_another_year_or_province_is_no_rival() -> None:
    found = ranking(
        [
            in_malut("Kab. A", "60"),
            replace(in_malut("Kab. A", "90"), year=2024),
            replace(in_malut("Kab. B", "95"), province="Maluku"),
        ],
        LIBRARY.all(),
    )

    assert {one.rank for one in found} == {Rank(1, tied=False, among=1)}


def test_a_land_office_is_no_rival_of_a_police_station_nor_of_a_city() -> None:
    found = ranked(
        in_malut("Kantah Ternate", "60"),
        in_malut("Polres Ternate", "90"),
        in_malut("Kota Ternate", "70"),
    )

    assert found["Kantah Ternate"].rank == Rank(1, tied=False, among=1)
    assert found["Kantah Ternate"].overall is None
    assert found["Kota Ternate"].overall == Rank(1, tied=False, among=1)
    assert next(iter(found)) == "Kota Ternate"


def test_red_units_inside_a_green_institution_are_shown() -> None:
    tarakan = result("Kota Tarakan", 2018, None, zone=Zone.GREEN)
    found = ranked(
        tarakan,
        replace(tarakan, unit="Dinas Sosial", zone=Zone.RED),
        replace(tarakan, unit="Dinas Kesehatan", zone=Zone.GREEN),
        replace(tarakan, unit="Dinas Ketenagakerjaan", zone=Zone.RED),
        replace(tarakan, unit="Dinas Lain", zone=Zone.RED, year=2017),
    )

    (one,) = found.values()
    assert [unit.result.unit for unit in one.red_units] == ["Dinas Ketenagakerjaan", "Dinas Sosial"]
    assert one.hides_red
    assert len(one.units) == 3


def test_units_without_their_institution_are_not_lost() -> None:
    unit = result("Kota Magelang", 2021, "23.15", unit="Dinas Kesehatan")

    (loose,) = loose_units([unit], LIBRARY.all())

    assert (loose.zone, loose.computed) == (Zone.RED, True)
    assert ranking([unit], LIBRARY.all()) == ()


@given(scores=st.lists(st.decimals(min_value=0, max_value=100, places=1), min_size=1, max_size=12))
def test_a_place_is_one_more_than_those_ahead(scores: list[Decimal]) -> None:
    results = [in_malut(f"Kab. {place:02}", str(score)) for place, score in enumerate(scores)]

    for one in ranking(results, LIBRARY.all()):
        score = one.reading.result.score
        assert one.rank is not None
        assert score is not None
        assert one.rank.place == 1 + sum(other > score for other in scores)
        assert one.rank.tied == (scores.count(score) > 1)
