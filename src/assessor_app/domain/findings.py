"""Findings: what an office has to repair, heaviest first."""

import uuid
from bisect import insort
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import AnswerKind, Indicator
from assessor_app.domain.observation import ObservationKey

DEFAULT_DUE = "default"
"""Who set a due date, where nobody did: the product proposed it."""


HEAD_DUE = "head"
"""Who set a due date, where the head of the office named it during the exit talk."""


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
    kind: FindingKind
    compared: Compared

    @property
    def indicator(self) -> Indicator:
        return self.compared.indicator

    @property
    def product(self) -> str:
        return self.compared.product

    @property
    def weight(self) -> Decimal:
        """Points of the indicator."""
        return self.indicator.weight

    def observations(self) -> tuple[ObservationKey, ...]:
        """The observations it rests on: one a side, or one a respondent."""
        return self.compared.keys


@lru_cache(maxsize=4096)  # a hundred digests would be a fifth of what an answer may take
def finding_id(visit_id: str, indicator: str, product: str) -> str:
    """The id of a finding: the same whenever it is computed."""
    return str(uuid.uuid5(uuid.UUID(visit_id), f"finding/{indicator}/{product}"))


def find(visit_id: str, compared: Iterable[Compared]) -> tuple[Finding, ...]:
    """All findings of a visit, by weight, then kind, then code: our own ordering."""
    return tuple(sorted(_found(visit_id, compared), key=_place))


def count_findings(compared: Iterable[Compared]) -> int:
    """How many findings there are: for a list, which neither names nor orders them."""
    return sum(_kind(one) is not None for one in compared)


def find_again(
    before: Iterable[Finding],
    visit_id: str,
    compared: Iterable[Compared],
    *,
    touched: Collection[str],
) -> tuple[Finding, ...]:
    """The same after `compared`, all that there is of the indicators `touched`, has changed."""
    kept = [one for one in before if one.compared.indicator.code not in touched]
    for finding in _found(visit_id, compared):
        insort(kept, finding, key=_place)
    return tuple(kept)


def _found(visit_id: str, compared: Iterable[Compared]) -> Iterator[Finding]:
    for one in compared:
        kind = _kind(one)
        if kind is not None:
            yield Finding(finding_id(visit_id, one.indicator.code, one.product), kind, one)


def _place(finding: Finding) -> tuple[Decimal, int, str, str]:
    """Where a finding stands among the others; no two stand at the same place."""
    return -finding.weight, _ORDER[finding.kind], finding.indicator.code, finding.product


def _kind(one: Compared) -> FindingKind | None:
    if not one.asked or not one.indicator.scored:
        return None
    if one.gap is not None and one.gap.kind is not GapKind.CONSISTENT:
        return FindingKind(one.gap.kind.value)
    if one.indicator.kind is AnswerKind.DURATION and one.paper == 0:
        return FindingKind.SHORTFALL  # no time was promised: practice has nothing to keep
    known = [value for value in (one.paper, one.practice) if value is not None]
    if known and len(known) == len(one.indicator.sides) and min(known) < 1:
        return FindingKind.SHORTFALL
    return None
