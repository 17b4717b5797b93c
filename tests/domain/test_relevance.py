"""Which indicators are asked: conditions over answers, near and far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from tests.domain.method_world import ABSENT, PRESENT, both, indicator, instrument, snapshot

from assessor_app.domain.fulfilment import Applies, compare
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.outlook import RunningOutlook
from assessor_app.domain.relevance import dependents
from assessor_app.domain.scale import Answers

Told = dict[ObservationKey, Observation]


@dataclass(frozen=True)
class Present:
    """Holds where another indicator was answered as present."""

    name: str

    @property
    def expression(self) -> str:
        return f"${{{self.name}}} = 'present'"

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.name})

    def holds(self, answers: Answers, *, own: str | None = None) -> bool:
        return answers.get(self.name) == PRESENT and own is None


def chain(length: int) -> Instrument:
    """Each indicator is asked where the one before it is there."""
    rows = [indicator("X-0")]
    rows += [replace(indicator(f"X-{n}"), relevant=Present(f"X-{n - 1}")) for n in range(1, length)]
    return instrument(rows)


def asked(of: Instrument, *answered: Told) -> list[str]:
    told = {key: one for part in answered for key, one in part.items()}
    compared = compare(snapshot(told), of)
    return [one.indicator.code for one in compared if one.applies is Applies.ASKED]


def present(codes: Sequence[str]) -> Told:
    return {key: one for code in codes for key, one in both(code, PRESENT).items()}


def test_an_indicator_that_is_not_asked_reads_as_unanswered() -> None:
    of = chain(3)

    assert asked(of, present(["X-1", "X-2"])) == ["X-0"]
    assert asked(of, present(["X-0", "X-1"])) == ["X-0", "X-1", "X-2"]


@pytest.mark.parametrize("backward", [False, True])
def test_a_thousand_conditions_may_hang_on_each_other(backward: bool) -> None:  # noqa: FBT001 - a parameter of the table
    of = chain(1000)
    rows = list(of.indicators())
    of = instrument(rows[::-1] if backward else rows)
    every = [one.code for one in rows]

    assert len(asked(of, present(every))) == 1000
    assert len(asked(of, present(every[1:]))) == 1
    assert len(dependents(of, {"X-0"})) == 1000
    assert dependents(of, {"X-999"}) == {"X-999"}


def test_a_cycle_which_the_rules_refuse_is_asked_of_nobody() -> None:
    of = instrument(
        [
            replace(indicator("A"), relevant=Present("B")),
            replace(indicator("B"), relevant=Present("A")),
        ]
    )

    assert asked(of, present(["A", "B"])) == []


def test_an_answer_lets_what_hangs_on_it_be_compared_again() -> None:
    of = chain(4)
    running = RunningOutlook(snapshot(both("X-1", PRESENT)), of)
    seen = snapshot(both("X-0", PRESENT) | both("X-1", PRESENT) | both("X-2", ABSENT))

    assert running.again(seen, touched={"X-0", "X-2"}).compared == compare(seen, of)
