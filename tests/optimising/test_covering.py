"""The least repairs that reach an aim, held against every choice that there is."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from assessor_app.domain.improvement import Aim, Case, Repair, Unit, plan
from assessor_app.domain.problem import ImprovementRefused
from assessor_app.domain.zone import ZoneColour
from assessor_app.optimising import covering
from assessor_app.optimising.covering import least_repairs

SCALE = 10_000  # the generated figures have four decimals
EFFORTS = ("1", "1", "1", "0.5", "2", "3", "7.25")


def aim(lower: str | Decimal) -> Aim:
    return Aim(ZoneColour.GREEN, None, Decimal(lower))


def unit(name: str, points: str, *gains: str, share: int = 1, efforts: Sequence[str] = ()) -> Unit:
    given_efforts = [*efforts, *["1"] * (len(gains) - len(efforts))]
    repairs = tuple(
        Repair(name, f"I{number:02}", Decimal(gain), Decimal(effort))
        for number, (gain, effort) in enumerate(zip(gains, given_efforts, strict=True))
    )
    return Unit(name, Decimal(points), repairs, share=share)


def cost(chosen: Sequence[Repair]) -> tuple[Decimal, int]:
    return sum((one.effort for one in chosen), Decimal(0)), len(chosen)


def every_choice(case: Case) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Published hundredths, effort in 1/10000 and number of repairs of every choice, as integers.

    Written from the method's text, apart from the product: floor(100 x + 1/2), twice.
    """
    repairs = case.repairs()
    masks = np.arange(2 ** len(repairs), dtype=np.int64)
    bits = (masks[:, None] >> np.arange(len(repairs), dtype=np.int64)) & 1
    whole = np.zeros(len(masks), dtype=np.int64)
    for one in case.units:
        gains = np.array([int(r.gain * SCALE) if r.unit == one.name else 0 for r in repairs])
        exact = int(one.points * SCALE) + bits @ gains.astype(np.int64)
        whole += one.share * ((exact + SCALE // 200) // (SCALE // 100))
    shares = sum(one.share for one in case.units)
    efforts = np.array([int(r.effort * SCALE) for r in repairs], dtype=np.int64)
    return (2 * whole + shares) // (2 * shares), bits @ efforts, bits.sum(axis=1)


def least_of_all(case: Case) -> tuple[Decimal, int] | None:
    hundredths, efforts, counts = every_choice(case)
    enough = hundredths >= int(case.aim.lower * 100)
    if not enough.any():
        return None
    effort, count = min(zip(efforts[enough].tolist(), counts[enough].tolist(), strict=True))
    return Decimal(effort) / SCALE, count


@st.composite
def cases(draw: st.DrawFn, *, most_units: int = 7, most_repairs: int = 15) -> Case:
    """Offices whose aim is exactly what some choice of repairs makes, or a hundredth beyond."""
    names = [f"U{number}" for number in range(draw(st.integers(1, most_units)))]
    four_digits = st.integers(1, 20 * SCALE).map(lambda number: Decimal(number) / SCALE)
    gains = draw(
        st.lists(st.one_of(st.integers(1, 12).map(Decimal), four_digits), max_size=most_repairs)
    )
    repairs = [
        Repair(
            draw(st.sampled_from(names)),
            f"I{number:02}",
            gain,
            Decimal(draw(st.sampled_from(EFFORTS))),
        )
        for number, gain in enumerate(gains)
    ]
    units = tuple(
        Unit(
            name,
            Decimal(draw(st.integers(0, 60 * SCALE))) / SCALE,
            tuple(one for one in repairs if one.unit == name),
            share=draw(st.sampled_from((1, 1, 3))),
        )
        for name in names
    )
    some = draw(st.sets(st.integers(0, max(len(repairs) - 1, 0))))
    reached = Case(units, aim("0")).score([repairs[at] for at in some if at < len(repairs)])
    return Case(units, aim(reached + draw(st.sampled_from((Decimal(0), Decimal("0.01"))))))


@given(case=cases())
@settings(max_examples=80, deadline=None)
def test_no_choice_of_up_to_15_repairs_costs_less_and_reaches_the_aim(case: Case) -> None:
    chosen = least_repairs(case)

    assert (None if chosen is None else cost(chosen)) == least_of_all(case)
    assert chosen is None or case.reached_by(chosen)


@given(case=cases(most_units=2, most_repairs=9), seed=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_in_which_units_and_repairs_are_given_changes_nothing(
    case: Case, seed: st.DataObject
) -> None:
    shuffled = [
        Unit(
            one.name,
            one.points,
            tuple(sorted(one.repairs, key=lambda _: seed.random())),  # type: ignore[attr-defined]  # Hypothesis types its random as data
            share=one.share,
        )
        for one in case.units
    ]
    again = Case(tuple(shuffled), case.aim)

    first, second = least_repairs(case), least_repairs(again)

    assert (first is None) == (second is None)
    assert set(first or ()) == set(second or ())


@given(case=cases(most_units=1, most_repairs=8))
@settings(max_examples=60, deadline=None)
def test_of_equal_choices_the_one_that_lifts_most_is_taken(case: Case) -> None:
    chosen = least_repairs(case)
    if not chosen:
        return
    hundredths, efforts, counts = every_choice(case)
    effort, count = cost(chosen)
    same = (efforts == int(effort * SCALE)) & (counts == count)

    assert int(case.score(chosen) * 100) == hundredths[same].max()


def test_effort_goes_before_number() -> None:
    case = Case((unit("U", "70", "8", "4", "4", efforts=("3", "1", "1")),), aim("78"))

    assert [one.indicator for one in least_repairs(case) or ()] == ["I01", "I02"]


def test_at_equal_effort_the_fewest_are_taken() -> None:
    case = Case((unit("U", "70", "8", "4", "4", efforts=("2", "1", "1")),), aim("78"))

    assert [one.indicator for one in least_repairs(case) or ()] == ["I00"]


@pytest.mark.parametrize(("gain", "needed"), [("7.995", 1), ("7.9949", 2)])
def test_77_995_is_published_as_78_and_77_9949_is_not(gain: str, needed: int) -> None:
    case = Case((unit("U", "70", gain, "0.0001"),), aim("78.00"))

    chosen = least_repairs(case)

    assert chosen is not None
    assert len(chosen) == needed


def test_units_are_rounded_before_their_mean_is() -> None:
    """78.005 is published as 78.01 and 77.985 as 77.99: their mean is 78.00, of 77.995 exactly."""
    units = (unit("A", "70", "8.005"), unit("B", "77.985"))
    case = Case(units, aim("78.00"))

    chosen = least_repairs(case)

    assert chosen is not None
    assert case.score(chosen) == Decimal("78.00")
    assert published_apart("77.9849", units[0]) == Decimal("78.00")
    assert published_apart("77.9749", units[0]) == Decimal("77.99")


def published_apart(points: str, other: Unit) -> Decimal:
    return Case((other, unit("B", points)), aim("78")).score(other.repairs)


def test_a_mean_on_the_half_hundredth_suffices() -> None:
    """Two units of 78.00 and 77.99 are 77.995 together, published as 78.00."""
    case = Case((unit("A", "78"), unit("B", "70", "7.99", "8")), aim("78.00"))

    chosen = least_repairs(case)

    assert [one.gain for one in chosen or ()] == [Decimal(8)]
    assert case.reached_by([case.units[1].repairs[0]])


def test_products_weigh_a_unit() -> None:
    """Magelang's counts: three products of one unit outweigh one of another."""
    units = (unit("A", "60", "10", share=1), unit("B", "60", "10", share=3))

    chosen = least_repairs(Case(units, aim("67.5")))

    assert [one.unit for one in chosen or ()] == ["B"]


def test_a_city_of_seven_units_like_maluku_tenggara_finds_its_least_way() -> None:
    published = ("49.85", "52.86", "55.09", "59.85", "62.06", "71.08", "74.82")
    units = tuple(
        unit(f"U{number}", points, "12", "6", efforts=("2", "1"))
        for number, points in enumerate(published)
    )
    case = Case(units, aim("65.00"))

    chosen = least_repairs(case)

    assert case.score() == Decimal("60.80")
    assert chosen is not None
    assert cost(chosen) == least_of_all(case)
    assert case.score(chosen) >= 65


def test_thirds_that_make_a_whole_are_not_lost_to_decimals() -> None:
    """Three products of which one fails: 3 x (1 - 2/3) of 1.5 points, which a Decimal cannot hold.

    Each gain ends after 28 digits, so that their sum stays a hair below the half hundredth.
    """
    third = Decimal("0.015") / 3
    gains = [Repair("U", f"I{number}", third) for number in range(3)]
    case = Case((Unit("U", Decimal("77.98"), tuple(gains)),), aim("78.00"))

    chosen = least_repairs(case)

    assert chosen is not None
    assert len(chosen) == 3


def test_what_the_solver_takes_for_enough_is_forbidden_where_it_is_not() -> None:
    """A hair below the half hundredth, where floating point sees no difference any more."""
    hair = Decimal("1e-12")
    many = [Repair("U", f"I{number:02}", Decimal(1) - hair) for number in range(12)]
    more = [Repair("U", "J1", Decimal("1e-9")), Repair("U", "J2", Decimal(1), Decimal("1.5"))]
    case = Case((Unit("U", Decimal("73.995"), (*many, *more)),), aim("78.00"))

    chosen = least_repairs(case)

    assert chosen is not None
    assert case.reached_by(chosen)
    assert cost(chosen) == (Decimal(5), 5)  # four and the tiny one; no three with the dear one


def test_what_is_reached_needs_nothing_and_what_is_out_of_reach_has_no_answer() -> None:
    assert least_repairs(Case((unit("U", "80", "1"),), aim("78"))) == ()
    assert least_repairs(Case((unit("U", "60", "1"),), aim("78"))) is None
    assert least_repairs(Case((unit("U", "60"),), aim("78"))) is None


def test_a_plan_of_a_choice_that_does_not_suffice_is_a_mistake() -> None:
    case = Case((unit("U", "60", "1", "20"),), aim("78"))

    with pytest.raises(ValueError, match="do not reach 78"):
        plan(case, case.repairs()[:1])


def test_a_question_without_an_end_is_refused_not_answered_by_guess(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(covering, "_LONGEST", 0.0)
    gains = [f"{number}.37" for number in range(1, 40)]
    efforts = [f"{number * 7 % 31 + 1}.13" for number in range(1, 40)]
    case = Case((unit("U", "10", *gains, efforts=efforts),), aim("400"))

    with pytest.raises(ImprovementRefused) as refused:
        least_repairs(case)

    assert refused.value.code == "improve_too_hard"
