"""From unit scores to an institution's score, by the year's rule, exact and free of order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from assessor_app.domain.institutions import vertical_code
from assessor_app.domain.instrument import AggregationRule, Instrument, ObjectType
from assessor_app.domain.problem import MethodRefused

ROUNDING = Decimal("0.01")
"""How far published dimension points may be off by rounding alone (method.md 0.4, 1.6)."""


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's score as it was published: points, from 0 to the instrument's maximum.

    `products` is the number of service products it was scored on, None where that was not
    published; `object_type` the code of its kind of office, None where it was not told.
    """

    name: str
    score: Decimal
    products: int | None = None
    object_type: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A unit that counts toward the whole.

    `weight` is how often it counts by the rule: once, or for each of its products. `share` is its
    part of the whole (0 to 1). `effect` is what the whole would lose without it in
    points, negative where it drags the whole down; None where it is the only one. `room` is what
    the whole would gain if the unit reached the maximum. All three are exact.
    """

    unit: UnitScore
    weight: int
    share: Fraction
    effect: Fraction | None
    room: Fraction

    @property
    def points(self) -> Fraction:
        """What it brings: the points of all members are the exact whole."""
        return self.share * Fraction(self.unit.score)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A vertical agency's local office: it counts nationally, never in the city or regency."""

    unit: UnitScore
    rolls_up_to: str


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An institution's score: `exact`, and `score` as published (half up to two decimals)."""

    score: Decimal
    exact: Fraction
    rule: AggregationRule
    members: tuple[Member, ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class NationalScore:
    """What the local offices of one vertical agency make together."""

    body: str
    aggregate: Aggregate


class Agreement(StrEnum):
    """How published dimension points stand to the published score of their unit."""

    EQUAL = "equal"
    ROUNDING = "rounding"  # no more than a hundredth: each was rounded by itself
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class DimensionDifference:
    """The sum of a unit's published dimension points beside its published score."""

    total: Decimal
    score: Decimal

    @property
    def difference(self) -> Decimal:
        return self.total - self.score

    @property
    def agreement(self) -> Agreement:
        if self.total == self.score:
            return Agreement.EQUAL
        near = abs(self.difference) <= ROUNDING
        return Agreement.ROUNDING if near else Agreement.DIFFERENT


def dimension_difference(score: Decimal, points: Iterable[Decimal]) -> DimensionDifference:
    """Published dimension points (weighted already) against the score of their unit."""
    return DimensionDifference(sum(points, Decimal(0)), score)


def aggregate(units: Sequence[UnitScore], instrument: Instrument) -> Aggregate:
    """An institution's score from its units' by the instrument's own rule.

    Vertical agencies stay out, also those that the instrument does not know (`not_assessed`).
    Raises MethodRefused: `aggregation_not_stated` where no source says how units make the whole,
    `not_recomputable` where the rule needs product counts that were not published,
    `units_missing`, `units_only_vertical`, `units_not_assessed`, `unit_score_out_of_range`.
    """
    if instrument.aggregation is None:
        raise MethodRefused("aggregation_not_stated", instrument=instrument.pin)
    _require_units(units, instrument)
    unknown = not_assessed(units, instrument)
    own = [one for one in units if _vertical(one, instrument) is None and one not in unknown]
    if not own and len(unknown) == len(units):
        names = ", ".join(one.name for one in unknown)
        raise MethodRefused("units_not_assessed", units=names, instrument=instrument.pin)
    if not own:
        raise MethodRefused("units_only_vertical")
    left_out = tuple(
        LeftOut(unit, body.rolls_up_to or "")
        for unit in units
        if (body := _vertical(unit, instrument)) is not None
    )
    return _together(own, instrument, instrument.aggregation, left_out=left_out)


def national(units: Sequence[UnitScore], instrument: Instrument) -> tuple[NationalScore, ...]:
    """The scores of vertical agencies from their local offices, one for each national body.

    That they roll up nationally is sourced (method.md 1.6), how they do is not: the instrument's
    rule is applied. Raises as `aggregate`; empty where no unit is a vertical agency's.
    """
    if instrument.aggregation is None:
        raise MethodRefused("aggregation_not_stated", instrument=instrument.pin)
    _require_units(units, instrument)
    bodies: dict[str, list[UnitScore]] = {}
    for unit in units:
        kind = _vertical(unit, instrument)
        if kind is not None and kind.rolls_up_to is not None:
            bodies.setdefault(kind.rolls_up_to, []).append(unit)
    return tuple(
        NationalScore(body, _together(offices, instrument, instrument.aggregation))
        for body, offices in sorted(bodies.items())
    )


def not_assessed(units: Sequence[UnitScore], instrument: Instrument) -> tuple[UnitScore, ...]:
    """The vertical agencies' offices of a kind that the instrument does not know.

    Their year did not assess them (prisons before 2025): they count nowhere, least in the city.
    """
    return tuple(
        unit
        for unit in units
        if unit.object_type is not None
        and vertical_code(unit.object_type)
        and instrument.object_type(unit.object_type) is None
    )


def rounded(exact: Fraction) -> Decimal:
    """Points as the method publishes them: half up to two decimals, from the exact value."""
    hundredths = (exact * 200 + 1) // 2  # floor(100 x + 1/2)
    return Decimal(hundredths).scaleb(-2)


def _together(
    units: Sequence[UnitScore],
    instrument: Instrument,
    rule: AggregationRule,
    *,
    left_out: tuple[LeftOut, ...] = (),
) -> Aggregate:
    weights = _weights(units, rule, year=instrument.year)
    total = sum(weights)
    earned = sum(
        (weight * Fraction(unit.score) for unit, weight in zip(units, weights, strict=True)),
        Fraction(0),
    )
    whole = earned / total
    members = tuple(
        Member(
            unit=unit,
            weight=weight,
            share=Fraction(weight, total),
            effect=_effect(whole, earned, total, weight=weight, score=Fraction(unit.score)),
            room=Fraction(weight, total) * Fraction(instrument.maximum - unit.score),
        )
        for unit, weight in zip(units, weights, strict=True)
    )
    return Aggregate(rounded(whole), whole, rule, members, left_out)


def _effect(
    whole: Fraction, earned: Fraction, total: int, *, weight: int, score: Fraction
) -> Fraction | None:
    rest = total - weight
    return whole - (earned - weight * score) / rest if rest else None


def _weights(units: Sequence[UnitScore], rule: AggregationRule, *, year: int) -> list[int]:
    match rule:
        case AggregationRule.MEAN_OF_UNITS:
            return [1] * len(units)
        case AggregationRule.MEAN_OF_PRODUCTS:
            unknown = [unit.name for unit in units if unit.products is None]
            if unknown and len(units) == 1:
                return [1]  # one unit is the whole, however many products it has
            if unknown:
                names = ", ".join(unknown)
                raise MethodRefused("not_recomputable", year=year, units=names)
            return [unit.products or 0 for unit in units]
        case _:
            assert_never(rule)


def _require_units(units: Sequence[UnitScore], instrument: Instrument) -> None:
    if not units:
        raise MethodRefused("units_missing")
    for unit in units:
        if not 0 <= unit.score <= instrument.maximum:
            raise MethodRefused(
                "unit_score_out_of_range",
                unit=unit.name,
                score=unit.score,
                maximum=instrument.maximum,
            )
        if unit.products is not None and unit.products < 1:
            raise MethodRefused("unit_products_too_few", unit=unit.name, products=unit.products)


def _vertical(unit: UnitScore, instrument: Instrument) -> ObjectType | None:
    kind = instrument.object_type(unit.object_type) if unit.object_type else None
    return kind if kind is not None and kind.vertical else None
