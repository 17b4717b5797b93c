"""What a score costs: of one visit from its snapshot, and of a whole round from rows.

pandas and polars score the same rows beside it. Both have decimals of their own; pandas as objects.
"""

import json
import statistics
import time
from collections.abc import Callable
from decimal import Decimal

import pandas as pd
import polars as pl
from tests.domain.method_world import (
    ABSENT,
    PARTIAL,
    PRESENT,
    both,
    indicator,
    instrument,
    snapshot,
)

from assessor_app.domain.bulk import Row, score_rows
from assessor_app.domain.fulfilment import compare
from assessor_app.domain.scoring import Basis, score

UNITS, INDICATORS, WIDE = 3_000, 100, 150
_ANSWERS = (ABSENT, PARTIAL, PRESENT)
_SHARES = (Decimal(0), Decimal("0.5"), Decimal(1))


def main() -> None:
    print(json.dumps({"benchmark": "score", **_one_visit(), **_round()}))


def _one_visit() -> dict[str, object]:
    of = instrument([indicator(f"X-{n}", str(n % 7 + 1)) for n in range(WIDE)])
    answered = {k: v for n in range(WIDE) for k, v in both(f"X-{n}", _ANSWERS[n % 3]).items()}
    seen = snapshot(answered)
    milliseconds = _milliseconds(lambda: score(compare(seen, of), of, Basis.OFFICIAL), times=200)
    return {
        "visit_indicators": WIDE,
        "visit_p50_ms": round(statistics.median(milliseconds), 3),
        "visit_p95_ms": round(statistics.quantiles(milliseconds, n=20)[-1], 3),
    }


def _round() -> dict[str, object]:
    of = instrument([indicator(f"X-{n}", str(n % 7 + 1)) for n in range(INDICATORS)])
    weights = {one.code: one.weight for one in of.indicators()}
    rows: list[Row] = [
        (f"U{unit}", f"X-{n}", _SHARES[(unit + n * n) % 3])
        for unit in range(UNITS)
        for n in range(INDICATORS)
    ]
    columns = {
        "unit": [row[0] for row in rows],
        "share": [row[2] for row in rows],
        "weight": [weights[row[1]] for row in rows],
    }
    frame = pd.DataFrame(columns)
    table = pl.DataFrame(columns)

    def by_pandas() -> dict[str, Decimal]:
        points = frame["share"] * frame["weight"]
        return dict(points.groupby(frame["unit"], sort=False).sum())

    def by_polars() -> dict[str, Decimal]:
        points = table.select("unit", points=pl.col("share") * pl.col("weight"))
        summed = points.group_by("unit").agg(pl.col("points").sum())
        return dict(summed.iter_rows())

    ours = {unit: found.points for unit, found in score_rows(rows, of).items()}
    if not ours == by_pandas() == by_polars():
        raise ValueError("the three do not come to the same points")
    return {
        "units": UNITS,
        "indicators": INDICATORS,
        "round_s": _seconds(lambda: score_rows(rows, of)),
        "pandas_s": _seconds(by_pandas),
        "polars_s": _seconds(by_polars),
    }


def _seconds(work: Callable[[], object]) -> float:
    return round(min(_milliseconds(work, times=5)) / 1000, 3)


def _milliseconds(work: Callable[[], object], *, times: int) -> list[float]:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


if __name__ == "__main__":
    main()
