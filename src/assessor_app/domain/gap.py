"""The gap between what an office has on paper and what it does in practice."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never


class GapKind(StrEnum):
    CONSISTENT = "consistent"
    PAPER_ONLY = "paper_only"  # claimed, not practised at all
    PAPER_AHEAD = "paper_ahead"  # practised only in part of what is claimed
    PRACTICE_AHEAD = "practice_ahead"  # on paper only in part of what is practised
    PRACTICE_ONLY = "practice_only"  # practised, not on paper at all
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Gap:
    """How far practice stays behind (positive) or runs ahead of (negative) paper, in points."""

    kind: GapKind
    points: Decimal

    @property
    def needs_evidence(self) -> bool:
        """Whether a visit may close only with evidence, or an attested reason for its lack."""
        match self.kind:
            case (
                GapKind.PAPER_ONLY
                | GapKind.PAPER_AHEAD
                | GapKind.PRACTICE_AHEAD
                | GapKind.PRACTICE_ONLY
            ):
                return True
            case GapKind.CONSISTENT | GapKind.NEITHER:
                return False
            case _:
                assert_never(self.kind)


def measure_gap(*, paper: Decimal, practice: Decimal, weight: Decimal) -> Gap:
    """Compare the two sides of one indicator.

    `paper` and `practice` are fulfilment from 0 to 1, `weight` the indicator's points.
    Raises ValueError where a fulfilment lies outside of 0 to 1.
    """
    for fulfilment in (paper, practice):
        if not 0 <= fulfilment <= 1:
            raise ValueError(f"fulfilment {fulfilment} is outside of 0 to 1")
    return Gap(_kind(paper, practice), (paper - practice) * weight)


def _kind(paper: Decimal, practice: Decimal) -> GapKind:
    if paper > practice:
        return GapKind.PAPER_ONLY if practice == 0 else GapKind.PAPER_AHEAD
    if practice > paper:
        return GapKind.PRACTICE_ONLY if paper == 0 else GapKind.PRACTICE_AHEAD
    return GapKind.NEITHER if paper == 0 else GapKind.CONSISTENT
