"""The way to green: which repairs lift an office, or a whole institution, into a better zone.

Advice for coaching. It is our own computation and never part of what the Ombudsman judges.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from assessor_app.domain.instrument import Band, Instrument, NotAssessable
from assessor_app.domain.outlook import Outlook
from assessor_app.domain.problem import ImprovementRefused
from assessor_app.domain.scoring import Basis, counted, published, rule_on
from assessor_app.domain.zone import ZoneColour

_NONE = Decimal(0)
_EFFECT = Decimal("0.0001")  # points: what one unit of many adds is less than the score shows
_HUNDREDTH = 100


@dataclass(frozen=True, slots=True)
class Repair:
    """Lifting one indicator of a unit to its full points, on all sides that its rule counts.

    `gain` is what it adds to the unit's own score, in points; `effort` is in whatever unit the
    efforts were given in, 1 where nobody said.
    """

    unit: str
    indicator: str
    gain: Decimal
    effort: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was measured: its exact points and what can be repaired.

    `share` is how often it counts in the institution's score: once, or for each of its products.
    `unmeasured` are the points that nobody has judged yet; no repair is known there.
    """

    name: str
    points: Decimal
    repairs: tuple[Repair, ...]
    share: int = 1
    unmeasured: Decimal = _NONE

    def after(self, chosen: Iterable[Repair]) -> Decimal:
        """Its exact points once these repairs are made; those of other units do not matter."""
        gained = (one.gain for one in chosen if one.unit == self.name)
        return sum(gained, self.points)


@dataclass(frozen=True, slots=True)
class Aim:
    """The zone or category that is wanted, with the least published score that is in it."""

    zone: ZoneColour
    category: str | None
    lower: Decimal

    @property
    def name(self) -> str:
        """By what it is asked for."""
        return self.category or self.zone.value


@dataclass(frozen=True, slots=True)
class Case:
    """Units that make one score together, and where it is to be lifted.

    The score is the mean of the units' published scores, published again (method.md 0.5); one
    unit alone is its own mean.
    """

    units: tuple[Unit, ...]
    aim: Aim

    def score(self, chosen: Iterable[Repair] = ()) -> Decimal:
        """The published score once these repairs are made."""
        made = tuple(chosen)
        whole = sum((published(one.after(made)) * one.share for one in self.units), _NONE)
        return published(whole / self.shares)

    def reached_by(self, chosen: Iterable[Repair]) -> bool:
        return self.score(chosen) >= self.aim.lower

    @property
    def shares(self) -> int:
        return sum(one.share for one in self.units)

    @property
    def needed(self) -> int:
        """The least sum of the units' published hundredths, each times its share, that suffices.

        A mean is rounded half up: 77.995 is published as 78.00.
        """
        wanted = math.ceil(Fraction(self.aim.lower) * _HUNDREDTH)
        return math.ceil(Fraction(self.shares * (2 * wanted - 1), 2))

    def repairs(self) -> tuple[Repair, ...]:
        return tuple(repair for unit in self.units for repair in unit.repairs)


class Reach(StrEnum):
    """Whether an aim can be reached by repairing what was measured."""

    ALREADY = "already_there"
    REACHABLE = "reachable"
    OUT_OF_REACH = "unreachable"


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """What the repairs in one unit do: its published score, and what they add to the whole.

    `effect` is in points of the institution's score, to four decimals; the parts need not sum to
    the whole's rise exactly, since scores are rounded before and after the mean.
    """

    unit: str
    before: Decimal
    after: Decimal
    effect: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """The repairs, heaviest first, and what they lead to.

    `now` and `after` are published scores; `effort` is the sum. Out of reach, `repairs` are all
    that there are, and `missing` is what is lacking even then.
    """

    reach: Reach
    aim: Aim
    now: Decimal
    after: Decimal
    repairs: tuple[Repair, ...]
    units: tuple[UnitEffect, ...]
    missing: Decimal = _NONE

    @property
    def effort(self) -> Decimal:
        return sum((one.effort for one in self.repairs), _NONE)


def unit_of(
    name: str,
    outlook: Outlook,
    instrument: Instrument,
    *,
    efforts: Mapping[str, Decimal] = MappingProxyType({}),
    share: int = 1,
) -> Unit:
    """A unit as it was seen; `efforts` by indicator, 1 where none is given.

    What was not measured, or does not apply, cannot be repaired: nobody knows that it is broken.
    Raises ImprovementRefused `improve_no_weights` or `improve_no_bands`.
    """
    require_scores(instrument)
    official = outlook.scores[Basis.OFFICIAL]
    unknown = _zeroed(outlook, instrument)
    repairs = tuple(
        Repair(
            unit=name,
            indicator=line.indicator.code,
            gain=line.weight - line.points,
            effort=efforts.get(line.indicator.code, Decimal(1)),
        )
        for line in official.lines
        if line.fulfilment is not None
        and line.points < line.weight
        and line.indicator.code not in unknown
    )
    unmeasured = official.maximum - official.measured
    return Unit(name, official.points, repairs, share=share, unmeasured=unmeasured)


def _zeroed(outlook: Outlook, instrument: Instrument) -> frozenset[str]:
    """The codes of what could not be assessed, and has a score line that says nothing earned."""
    if instrument.not_assessable is not NotAssessable.ZERO:
        return frozenset()
    return frozenset(
        one.indicator.code
        for one in outlook.compared
        if one.asked
        and (rule := rule_on(one.indicator, Basis.OFFICIAL)) is not None
        and counted(one, rule) is None
    )


def aim_of(instrument: Instrument, now: Decimal, wanted: str | None = None) -> Aim:
    """Where to go from a published score: the next zone up, or the `wanted` one.

    `wanted` is a zone's colour or a category of the instrument; at the top the aim is the zone
    that was reached. Raises ImprovementRefused `improve_no_weights` or `improve_no_bands` where
    the instrument has none, and `improve_target_unknown`.
    """
    require_scores(instrument)
    steps = _steps(instrument.bands)
    if wanted is not None:
        return _wanted(steps, instrument, wanted)
    zones = _zones(steps)
    reached = [aim for aim in zones if now >= aim.lower]
    return zones[min(len(reached), len(zones) - 1)]


def aims(instrument: Instrument, now: Decimal) -> tuple[Aim, ...]:
    """Every zone or category above a published score, from below; at the top the one reached."""
    steps = _steps(instrument.bands)
    return tuple(step for step in steps if step.lower > now) or steps[-1:]


def require_scores(instrument: Instrument) -> None:
    """Raise ImprovementRefused where an instrument gives no score, or no zone for it."""
    if not instrument.weighted:
        because = instrument.unweighted_because
        raise ImprovementRefused(
            "improve_no_weights", instrument=instrument.pin, because=because or instrument.title
        )
    if not instrument.bands:
        raise ImprovementRefused("improve_no_bands", instrument=instrument.pin)


def plan(case: Case, chosen: Sequence[Repair] | None) -> Plan:
    """What a choice of repairs comes to; None says that not even all of them suffice.

    Raises ValueError where the choice does not reach the aim after all: it is recomputed here.
    """
    now = case.score()
    if chosen is None:
        everything = case.repairs()
        best = case.score(everything)
        missing = case.aim.lower - best
        return _told(case, Reach.OUT_OF_REACH, everything, missing=missing)
    if not case.reached_by(chosen):
        raise ValueError(f"{len(chosen)} repairs do not reach {case.aim.lower}")
    reach = Reach.ALREADY if now >= case.aim.lower else Reach.REACHABLE
    return _told(case, reach, chosen)


def _told(case: Case, reach: Reach, chosen: Sequence[Repair], *, missing: Decimal = _NONE) -> Plan:
    share_of = {unit.name: unit.share for unit in case.units}
    heaviest = sorted(
        chosen, key=lambda one: (-one.gain * share_of[one.unit], one.unit, one.indicator)
    )
    return Plan(
        reach=reach,
        aim=case.aim,
        now=case.score(),
        after=case.score(chosen),
        repairs=tuple(heaviest),
        units=tuple(_effect(case, unit, chosen) for unit in case.units),
        missing=missing,
    )


def _effect(case: Case, unit: Unit, chosen: Sequence[Repair]) -> UnitEffect:
    before, after = published(unit.points), published(unit.after(chosen))
    risen = (after - before) * unit.share / case.shares
    effect = risen.quantize(_EFFECT, rounding=ROUND_HALF_UP)
    return UnitEffect(unit.name, before, after, effect)


def _steps(bands: Iterable[Band]) -> tuple[Aim, ...]:
    return tuple(
        Aim(band.zone, band.category, band.lower)
        for band in sorted(bands, key=lambda band: band.lower)
    )


def _zones(steps: Sequence[Aim]) -> tuple[Aim, ...]:
    """The first step of each zone, from below: the others are categories within it."""
    entered = [steps[0], *(after for before, after in pairwise(steps) if after.zone != before.zone)]
    return tuple(Aim(one.zone, None, one.lower) for one in entered)


def _wanted(steps: Sequence[Aim], instrument: Instrument, wanted: str) -> Aim:
    name = wanted.casefold()
    for aim in _zones(steps):
        if aim.zone.value == name:
            return aim
    for step in steps:
        if step.category is not None and step.category.casefold() == name:
            return step
    known = [one.zone.value for one in _zones(steps)] + [
        step.category for step in steps if step.category
    ]
    raise ImprovementRefused(
        "improve_target_unknown",
        target=wanted,
        targets=", ".join(known),
        instrument=instrument.pin,
    )
