"""Where the points of an indicator go that does not apply: to the others, by their weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor_app.domain.instrument import Denominator, Instrument

Points = Mapping[str, Decimal]
"""Points by denominator: by dimension, or of the whole instrument under one name."""


@dataclass(frozen=True, slots=True)
class Growth:
    """By what a weight grows where others do not apply: the whole over what is there.

    `spread` is the same over the denominators of which anything applies at all.
    """

    whole: Decimal
    there: Decimal
    spread: Decimal

    def of(self, points: Decimal) -> Decimal:
        if self.whole == self.there and self.spread == 1:
            return points
        # Multiplied before it is divided: 6 of 104 points of 110 lose no digit on the way.
        return points * self.whole / self.there * self.spread


def denominators(instrument: Instrument) -> Mapping[str, str]:
    """Of each indicator (code), within what its points stay where it does not apply."""
    within = instrument.denominator is Denominator.DIMENSION
    return {
        one.code: dimension.code if within else ""
        for dimension in instrument.dimensions
        for one in dimension.indicators()
    }


def growth(whole: Points, there: Points) -> Mapping[str, Growth]:
    """How the weights of each denominator grow, from all its points and those that apply.

    What has nothing left that applies has no growth: its points are spread over the others.
    """
    alive = {name: points for name, points in there.items() if points}
    kept = sum((whole[name] for name in alive), Decimal(0))
    spread = sum(whole.values(), Decimal(0)) / kept if kept else Decimal(1)
    return {name: Growth(whole[name], points, spread) for name, points in alive.items()}
