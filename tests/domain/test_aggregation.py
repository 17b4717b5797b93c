"""Institution scores recompute exactly where the rule and its numbers were published."""

import itertools
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.aggregation import (
    Agreement,
    UnitScore,
    aggregate,
    dimension_difference,
    national,
    not_assessed,
    rounded,
)
from assessor_app.domain.instrument import AggregationRule, Instrument
from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.results import classify, instrument_of_year
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir

SETS = json.loads(
    (Path(__file__).parent / "files" / "aggregation_sets.json").read_text(encoding="utf-8")
)
LIBRARY = Library([resources_dir() / "instruments"])
MAGELANG = {
    "DPMPTSP": ("87.95", 7),
    "Dinas Pendidikan": ("75.58", 3),
    "Disdukcapil": ("62.17", 4),
    "Dinas Kesehatan": ("23.15", 3),
}

scores = st.decimals(min_value=0, max_value=100, places=2)
units = st.builds(
    UnitScore,
    name=st.text(min_size=1, max_size=8),
    score=scores,
    products=st.integers(min_value=1, max_value=60),
)


def method(year: int) -> Instrument:
    found = instrument_of_year(LIBRARY.all(), year, objects=("kota",))
    assert found is not None
    return found


def published_units(of: dict[str, str]) -> list[UnitScore]:
    return [UnitScore(name, Decimal(score)) for name, score in of.items()]


@pytest.mark.parametrize("case", SETS, ids=[case["institution"] for case in SETS])
def test_a_published_set_recomputes_or_says_that_it_cannot(
    case: dict[str, dict[str, str] | str | int],
) -> None:
    assert isinstance(case["year"], int)
    assert isinstance(case["units"], dict)
    instrument = method(case["year"])
    units = published_units(case["units"])
    assert instrument.aggregation is AggregationRule(str(case["rule"]))

    if instrument.aggregation is AggregationRule.MEAN_OF_PRODUCTS:
        with pytest.raises(MethodRefused) as refused:
            aggregate(units, instrument)
        assert refused.value.code == "not_recomputable"
        assert refused.value.places["units"] == ", ".join(case["units"])
        return
    whole = aggregate(units, instrument)
    band = classify(instrument, whole.score)
    assert str(whole.score) == case["published"]
    assert band is not None
    assert band.category == case["category"]


def test_magelang_comes_out_with_the_product_counts_that_fit() -> None:
    units = [
        UnitScore(name, Decimal(score), products) for name, (score, products) in MAGELANG.items()
    ]

    whole = aggregate(units, method(2021))

    assert str(whole.score) == "68.27"
    assert [member.share for member in whole.members] == [
        Fraction(7, 17),
        Fraction(3, 17),
        Fraction(4, 17),
        Fraction(3, 17),
    ]


def test_one_unit_is_the_whole_however_many_products_it_has() -> None:
    whole = aggregate([UnitScore("DPMPTSP", Decimal("87.95"))], method(2021))

    assert whole.score == Decimal("87.95")
    assert whole.members[0].effect is None


def test_a_unit_counts_as_often_as_the_rule_says() -> None:
    listed = [UnitScore("A", Decimal(80), products=3), UnitScore("B", Decimal(60), products=1)]

    by_products, by_units = (aggregate(listed, method(year)) for year in (2021, 2024))

    assert [one.weight for one in by_products.members] == [3, 1]
    assert [one.weight for one in by_units.members] == [1, 1]
    alone = aggregate([UnitScore("A", Decimal(80))], method(2021))
    assert [one.weight for one in alone.members] == [1]


@pytest.mark.parametrize("year", [2014, 2026])
def test_without_a_sourced_rule_there_is_no_institution_score(year: int) -> None:
    with pytest.raises(MethodRefused) as refused:
        aggregate([UnitScore("BPS", Decimal(88))], method(year))

    assert refused.value.code == "aggregation_not_stated"


def test_a_vertical_agency_stays_out_of_the_city_and_rolls_up_nationally() -> None:
    city = [UnitScore("Dinas Sosial", Decimal(60)), UnitScore("Disdukcapil", Decimal(70))]
    vertical = [
        UnitScore("Polres Maluku Tengah", Decimal("90.10"), object_type="polres"),
        UnitScore("Kantah Kota Ambon", Decimal("79.20"), object_type="kantah"),
        UnitScore("Polresta Ambon", Decimal("80.00"), object_type="polresta"),
    ]

    whole = aggregate([*city, *vertical], method(2023))
    bodies = {one.body: one.aggregate.score for one in national([*city, *vertical], method(2023))}

    assert whole.score == aggregate(city, method(2023)).score == Decimal("65.00")
    assert [one.unit.name for one in whole.left_out] == [unit.name for unit in vertical]
    assert bodies == {
        "Kementerian ATR/BPN": Decimal("79.20"),
        "Kepolisian Negara Republik Indonesia": Decimal("85.05"),
    }


def test_vertical_agencies_alone_make_no_city() -> None:
    with pytest.raises(MethodRefused) as refused:
        aggregate([UnitScore("Polres", Decimal(90), object_type="polres")], method(2023))

    assert refused.value.code == "units_only_vertical"


@pytest.mark.parametrize(
    ("units", "code"),
    [
        ([], "units_missing"),
        ([UnitScore("A", Decimal("100.01"))], "unit_score_out_of_range"),
        ([UnitScore("A", Decimal("-0.01"))], "unit_score_out_of_range"),
        ([UnitScore("A", Decimal(50), products=0)], "unit_products_too_few"),
    ],
)
def test_what_cannot_be_is_refused(units: list[UnitScore], code: str) -> None:
    with pytest.raises(MethodRefused) as refused:
        aggregate(units, method(2023))

    assert refused.value.code == code


def test_the_effect_of_a_unit_is_what_the_whole_is_without_it() -> None:
    units = published_units(SETS[0]["units"])
    instrument = method(2023)
    whole = aggregate(units, instrument)

    for member in whole.members:
        rest = [unit for unit in units if unit is not member.unit]
        assert member.effect == whole.exact - aggregate(rest, instrument).exact
        perfect = [
            replace(unit, score=Decimal(100)) if unit is member.unit else unit for unit in units
        ]
        assert member.room == aggregate(perfect, instrument).exact - whole.exact


@given(given=st.lists(units, min_size=1, max_size=8), turn=st.randoms(use_true_random=False))
def test_a_whole_is_bounded_exact_and_free_of_order(given: list[UnitScore], turn: Random) -> None:
    shuffled = list(given)
    turn.shuffle(shuffled)
    for instrument in (method(2021), method(2023)):
        whole = aggregate(given, instrument)

        assert min(unit.score for unit in given) <= whole.score
        assert whole.score <= max(unit.score for unit in given)
        assert aggregate(shuffled, instrument).exact == whole.exact
        assert sum(member.points for member in whole.members) == whole.exact
        assert sum(member.share for member in whole.members) == 1


@given(given=st.lists(units, min_size=1, max_size=6), better=scores)
def test_a_better_unit_never_lowers_the_whole(given: list[UnitScore], better: Decimal) -> None:
    lifted = [replace(given[0], score=max(given[0].score, better)), *given[1:]]

    for instrument in (method(2021), method(2023)):
        assert aggregate(lifted, instrument).exact >= aggregate(given, instrument).exact


def test_half_a_hundredth_rounds_up_from_the_exact_value() -> None:
    assert rounded(Fraction(5, 1000)) == Decimal("0.01")
    assert rounded(Fraction(1, 3) * 3 * Fraction(15, 1000)) == Decimal("0.02")
    assert rounded(Fraction(4999, 1_000_000)) == Decimal("0.00")
    assert str(rounded(Fraction(100))) == "100.00"


@pytest.mark.parametrize("unit", ["Puskesmas Watdek", "Dinas Pendidikan"])
def test_published_dimension_points_may_be_a_hundredth_off(unit: str) -> None:
    case = SETS[0]
    points = [Decimal(value) for value in case["dimensions"][unit].values()]

    found = dimension_difference(Decimal(case["units"][unit]), points)

    expected = Agreement.EQUAL if unit == "Puskesmas Watdek" else Agreement.ROUNDING
    assert found.agreement is expected


def test_more_than_a_hundredth_is_said_louder() -> None:
    found = dimension_difference(Decimal("52.86"), [Decimal("52.84")])

    assert (found.agreement, found.difference) == (Agreement.DIFFERENT, Decimal("-0.02"))


def test_every_order_of_units_gives_the_same_score() -> None:
    units = published_units(SETS[1]["units"])[:5]

    made = {aggregate(order, method(2024)).score for order in itertools.permutations(units)}

    assert len(made) == 1


def test_a_vertical_agency_that_the_instrument_does_not_know_counts_nowhere() -> None:
    city, prison = UnitScore("Disdik", Decimal(60)), UnitScore("L", Decimal(90), None, "lapas")

    whole = aggregate([city, prison], method(2023))

    assert whole.score == 60
    assert whole.left_out == ()
    assert not_assessed([city, prison], method(2023)) == (prison,)
    assert not_assessed([city, prison], method(2025)) == ()
    with pytest.raises(MethodRefused) as refused:
        aggregate([prison], method(2023))
    assert refused.value.code == "units_not_assessed"
    assert refused.value.places["units"] == "L"
