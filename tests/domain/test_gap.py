"""The gap between paper and practice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.gap import GapKind, measure_gap

fulfilments = st.decimals(min_value=0, max_value=1, places=2)


@pytest.mark.parametrize(
    ("paper", "practice", "kind", "needs_evidence"),
    [
        ("1", "0", GapKind.PAPER_ONLY, True),
        ("1", "0.5", GapKind.PAPER_AHEAD, True),
        ("0.5", "1", GapKind.PRACTICE_AHEAD, True),
        ("0", "1", GapKind.PRACTICE_ONLY, True),
        ("0", "0", GapKind.NEITHER, False),
        ("0.5", "0.5", GapKind.CONSISTENT, False),
        ("1", "1", GapKind.CONSISTENT, False),
    ],
)
def test_each_pair_of_sides_has_its_kind(
    paper: str, practice: str, kind: GapKind, *, needs_evidence: bool
) -> None:
    gap = measure_gap(paper=Decimal(paper), practice=Decimal(practice), weight=Decimal(12))

    assert gap.kind is kind
    assert gap.needs_evidence is needs_evidence
    assert gap.points == (Decimal(paper) - Decimal(practice)) * 12


@given(paper=fulfilments, practice=fulfilments)
def test_gap_never_exceeds_the_weight_and_mirrors(paper: Decimal, practice: Decimal) -> None:
    weight = Decimal("6.5")

    there = measure_gap(paper=paper, practice=practice, weight=weight)
    back = measure_gap(paper=practice, practice=paper, weight=weight)

    assert abs(there.points) <= weight
    assert there.points == -back.points


def test_fulfilment_beyond_one_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"1\.2 is outside"):
        measure_gap(paper=Decimal("1.2"), practice=Decimal(0), weight=Decimal(1))
