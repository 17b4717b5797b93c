"""A whole round scored from rows is the same as each visit scored by itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.method_world import (
    ABSENT,
    PARTIAL,
    PRESENT,
    both,
    indicator,
    instrument,
    snapshot,
    unfit,
)

from assessor_app.domain.bulk import Row, score_rows
from assessor_app.domain.fulfilment import compare
from assessor_app.domain.instrument import Denominator
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scoring import Basis, score

SHARES = {ABSENT: Decimal(0), PARTIAL: Decimal("0.5"), PRESENT: Decimal(1)}
INDICATORS = [indicator(f"X-{n}", f"{n % 5 + 1}.{n}") for n in range(9)]
told = st.dictionaries(st.integers(0, 8), st.sampled_from([*SHARES, "n/a"]), min_size=1)


@given(st.lists(told, min_size=1, max_size=4), st.sampled_from(Denominator))
def test_rows_and_visits_come_to_the_same_points(
    units: list[dict[int, str]], denominator: Denominator
) -> None:
    of = instrument(INDICATORS[:3], INDICATORS[3:], denominator=denominator)
    rows: list[Row] = [
        (f"U{number}", f"X-{place}", SHARES.get(answer))
        for number, unit in enumerate(units)
        for place, answer in unit.items()
    ]

    found = score_rows(rows, of)

    for number, unit in enumerate(units):
        seen = {
            key: one
            for place, answer in unit.items()
            for key, one in (
                unfit(f"X-{place}") if answer == "n/a" else both(f"X-{place}", answer)
            ).items()
        }
        whole = score(compare(snapshot(seen), of), of, Basis.OFFICIAL)
        assert whole is not None
        assert abs(found[f"U{number}"].points - whole.points) < Decimal("1e-20")
        assert abs(found[f"U{number}"].measured - whole.measured) < Decimal("1e-20")


def test_an_unknown_indicator_is_refused_by_name() -> None:
    with pytest.raises(RecordRefused) as refused:
        score_rows([("U", "Y-1", Decimal(1))], instrument(INDICATORS))

    assert refused.value.places["indicator"] == "Y-1"


def test_an_instrument_without_weights_scores_no_rows() -> None:
    with pytest.raises(RecordRefused, match="instrument_unweighted"):
        score_rows([], instrument([indicator("X-0", "0")], weighted=False))
