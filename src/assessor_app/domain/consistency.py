"""Paper against practice as figures: how much of the weight agrees, how much stands on one side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import Dimension, Instrument
from assessor_app.domain.outlook import Outlook
from assessor_app.domain.scoring import Basis

_ONE = Decimal(1)
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Balance:
    """How the two sides agree over some indicators, in points (or in indicators).

    `left_out` is the weight of what cannot be held against each other: it is asked on one side
    only, or not known on both.
    """

    weights: Mapping[GapKind, Decimal]
    left_out: Decimal

    @property
    def compared(self) -> Decimal:
        """The weight of what is known on both sides."""
        return sum(self.weights.values(), _NONE)

    def share(self, kind: GapKind) -> Decimal:
        """The part of what was compared that is of a kind, from 0 to 1; 0 where nothing was."""
        whole = self.compared
        return self.weights[kind] / whole if whole else _NONE


@dataclass(frozen=True, slots=True)
class Consistency:
    """The balance of a visit in total and in each dimension.

    `weighted` says what is counted: points, or indicators where the instrument has no weights.
    """

    weighted: bool
    total: Balance
    dimensions: tuple[tuple[Dimension, Balance], ...]


def consistency(outlook: Outlook, instrument: Instrument) -> Consistency:
    """Paper against practice of a visit.

    An indicator weighs what it weighs in the official score; one that is asked of several
    products shares its weight out among them. What does not apply is not counted at all.
    """
    weights = _weights(outlook, instrument)
    parts = _parts(outlook.compared, weights)
    return Consistency(
        weighted=instrument.weighted,
        total=_balance(parts),
        dimensions=tuple((one, _balance(_within(parts, one))) for one in instrument.dimensions),
    )


_Part = tuple[Compared, Decimal]


def _weights(outlook: Outlook, instrument: Instrument) -> dict[str, Decimal]:
    if not instrument.weighted:
        return {one.code: _ONE for one in instrument.indicators() if one.scored}
    if not outlook.scores:  # of a follow-up visit, where nothing grows for what is not asked
        return {one.code: one.weight for one in instrument.indicators()}
    lines = outlook.scores[Basis.OFFICIAL].lines
    return {line.indicator.code: line.weight for line in lines}


def _parts(compared: Iterable[Compared], weights: Mapping[str, Decimal]) -> tuple[_Part, ...]:
    """What applies, each with its weight."""
    asked = [one for one in compared if one.asked and weights.get(one.indicator.code)]
    counts: dict[str, int] = {}
    for one in asked:
        counts[one.indicator.code] = counts.get(one.indicator.code, 0) + 1
    return tuple((one, weights[one.indicator.code] / counts[one.indicator.code]) for one in asked)


def _within(parts: Iterable[_Part], dimension: Dimension) -> tuple[_Part, ...]:
    codes = {one.code for one in dimension.indicators()}
    return tuple(part for part in parts if part[0].indicator.code in codes)


def _balance(parts: Iterable[_Part]) -> Balance:
    weights = dict.fromkeys(GapKind, _NONE)
    left_out = _NONE
    for one, weight in parts:
        if one.gap is None:
            left_out += weight
        else:
            weights[one.gap.kind] += weight
    return Balance(MappingProxyType(weights), left_out)
