"""Results for a page: read once, narrowed like the command line does, one institution whole."""

from decimal import Decimal

import pytest
from tests.conftest import begin
from tests.visiting import answer_all

from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.results import InstitutionLevel, PublishedResult
from assessor_app.domain.visit import Outcome
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.results import Wanted, register, side_by_side
from assessor_app.services.results_page import (
    gather,
    institution_results,
    narrowed,
    under_rule_of,
    years_of_rules,
)
from assessor_app.services.sample.published import published_results
from assessor_app.services.session import open_session
from assessor_app.services.visits import close_visit
from assessor_app.services.year_rules import methods


def result(score: str | None, year: int = 2022, **more: object) -> PublishedResult:
    points = None if score is None else Decimal(score)
    named = {"institution": "Kota Uji", "unit": None, "province": "Maluku", **more}
    return PublishedResult(
        **named,  # type: ignore[arg-type]  # a test's fields by name
        year=year,
        score=points,
        category=None,
        zone=None,
        source="koran",
        level=InstitutionLevel.CITY,
    )


def visited(workplace: Workplace, library: Library) -> None:
    """Kota Ambon has a closed visit, on 22 November 2026."""
    session = open_session(
        workplace.store, begin(workplace, library.get("2015-pemda"), library), library
    )
    answer_all(session)
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.COMPLETED, departure=now)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(year=2023, province="Maluku Utara"),
        Wanted(year=2023, level=InstitutionLevel.VERTICAL),
        Wanted(province="Maluku"),
        Wanted(year=2026, province="Papua"),
    ],
)
def test_what_was_read_once_is_narrowed_as_if_it_were_read_anew(
    workplace: Workplace, library: Library, wanted: Wanted
) -> None:
    register(workplace.store, published_results())
    visited(workplace, library)

    found = narrowed(gather(workplace, library), wanted)

    assert found == side_by_side(workplace, library, wanted)


def test_own_visits_add_their_year_but_the_latest_is_a_published_one(
    workplace: Workplace, library: Library
) -> None:
    register(workplace.store, published_results())
    visited(workplace, library)

    gathered = gather(workplace, library)

    assert (gathered.offered.years[0], gathered.latest) == (2026, 2024)
    assert Wanted(year=2026).year in gathered.offered.years


def test_where_nothing_was_published_own_visits_are_the_latest(
    workplace: Workplace, library: Library
) -> None:
    visited(workplace, library)

    gathered = gather(workplace, library)

    assert (gathered.offered.years, gathered.latest) == ((2026,), 2026)
    found = institution_results(gathered, "kota ambon")
    assert found is not None
    assert (found.institution, found.points, found.ranked) == ("Kota Ambon", (), ())
    assert [one.year for one in found.own] == [2026]


def test_an_empty_store_has_no_year(workplace: Workplace, library: Library) -> None:
    gathered = gather(workplace, library)

    assert (gathered.offered.years, gathered.latest) == ((), None)
    assert institution_results(gathered, "Kota Ambon") is None


def test_an_institution_has_its_years_its_units_and_its_own_visits(
    workplace: Workplace, library: Library
) -> None:
    register(workplace.store, published_results())
    visited(workplace, library)
    gathered = gather(workplace, library)

    ambon = institution_results(gathered, "Kota Ambon")
    tarakan = institution_results(gathered, "kota tarakan")

    assert ambon is not None
    assert (ambon.province, [one.year for one in ambon.own]) == ("Maluku", [2026])
    assert [point.year for point in ambon.points] == list(range(2015, 2025))
    assert [one.reading.result.year for one in ambon.ranked] == [2024, 2023, 2017, 2016, 2015]
    assert tarakan is not None
    assert [unit.zone for unit in tarakan.units] == [ZoneColour.RED, ZoneColour.RED]


def test_units_without_their_institutions_result_are_shown_too(
    workplace: Workplace, library: Library
) -> None:
    register(workplace.store, [result("60", unit="Dinas Sosial"), result("70", 2023)])

    found = institution_results(gather(workplace, library), "Kota Uji")

    assert found is not None
    assert [(unit.result.year, unit.result.unit) for unit in found.units] == [
        (2022, "Dinas Sosial")
    ]
    assert [point.year for point in found.points] == [2023]


def test_the_same_score_is_green_in_2022_and_yellow_by_the_rules_of_2021(library: Library) -> None:
    instruments = methods(library)

    found = under_rule_of(instruments, result("79.20"), 2021)
    own = under_rule_of(instruments, result("79.20", 2021), 2022)

    assert found.band is not None
    assert own.band is not None
    assert (found.band.zone, own.band.zone) == (ZoneColour.YELLOW, ZoneColour.GREEN)


def test_a_year_without_published_bounds_gives_no_zone(library: Library) -> None:
    assert under_rule_of(methods(library), result("79.20"), 2025).band is None


@pytest.mark.parametrize(
    ("of", "year", "code"),
    [
        (result("79.20"), 2014, "scale_differs"),
        (result(None), 2021, "score_missing"),
        (result("79.20"), 2020, "year_not_held"),
        (result("79.20", 1999), 2021, "year_unknown"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    library: Library, of: PublishedResult, year: int, code: str
) -> None:
    with pytest.raises(MethodRefused) as refused:
        under_rule_of(methods(library), of, year)

    assert refused.value.code == code


def test_the_years_with_rules_leave_out_its_own_and_the_one_not_held(library: Library) -> None:
    years = years_of_rules(methods(library), result("79.20"))

    assert years[0] == max(years)
    assert {2021, 2023, 2024} <= set(years)
    assert not {2020, 2022} & set(years)


def test_an_unknown_kind_of_office_has_no_rules(library: Library) -> None:
    unknown = result("79.20", institution="Sesuatu", object_type="kapal")

    assert years_of_rules(methods(library), unknown) == ()
