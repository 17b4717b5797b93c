"""Findings: what an office has to repair, heaviest first."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.observation import ObservationKey

DEFAULT_DUE = "default"
"""Who set a due date, where nobody did: the product proposed it."""


class FindingKind(StrEnum):
    """The kinds in the order in which they weigh at equal weight: our own ordering."""

    PAPER_ONLY = "paper_only"
    NEITHER = "neither"
    PAPER_AHEAD = "paper_ahead"
    SHORTFALL = "shortfall"  # both sides agree, or only one is asked: less than the full
    PRACTICE_ONLY = "practice_only"
    PRACTICE_AHEAD = "practice_ahead"


_ORDER = {kind: place for place, kind in enumerate(FindingKind)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator of one product that falls short or whose sides do not agree.

    `id` is derived from visit, indicator and product: a finding keeps its id when it is edited
    or computed again.
    """

    id: str
    indicator: Indicator
    product: str
    kind: FindingKind
    weight: Decimal  # points of the indicator

    def observations(self) -> tuple[ObservationKey, ...]:
        """The observations it rests on, one a side."""
        return tuple(
            ObservationKey(self.indicator.code, side, self.product) for side in self.indicator.sides
        )


def find(visit_id: str, compared: Sequence[Compared]) -> tuple[Finding, ...]:
    """All findings of a visit, by weight, then kind, then code: our own ordering."""
    found = [
        Finding(_id(visit_id, one), one.indicator, one.product, kind, one.indicator.weight)
        for one in compared
        if (kind := _kind(one)) is not None
    ]
    return tuple(
        sorted(
            found,
            key=lambda finding: (
                -finding.weight,
                _ORDER[finding.kind],
                finding.indicator.code,
                finding.product,
            ),
        )
    )


def _kind(one: Compared) -> FindingKind | None:
    if one.gap is not None and one.gap.kind is not GapKind.CONSISTENT:
        return FindingKind(one.gap.kind.value)
    known = [value for value in (one.paper, one.practice) if value is not None]
    asked = [side for side in Side if side in one.indicator.sides]
    if len(known) == len(asked) and min(known) < 1:
        return FindingKind.SHORTFALL
    return None


def _id(visit_id: str, one: Compared) -> str:
    return str(uuid.uuid5(uuid.UUID(visit_id), f"finding/{one.indicator.code}/{one.product}"))
