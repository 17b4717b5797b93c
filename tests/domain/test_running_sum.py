"""A sum that goes on has the digits, to the last place, of one that is made at once."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.running_sum import RunningSum

NAMES = ("first", "second", "third", "fourth")
ADDENDS = st.one_of(
    st.decimals(0, 1000, places=2),
    st.sampled_from(
        [Decimal(1) / 3, Decimal("0.00"), Decimal("1.50"), Decimal("2E+1"), Decimal(7)]
    ),
    st.builds(lambda whole, part: Decimal(whole) / part, st.integers(0, 99), st.integers(1, 7)),
)


@given(st.lists(st.tuples(st.sampled_from(NAMES), ADDENDS), max_size=30))
def test_every_step_gives_the_digits_of_adding_all_in_order(
    steps: list[tuple[str, Decimal]],
) -> None:
    running = RunningSum(NAMES)
    addends = dict.fromkeys(NAMES, Decimal(0))

    for name, addend in steps:
        addends[name] = addend
        running.put(name, addend)

        assert str(running.total()) == str(sum(addends.values(), Decimal(0)))


def test_places_go_with_the_last_addend_that_had_them() -> None:
    running = RunningSum(NAMES)
    running.put("first", Decimal("1.250"))
    running.put("second", Decimal("2.5"))

    running.put("first", Decimal(1))

    assert str(running.total()) == "3.5"
