"""How far one indicator is fulfilled on one side, from what was recorded."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from assessor_app.domain.gap import Gap, measure_gap
from assessor_app.domain.instrument import Asked, Indicator, Instrument, Side
from assessor_app.domain.observation import WHOLE_UNIT, ObservationKey
from assessor_app.domain.visit import Snapshot


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator of one product: the fulfilment of both sides (0 to 1) and the gap.

    A fulfilment is None where the side is not asked, not answered or could not be assessed; the
    gap is None where either is.
    """

    indicator: Indicator
    product: str
    paper: Decimal | None
    practice: Decimal | None
    gap: Gap | None
    keys: tuple[ObservationKey, ...]  # the observations that it rests on

    def on(self, side: Side) -> Decimal | None:
        return self.paper if side is Side.PAPERWORK else self.practice


def compare(snapshot: Snapshot, instrument: Instrument) -> tuple[Compared, ...]:
    """Every indicator, for every product that it is asked of, in the instrument's order."""
    return tuple(
        one for indicator in instrument.indicators() for one in _products(snapshot, indicator)
    )


def compare_again(
    before: Sequence[Compared],
    snapshot: Snapshot,
    instrument: Instrument,
    *,
    touched: Collection[str],
) -> tuple[Compared, ...]:
    """The same after an action that touched only these indicators (codes); the others are kept.

    An answer touches one of 150: to compare all again takes longer than to record it durably.
    """
    known: dict[str, list[Compared]] = {}
    for one in before:
        known.setdefault(one.indicator.code, []).append(one)
    return tuple(
        one
        for indicator in instrument.indicators()
        for one in (
            _products(snapshot, indicator) if indicator.code in touched else known[indicator.code]
        )
    )


def products_of(snapshot: Snapshot, indicator: Indicator) -> tuple[str, ...]:
    """The products that an indicator is asked of; the whole unit for the others."""
    if indicator.asked is Asked.PER_PRODUCT:
        return snapshot.asked_products()
    return (WHOLE_UNIT,)


def keys_of(
    snapshot: Snapshot, indicator: Indicator, side: Side, *, product: str
) -> Iterator[ObservationKey]:
    """The observations that speak for a side: one, or one a respondent who was asked."""
    if indicator.asked is not Asked.PER_RESPONDENT:
        yield ObservationKey(indicator.code, side, product)
        return
    yield from sorted(
        key
        for key in snapshot.observations
        if key.indicator == indicator.code
        and key.side is side
        and key.respondent in snapshot.respondents
    )


def mean(values: Sequence[Decimal]) -> Decimal:
    """The exact mean of one value or more; nearly always there is one, and no sum to make."""
    return values[0] if len(values) == 1 else sum(values, Decimal(0)) / len(values)


def _products(snapshot: Snapshot, indicator: Indicator) -> list[Compared]:
    return [_compared(snapshot, indicator, product) for product in products_of(snapshot, indicator)]


def _compared(snapshot: Snapshot, indicator: Indicator, product: str) -> Compared:
    keys = {
        side: tuple(keys_of(snapshot, indicator, side, product=product)) for side in indicator.sides
    }
    paper = _fulfilment(snapshot, indicator, keys.get(Side.PAPERWORK, ()))
    practice = _fulfilment(snapshot, indicator, keys.get(Side.PRACTICE, ()))
    gap = None
    if paper is not None and practice is not None:
        gap = measure_gap(paper=paper, practice=practice, weight=indicator.weight)
    return Compared(indicator, product, paper, practice, gap, tuple(chain(*keys.values())))


def _fulfilment(
    snapshot: Snapshot, indicator: Indicator, keys: Sequence[ObservationKey]
) -> Decimal | None:
    """Fulfilment of a side from 0 to 1: the mean over respondents where they are asked."""
    found = [
        indicator.accepts(key.side, answer).fulfilment
        for key in keys
        if (answer := snapshot.observation(key).answer)
    ]
    return mean(found) if found else None
