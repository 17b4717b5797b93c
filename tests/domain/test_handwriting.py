"""A signature drawn by hand: the same bytes for the same strokes, and nothing else is taken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.handwriting import (
    LONGEST_FILE,
    Handwriting,
    Point,
    handwriting_bytes,
    is_drawn,
    read_handwriting,
)
from assessor_app.domain.problem import VisitRefused

LINE = [[10, 20, 0, 500], [600, 240, 90, 1000]]


def written(**changed: object) -> bytes:
    known = {"v": 1, "width": 800, "height": 300, "strokes": [LINE]}
    return json.dumps({**known, **changed}).encode()


@st.composite
def drawings(draw: st.DrawFn) -> Handwriting:
    width, height = draw(st.integers(50, 9000)), draw(st.integers(50, 9000))
    lengths = draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    times = sorted(
        draw(st.lists(st.integers(0, 90_000), min_size=sum(lengths), max_size=sum(lengths)))
    )
    clock = iter(times)
    return Handwriting(
        width,
        height,
        tuple(
            tuple(
                Point(
                    draw(st.integers(0, width)),
                    draw(st.integers(0, height)),
                    next(clock),
                    draw(st.integers(0, 1000)),
                )
                for _ in range(length)
            )
            for length in lengths
        ),
    )


@given(drawings())
def test_what_was_drawn_is_read_as_it_was_written(drawn: Handwriting) -> None:
    kept = handwriting_bytes(drawn)

    if is_drawn(drawn):
        assert read_handwriting(kept) == drawn
        assert handwriting_bytes(read_handwriting(kept)) == kept
    else:
        with pytest.raises(VisitRefused, match="handwriting_empty"):
            read_handwriting(kept)


def test_the_kept_form_is_canonical_json() -> None:
    drawn = read_handwriting(written())

    assert handwriting_bytes(drawn) == (
        b'{"height":300,"strokes":[[[10,20,0,500],[600,240,90,1000]]],"v":1,"width":800}'
    )


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [[]],
        [[[10, 20, 0, 500]]],
        [[[10, 20, 0, 500], [12, 21, 5, 500]]],
    ],
)
def test_nothing_or_a_dot_is_no_signature(strokes: list[object]) -> None:
    with pytest.raises(VisitRefused, match="handwriting_empty"):
        read_handwriting(written(strokes=strokes))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"goresan",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"\xff\xfe",
        written(v=2),
        written(more=1),
        written(width=0),
        written(width=800.5),
        written(height=True),
        written(width=10**9),
        written(strokes=[[[801, 20, 0, 500], [600, 240, 90, 1000]]]),
        written(strokes=[[[10, -1, 0, 500], [600, 240, 90, 1000]]]),
        written(strokes=[[[10, 20, 90, 500], [600, 240, 0, 1000]]]),
        written(strokes=[[[10, 20, 0, 1001], [600, 240, 90, 1000]]]),
        written(strokes=[[[10, 20, 0], [600, 240, 90]]]),
        written(strokes=[[[10, 20, 0, 500, 7], [600, 240, 90, 1000]]]),
        written(strokes=[["ab", "cd"]]),
        written(strokes=7),
        written(strokes=[LINE * 10_001]),
        b" " * (LONGEST_FILE + 1),
    ],
)
def test_what_is_no_handwriting_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(VisitRefused, match="handwriting_unreadable"):
        read_handwriting(data)
