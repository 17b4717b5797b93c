"""Scores that explain themselves: exact points, the rule behind each, and how sure they are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from assessor_app.domain.fulfilment import Compared, mean
from assessor_app.domain.instrument import Band, Indicator, Instrument, Side, SideRule


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


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One indicator's part: `points` of `weight`, by `rule`.

    `fulfilment` is None where the indicator was not measured; it earns nothing then and does not
    count as measured. With several products it is their mean (method.md 0.6).
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
    """Points on one basis, exact (never rounded), with the lines that they are the sum of.

    `measured` and `verified` are weights in points: how much of `maximum` was answered, and how
    much of it is the sourced weight of sourced indicators. `band` is None while what is not
    measured could still change it.
    """

    basis: Basis
    points: Decimal
    maximum: Decimal
    measured: Decimal
    verified: Decimal
    standing: Standing
    band: Band | None
    lines: tuple[ScoreLine, ...]


def score(compared: Sequence[Compared], instrument: Instrument, basis: Basis) -> Score:
    """The score of a visit on one basis, with its derivation.

    Only `OFFICIAL` has a band: the published bounds are meant for no other number.
    """
    return _score(_by_indicator(compared), instrument, basis)


def scores(
    compared: Sequence[Compared],
    instrument: Instrument,
    *,
    before: Mapping[Basis, Score] | None = None,
    touched: Collection[str] = (),
) -> dict[Basis, Score]:
    """The scores on every basis; where nothing but `touched` differs, on the lines of `before`."""
    grouped = _by_indicator(compared)
    found: dict[Basis, Score] = {}
    for basis in Basis:
        known = {line.indicator.code: line for line in before[basis].lines} if before else {}
        for code in touched:
            known.pop(code, None)
        found[basis] = _score(grouped, instrument, basis, known=known)
    return found


def _score(
    grouped: Grouped,
    instrument: Instrument,
    basis: Basis,
    *,
    known: Mapping[str, ScoreLine] = MappingProxyType({}),
) -> Score:
    lines = tuple(_lines(grouped, basis, known))
    points = sum((line.points for line in lines), Decimal(0))
    maximum = sum((line.weight for line in lines), Decimal(0))
    measured = sum((line.weight for line in lines if line.fulfilment is not None), Decimal(0))
    verified = sum((line.weight for line in lines if line.indicator.verified), Decimal(0))
    sure = verified == maximum and measured == maximum
    return Score(
        basis=basis,
        points=points,
        maximum=maximum,
        measured=measured,
        verified=verified,
        standing=Standing.PROVISIONAL if sure else Standing.SIMULATION,
        band=_band(instrument, points, points + maximum - measured)
        if basis is Basis.OFFICIAL and measured
        else None,
        lines=lines,
    )


def published(points: Decimal) -> Decimal:
    """Points as the method publishes them: rounded half up to two decimals."""
    return points.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _band(instrument: Instrument, least: Decimal, most: Decimal) -> Band | None:
    lowest, highest = (instrument.band(published(points)) for points in (least, most))
    return lowest if lowest == highest else None


def _by_indicator(compared: Iterable[Compared]) -> Grouped:
    grouped: dict[str, list[Compared]] = {}
    for one in compared:
        grouped.setdefault(one.indicator.code, []).append(one)
    return tuple(grouped.values())


def _lines(grouped: Grouped, basis: Basis, kept: Mapping[str, ScoreLine]) -> Iterable[ScoreLine]:
    for products in grouped:
        indicator = products[0].indicator
        line = kept.get(indicator.code)
        if line is not None:
            yield line
            continue
        rule = rule_on(indicator, basis)
        if rule is None:
            continue
        found = [counted(one, rule) for one in products]
        known = [value for value in found if value is not None]
        whole = mean(known) if len(known) == len(found) else None
        yield ScoreLine(indicator, rule, whole, indicator.weight, len(products))


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
