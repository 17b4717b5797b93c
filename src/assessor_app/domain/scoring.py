"""Scores that explain themselves: the points, the rule behind each, and how sure they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import assert_never

from assessor_app.domain.denominator import Growth, denominators, growth
from assessor_app.domain.fulfilment import Compared, mean
from assessor_app.domain.instrument import (
    Band,
    Indicator,
    Instrument,
    NotAssessable,
    Side,
    SideRule,
)
from assessor_app.domain.running_sum import RunningSum


class Basis(StrEnum):
    """What a score is computed from."""

    OFFICIAL = "official"  # the side that counts by the instrument's rule
    ON_PAPER = "on_paper"
    IN_PRACTICE = "in_practice"


class Standing(StrEnum):
    """What a number may be called before the Ombudsman's chair has decided (record.md)."""

    PROVISIONAL = "provisional"
    SIMULATION = "simulation"


_NEEDED: Mapping[SideRule, frozenset[Side]] = {
    SideRule.PRACTICE: frozenset({Side.PRACTICE}),
    SideRule.PAPERWORK: frozenset({Side.PAPERWORK}),
    SideRule.LOWER: frozenset(Side),
    SideRule.MEAN: frozenset(Side),
}
_NOTHING = Decimal(0)
# A quotient ends after 28 digits: 3 x 1/3 of 0.015 must still round up to 0.02.
_SURE_DIGITS = Decimal("1e-15")


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One indicator's part: `points` of `weight`, by `rule`.

    `weight` is what it weighs here: its own points, and its share of the points of what does not
    apply. `fulfilment` is None where the indicator was not measured; it earns nothing then and
    does not count as measured. With several products it is their mean (method.md 0.6).
    """

    indicator: Indicator
    rule: SideRule
    fulfilment: Decimal | None
    weight: Decimal
    products: int

    @property
    def points(self) -> Decimal:
        return (self.fulfilment or Decimal(0)) * self.weight


@dataclass(frozen=True, slots=True)
class Score:
    """Points on one basis, unrounded, with the lines that they are the sum of.

    `measured` and `verified` are weights in points: how much of `maximum` was answered, and how
    much of it is the sourced weight of sourced indicators. `band` is None while what is not
    measured could still change it, and where no bounds were published.
    """

    basis: Basis
    points: Decimal
    maximum: Decimal
    measured: Decimal
    verified: Decimal
    standing: Standing
    band: Band | None
    lines: tuple[ScoreLine, ...]


def score(compared: Iterable[Compared], instrument: Instrument, basis: Basis) -> Score | None:
    """The score of a visit on one basis, with its derivation; None without weights.

    Only `OFFICIAL` has a band: the published bounds are meant for no other number.
    """
    return scores(compared, instrument, on=(basis,)).get(basis)


def scores(
    compared: Iterable[Compared], instrument: Instrument, *, on: Collection[Basis] = tuple(Basis)
) -> Mapping[Basis, Score]:
    """The scores on these bases; empty for an instrument without weights: it gives no score."""
    parts: dict[str, list[Compared]] = {}
    for one in compared:
        parts.setdefault(one.indicator.code, []).append(one)
    return Scoring(parts, instrument, on=on).scores()


Parts = Mapping[str, Sequence[Compared]]
"""What was compared of each indicator (code): one for each product that it is asked of."""


class Scoring:
    """The scores of a visit that goes on: of each action only what it changed is counted anew.

    What each indicator adds is kept; the sums go on in every digit (running_sum.py), and a basis
    of which nothing has changed keeps its score.
    """

    def __init__(
        self, parts: Parts, instrument: Instrument, *, on: Collection[Basis] = tuple(Basis)
    ) -> None:
        """`parts` of all indicators."""
        self._instrument = instrument
        self._official = _Column(instrument, Basis.OFFICIAL)
        self._columns = {basis: self._column(basis) for basis in on} if instrument.weighted else {}
        self._grown: Mapping[str, Growth] = {}
        self.take(parts)

    def take(self, parts: Parts) -> None:
        """Count these indicators (all that was compared of each) anew."""
        columns = {self._official, *self._columns.values()}
        for column in columns:
            column.take(parts)
        grown = self._official.growth()
        codes = parts.keys()
        if grown != self._grown:
            self._grown, codes = grown, self._instrument.by_code.keys()
        for column in columns:
            column.grow(codes, grown)

    def scores(self) -> Mapping[Basis, Score]:
        return {basis: column.score() for basis, column in self._columns.items()}

    def _column(self, basis: Basis) -> "_Column":
        return self._official if basis is Basis.OFFICIAL else _Column(self._instrument, basis)


class _Column:
    """One basis: the line of each indicator that has the side, and what it adds to each sum.

    All are in the instrument's order. A line is None while the indicator leaves the denominator;
    `_own` are lines by their own weights, the others by the weights that they have grown to.
    """

    def __init__(self, instrument: Instrument, basis: Basis) -> None:
        self._instrument = instrument
        self._basis = basis
        self._rules = {
            one.code: rule
            for one in instrument.indicators()
            if one.weight and (rule := rule_on(one, basis)) is not None
        }
        self._weights = {code: instrument.by_code[code].weight for code in self._rules}
        self._left_out = set(self._rules)
        self._own: dict[str, ScoreLine | None] = dict.fromkeys(self._rules)
        self._lines: dict[str, ScoreLine | None] = dict.fromkeys(self._rules)
        self._points = RunningSum(self._rules)
        self._measured = RunningSum(self._rules)
        self._verified = RunningSum(self._rules)
        self._open = dict.fromkeys(self._rules, False)
        self._unverified = dict.fromkeys(self._rules, False)
        self._all = sum(self._weights.values(), _NOTHING)
        self._maximum = _NOTHING
        self._score: Score | None = None  # while nothing has changed

    def take(self, parts: Parts) -> None:
        for code in parts.keys() & self._rules.keys():
            line = _line(parts[code], self._rules[code], self._instrument.not_assessable)
            self._own[code] = line
            (self._left_out.discard if line else self._left_out.add)(code)

    def growth(self) -> Mapping[str, Growth]:
        """Of each indicator, by what it grows on every basis; empty where all of them apply.

        A point is the same on every basis: the official lines say what applies.
        """
        if not self._left_out:
            return {}
        within = denominators(self._instrument)
        whole: defaultdict[str, Decimal] = defaultdict(Decimal)
        there: defaultdict[str, Decimal] = defaultdict(Decimal)
        for code, weight in self._weights.items():
            whole[within[code]] += weight
            if code not in self._left_out:
                there[within[code]] += weight
        found = growth(whole, there)
        return {code: found[name] for code, name in within.items() if name in found}

    def grow(self, codes: Iterable[str], grown: Mapping[str, Growth]) -> None:
        """Let the lines of these indicators weigh what they have grown to."""
        for code in codes:
            if code in self._rules:
                self._put(code, self._own[code], grown.get(code))
        maximum = self._whole(grown)
        if maximum.as_tuple() != self._maximum.as_tuple():
            self._maximum, self._score = maximum, None

    def score(self) -> Score:
        if self._score is None:
            self._score = self._made()
        return self._score

    def _made(self) -> Score:
        lines = tuple([line for line in self._lines.values() if line is not None])
        all_measured = bool(lines) and not any(self._open.values())
        all_verified = bool(lines) and not any(self._unverified.values())
        maximum = self._maximum
        points = self._points.total()
        measured = maximum if all_measured else self._measured.total()
        official = self._basis is Basis.OFFICIAL
        sure = all_measured and all_verified
        return Score(
            basis=self._basis,
            points=points,
            maximum=maximum,
            measured=measured,
            verified=maximum if all_verified else self._verified.total(),
            standing=Standing.PROVISIONAL if sure else Standing.SIMULATION,
            band=band_between(self._instrument, points, points + maximum - measured)
            if official and measured
            else None,
            lines=lines,
        )

    def _put(self, code: str, own: ScoreLine | None, grown: Growth | None) -> None:
        line = replace(own, weight=grown.of(own.weight)) if own and grown else own
        if _alike(line, self._lines[code]):
            return
        self._score = None
        known = line is not None and line.fulfilment is not None
        verified = line is not None and line.indicator.verified
        weight = line.weight if line is not None else _NOTHING
        self._lines[code] = line
        self._points.put(code, line.points if line is not None and known else _NOTHING)
        self._measured.put(code, weight if known else _NOTHING)
        self._verified.put(code, weight if verified else _NOTHING)
        self._open[code] = line is not None and not known
        self._unverified[code] = line is not None and not verified

    def _whole(self, grown: Mapping[str, Growth]) -> Decimal:
        """The points of all: what does not apply gives its own to others, officially they stay.

        They grow once for each denominator: a sum of quotients is not exact.
        """
        if self._basis is Basis.OFFICIAL or not (grown or self._left_out):
            return self._all
        own: defaultdict[Growth | None, Decimal] = defaultdict(Decimal)
        for code, weight in self._weights.items():
            if code not in self._left_out:
                own[grown.get(code)] += weight
        return sum((one.of(points) if one else points for one, points in own.items()), _NOTHING)


def _alike(line: ScoreLine | None, before: ScoreLine | None) -> bool:
    """Whether two lines of an indicator say the same in every digit: 0.5 is not 0.50 here."""
    if line is None or before is None:
        return line is before
    numbers = (line.fulfilment, before.fulfilment), (line.weight, before.weight)
    return line == before and all(str(now) == str(then) for now, then in numbers)


def published(points: Decimal) -> Decimal:
    """Points as the method publishes them: rounded half up to two decimals."""
    return points.quantize(_SURE_DIGITS).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def band_between(instrument: Instrument, least: Decimal, most: Decimal) -> Band | None:
    """The band of a score between two bounds (points); None where they lie in different ones."""
    lowest, highest = (instrument.band(published(points)) for points in (least, most))
    return lowest if lowest == highest else None


def _line(
    products: Sequence[Compared], rule: SideRule, not_assessable: NotAssessable
) -> ScoreLine | None:
    """The line of an indicator; None where it leaves the denominator in every product."""
    indicator = products[0].indicator
    if len(products) == 1 and products[0].asked:
        value = counted(products[0], rule)
        if value is not None:  # as nearly all are
            return ScoreLine(indicator, rule, value, indicator.weight, 1)
    found: list[Decimal | None] = []
    for one in products:
        if not one.asked:
            continue
        value = counted(one, rule)
        if value is None and _unassessable(one, rule):
            if not_assessable is NotAssessable.LEAVE_OUT:
                continue
            value = Decimal(0) if not_assessable is NotAssessable.ZERO else None
        found.append(value)
    if not found:
        return None
    known = [value for value in found if value is not None]
    whole = mean(known) if len(known) == len(found) else None
    return ScoreLine(indicator, rule, whole, indicator.weight, len(found))


def _unassessable(one: Compared, rule: SideRule) -> bool:
    """Whether nothing but what could not be assessed keeps an indicator from counting."""
    missing = [side for side in _NEEDED[rule] if one.on(side) is None]
    return all(side in one.unassessed for side in missing)


def rule_on(indicator: Indicator, basis: Basis) -> SideRule | None:
    """Which side speaks for an indicator on a basis; None where it has no such side.

    An indicator with one side only is judged by that side, whatever the instrument's rule.
    """
    match basis:
        case Basis.ON_PAPER:
            return SideRule.PAPERWORK if Side.PAPERWORK in indicator.sides else None
        case Basis.IN_PRACTICE:
            return SideRule.PRACTICE if Side.PRACTICE in indicator.sides else None
        case Basis.OFFICIAL:
            if len(indicator.sides) == 1:
                return SideRule(indicator.sides[0].value)
            return indicator.counts
        case _:
            assert_never(basis)


def counted(one: Compared, rule: SideRule) -> Decimal | None:
    """The fulfilment that counts by a rule; None while a side it needs is not measured."""
    match rule:
        case SideRule.PRACTICE:
            return one.practice
        case SideRule.PAPERWORK:
            return one.paper
        case SideRule.LOWER | SideRule.MEAN:
            if one.paper is None or one.practice is None:
                return None
            if rule is SideRule.LOWER:
                return min(one.paper, one.practice)
            return (one.paper + one.practice) / 2
        case _:
            assert_never(rule)
