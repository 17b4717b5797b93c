"""Paper against practice as the command line tells it: figures for programs, a table for people."""

from collections.abc import Iterable

from assessor_app.cli.printing import table
from assessor_app.domain.consistency import Balance, Consistency
from assessor_app.domain.event import Json
from assessor_app.domain.gap import GapKind
from assessor_app.domain.numbers import exact_text
from assessor_app.services.report.words import NONE, Words


def consistency_data(found: Consistency) -> Json:
    """Weights and shares (0 to 1) of each kind of agreement, in total and by dimension."""
    return {
        "by": "points" if found.weighted else "indicators",
        **_balance(found.total),
        "dimensions": [
            {"dimension": dimension.code, "name": dimension.name.id, **_balance(balance)}
            for dimension, balance in found.dimensions
        ],
    }


def consistency_lines(found: Consistency, words: Words) -> list[str]:
    """The same as a table with a row for each dimension."""
    lines = [words("consistency.title")]
    if not found.total.compared:
        return [*lines, words("consistency.nothing")]
    counted = "points" if found.weighted else "indicators"
    compared = words.weight(found.total.compared)
    lines.append(words(f"consistency.{counted}", compared=compared))
    rows = [(words.of(dimension.name), balance) for dimension, balance in found.dimensions]
    rows.append((words("consistency.total"), found.total))
    there = [kind for kind in GapKind if found.total.weights[kind]]
    heads = [words("consistency.dimension"), *(words(f"gap.{kind.value}") for kind in there)]
    lines.append(table([(name, *_shares(balance, there, words)) for name, balance in rows], heads))
    if found.total.left_out:
        left_out = words.weight(found.total.left_out)
        lines.append(words(f"consistency.left_out_{counted}", left_out=left_out))
    return lines


def _balance(balance: Balance) -> dict[str, Json]:
    return {
        "compared": exact_text(balance.compared),
        "left_out": exact_text(balance.left_out),
        **{
            kind.value: {
                "weight": exact_text(balance.weights[kind]),
                "share": f"{balance.share(kind):.4f}",
            }
            for kind in GapKind
        },
    }


def _shares(balance: Balance, kinds: Iterable[GapKind], words: Words) -> list[str]:
    if not balance.compared:
        return [NONE for _ in kinds]
    return [words.percent(balance.weights[kind], balance.compared) for kind in kinds]
