"""What still stands in the way of closing a visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.fulfilment import Compared, compare, keys_of, products_of
from assessor_app.domain.instrument import Indicator, Instrument, Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.visit import Outcome, Snapshot


class CriticalRule(StrEnum):
    ANSWER_MISSING = "answer_missing"
    GAP_WITHOUT_EVIDENCE = "gap_without_evidence"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class OpenRule:
    """One critical rule that is open, and where; `product_name` is None for the whole unit."""

    rule: CriticalRule
    indicator: str
    side: Side | None = None
    product: str | None = None
    product_name: str | None = None


def open_rules(
    snapshot: Snapshot, instrument: Instrument, outcome: Outcome
) -> tuple[OpenRule, ...]:
    """All critical rules that keep a visit from closing with this outcome.

    Only `completed` asks for all indicators; a gap needs evidence or an attested reason always.
    """
    found = [OpenRule(CriticalRule.CONFLICT, entity) for entity, _ in snapshot.conflicts]
    if outcome is Outcome.COMPLETED:
        for indicator in instrument.indicators():
            found += _missing(snapshot, indicator)
    found += [
        OpenRule(
            CriticalRule.GAP_WITHOUT_EVIDENCE,
            one.indicator.code,
            product=one.product,
            product_name=snapshot.products.get(one.product),
        )
        for one in compare(snapshot, instrument)
        if one.gap is not None and one.gap.needs_evidence and not _proven(snapshot, one)
    ]
    return tuple(found)


def _missing(snapshot: Snapshot, indicator: Indicator) -> Iterator[OpenRule]:
    for product in products_of(snapshot, indicator):
        for side in indicator.sides:
            keys = list(keys_of(snapshot, indicator, side, product=product))
            if not keys or not all(snapshot.observation(key).settled for key in keys):
                name = snapshot.products.get(product)
                yield OpenRule(CriticalRule.ANSWER_MISSING, indicator.code, side, product, name)


def _proven(snapshot: Snapshot, one: Compared) -> bool:
    keys: list[ObservationKey] = []
    for side in one.indicator.sides:
        for key in keys_of(snapshot, one.indicator, side, product=one.product):
            keys += [key, ObservationKey(key.indicator, side)]
    attested = any(snapshot.observation(key).no_evidence_reason for key in keys)
    return attested or bool(snapshot.evidence_for(*keys))
