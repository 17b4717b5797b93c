"""The shipped instruments say what their sources say, and no more."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

import pytest

from assessor_app.domain.instrument import Instrument, Source
from assessor_app.domain.zone import ZoneColour as Zone
from assessor_app.instruments.document import read_document
from assessor_app.instruments.library import Library
from assessor_app.instruments.reading import examine
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.paths import resources_dir

SHIPPED = (
    *("2013@1", "2014@1", "2015-kl@1", "2015-lain@1", "2015-pemda@1", "2016-2019@1", "2021@1"),
    *("2022@1", "2023-2024@1", "2025@1", "2026@1"),
)
BOUNDS_ONLY = ("2013", "2014", "2015-kl", "2015-lain", "2016-2019", "2021")


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([resources_dir() / "instruments"])


def sources_of(instrument: Instrument) -> Iterator[Source | None]:
    yield from (instrument.bands_source, instrument.between_source, instrument.side_rule_source)
    yield from (instrument.aggregation_source, instrument.denominator_source)
    yield from (instrument.not_assessable_source, instrument.roles_source)
    yield from (one.source for one in instrument.dimensions)
    yield from (one.source for one in instrument.opinions)
    yield from (one.source for one in instrument.composition)
    for one in instrument.indicators():
        yield from (one.weight_source, one.text_source, one.legal_source)


def test_every_shipped_file_is_sound(library: Library) -> None:
    assert library.faults() == ()
    assert tuple(one.pin for one in library.all()) == SHIPPED


def test_years_known_by_their_bounds_only_allow_no_visit(library: Library) -> None:
    visitable = {one.id for one in library.all() if one.visitable}

    assert visitable == {one.partition("@")[0] for one in SHIPPED} - set(BOUNDS_ONLY)
    assert all(library.get(name).bands for name in BOUNDS_ONLY)


@pytest.mark.parametrize("year", [*range(2013, 2020), *range(2021, 2027)])
def test_every_year_assessed_has_one_instrument_for_each_kind_of_office(
    library: Library, year: int
) -> None:
    covering = [one for one in library.all() if one.covers(year)]

    assert covering
    for one, other in combinations(covering, 2):
        known = {kind.code for kind in one.object_types}
        assert known.isdisjoint(kind.code for kind in other.object_types)


def test_no_assessment_was_held_in_2020(library: Library) -> None:
    assert not [one for one in library.all() if one.covers(2020)]


@pytest.mark.parametrize(
    ("name", "bounds"),
    [
        ("2013", ("0", "500", "501", "800", "801", "1000")),
        ("2014", ("0", "500", "501", "800", "801", "1000")),
        ("2015-kl", ("0", "50", "51", "80", "81", "100")),
        ("2015-lain", ("0", "38", "39", "60", "61", "75")),
        ("2015-pemda", ("0", "55", "56", "88", "89", "110")),
        ("2016-2019", ("0", "50", "51", "80", "81", "100")),
        ("2021", ("0", "50.99", "51.00", "80.99", "81.00", "100")),
    ],
)
def test_before_2022_there_are_three_zones(
    library: Library, name: str, bounds: tuple[str, ...]
) -> None:
    instrument = library.get(name)

    assert [one.zone for one in instrument.bands] == [Zone.RED, Zone.YELLOW, Zone.GREEN]
    found = [bound for one in instrument.bands for bound in (one.lower, one.upper)]
    assert found == [Decimal(bound) for bound in bounds]
    assert instrument.maximum == Decimal(bounds[-1])
    assert not any(one.dark for one in instrument.bands)


@pytest.mark.parametrize(
    ("name", "score", "zone", "category"),
    [
        ("2014", "500", Zone.RED, None),
        ("2014", "500.5", Zone.RED, None),
        ("2014", "880", Zone.GREEN, None),
        ("2015-pemda", "55.99", Zone.RED, None),
        ("2015-pemda", "56", Zone.YELLOW, None),
        ("2015-pemda", "88.99", Zone.YELLOW, None),
        ("2015-pemda", "89", Zone.GREEN, None),
        ("2016-2019", "94.5", Zone.GREEN, None),
        ("2016-2019", "97.58", Zone.GREEN, None),
        ("2021", "50.99", Zone.RED, None),
        ("2021", "51.00", Zone.YELLOW, None),
        ("2021", "73.14", Zone.YELLOW, None),
        ("2021", "79.20", Zone.YELLOW, None),
        ("2021", "81.00", Zone.GREEN, None),
        *(
            (name, *rest)
            for name in ("2022", "2023-2024")
            for rest in (
                ("0", Zone.RED, "E"),
                ("31.99", Zone.RED, "E"),
                ("32", Zone.RED, "D"),
                ("53.99", Zone.RED, "D"),
                ("54", Zone.YELLOW, "C"),
                ("77.99", Zone.YELLOW, "C"),
                ("78", Zone.GREEN, "B"),
                ("79.20", Zone.GREEN, "B"),
                ("87.99", Zone.GREEN, "B"),
                ("88", Zone.GREEN, "A"),
                ("100", Zone.GREEN, "A"),
            )
        ),
    ],
)
def test_a_score_falls_in_its_published_band(
    library: Library, name: str, score: str, zone: Zone, category: str | None
) -> None:
    band = library.get(name).band(Decimal(score))

    assert band is not None
    assert (band.zone, band.category) == (zone, category)


def test_the_bounds_that_no_source_prints_are_not_verified(library: Library) -> None:
    unsure = {one.id for one in library.all() if not one.bands_source.verified}

    assert unsure == {"2013", "2014", "2016-2019", "2025", "2026"}


@pytest.mark.parametrize("name", ["2025", "2026"])
def test_a_year_without_published_bounds_has_no_band(library: Library, name: str) -> None:
    assert library.get(name).bands == ()
    assert library.get(name).band(Decimal("90.61")) is None


def test_vertical_agencies_roll_up_nationally(library: Library) -> None:
    for name in ("2021", "2022", "2023-2024", "2025", "2026"):
        to = {one.code: one.rolls_up_to for one in library.get(name).object_types}
        assert to["kantah"] == to["kanwil-bpn"] == "Kementerian ATR/BPN"
        assert to["polres"] == to["polresta"] == "Kepolisian Negara Republik Indonesia"
        assert to["kota"] is None
        assert to["kementerian"] is None


def test_a_code_means_the_same_wherever_it_stands(library: Library) -> None:
    texts: dict[str, set[str]] = {}
    for instrument in library.all():
        for one in instrument.indicators():
            texts.setdefault(one.code, set()).add(one.text.id)

    assert not {code: found for code, found in texts.items() if len(found) > 1}


def test_what_can_be_walked_says_what_to_ask_for_and_what_to_advise(library: Library) -> None:
    for instrument in library.all():
        for one in instrument.indicators():
            assert one.evidence_asked is not None, one.code
            assert one.advice is not None or not one.scored, one.code
            for wording in (one.text, one.evidence_asked, one.advice, one.guidance):
                assert wording is None or wording.id != wording.en, one.code


def test_what_is_not_verified_says_why_in_both_languages(library: Library) -> None:
    for instrument in library.all():
        for source in filter(None, sources_of(instrument)):
            for told in (source.note, source.note_en):
                assert len(told) > 20
                # What is not verified is printed in the report: no keys of our own in it.
                assert source.verified or not re.search(r"\[[SG]\d|\b[ABC]:", told)


def test_what_is_not_verified_opens_with_how_sure_it_is(library: Library) -> None:
    openings = {
        "Kesimpulan:": "Inference:",
        "Diketahui umum:": "Well known:",
        "Tidak ditemukan:": "Not found:",
    }
    for instrument in library.all():
        if instrument.id == "2015-pemda":  # visits are pinned to its bytes
            continue
        for source in filter(None, sources_of(instrument)):
            if source.verified:
                assert source.note.startswith("A:")
                assert source.note_en.startswith("A:")
            else:
                opening = next(one for one in openings if source.note.startswith(one))
                assert source.note_en.startswith(openings[opening])


INFERRED_BESIDE = ("2015-pemda", "kategori-utama")
"""Visits are pinned to the bytes of that file, so that its one mixed note stays as it is."""


def test_a_verified_note_holds_nothing_that_is_inferred() -> None:
    mixed = set()
    for name, form in forms().items():
        for source, read in form.sources.items():
            told = f"{read.note.id} {read.note.en}"
            if read.verified and re.search(r"\b[BC]:|[Kk]esimpulan|[Ii]nference|[Dd]ianggap", told):
                mixed.add((name, source))

    assert mixed == {INFERRED_BESIDE}


def test_a_verified_note_speaks_of_a_year_of_its_own_instrument() -> None:
    for name, form in forms().items():
        own = set(form.years or (form.year,))
        for source, read in form.sources.items():
            years = {int(year) for year in re.findall(r"\b20(?:1[3-9]|2\d)\b", read.note.en)}
            assert not read.verified or not years or years & own, (name, source)


def forms() -> dict[str, InstrumentForm]:
    found = {}
    for path in sorted((resources_dir() / "instruments").glob("*.yaml")):
        form, faults = examine(read_document(path))
        assert form is not None, faults
        found[form.id] = form
    return found


def test_only_article_21_is_shown_as_verified_law(library: Library) -> None:
    for instrument in library.all():
        for one in instrument.indicators():
            only_article_21 = all("Pasal 21" in basis for basis in one.legal_basis)
            if one.legal_source is not None:
                assert one.legal_source.verified == only_article_21, one.code
