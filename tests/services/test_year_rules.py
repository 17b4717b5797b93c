"""The method of a year is found by everyday names, and answers for every kind of office."""

from decimal import Decimal

import pytest

from assessor_app.domain.aggregation import UnitScore
from assessor_app.domain.problem import MethodRefused
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services.year_rules import (
    aggregated,
    classified,
    methods,
    read_score,
    rule_of,
    year_rules,
)

SHIPPED = Library([resources_dir() / "instruments"])


def test_every_listed_year_and_office_answers_for_itself() -> None:
    instruments = methods(SHIPPED)

    for rule in year_rules(instruments):
        assert rule_of(instruments, rule.year, rule.object_type.code) == rule
        nothing, everything = (
            classified(rule, score) for score in (Decimal(0), rule.instrument.maximum)
        )
        assert (nothing.band is None) == (everything.band is None) == (rule.year >= 2025)
        if nothing.band and everything.band:
            assert (nothing.band.zone.value, everything.band.zone.value) == ("red", "green")


def test_a_kind_without_a_name_of_its_own_in_a_year_is_judged_as_a_unit() -> None:
    rule = rule_of(methods(SHIPPED), 2023, "sekolah")

    assert rule.object_type.code == "opd"


@pytest.mark.parametrize("typed", ["79,20", "79.20", " 79.2 "])
def test_a_score_may_be_typed_with_a_comma_or_a_point(typed: str) -> None:
    rule = rule_of(methods(SHIPPED), 2022, "kota")

    assert read_score(typed, rule) == Decimal("79.2")


@pytest.mark.parametrize("typed", ["", "NaN", "1e2", "٧٩", "79,2,0", "0x10", "+5", "1_0"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(MethodRefused, match="score_no_number"):
        read_score(typed, rule_of(methods(SHIPPED), 2022, "kota"))


def test_a_year_of_two_methods_names_all_its_offices_in_the_refusal() -> None:
    with pytest.raises(MethodRefused, match="object_unknown") as refused:
        rule_of(methods(SHIPPED), 2015, "polres")

    known = str(refused.value.places["known"])
    assert {"kementerian", "kota", "lain"} <= set(known.split(", "))


def test_a_body_whose_offices_lack_product_counts_does_not_hinder_the_city() -> None:
    units = [
        UnitScore("DPMPTSP", Decimal(80), products=3),
        UnitScore("Polres A", Decimal(90), object_type="polres"),
        UnitScore("Polres B", Decimal(70), object_type="polres"),
    ]

    made = aggregated(rule_of(methods(SHIPPED), 2021, "kota"), units)

    assert (made.aggregate.score, made.bodies) == (Decimal("80.00"), ())
    assert len(made.aggregate.left_out) == 2


def test_a_body_without_any_of_its_offices_is_refused() -> None:
    rule = rule_of(methods(SHIPPED), 2023, "kantah")

    with pytest.raises(MethodRefused, match="units_missing"):
        aggregated(rule, [UnitScore("Polres", Decimal(90), object_type="polres")])
