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
from assessor_app.domain.relevance import dependents


class Basis(StrEnum):
    """What a score is computed from."""

    OFFICIAL = "official"  # the side that counts by the instrument's rule
    ON_PAPER = "on_paper"
    IN_PRACTICE = "in_practice"


class Standing(StrEnum):
    """What a number may be called before the Ombudsman's chair has decided (record.md)."""

    PROVISIONAL = "provisional"
    SIMULATION = "simulation"


Grouped = Sequence[Sequence[Compared]]
"""What was compared, by indicator: of one in as many products as it is asked of."""

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


def score(compared: Sequence[Compared], instrument: Instrument, basis: Basis) -> Score | None:
    """The score of a visit on one basis, with its derivation; None without weights.

    Only `OFFICIAL` has a band: the published bounds are meant for no other number.
    """
    if not instrument.weighted:
        return None
    grouped = _by_indicator(compared)
    official = _found(grouped, instrument, Basis.OFFICIAL)
    found = official if basis is Basis.OFFICIAL else _found(grouped, instrument, basis)
    return _score(found, instrument, basis, grown=_growth(official, instrument))


def scores(
    compared: Sequence[Compared],
    instrument: Instrument,
    *,
    before: Mapping[Basis, Score] | None = None,
    touched: Collection[str] = (),
) -> dict[Basis, Score]:
    """The scores on every basis; where nothing but `touched` differs, on the lines of `before`.

    Empty for an instrument without weights: it gives no score.
    """
    if not instrument.weighted:
        return {}
    grouped = _by_indicator(compared)
    touched = dependents(instrument, touched)
    found = {}
    for basis in Basis:
        known = None
        if before:
            known = {line.indicator.code: line for line in before[basis].lines}
        found[basis] = _found(grouped, instrument, basis, known=known, touched=touched)
    grown = _growth(found[Basis.OFFICIAL], instrument)
    return {basis: _score(found[basis], instrument, basis, grown=grown) for basis in Basis}


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of what applies, by their own weights, and the weights of all that has the side."""

    lines: Sequence[ScoreLine]
    weights: Mapping[str, Decimal]


def _found(
    grouped: Grouped,
    instrument: Instrument,
    basis: Basis,
    *,
    known: Mapping[str, ScoreLine] | None = None,
    touched: Collection[str] = (),
) -> _Lines:
    weights: dict[str, Decimal] = {}
    lines: list[ScoreLine] = []
    for products in grouped:
        indicator = products[0].indicator
        rule = rule_on(indicator, basis)
        if rule is None or not indicator.weight:
            continue
        weights[indicator.code] = indicator.weight
        if known is not None and indicator.code not in touched:
            line = known.get(indicator.code)
        else:
            line = _line(products, rule, instrument.not_assessable)
        if line is not None:
            lines.append(line)
    return _Lines(lines, weights)


def _score(
    found: _Lines, instrument: Instrument, basis: Basis, *, grown: Mapping[str, Growth]
) -> Score:
    lines = tuple(_grown(line, grown) for line in found.lines)
    official = basis is Basis.OFFICIAL
    # What does not apply gives its points to the others: officially the maximum stays.
    maximum = sum(found.weights.values(), _NOTHING) if official else _maximum(found.lines, grown)
    points = measured = verified = _NOTHING
    all_measured = all_verified = bool(lines)
    for line in lines:
        if line.fulfilment is None:
            all_measured = False
        else:
            points += line.fulfilment * line.weight
            measured += line.weight
        if line.indicator.verified:
            verified += line.weight
        else:
            all_verified = False
    measured = maximum if all_measured else measured
    sure = all_measured and all_verified
    return Score(
        basis=basis,
        points=points,
        maximum=maximum,
        measured=measured,
        verified=maximum if all_verified else verified,
        standing=Standing.PROVISIONAL if sure else Standing.SIMULATION,
        band=band_between(instrument, points, points + maximum - measured)
        if official and measured
        else None,
        lines=lines,
    )


def _growth(official: _Lines, instrument: Instrument) -> Mapping[str, Growth]:
    """Of each indicator, by what it grows on every basis; empty where all of them apply.

    A point is the same on every basis: the official lines say what applies.
    """
    if len(official.lines) == len(official.weights):
        return {}
    within = denominators(instrument)
    whole: defaultdict[str, Decimal] = defaultdict(Decimal)
    there: defaultdict[str, Decimal] = defaultdict(Decimal)
    for code, weight in official.weights.items():
        whole[within[code]] += weight
    for line in official.lines:
        there[within[line.indicator.code]] += line.indicator.weight
    found = growth(whole, there)
    return {code: found[name] for code, name in within.items() if name in found}


def _maximum(lines: Sequence[ScoreLine], grown: Mapping[str, Growth]) -> Decimal:
    """The points of all lines, grown once for each denominator: a sum of quotients is not exact."""
    own: defaultdict[Growth | None, Decimal] = defaultdict(Decimal)
    for line in lines:
        own[grown.get(line.indicator.code)] += line.indicator.weight
    return sum((one.of(points) if one else points for one, points in own.items()), _NOTHING)


def _grown(line: ScoreLine, grown: Mapping[str, Growth]) -> ScoreLine:
    known = grown.get(line.indicator.code)
    weight = known.of(line.indicator.weight) if known else line.indicator.weight
    return line if line.weight == weight else replace(line, weight=weight)


def published(points: Decimal) -> Decimal:
    """Points as the method publishes them: rounded half up to two decimals."""
    return points.quantize(_SURE_DIGITS).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def band_between(instrument: Instrument, least: Decimal, most: Decimal) -> Band | None:
    """The band of a score between two bounds (points); None where they lie in different ones."""
    lowest, highest = (instrument.band(published(points)) for points in (least, most))
    return lowest if lowest == highest else None


def _by_indicator(compared: Iterable[Compared]) -> Grouped:
    grouped: dict[str, list[Compared]] = {}
    for one in compared:
        grouped.setdefault(one.indicator.code, []).append(one)
    return tuple(grouped.values())


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
