"""The shipped instruments say what their sources say, and no more."""

import re
from decimal import Decimal

import pytest

from assessor_app.domain.instrument import AggregationRule, Asked, Instrument, Side, SideRule
from assessor_app.domain.zone import ZoneColour as Zone
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([resources_dir() / "instruments"])


@pytest.fixture(scope="module")
def pemda_2015(library: Library) -> Instrument:
    return library.get("2015-pemda")


def test_every_shipped_file_is_sound(library: Library) -> None:
    assert library.faults() == ()
    assert [one.pin for one in library.all()] == ["2015-pemda@1", "2021-pemda@1", "2023-pemda@1"]


def test_2015_sums_to_110_of_which_91_are_verified(pemda_2015: Instrument) -> None:
    weights = [one.weight for one in pemda_2015.indicators()]
    verified = [one.weight for one in pemda_2015.indicators() if one.verified]

    assert all(isinstance(weight, Decimal) for weight in weights)
    assert sum(weights) == pemda_2015.maximum == 110
    assert sum(verified) == 91


def test_2015_has_the_sourced_weights(pemda_2015: Instrument) -> None:
    weights = {one.code: str(one.weight) for one in pemda_2015.indicators()}

    sourced = ["6", "6", "6", "12", "12", "12", "12", "3", "2", "3", "2", "2", "5", "3", "5"]
    assert list(weights.values()) == [*sourced, "3.8", "3.8", "3.8", "3.8", "3.8"]
    assert list(weights) == [f"P15-{number:02d}" for number in range(1, 21)]


def test_2015_shares_the_last_19_points_openly(pemda_2015: Instrument) -> None:
    shared = [one for one in pemda_2015.indicators() if one.shared_with]

    assert [one.code for one in shared] == [f"P15-{number}" for number in range(16, 21)]
    assert sum(one.weight for one in shared) == 19
    assert not any(one.weight_source.verified for one in shared)
    assert all("19" in one.weight_source.note for one in shared)


def test_2015_asks_both_sides_of_every_product_and_counts_practice(pemda_2015: Instrument) -> None:
    for one in pemda_2015.indicators():
        assert one.sides == (Side.PAPERWORK, Side.PRACTICE)
        assert one.asked is Asked.PER_PRODUCT
        assert one.counts is SideRule.PRACTICE
        assert [level.value for level in one.levels] == ["present", "absent"]
    assert pemda_2015.aggregation is AggregationRule.MEAN_OF_PRODUCTS
    assert not pemda_2015.aggregation_source.verified
    assert not pemda_2015.between_source.verified


@pytest.mark.parametrize(
    ("name", "score", "zone", "category"),
    [
        ("2015-pemda", "0", Zone.RED, None),
        ("2015-pemda", "55", Zone.RED, None),
        ("2015-pemda", "55.99", Zone.RED, None),
        ("2015-pemda", "56", Zone.YELLOW, None),
        ("2015-pemda", "88", Zone.YELLOW, None),
        ("2015-pemda", "88.99", Zone.YELLOW, None),
        ("2015-pemda", "89", Zone.GREEN, None),
        ("2015-pemda", "110", Zone.GREEN, None),
        ("2021-pemda", "50.99", Zone.RED, None),
        ("2021-pemda", "51.00", Zone.YELLOW, None),
        ("2021-pemda", "73.14", Zone.YELLOW, None),
        ("2021-pemda", "79.20", Zone.YELLOW, None),
        ("2021-pemda", "80.99", Zone.YELLOW, None),
        ("2021-pemda", "81.00", Zone.GREEN, None),
        ("2023-pemda", "0", Zone.RED, "E"),
        ("2023-pemda", "31.99", Zone.RED, "E"),
        ("2023-pemda", "32", Zone.RED, "D"),
        ("2023-pemda", "53.99", Zone.RED, "D"),
        ("2023-pemda", "54", Zone.YELLOW, "C"),
        ("2023-pemda", "73.14", Zone.YELLOW, "C"),
        ("2023-pemda", "77.99", Zone.YELLOW, "C"),
        ("2023-pemda", "78", Zone.GREEN, "B"),
        ("2023-pemda", "79.20", Zone.GREEN, "B"),
        ("2023-pemda", "87.99", Zone.GREEN, "B"),
        ("2023-pemda", "88", Zone.GREEN, "A"),
        ("2023-pemda", "100", Zone.GREEN, "A"),
    ],
)
def test_a_score_falls_in_its_published_band(
    library: Library, name: str, score: str, zone: Zone, category: str | None
) -> None:
    band = library.get(name).band(Decimal(score))

    assert (band.zone, band.category) == (zone, category)


def test_years_known_by_their_bounds_only_allow_no_visit(library: Library) -> None:
    assert library.get("2015-pemda").visitable
    assert not library.get("2021-pemda").visitable
    assert not library.get("2023-pemda").visitable
    assert library.get("2023-pemda").aggregation is AggregationRule.MEAN_OF_UNITS
    assert library.get("2023-pemda").aggregation_source.verified


def test_what_is_not_verified_says_why_in_both_languages(library: Library) -> None:
    for instrument in library.all():
        sources = [instrument.bands_source, instrument.between_source, instrument.side_rule_source]
        for one in instrument.indicators():
            sources += [one.weight_source, one.text_source, one.legal_source]
        for source in sources:
            for told in (source.note, source.note_en):
                assert len(told) > 20
                # What is not verified is printed in the report: no keys of our own in it.
                assert source.verified or not re.search(r"\[S\d|\b[ABC]:", told)


def test_only_article_21_is_shown_as_verified_law(pemda_2015: Instrument) -> None:
    for one in pemda_2015.indicators():
        only_article_21 = all("Pasal 21" in basis for basis in one.legal_basis)
        assert one.legal_source.verified == only_article_21
