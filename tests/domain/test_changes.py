"""What differs between two instruments: every value, and nothing but what differs."""

from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal

import pytest
from tests.conftest import SMALL

from assessor_app.domain.changes import Difference, ValueChange, difference, weight_sum
from assessor_app.domain.instrument import (
    Denominator,
    Dimension,
    Indicator,
    Instrument,
    NotAssessable,
    ObjectType,
    Opinion,
    PartOfWhole,
    Side,
    SideRule,
    Source,
    Variable,
    Wording,
)
from assessor_app.instruments.reading import load


@pytest.fixture(scope="module")
def kinds() -> Instrument:
    return load(SMALL / "kinds.yaml")


def with_indicators(
    instrument: Instrument, change: Callable[[Indicator], Indicator | None]
) -> Instrument:
    """The instrument with each indicator changed; dropped where nothing is given back."""

    def variable(one: Variable) -> Variable:
        kept = (change(indicator) for indicator in one.indicators)
        return replace(one, indicators=tuple(each for each in kept if each is not None))

    def dimension(one: Dimension) -> Dimension:
        return replace(one, variables=tuple(variable(each) for each in one.variables))

    return replace(instrument, dimensions=tuple(dimension(one) for one in instrument.dimensions))


def changed(instrument: Instrument, code: str, **values: object) -> Instrument:
    return with_indicators(
        instrument,
        lambda one: replace(one, **values) if one.code == code else one,  # type: ignore[arg-type]  # fields by name
    )


def values(found: Difference, code: str) -> dict[str, tuple[str | None, str | None]]:
    one = next(each for each in found.changed if each.code == code)
    return {".".join(value.place): (value.before, value.after) for value in one.values}


def test_an_instrument_differs_in_nothing_from_its_next_version_of_the_same_content(
    kinds: Instrument,
) -> None:
    found = difference(kinds, replace(kinds, version="2", digest="other"))

    assert found.none
    assert found.before.pin == "kinds@1"
    assert found.after.pin == "kinds@2"


def test_indicators_are_added_and_removed_by_their_code(kinds: Instrument) -> None:
    fewer = with_indicators(kinds, lambda one: None if one.code in ("K-02", "K-09") else one)

    forth, back = difference(kinds, fewer), difference(fewer, kinds)

    assert [one.code for one in forth.removed] == ["K-02", "K-09"]
    assert [one.code for one in back.added] == ["K-02", "K-09"]
    assert (forth.added, forth.changed, back.removed, back.changed) == ((), (), (), ())
    assert not forth.reordered
    assert weight_sum(kinds) - weight_sum(fewer) == Decimal(25)


def test_every_changed_value_of_an_indicator_is_told_with_before_and_after(
    kinds: Instrument,
) -> None:
    one = kinds.indicator("K-01")
    other = changed(
        kinds,
        "K-01",
        text=replace(one.text, en="The service pledge"),
        weight=Decimal("12.50"),
        sides=(Side.PRACTICE,),
        counts=SideRule.LOWER,
        required=False,
        guidance=None,
        legal_basis=(*one.legal_basis, "Pasal 23"),
    )

    found = difference(kinds, other)

    assert values(found, "K-01") == {
        "text.en": ("Service pledge", "The service pledge"),
        "weight": ("10", "12.5"),
        "sides": ("paperwork, practice", "practice"),
        "counts": ("practice", "lower"),
        "required": ("true", "false"),
        "guidance.id": ("Cari di ruang tunggu dan di situs web.", None),
        "guidance.en": ("Look in the waiting room and on the web site.", None),
        "legal_basis": (
            "UU Nomor 25 Tahun 2009, Pasal 22",
            "UU Nomor 25 Tahun 2009, Pasal 22, Pasal 23",
        ),
    }
    assert [one.code for one in found.changed] == ["K-01"]


def test_a_scale_is_compared_level_by_level(kinds: Instrument) -> None:
    scale = kinds.indicator("K-02").scale
    present, partial, absent = scale.levels
    other = changed(
        kinds,
        "K-02",
        scale=replace(scale, levels=(present, replace(partial, fulfilment=Decimal("0.4")), absent)),
    )
    shorter = changed(kinds, "K-02", scale=replace(scale, levels=(present, absent)))

    assert values(difference(kinds, other), "K-02") == {
        "scale.levels.partial.fulfilment": ("0.5", "0.4")
    }
    assert values(difference(kinds, shorter), "K-02") == {
        "scale.levels": ("present, partial, absent", "present, absent"),
        "scale.levels.partial.fulfilment": ("0.5", None),
        "scale.levels.partial.rubric.id": ("Ada sebagian", None),
        "scale.levels.partial.rubric.en": ("Present in part", None),
    }


def test_conditions_are_compared_by_their_expression(kinds: Instrument) -> None:
    other = changed(kinds, "K-02", relevant=kinds.indicator("K-05").constraint)

    assert values(difference(kinds, other), "K-02") == {
        "relevant": ("${K-01} = 'present'", ". <= 10")
    }


def test_an_indicator_that_moves_to_another_variable_is_changed_not_new(kinds: Instrument) -> None:
    first = kinds.dimensions[0]
    moving, gaining = first.variables
    other = replace(
        kinds,
        dimensions=(
            replace(
                first,
                variables=(
                    replace(moving, indicators=moving.indicators[:1]),
                    replace(gaining, indicators=(moving.indicators[1], *gaining.indicators)),
                ),
            ),
            *kinds.dimensions[1:],
        ),
    )

    found = difference(kinds, other)

    assert values(found, "K-02") == {"variable": ("Keberadaan", "Ukuran")}
    assert (found.added, found.removed, found.reordered) == ((), (), False)


def test_another_order_is_told(kinds: Instrument) -> None:
    found = difference(kinds, replace(kinds, dimensions=kinds.dimensions[::-1]))

    assert found.reordered
    assert not found.none
    assert found.rules == (
        ValueChange(
            ("dimensions",),
            "tingkat, angka, wawancara, catatan",
            "catatan, wawancara, angka, tingkat",
        ),
    )


def test_bounds_are_compared_zone_by_zone(kinds: Instrument) -> None:
    low, middle, high = kinds.bands
    other = replace(
        kinds,
        bands=(
            low,
            replace(middle, lower=Decimal(51)),
            replace(high, name=Wording("Puncak", "Top")),
        ),
    )

    found = difference(kinds, other).bands

    assert [(one.before, one.after) for one in found] == [
        (middle, other.bands[1]),
        (None, other.bands[2]),
        (high, None),
    ]


def test_of_a_zone_that_both_have_only_what_differs_is_told(kinds: Instrument) -> None:
    low, middle, high = kinds.bands
    bands = (low, replace(middle, lower=Decimal(51), dark=True), replace(high, source=_SOURCE))

    found = difference(kinds, replace(kinds, bands=bands)).bands

    assert [one.values for one in found] == [
        (ValueChange(("lower",), "50", "51"), ValueChange(("dark",), "false", "true")),
        (
            ValueChange(("source", "note"), high.source.note, "lain"),
            ValueChange(("source", "note_en"), high.source.note_en, "other"),
        ),
    ]


def test_another_source_of_all_bounds_is_told_once_and_changes_no_zone(kinds: Instrument) -> None:
    bands = tuple(replace(one, source=_SOURCE) for one in kinds.bands)

    found = difference(kinds, replace(kinds, bands=bands, bands_source=_SOURCE))

    assert found.bands == ()
    assert {value.place[0] for value in found.rules} == {"bands_source"}


_SOURCE = Source(verified=True, note="lain", note_en="other")
_WORDS = Wording("lain", "other")
_OTHER: dict[str, object] = {
    "year": 2020,
    "title": _WORDS,
    "legal_basis": "lain",
    "object_types": (ObjectType("lain", _WORDS),),
    "dimensions": (),
    "bands": (),
    "bands_source": _SOURCE,
    "between_source": _SOURCE,
    "maximum": Decimal(110),
    "aggregation": None,
    "aggregation_source": _SOURCE,
    "side_rule_source": _SOURCE,
    "years": (2020, 2021),
    "weighted": False,
    "unweighted_because": _WORDS,
    "denominator": Denominator.DIMENSION,
    "denominator_source": _SOURCE,
    "not_assessable": NotAssessable.ZERO,
    "not_assessable_source": _SOURCE,
    "roles": (),
    "roles_source": _SOURCE,
    "opinions": (Opinion(_WORDS, _WORDS, _SOURCE),),
    "without": _WORDS,
    "composition": (PartOfWhole(("tingkat", "angka"), Decimal(70), _SOURCE),),
}


@pytest.mark.parametrize(
    "field",
    [
        one.name
        for one in fields(Instrument)
        if one.init and one.name not in ("id", "version", "digest")
    ],
)
def test_no_part_of_an_instrument_can_change_unseen(field: str, kinds: Instrument) -> None:
    other = replace(kinds, **{field: _OTHER[field]})  # type: ignore[arg-type]  # a field by name

    assert other != kinds
    assert not difference(kinds, other).none


def test_words_without_bounds_are_compared_by_the_word(kinds: Instrument) -> None:
    word = Opinion(Wording("Baik", "Good"), Wording("Kualitas Tinggi", "High quality"), _SOURCE)
    before = replace(kinds, opinions=(word,))
    after = replace(kinds, opinions=(replace(word, opinion=_WORDS),))

    assert difference(before, after).rules == (
        ValueChange(("opinions", "Baik", "opinion", "id"), "Kualitas Tinggi", "lain"),
        ValueChange(("opinions", "Baik", "opinion", "en"), "High quality", "other"),
    )
