"""How far one indicator is fulfilled on one side, from what was recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

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
        _compared(snapshot, indicator, product)
        for indicator in instrument.indicators()
        for product in products_of(snapshot, indicator)
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
    for key in sorted(snapshot.observations):
        asked = key.respondent in snapshot.respondents
        if asked and key.indicator == indicator.code and key.side is side:
            yield key


def fulfilment(
    snapshot: Snapshot, indicator: Indicator, side: Side, *, product: str
) -> Decimal | None:
    """Fulfilment of a side from 0 to 1: the mean over respondents where they are asked."""
    if side not in indicator.sides:
        return None
    answers = (
        snapshot.observation(key).answer
        for key in keys_of(snapshot, indicator, side, product=product)
    )
    found = [indicator.accepts(side, answer).fulfilment for answer in answers if answer]
    return sum(found, Decimal(0)) / len(found) if found else None


def _compared(snapshot: Snapshot, indicator: Indicator, product: str) -> Compared:
    paper = fulfilment(snapshot, indicator, Side.PAPERWORK, product=product)
    practice = fulfilment(snapshot, indicator, Side.PRACTICE, product=product)
    gap = None
    if paper is not None and practice is not None:
        gap = measure_gap(paper=paper, practice=practice, weight=indicator.weight)
    keys = tuple(
        key
        for side in indicator.sides
        for key in keys_of(snapshot, indicator, side, product=product)
    )
    return Compared(indicator, product, paper, practice, gap, keys)
