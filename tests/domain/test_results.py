"""Institution scores recompute to the last published digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.results import classify, mean_of_units
from assessor_app.domain.zone import ZoneColour as Zone
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir

MALUKU_TENGGARA_2023 = ["49.85", "52.86", "55.09", "59.85", "62.06", "71.08", "74.82"]
REMBANG_2024 = ["100", "99.65", "99.30", "99.16", "99.08", "97.72", "97.40"]
MAGELANG_2021 = ["87.95", "75.58", "62.17", "23.15"]

scores = st.decimals(min_value=0, max_value=100, places=2)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([resources_dir() / "instruments"])


@pytest.mark.parametrize(
    ("units", "published", "category", "zone"),
    [
        (MALUKU_TENGGARA_2023, "60.80", "C", Zone.YELLOW),
        (REMBANG_2024, "98.90", "A", Zone.GREEN),
    ],
)
def test_a_published_mean_of_units_recomputes(
    library: Library, units: list[str], published: str, category: str, *, zone: Zone
) -> None:
    score = mean_of_units(Decimal(unit) for unit in units)

    band = classify(library.get("2023-pemda"), score)
    assert str(score) == published
    assert (band.category, band.zone) == (category, zone)


def test_magelang_2021_is_no_mean_of_units() -> None:
    assert mean_of_units(Decimal(unit) for unit in MAGELANG_2021) != Decimal("68.27")


def test_a_mean_is_rounded_half_up() -> None:
    assert mean_of_units([Decimal("0.01"), Decimal("0.02")]) == Decimal("0.02")


def test_no_unit_has_no_mean() -> None:
    with pytest.raises(ValueError, match="no unit"):
        mean_of_units([])


def test_the_same_score_is_read_by_each_years_own_bounds(library: Library) -> None:
    score = Decimal("79.20")

    assert classify(library.get("2021-pemda"), score).zone is Zone.YELLOW
    assert classify(library.get("2023-pemda"), score).zone is Zone.GREEN


def test_a_score_is_rounded_before_it_is_classified(library: Library) -> None:
    instrument = library.get("2023-pemda")

    assert classify(instrument, Decimal("87.995")).category == "A"
    assert classify(instrument, Decimal("87.994")).category == "B"


@given(units=st.lists(scores, min_size=1, max_size=12), turn=st.randoms())
def test_a_mean_is_bounded_and_free_of_order(units: list[Decimal], turn: object) -> None:
    mean = mean_of_units(units)

    assert min(units) <= mean <= max(units)
    assert mean == mean_of_units(sorted(units, key=lambda _: hash(turn)))
    assert mean == mean_of_units(reversed(units))
