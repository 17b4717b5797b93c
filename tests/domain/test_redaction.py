"""Layers over evidence: what may be recorded, what is read, and what two devices come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.event import Json
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.redaction import (
    MOST_LAYERS,
    SCALE,
    SMALLEST,
    Box,
    Layer,
    Layers,
    Why,
    layers_json,
    on_page,
    placed,
    read_layers,
    united_layers,
)

FACE = Layer(1, Box(1000, 1000, 2000, 2500), Why.FACE)
PHONE = Layer(1, Box(0, 9000, SCALE, SCALE), Why.PHONE)


def spans() -> st.SearchStrategy[tuple[int, int]]:
    return st.builds(
        lambda begin, length: (begin, min(begin + length, SCALE)),
        st.integers(0, SCALE - SMALLEST),
        st.integers(SMALLEST, SCALE),
    )


def layers() -> st.SearchStrategy[Layers]:
    one = st.builds(
        lambda page, wide, high, why: Layer(page, Box(wide[0], high[0], wide[1], high[1]), why),
        st.integers(1, 3),
        spans(),
        spans(),
        st.sampled_from(Why),
    )
    return st.lists(one, max_size=3).map(lambda found: placed(found, pages=3))


@given(layers())
def test_layers_come_back_from_an_event_as_they_were_put(found: Layers) -> None:
    assert read_layers(layers_json(found)) == found


@given(layers(), layers(), layers())
def test_what_devices_covered_is_united_in_any_order_and_never_less(
    one: Layers, other: Layers, third: Layers
) -> None:
    held = [layers_json(each) for each in (one, other, third)]
    united = read_layers(united_layers(held))

    assert set(united) == {*one, *other, *third}
    assert united_layers(reversed(held)) == united_layers(held)
    assert united_layers([united_layers(held[:2]), held[2]]) == united_layers(held)


def test_layers_are_sorted_and_each_stands_once() -> None:
    assert placed([PHONE, FACE, PHONE], pages=1) == placed([FACE, PHONE], pages=1)
    assert on_page((FACE, PHONE._replace(page=2)), 2) == (PHONE.box,)


@pytest.mark.parametrize(
    ("layer", "code"),
    [
        (FACE._replace(box=Box(-1, 0, 100, 100)), "layer_outside"),
        (FACE._replace(box=Box(0, 0, SCALE + 1, 100)), "layer_outside"),
        (FACE._replace(box=Box(0, 0, 100, SCALE + 1)), "layer_outside"),
        (FACE._replace(box=Box(500, 0, 500, 100)), "layer_outside"),
        (FACE._replace(box=Box(0, 900, 100, 200)), "layer_outside"),
        (FACE._replace(box=Box(0, 0, SMALLEST - 1, 100)), "layer_too_small"),
        (FACE._replace(box=Box(0, 0, 100, SMALLEST - 1)), "layer_too_small"),
        (FACE._replace(page=0), "layer_page_unknown"),
        (FACE._replace(page=3), "layer_page_unknown"),
    ],
)
def test_a_box_that_covers_nothing_is_refused(layer: Layer, code: str) -> None:
    with pytest.raises(RecordRefused) as refused:
        placed([layer], pages=2)

    assert refused.value.code == code


def test_more_boxes_than_anybody_draws_are_refused() -> None:
    many = [FACE._replace(page=page) for page in range(1, MOST_LAYERS + 2)]

    with pytest.raises(RecordRefused) as refused:
        placed(many, pages=1000)

    assert refused.value.code == "layers_too_many"
    assert len(placed(many[:-1], pages=1000)) == MOST_LAYERS


@pytest.mark.parametrize(
    "held",
    [
        "face",
        {"kind": "redaction"},
        [1],
        [{"kind": "redaction", "why": "face", "page": 1}],
        [{"kind": "blur", "why": "face", "page": 1, "box": [0, 0, 10, 10]}],
        [{"kind": "redaction", "why": "taste", "page": 1, "box": [0, 0, 10, 10]}],
        [{"kind": "redaction", "why": "face", "page": 0, "box": [0, 0, 10, 10]}],
        [{"kind": "redaction", "why": "face", "page": True, "box": [0, 0, 10, 10]}],
        [{"kind": "redaction", "why": "face", "page": 1, "box": [0, 0, 10]}],
        [{"kind": "redaction", "why": "face", "page": 1, "box": "0000"}],
        [{"kind": "redaction", "why": "face", "page": 1, "box": [10, 0, 0, 10]}],
        [{"kind": "redaction", "why": "face", "page": 1, "box": [0, 0, 10, SCALE + 1]}],
        [{"kind": "redaction", "why": "face", "page": 1, "box": [0, 0, 10, 10], "note": ""}],
    ],
)
def test_what_is_no_layer_is_never_read_as_none(held: Json) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_layers(held)


def test_evidence_from_before_there_were_layers_has_none() -> None:
    assert read_layers(None) == read_layers([]) == ()
