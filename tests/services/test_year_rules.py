"""The method of a year is found by everyday names, and answers for every kind of office."""

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from assessor_app.domain.aggregation import UnitScore
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.zone import ZoneColour
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


def with_own(folder: Path, name: str, **changes: str) -> tuple[Instrument, ...]:
    """The methods at hand beside an own file: the shipped one of 2022 with other words in it."""
    text = (resources_dir() / "instruments" / "2022.yaml").read_text(encoding="utf-8")
    for field, value in changes.items():
        text, count = re.subn(rf"(?m)^{field}: .*$", f"{field}: {value}", text)
        assert count == 1, field
    text = text.replace("78.00", "79.50").replace("77.99", "79.49")
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    library = Library([resources_dir() / "instruments", folder])
    assert not library.faults()
    return methods(library)


def green_from(instruments: Sequence[Instrument], year: int = 2022) -> tuple[str, bool]:
    found = classified(rule_of(instruments, year, "kota"), Decimal("79.20"))
    assert found.band is not None
    return found.rule.instrument.pin, found.band.zone is ZoneColour.GREEN


def test_an_own_file_of_a_lower_version_changes_nothing(tmp_path: Path) -> None:
    assert green_from(with_own(tmp_path, "tua", version='"0.5"')) == ("2022@1", True)


def test_an_own_file_of_a_higher_version_answers_and_is_named(tmp_path: Path) -> None:
    assert green_from(with_own(tmp_path, "baru", version='"1.1"')) == ("2022@1.1", False)


def test_an_own_instrument_answers_only_for_years_that_none_shipped_covers(tmp_path: Path) -> None:
    instruments = with_own(tmp_path, "lain", id="lain", year="2027\nyears: [2022, 2027]")

    assert green_from(instruments) == ("2022@1", True)
    assert green_from(instruments, 2027) == ("lain@1", False)
    assert not any(one.id == "lain" for one in with_own(tmp_path, "lain", id="lain"))


def test_a_higher_version_cannot_take_the_year_of_another_shipped_one(tmp_path: Path) -> None:
    instruments = with_own(tmp_path, "luas", version='"2"', year="2022\nyears: [2022, 2023]")

    assert green_from(instruments) == ("2022@2", False)
    assert green_from(instruments, 2023) == ("2023-2024@1", True)


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
