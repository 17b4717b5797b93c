"""The arithmetic of a score: bounded, monotone, order-free, and indifferent to what is left out."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.method_world import (
    ABSENT,
    PARTIAL,
    PRESENT,
    both,
    indicator,
    instrument,
    snapshot,
    unfit,
)

from assessor_app.domain.fulfilment import compare
from assessor_app.domain.instrument import (
    AnswerKind,
    Asked,
    Denominator,
    Instrument,
    NotAssessable,
    Scale,
    Side,
    SideRule,
)
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.respondents import Respondent, RespondentKind, Role
from assessor_app.domain.scoring import Basis, Score, Standing, published, score, scores
from assessor_app.domain.visit import Snapshot

SHARE = {ABSENT: Fraction(0), PARTIAL: Fraction(1, 2), PRESENT: Fraction(1)}
answers = st.sampled_from([ABSENT, PARTIAL, PRESENT])
weights = st.decimals(min_value="0.01", max_value=30, places=2)


def official(seen: Snapshot, of: Instrument) -> Score:
    found = score(compare(seen, of), of, Basis.OFFICIAL)
    assert found is not None
    return found


@given(st.lists(st.tuples(weights, answers), min_size=1, max_size=12))
def test_a_score_lies_between_nothing_and_the_maximum(rows: list[tuple[Decimal, str]]) -> None:
    of = instrument([indicator(f"X-{n}", str(weight)) for n, (weight, _) in enumerate(rows)])
    seen = snapshot(
        {k: v for n, (_, one) in enumerate(rows) for k, v in both(f"X-{n}", one).items()}
    )

    found = official(seen, of)

    exact = sum((Fraction(weight) * SHARE[one] for weight, one in rows), Fraction(0))
    assert 0 <= found.points <= found.maximum
    assert Fraction(found.points) == exact
    assert found.measured == found.maximum == found.verified
    assert found.standing is Standing.PROVISIONAL


@given(st.lists(st.tuples(weights, answers), min_size=1, max_size=8), st.data())
def test_a_better_answer_never_lowers_a_score(
    rows: list[tuple[Decimal, str]], data: st.DataObject
) -> None:
    of = instrument([indicator(f"X-{n}", str(weight)) for n, (weight, _) in enumerate(rows)])
    before = {k: v for n, (_, one) in enumerate(rows) for k, v in both(f"X-{n}", one).items()}
    place = data.draw(st.integers(0, len(rows) - 1))

    after = before | both(f"X-{place}", PRESENT)

    assert official(snapshot(after), of).points >= official(snapshot(before), of).points


@given(st.permutations(range(6)))
def test_the_order_in_which_answers_came_does_not_matter(order: list[int]) -> None:
    of = instrument([indicator(f"X-{n}", str(n + 1)) for n in range(6)])
    given_ = [both(f"X-{n}", [ABSENT, PARTIAL, PRESENT][n % 3]) for n in range(6)]

    first = snapshot({k: v for one in given_ for k, v in one.items()})
    second = snapshot({k: v for n in order for k, v in given_[n].items()})

    assert official(first, of) == official(second, of)


@given(
    st.lists(st.tuples(weights, answers), min_size=1, max_size=8),
    weights,
    st.sampled_from(Denominator),
)
def test_what_does_not_apply_changes_nothing(
    rows: list[tuple[Decimal, str]], further: Decimal, denominator: Denominator
) -> None:
    """The same share of the maximum is earned, as if the indicator had never been there."""
    known = [indicator(f"X-{n}", str(weight)) for n, (weight, _) in enumerate(rows)]
    seen = {k: v for n, (_, one) in enumerate(rows) for k, v in both(f"X-{n}", one).items()}
    without = instrument(known, denominator=denominator)
    more = instrument([*known, indicator("N-1", str(further))], denominator=denominator)

    bare = official(snapshot(seen), without)
    left = official(snapshot(seen | unfit("N-1")), more)

    exact = Fraction(bare.points) / Fraction(bare.maximum) * Fraction(left.maximum)
    assert abs(Fraction(left.points) - exact) < Fraction(1, 10**20)
    assert left.maximum == bare.maximum + further
    assert left.measured == left.maximum
    assert left.standing is Standing.PROVISIONAL


def test_points_that_do_not_apply_stay_in_their_dimension_where_the_instrument_says_so() -> None:
    rows = ([indicator("A-1", "10"), indicator("A-2", "10")], [indicator("B-1", "80")])
    seen = snapshot(unfit("A-1") | both("A-2", PRESENT) | both("B-1", ABSENT))

    within = official(seen, instrument(*rows, denominator=Denominator.DIMENSION))
    over_all = official(seen, instrument(*rows, denominator=Denominator.INSTRUMENT))

    assert within.points == 20
    assert published(over_all.points) == Decimal("11.11")


def test_the_points_of_a_dimension_that_does_not_apply_at_all_go_to_the_others() -> None:
    rows = ([indicator("A-1", "20")], [indicator("B-1", "60")], [indicator("C-1", "20")])
    seen = snapshot(unfit("A-1") | both("B-1", PRESENT) | both("C-1", ABSENT))

    found = official(seen, instrument(*rows, denominator=Denominator.DIMENSION))

    assert found.points == 75
    assert found.maximum == 100


def test_a_point_is_the_same_on_every_basis() -> None:
    """Practice alone is asked of A-2: it grows by the same share as what has both sides."""
    rows = [
        indicator("A-1", "10"),
        indicator("A-2", "10", sides=[Side.PRACTICE]),
        indicator("A-3", "20"),
    ]
    of = instrument(rows)
    seen = snapshot(unfit("A-1") | both("A-2", PRESENT) | both("A-3", PRESENT))

    found = scores(compare(seen, of), of)

    weights = {
        basis: {line.indicator.code: published(line.weight) for line in one.lines}
        for basis, one in found.items()
    }
    assert weights[Basis.OFFICIAL] == {"A-2": Decimal("13.33"), "A-3": Decimal("26.67")}
    assert weights[Basis.ON_PAPER] == {"A-3": Decimal("26.67")}
    assert published(found[Basis.ON_PAPER].maximum) == Decimal("26.67")


def test_a_maximum_stays_whole_where_points_were_shared_out() -> None:
    of = instrument([indicator(f"X-{n}", "5.5") for n in range(20)])
    seen = snapshot(unfit("X-0") | unfit("X-1") | unfit("X-2"))

    found = scores(compare(seen, of), of)

    assert {one.maximum for one in found.values()} == {Decimal(110)}


def test_an_answer_that_its_scale_cannot_read_counts_as_none() -> None:
    counted = indicator("A-1", scale=Scale(AnswerKind.COUNT, target=Decimal(5)))

    assert official(snapshot(both("A-1", PRESENT)), instrument([counted])).measured == 0


def test_where_nothing_applies_there_are_no_points_and_no_zone() -> None:
    found = official(snapshot(unfit("A-1")), instrument([indicator("A-1", "20")]))

    assert found.points == found.measured == 0
    assert found.band is None
    assert found.standing is Standing.SIMULATION


@pytest.mark.parametrize(
    ("rule", "points", "measured"),
    [
        (NotAssessable.OPEN, "30", "30"),
        (NotAssessable.ZERO, "30", "100"),
        (NotAssessable.LEAVE_OUT, "100", "100"),
    ],
)
def test_what_could_not_be_assessed_is_handled_as_the_instrument_says(
    rule: NotAssessable, points: str, measured: str
) -> None:
    of = instrument([indicator("A-1", "30"), indicator("A-2", "70")], not_assessable=rule)
    locked = {ObservationKey("A-2", Side.PRACTICE): Observation(not_assessed_reason="terkunci")}

    found = official(snapshot(both("A-1", PRESENT) | locked), of)

    assert (found.points, found.measured) == (Decimal(points), Decimal(measured))


def test_an_unanswered_side_stays_open_though_the_other_could_not_be_assessed() -> None:
    rows = [indicator("A-1", "30", counts=SideRule.LOWER)]
    of = instrument(rows, not_assessable=NotAssessable.LEAVE_OUT)
    locked = {ObservationKey("A-1", Side.PRACTICE): Observation(not_assessed_reason="terkunci")}

    found = official(snapshot(locked), of)

    assert len(found.lines) == 1
    assert found.measured == 0


def test_an_indicator_may_apply_to_one_product_and_not_to_another() -> None:
    of = instrument([indicator("A-1", "10", asked=Asked.PER_PRODUCT), indicator("A-2", "10")])
    fee = {
        ObservationKey("A-1", Side.PRACTICE, "ktp"): Observation(answer=PARTIAL),
        ObservationKey("A-1", Side.PRACTICE, "kk"): Observation(not_applicable_reason="gratis"),
    }

    found = official(snapshot(fee | both("A-2", PRESENT), products={"ktp": "KTP", "kk": "KK"}), of)

    assert found.points == 15
    assert {line.indicator.code: line.products for line in found.lines} == {"A-1": 1, "A-2": 1}


def test_an_instrument_without_weights_gives_no_score() -> None:
    of = instrument([indicator("A-1", "0")], weighted=False)
    compared = compare(snapshot(both("A-1", PRESENT)), of)

    assert scores(compared, of) == {}
    assert score(compared, of, Basis.OFFICIAL) is None


def test_a_third_of_a_point_rounds_as_if_it_had_no_end() -> None:
    third = Decimal(1) / 3

    assert published(third * 3 * Decimal("0.005")) == Decimal("0.01")
    assert published(Decimal("0.00499")) == Decimal("0.00")


HEAD = Role("kepala", name=indicator("x").text, kind=RespondentKind.OFFICER, share=Decimal(3))
DESK = Role(
    "petugas",
    name=indicator("x").text,
    kind=RespondentKind.OFFICER,
    substitute_share=Decimal("0.5"),
)


def interview(*asked: tuple[Respondent, str]) -> Decimal | None:
    one = indicator(
        "W-1", "4", asked=Asked.PER_RESPONDENT, sides=[Side.PRACTICE], roles=[HEAD, DESK]
    )
    told = {
        ObservationKey("W-1", Side.PRACTICE, respondent=who.id): Observation(answer=answer)
        for who, answer in asked
    }
    seen = snapshot(told, respondents=[who for who, _ in asked])
    return compare(seen, instrument([one]))[0].practice


def test_an_interview_weighs_each_answer_by_post_and_substitute() -> None:
    head = Respondent("1", "Kepala-1", "officer", post="kepala")
    desk = Respondent("2", "Petugas-1", "officer", post="petugas")
    stand_in = Respondent("3", "Petugas-2", "officer", post="petugas", substitute=True)

    assert interview((head, PRESENT), (desk, ABSENT)) == Decimal("0.75")
    assert interview((head, ABSENT), (stand_in, PRESENT)) == Decimal("0.5") / Decimal("3.5")
    assert interview((desk, PARTIAL)) == Decimal("0.5")


def test_a_respondent_of_another_post_is_not_asked() -> None:
    only_head = indicator("W-1", asked=Asked.PER_RESPONDENT, sides=[Side.PRACTICE], roles=[HEAD])
    desk = Respondent("2", "Petugas-1", "officer", post="petugas")
    free = Respondent("4", "Tamu", "officer")

    keys = compare(snapshot(respondents=[desk, free]), instrument([only_head]))[0].keys

    assert [key.respondent for key in keys] == ["4"]


@given(st.integers(0, 2**32))
def test_a_score_does_not_depend_on_the_order_of_indicators(seed: int) -> None:
    rows = [indicator(f"X-{n}", f"{n + 1}.5") for n in range(8)]
    seen = snapshot({k: v for n in range(8) for k, v in both(f"X-{n}", list(SHARE)[n % 3]).items()})
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)

    assert official(seen, instrument(rows)).points == official(seen, instrument(shuffled)).points
