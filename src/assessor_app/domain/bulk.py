"""Scores of many units at once, from rows: a whole round, without a snapshot of each visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from assessor_app.domain.denominator import Points, denominators, growth
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import RecordRefused

Row: TypeAlias = tuple[str, str, Decimal | None]
"""Unit, indicator (code), and how far it is fulfilled (0 to 1); None where it does not apply."""

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class UnitPoints:
    """Points of one unit, unrounded, and how many points of the maximum were measured."""

    points: Decimal
    measured: Decimal


def score_rows(rows: Iterable[Row], instrument: Instrument) -> dict[str, UnitPoints]:
    """The points of each unit, as `scoring.score` gives them for the same fulfilments.

    An indicator without a row was not measured. Each indicator of a unit has one row at most.
    Raises RecordRefused `indicator_unknown`, and `instrument_unweighted` where the instrument
    gives no score.
    """
    if not instrument.weighted:
        raise RecordRefused("instrument_unweighted", instrument=instrument.pin)
    within = denominators(instrument)
    names = tuple(dict.fromkeys(within.values()))
    places = {name: place for place, name in enumerate(names)}
    weights = {one.code: (one.weight, places[within[one.code]]) for one in instrument.indicators()}
    # Plain lists by place: of three hundred thousand rows each look-up by a name would be felt.
    empty = [_NOTHING] * (2 * len(names))
    sums: dict[str, list[Decimal]] = {}
    gone: dict[str, dict[str, Decimal]] = {}
    for unit, code, share in rows:
        if code not in weights:
            raise RecordRefused("indicator_unknown", indicator=code, instrument=instrument.pin)
        weight, place = weights[code]
        found = sums.get(unit)
        if found is None:
            found = sums[unit] = empty.copy()
        if share is None:
            left = gone.setdefault(unit, dict.fromkeys(names, _NOTHING))
            left[names[place]] += weight
        else:
            found[place] += share * weight
            found[len(names) + place] += weight
    whole = dict.fromkeys(names, _NOTHING)
    for weight, place in weights.values():
        whole[names[place]] += weight
    return {
        unit: UnitPoints(
            _grown(dict(zip(names, found, strict=False)), gone.get(unit), whole),
            _grown(dict(zip(names, found[len(names) :], strict=True)), gone.get(unit), whole),
        )
        for unit, found in sums.items()
    }


def _grown(points: Points, gone: Points | None, whole: Points) -> Decimal:
    """The sum of the points by denominator, grown by those of what does not apply."""
    if gone is None:
        return sum(points.values(), _NOTHING)
    there = {name: all_ - gone[name] for name, all_ in whole.items()}
    return sum((one.of(points[name]) for name, one in growth(whole, there).items()), _NOTHING)
