"""The least repairs that reach an aim: an integer program whose answers are checked in Decimal.

The solver computes in floating point. It is given a little more room than the aim leaves, so that
nothing that truly suffices is lost; what it proposes and does not suffice is forbidden, and it is
asked again. What comes out suffices exactly, and nothing less does.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import highspy

from assessor_app.domain.improvement import Case, Repair, Unit
from assessor_app.domain.problem import ImprovementRefused
from assessor_app.domain.scoring import published

_HUNDREDTH = 100
_ROOM = 1e-5  # hundredths of a point: ten times the solver's own tolerance
_HALF = 0.5
_LONGEST = 60.0  # seconds for one solve

Row = Mapping[int, float]
"""Coefficients by the number of their variable."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Repairs of one unit that gain and cost the same: how many are made is one variable."""

    repairs: tuple[Repair, ...]

    @property
    def gain(self) -> Decimal:
        return self.repairs[0].gain

    @property
    def size(self) -> int:
        return len(self.repairs)


def least_repairs(case: Case) -> tuple[Repair, ...] | None:
    """The repairs that reach the aim with the least total effort, then the fewest.

    Of those that are equal in both, the ones that lift the score most. Empty where the aim is
    reached already, None where not even all of them suffice. Raises ImprovementRefused
    `improve_too_hard` where the solver comes to no proven end within a minute.
    """
    if case.reached_by(()):
        return ()
    if not case.reached_by(case.repairs()):
        return None
    program = _Program(case)
    efforts = _whole([kind.repairs[0].effort for kind in program.kinds])
    least = program.best(efforts)
    program.add(dict(enumerate(efforts)), most=_total(efforts, least) + _HALF)
    ones = [1.0] * len(program.kinds)
    if len(set(efforts)) > 1:
        least = program.best(ones)
    program.add(dict(enumerate(ones)), most=_total(ones, least) + _HALF)
    share_of = {unit.name: unit.share for unit in case.units}
    heaviest = program.best(
        [-float(kind.gain * share_of[kind.repairs[0].unit]) for kind in program.kinds]
    )
    return program.chosen(heaviest)


class _Program:
    """The integer program of a case: one variable a kind of repair, one a unit's published score.

    A unit's published hundredths are the whole number below its exact hundredths and a half; the
    sum of all of them, each times its unit's share, has to reach what the aim needs.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._highs = _solver()
        self._last: highspy.HighsSolution | None = None
        self.kinds = _kinds(case)
        for kind in self.kinds:
            self._variable(0, kind.size)
        scores = [self._published(unit) for unit in case.units]
        shares = {score: float(unit.share) for score, unit in zip(scores, case.units, strict=True)}
        self.add(shares, least=float(case.needed))

    def best(self, costs: Sequence[float]) -> tuple[int, ...]:
        """How many repairs of each kind reach the aim at the least cost; exactly checked."""
        for variable in range(self._highs.getNumCol()):
            cost = costs[variable] if variable < len(costs) else 0.0
            self._highs.changeColCost(variable, cost)
        while True:
            counts = self._solved()
            if self._case.reached_by(self.chosen(counts)):
                return counts
            self._forbid(counts)

    def chosen(self, counts: Sequence[int]) -> tuple[Repair, ...]:
        return tuple(
            repair
            for kind, count in zip(self.kinds, counts, strict=True)
            for repair in kind.repairs[:count]
        )

    def add(self, row: Row, *, least: float = -math.inf, most: float = math.inf) -> None:
        """Demand that a sum lies between two bounds."""
        self._highs.addRow(least, most, len(row), list(row), list(row.values()))

    def _published(self, unit: Unit) -> int:
        """The variable of a unit's published score, held below what its repairs make of it."""
        least, most = published(unit.points), published(unit.after(unit.repairs))
        score = self._variable(int(least * _HUNDREDTH), int(most * _HUNDREDTH))
        row = {score: 1.0}
        for number, kind in enumerate(self.kinds):
            if kind.repairs[0].unit == unit.name:
                row[number] = -float(kind.gain * _HUNDREDTH)
        self.add(row, most=float(unit.points * _HUNDREDTH) + _HALF + _ROOM)
        return score

    def _forbid(self, counts: Sequence[int]) -> None:
        """Demand more of some kind than what did not suffice: nor would any less of it."""
        more: list[int] = []
        for number, (kind, count) in enumerate(zip(self.kinds, counts, strict=True)):
            if count < kind.size:
                choice = self._variable(0, 1)
                self.add({number: 1.0, choice: -(count + 1.0)}, least=0.0)
                more.append(choice)
        self.add(dict.fromkeys(more, 1.0), least=1.0)

    def _variable(self, least: int, most: int) -> int:
        number = int(self._highs.getNumCol())
        self._highs.addVar(float(least), float(most))
        self._highs.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        return number

    def _solved(self) -> tuple[int, ...]:
        if self._last is not None and len(self._last.col_value) == self._highs.getNumCol():
            self._highs.setSolution(self._last)  # what sufficed before halves the search
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ImprovementRefused("improve_too_hard", repairs=len(self._case.repairs()))
        self._last = self._highs.getSolution()
        values = self._last.col_value
        return tuple(round(value) for value in values[: len(self.kinds)])


def _solver() -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # it says no types of its own
    for option, value in (
        ("output_flag", False),
        ("threads", 1),  # the same question has the same answer
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.0),
        ("time_limit", _LONGEST),
    ):
        highs.setOptionValue(option, value)
    return highs


def _kinds(case: Case) -> tuple[_Kind, ...]:
    """The repairs by kind, in an order that does not depend on how they were given."""
    found: defaultdict[tuple[str, Decimal, Decimal], list[Repair]] = defaultdict(list)
    for one in sorted(case.repairs(), key=lambda one: (one.unit, -one.gain, one.indicator)):
        found[one.unit, one.gain, one.effort].append(one)
    return tuple(_Kind(tuple(repairs)) for repairs in found.values())


def _whole(efforts: Sequence[Decimal]) -> list[float]:
    """Efforts as the smallest whole numbers that stand in the same proportions."""
    digits = max(0, *(-int(effort.as_tuple().exponent) for effort in efforts))
    numbers = [int(effort.scaleb(digits)) for effort in efforts]
    common = math.gcd(*numbers)
    return [float(number // common) for number in numbers]


def _total(costs: Iterable[float], counts: Iterable[int]) -> float:
    return sum(cost * count for cost, count in zip(costs, counts, strict=True))
