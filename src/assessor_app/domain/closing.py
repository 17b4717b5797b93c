"""What still stands in the way of closing a visit."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.progress import side_settled
from assessor_app.domain.visit import Outcome, Snapshot


class CriticalRule(StrEnum):
    ANSWER_MISSING = "answer_missing"
    GAP_WITHOUT_EVIDENCE = "gap_without_evidence"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class OpenRule:
    """One critical rule that is open, and where; `product_name` is None for the whole unit.

    A conflict that is not about an indicator has the entity of the record in its place.
    """

    rule: CriticalRule
    indicator: str
    side: Side | None = None
    product: str | None = None
    product_name: str | None = None


def open_rules(
    snapshot: Snapshot, compared: Sequence[Compared], outcome: Outcome
) -> tuple[OpenRule, ...]:
    """All critical rules that keep a visit from closing with this outcome.

    Only `completed` asks for all required indicators that apply; a gap needs evidence or an
    attested reason always.
    """
    found = [_conflict(snapshot, one.entity) for one in snapshot.conflicts]
    if outcome is Outcome.COMPLETED:
        for one in compared:
            found += _missing(snapshot, one)
    found += [
        OpenRule(
            CriticalRule.GAP_WITHOUT_EVIDENCE,
            one.indicator.code,
            product=one.product,
            product_name=snapshot.products.get(one.product),
        )
        for one in without_evidence(snapshot, compared)
    ]
    return tuple(found)


def without_evidence(snapshot: Snapshot, compared: Iterable[Compared]) -> Iterator[Compared]:
    """Those with a gap that neither evidence nor an attested reason stands for."""
    gaps = [one for one in compared if one.gap is not None and one.gap.needs_evidence]
    if gaps:
        proven = {key for item in snapshot.evidence.values() for key in item.attached_to}
        yield from (one for one in gaps if not _proven(snapshot, one, by=proven))


def _conflict(snapshot: Snapshot, entity: str) -> OpenRule:
    """Where two values are current at once: at an indicator, or else in that part of the visit."""
    if not entity.startswith("observation/"):
        return OpenRule(CriticalRule.CONFLICT, entity)
    key = ObservationKey.from_entity(entity)
    name = snapshot.products.get(key.product)
    return OpenRule(CriticalRule.CONFLICT, key.indicator, key.side, key.product, name)


def _missing(snapshot: Snapshot, one: Compared) -> Iterator[OpenRule]:
    name = snapshot.products.get(one.product)
    if not one.asked or not one.indicator.required:
        return
    for side in one.indicator.sides:
        if not side_settled(snapshot, one, side):
            code = one.indicator.code
            yield OpenRule(CriticalRule.ANSWER_MISSING, code, side, one.product, name)


def _proven(snapshot: Snapshot, one: Compared, *, by: Collection[ObservationKey]) -> bool:
    keys: list[ObservationKey] = []
    for key in one.keys:
        keys += [key, ObservationKey(key.indicator, key.side)]
    return any(key in by or snapshot.observation(key).no_evidence_reason for key in keys)
