"""docs/method.md says what the instrument files say, and its examples compute."""

import re
from decimal import Decimal

import pytest
from tests.instruments.method_document import DOCUMENT, ORDER, made
from tests.instruments.method_examples import Walked, example_2015, example_2023

from assessor_app.domain.aggregation import UnitScore, aggregate
from assessor_app.domain.scoring import Basis, published
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir

INSTRUMENTS = resources_dir() / "instruments"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([INSTRUMENTS])


@pytest.fixture(scope="module")
def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def test_its_tables_are_those_of_the_files(text: str) -> None:
    assert made(text) == text, "write it anew: python -m tests.instruments.method_document"


def test_every_shipped_instrument_stands_in_it(library: Library, text: str) -> None:
    assert sorted(ORDER) == [one.id for one in library.all()]
    for name in ORDER:
        assert f"<!-- made: {name} -->" in text


def test_every_source_that_is_cited_has_its_address(text: str) -> None:
    files = "".join(one.read_text(encoding="utf-8") for one in INSTRUMENTS.glob("*.yaml"))
    cited = re.findall(r"\[([SG]\d[^\]]*)\]", files + text)
    keys = {key for one in cited for key in re.findall(r"[SG]\d+b?", one)}

    addresses = set(re.findall(r"^\| ([SG]\d+b?) \|", text, re.MULTILINE))
    assert keys
    assert keys == addresses


def test_the_example_of_2015_computes(library: Library, text: str) -> None:
    walked = example_2015(library.get("2015-pemda"))

    found, on_paper = walked.score(), walked.score(Basis.ON_PAPER)

    assert published(found.points) == Decimal("90.50")
    assert on_paper.points - found.points == Decimal("19.5")
    assert "**90.50**" in text


def test_the_example_of_2015_computes_where_two_items_do_not_apply(
    library: Library, text: str
) -> None:
    walked = example_2015(library.get("2015-pemda"))
    for code in ("P15-11", "P15-12"):
        walked.leave_out(code)

    assert published(walked.score().points) == Decimal("89.76")
    assert "published 89.76" in text


def test_the_example_of_2023_computes_and_its_dimensions_round_apart(
    library: Library, text: str
) -> None:
    walked = example_2023(library.get("2023-2024"))

    found = walked.score()
    points = of_dimensions(walked)

    assert found.points == Decimal("82.923254")
    assert sum(points) == found.points
    rounded = [published(one) for one in points]
    assert [str(one) for one in rounded] == ["16.13", "29.43", "21.21", "16.16"]
    assert sum(rounded) - published(found.points) == Decimal("0.01")
    assert "published **82.92**" in text


@pytest.mark.parametrize(
    ("name", "units", "told"),
    [
        (
            "2023-2024",
            ("49.85", "52.86", "55.09", "59.85", "62.06", "71.08", "74.82"),
            "60.80",
        ),
        ("2021", ("87.95 7", "75.58 3", "62.17 4", "23.15 3"), "68.27"),
    ],
)
def test_the_institutions_in_it_compute(
    library: Library, text: str, name: str, units: tuple[str, ...], *, told: str
) -> None:
    found = aggregate([unit(one, name=one) for one in units], library.get(name))

    assert str(found.score) == told
    assert told in text


def unit(given: str, *, name: str) -> UnitScore:
    score, _, products = given.partition(" ")
    return UnitScore(name, Decimal(score), int(products) if products else None)


def of_dimensions(walked: Walked) -> list[Decimal]:
    lines = {line.indicator.code: line.points for line in walked.score().lines}
    return [
        sum((lines.get(one.code, Decimal(0)) for one in dimension.indicators()), Decimal(0))
        for dimension in walked.instrument.dimensions
    ]
