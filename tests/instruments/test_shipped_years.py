"""What each year's shipped instrument asks and weighs, and how it scores."""

from collections import Counter
from decimal import Decimal

import pytest
from tests.instruments.method_examples import Walked

from assessor_app.domain.instrument import (
    AggregationRule,
    AnswerKind,
    Asked,
    Denominator,
    Indicator,
    Instrument,
    Means,
    Side,
    SideRule,
)
from assessor_app.domain.respondents import RespondentKind
from assessor_app.domain.scale import NONE
from assessor_app.domain.scoring import Standing
from assessor_app.instruments.document import read_document
from assessor_app.instruments.library import Library
from assessor_app.instruments.reading import examine
from assessor_app.paths import resources_dir

POINTS = {
    "input": Decimal("21.85"),
    "proses": Decimal("32.37"),
    "output": Decimal("24.24"),
    "pengaduan": Decimal("21.54"),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([resources_dir() / "instruments"])


@pytest.fixture(scope="module")
def pemda_2015(library: Library) -> Instrument:
    return library.get("2015-pemda")


def of_dimension(instrument: Instrument, code: str) -> tuple[Indicator, ...]:
    (found,) = [one for one in instrument.dimensions if one.code == code]
    return tuple(found.indicators())


def test_2015_sums_to_110_of_which_91_are_verified(pemda_2015: Instrument) -> None:
    weights = {one.code: str(one.weight) for one in pemda_2015.indicators()}
    verified = [one.weight for one in pemda_2015.indicators() if one.verified]

    sourced = ["6", "6", "6", "12", "12", "12", "12", "3", "2", "3", "2", "2", "5", "3", "5"]
    assert list(weights.values()) == [*sourced, "3.8", "3.8", "3.8", "3.8", "3.8"]
    assert list(weights) == [f"P15-{number:02d}" for number in range(1, 21)]
    assert sum(one.weight for one in pemda_2015.indicators()) == pemda_2015.maximum == 110
    assert sum(verified) == 91


def test_2015_shares_the_last_19_points_openly(pemda_2015: Instrument) -> None:
    shared = [one for one in pemda_2015.indicators() if one.shared_with]

    assert [one.code for one in shared] == [f"P15-{number}" for number in range(16, 21)]
    assert sum(one.weight for one in shared) == 19
    for one in shared:
        assert one.weight_source is not None
        assert not one.weight_source.verified
        assert "19" in one.weight_source.note


def test_2015_asks_both_sides_of_every_product_and_counts_practice(pemda_2015: Instrument) -> None:
    for one in pemda_2015.indicators():
        assert one.sides == (Side.PAPERWORK, Side.PRACTICE)
        assert one.asked is Asked.PER_PRODUCT
        assert one.counts is SideRule.PRACTICE
        assert [level.value for level in one.levels] == ["present", "absent"]
    assert pemda_2015.aggregation is AggregationRule.MEAN_OF_PRODUCTS
    assert not pemda_2015.aggregation_source.verified
    assert not pemda_2015.between_source.verified


@pytest.mark.parametrize("name", ["2022", "2023-2024"])
def test_dimensions_of_2022_to_2024_weigh_what_the_source_prints(
    library: Library, name: str
) -> None:
    instrument = library.get(name)

    found = {
        one.code: sum((each.weight for each in one.indicators()), Decimal(0))
        for one in instrument.dimensions
    }
    assert found == POINTS
    assert sum(found.values()) == instrument.maximum == 100
    assert all(one.source is not None and one.source.verified for one in instrument.dimensions)
    assert instrument.denominator is Denominator.DIMENSION
    assert instrument.aggregation is AggregationRule.MEAN_OF_UNITS
    assert instrument.aggregation_source.verified


@pytest.mark.parametrize(
    ("name", "competence", "facilities"), [("2022", 5, 8), ("2023-2024", 6, 9)]
)
def test_2022_to_2024_have_as_many_indicators_as_the_source_counts(
    library: Library, name: str, competence: int, facilities: int
) -> None:
    variables = [one for each in library.get(name).dimensions for one in each.variables]

    found = [len(one.indicators) for one in variables]
    assert found == [competence, facilities, 11, 5, 6]


@pytest.mark.parametrize("name", ["2022", "2023-2024"])
def test_no_weight_of_an_indicator_of_2022_to_2024_is_said_to_be_verified(
    library: Library, name: str
) -> None:
    for one in library.get(name).indicators():
        assert one.weight_source is not None
        assert not one.weight_source.verified
    printed = library.get(name).indicator("I22-01")
    assert printed.weight == POINTS["input"] * Decimal("0.1222") == Decimal("2.67007")
    assert not printed.shared_with


@pytest.mark.parametrize("name", ["2022", "2023-2024"])
def test_the_side_that_counts_follows_from_how_a_variable_is_measured(
    library: Library, name: str
) -> None:
    for dimension in library.get(name).dimensions:
        for variable in dimension.variables:
            documents = Means.DOCUMENT_REVIEW in variable.means
            assert variable.means
            expected = SideRule.LOWER if documents else SideRule.PRACTICE
            assert {one.counts for one in variable.indicators} == {expected}
    assert not library.get(name).side_rule_source.verified


@pytest.mark.parametrize("name", ["2022", "2023-2024"])
def test_knowledge_and_perception_are_asked_of_persons_in_practice_only(
    library: Library, name: str
) -> None:
    instrument = library.get(name)
    asked = [one for one in instrument.indicators() if one.asked is Asked.PER_RESPONDENT]

    assert all(one.sides == (Side.PRACTICE,) for one in asked)
    kinds = Counter(tuple(role.kind for role in one.roles) for one in asked)
    officers, users = (RespondentKind.OFFICER,) * 4, (RespondentKind.USER,)
    assert set(kinds) == {officers, users}
    assert kinds[users] == len(of_dimension(instrument, "output")) == 5
    assert [role.at_least for role in instrument.roles] == [None, None, None, None, 30]
    assert [role.posts for role in instrument.roles[:4]] == [1, 1, 1, 1]


def test_a_web_page_is_checked_against_the_fourteen_components_one_by_one(
    library: Library,
) -> None:
    page = library.get("2023-2024").indicator("P22-11")

    assert page.kind is AnswerKind.PARTS
    assert len(page.scale.parts) == 14
    ticked = " ".join(part.value for part in page.scale.parts[:7])
    assert page.fulfilment(Side.PRACTICE, page.accepts(Side.PRACTICE, ticked)) == Decimal("0.5")


def test_five_of_ten_safety_items_and_monthly_supervision_earn_the_top(library: Library) -> None:
    instrument = library.get("2023-2024")
    safety, supervision = (instrument.indicator(code) for code in ("I22-10", "I22-07"))
    items = [part.value for part in safety.scale.parts]

    assert len(items) == 10
    reached = [safety.fulfilment(Side.PRACTICE, " ".join(items[:n]) or NONE) for n in range(11)]
    steps = ["0", "0.2", "0.4", "0.6", "0.8", *["1"] * 6]
    assert reached == [Decimal(step) for step in steps]
    often = {level.value: level.fulfilment for level in supervision.levels}
    assert often["monthly"] == max(one for one in often.values() if one is not None) == 1


def test_dark_green_is_the_first_category_of_2022_to_2024_alone(library: Library) -> None:
    dark = [(one.id, band.category) for one in library.all() for band in one.bands if band.dark]

    assert dark == [("2022", "A"), ("2023-2024", "A")]
    for name in ("2022", "2023-2024"):
        form, _ = examine(read_document(resources_dir() / "instruments" / f"{name}.yaml"))
        assert form is not None
        shown = form.sources["hijau-tua"]
        assert not shown.verified
        assert "penyajian kami" in shown.note.id
        assert "our presentation" in shown.note.en


def test_2025_has_the_composition_and_words_of_the_source_and_no_score(library: Library) -> None:
    instrument = library.get("2025")

    assert not instrument.weighted
    assert instrument.unweighted_because is not None
    assert [(one.dimensions, one.points) for one in instrument.composition] == [
        (("input", "proses", "output", "pengaduan"), Decimal(70)),
        (("kepercayaan",), Decimal(30)),
    ]
    assert [(one.quality.id, one.opinion.id) for one in instrument.opinions] == [
        ("Sangat Baik", "Kualitas Tertinggi"),
        ("Baik", "Kualitas Tinggi"),
        ("Cukup", "Kualitas Sedang"),
    ]
    assert [one.source.verified for one in instrument.opinions] == [True, True, False]
    assert instrument.without is not None
    assert instrument.without.id == "Tanpa Maladministrasi"


def test_2026_lists_30_indicators_with_79_evidence_items(library: Library) -> None:
    instrument = library.get("2026")
    items = {
        one.code: sum(len(each.evidence_items) for each in one.indicators())
        for one in instrument.dimensions
    }

    assert [len(tuple(one.indicators())) for one in instrument.dimensions] == [3, 14, 4, 9]
    assert items == {"input": 16, "proses": 41, "output": 4, "pengaduan": 18}
    assert not any(one.verified for one in instrument.indicators())
    assert not instrument.weighted
    assert instrument.aggregation is None


@pytest.mark.parametrize("name", ["2015-pemda", "2022", "2023-2024"])
def test_a_visit_that_meets_everything_earns_the_maximum(library: Library, name: str) -> None:
    walked = asked(library.get(name))

    walked.fill()

    found = walked.score()
    assert found.points == found.measured == found.maximum == walked.instrument.maximum
    assert found.band is walked.instrument.bands[-1]
    assert found.standing is Standing.SIMULATION


@pytest.mark.parametrize("name", ["2015-pemda", "2022", "2023-2024"])
def test_a_visit_that_meets_nothing_earns_nothing(library: Library, name: str) -> None:
    walked = asked(library.get(name))

    walked.fill(worst)

    found = walked.score()
    assert found.points == 0
    assert found.measured == found.maximum
    assert found.band is walked.instrument.bands[0]


@pytest.mark.parametrize("name", ["2025", "2026"])
def test_a_year_without_weights_gives_no_score(library: Library, name: str) -> None:
    instrument = library.get(name)

    assert {one.weight for one in instrument.indicators()} == {Decimal(0)}
    assert all(one.weight_source is None for one in instrument.indicators())
    with pytest.raises(ValueError, match=instrument.pin):
        Walked(instrument).score()


def asked(instrument: Instrument) -> Walked:
    """A visit at which one holder of every post is asked."""
    walked = Walked(instrument)
    for role in instrument.roles:
        walked.ask(role.code)
    return walked


def worst(indicator: Indicator) -> str:
    """The answer that fulfils nothing."""
    scale = indicator.scale
    if scale.parts:
        return NONE
    if scale.target is not None:
        return "0"
    return min(scale.levels, key=lambda level: level.fulfilment or Decimal(0)).value
