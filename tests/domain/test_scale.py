"""Every kind of answer: what is taken, how it is written down, what it fulfils."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.method_world import said

from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scale import NONE, AnswerKind, Level, Part, Scale, Step

COUNT = Scale(AnswerKind.COUNT, target=Decimal(8), least=Decimal(0))
SAFETY = Scale(
    AnswerKind.COUNT,
    steps=(Step(Decimal(1), Decimal("0.5")), Step(Decimal(5), Decimal(1))),
    least=Decimal(0),
    most=Decimal(10),
)
DAYS = Scale(AnswerKind.DURATION, unit=said("hari kerja"), whole=False)
WEB = Scale(
    AnswerKind.PARTS,
    parts=tuple(Part(value, said(value), Decimal(1)) for value in ("biaya", "waktu", "produk")),
)


def written(scale: Scale, answer: str, *, paper: bool = False) -> str:
    return scale.canonical(answer, indicator="X-1", paper=paper)


@pytest.mark.parametrize(
    ("scale", "given_", "kept"),
    [
        (COUNT, "07", "7"),
        (DAYS, "2,50", "2.5"),
        (DAYS, "5.0", "5"),
        (WEB, "produk biaya", "biaya produk"),
        (WEB, "biaya biaya", "biaya"),
        (WEB, NONE, NONE),
        (Scale(AnswerKind.DATE), "2026-11-22", "2026-11-22"),
        (Scale(AnswerKind.TEXT), "apa pun", "apa pun"),
    ],
)
def test_an_answer_is_written_down_in_one_way(scale: Scale, given_: str, kept: str) -> None:
    assert written(scale, given_) == kept
    assert written(scale, kept) == kept


@pytest.mark.parametrize(
    ("scale", "answer", "code"),
    [
        (COUNT, "tujuh", "answer_no_number"),
        (COUNT, "1e3", "answer_no_number"),
        (COUNT, "NaN", "answer_no_number"),
        (COUNT, "2.5", "answer_not_whole"),
        (COUNT, "-1", "answer_too_small"),
        (SAFETY, "11", "answer_too_large"),
        (DAYS, "0", "answer_no_duration"),
        (DAYS, NONE, "answer_no_number"),  # in practice a time is measured, or nothing is said
        (WEB, "biaya denda", "answer_part_unknown"),
        (Scale(AnswerKind.DATE), "22-11-2026", "answer_no_date"),
        (Scale(AnswerKind.PHOTO), "ada", "answer_not_taken_photo"),
        (Scale(AnswerKind.NOTE), "dibaca", "answer_not_taken_note"),
        (
            Scale(AnswerKind.LIKERT, levels=(Level("1", Decimal(0), said("1")),)),
            "2",
            "answer_unknown",
        ),
    ],
)
def test_what_a_scale_does_not_have_is_refused_by_name(
    scale: Scale, answer: str, code: str
) -> None:
    with pytest.raises(RecordRefused) as refused:
        written(scale, answer)

    assert refused.value.code == code
    assert refused.value.places["indicator"] == "X-1"


@pytest.mark.parametrize(
    ("scale", "answer", "share"),
    [
        (COUNT, "4", "0.5"),
        (COUNT, "8", "1"),
        (COUNT, "20", "1"),
        (SAFETY, "0", "0"),
        (SAFETY, "4", "0.5"),
        (SAFETY, "5", "1"),
        (WEB, "biaya waktu produk", "1"),
        (WEB, NONE, "0"),
    ],
)
def test_numbers_and_checklists_fulfil_by_target_steps_and_parts(
    scale: Scale, answer: str, share: str
) -> None:
    assert scale.fulfilment(answer, paper=False) == Decimal(share)


def test_a_promise_is_kept_broken_or_missing() -> None:
    assert DAYS.fulfilment("5", paper=True) == 1
    assert DAYS.fulfilment(NONE, paper=True) == 0
    assert DAYS.fulfilment("5", paper=False, promised="5") == 1
    assert DAYS.fulfilment("3", paper=False, promised="5") == 1
    assert DAYS.fulfilment("10", paper=False, promised="5") == Decimal("0.5")
    assert DAYS.fulfilment("10", paper=False, promised=NONE) is None
    assert DAYS.fulfilment("10", paper=False) is None


def test_a_promise_may_be_judged_by_steps() -> None:
    strict = Scale(AnswerKind.DURATION, steps=(Step(Decimal(100), Decimal(1)),))

    assert strict.fulfilment("5", paper=False, promised="5") == 1
    assert strict.fulfilment("6", paper=False, promised="5") == 0


def test_a_checklist_may_be_judged_by_how_many_parts_were_found() -> None:
    parts = tuple(Part(str(one), said(str(one)), Decimal(1)) for one in range(10))
    steps = (Step(Decimal(5), Decimal(1)),)
    scale = Scale(AnswerKind.PARTS, parts=parts, steps=steps)

    assert scale.fulfilment("0 1 2 3", paper=False) == 0
    assert scale.fulfilment("0 1 2 3 9", paper=False) == 1


@pytest.mark.parametrize(
    ("scale", "scored"),
    [
        (Scale(AnswerKind.COUNT), False),
        (COUNT, True),
        (DAYS, True),
        (WEB, True),
        (Scale(AnswerKind.PARTS, parts=(Part("a", said("a"), None),)), False),
        (Scale(AnswerKind.CHOICE, levels=(Level("ya", None, said("ya")),)), False),
        (Scale(AnswerKind.TEXT), False),
    ],
)
def test_a_scale_knows_whether_it_is_scored(scale: Scale, scored: bool) -> None:  # noqa: FBT001 - a parameter of the table
    assert scale.scored is scored


def test_what_is_not_scored_fulfils_nothing_and_misses_nothing() -> None:
    assert Scale(AnswerKind.COUNT).fulfilment("7", paper=False) is None
    assert Scale(AnswerKind.TEXT).fulfilment("ya", paper=False) is None
    unscored = Scale(AnswerKind.PARTS, parts=(Part("a", said("a"), None),))
    assert unscored.fulfilment("a", paper=False) is None


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_more_never_fulfils_less(one: int, other: int, target: int) -> None:
    scale = Scale(AnswerKind.COUNT, target=Decimal(target))
    low, high = sorted((one, other))

    found = [scale.fulfilment(str(number), paper=False) for number in (low, high)]

    assert found[0] is not None
    assert found[1] is not None
    assert 0 <= found[0] <= found[1] <= 1
