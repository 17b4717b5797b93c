"""Figures beside the score, and in its place: completeness, counts of gaps, shares that agree."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor_app.domain.consistency import Balance, consistency
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Instrument, Variable
from assessor_app.domain.outlook import Seen
from assessor_app.domain.progress import progress
from assessor_app.reporting import figures
from assessor_app.reporting.content import Fact, GapTone
from assessor_app.services.report.tables import TONES
from assessor_app.services.report.words import NONE, Words

_SHOWN = (
    GapTone.CONSISTENT,
    GapTone.PAPER_AHEAD,
    GapTone.PRACTICE_AHEAD,
    GapTone.NEITHER,
)


def because(instrument: Instrument, words: Words) -> str:
    """Why an instrument without weights gives no number."""
    told = instrument.unweighted_because
    return words.of(told) if told else words("unscored.because")


def unscored(seen: Seen, words: Words) -> figures.Unscored:
    """Completeness, gaps and findings of a visit whose instrument has no weights."""
    made = progress(seen.snapshot, seen.outlook.compared)
    gaps = sum(one.gap is not None and one.gap.needs_evidence for one in seen.outlook.compared)
    counts = (
        ("gaps", gaps),
        ("findings", len(seen.outlook.findings)),
        ("photos", len(seen.snapshot.evidence)),
    )
    return figures.Unscored(
        statement=words("unscored.statement"),
        reason=because(seen.instrument, words),
        answered=made.answered,
        asked=made.asked,
        progress=words("minutes.answered_of", answered=made.answered, asked=made.asked),
        counts=tuple(Fact(words(f"unscored.{name}"), str(count)) for name, count in counts),
        # Of a follow-up most variables are not asked at all: their lines would say nothing.
        rows=tuple(
            row for row in _count_rows(seen, words) if row.indicators or not seen.snapshot.followed
        ),
    )


def shares(seen: Seen, words: Words) -> figures.Consistency | None:
    """Paper against practice as shares of the weight.

    None where no indicator was compared, and without scores: the counts tell it then.
    """
    if not seen.outlook.scores:
        return None
    found = consistency(seen.outlook, seen.instrument)
    if not found.total.compared:
        return None
    rows = [_share_row(words("shares.total"), 0, found.total, words)]
    rows += [
        _share_row(words.of(dimension.name), 1, balance, words)
        for dimension, balance in found.dimensions
        if balance.compared or balance.left_out
    ]
    return figures.Consistency(rows=tuple(rows), note=words("shares.of_points"))


def _share_row(name: str, level: int, balance: Balance, words: Words) -> figures.ShareRow:
    parts = [
        sum((part for kind, part in balance.weights.items() if TONES[kind] is tone), Decimal(0))
        for tone in _SHOWN
    ]
    whole = balance.compared
    return figures.ShareRow(
        name=name,
        level=level,
        shares=tuple(part / whole if whole else Decimal(0) for part in parts),
        texts=tuple(words.percent(part, whole) if whole else NONE for part in parts),
        left_out=words.percent(balance.left_out, whole + balance.left_out),
    )


def _count_rows(seen: Seen, words: Words) -> Iterator[figures.CountRow]:
    for dimension in seen.instrument.dimensions:
        yield _count_row(words.of(dimension.name), 0, dimension.variables, seen.outlook.compared)
        for variable in dimension.variables:
            yield _count_row(words.of(variable.name), 1, (variable,), seen.outlook.compared)


def _count_row(
    name: str, level: int, variables: Sequence[Variable], compared: Sequence[Compared]
) -> figures.CountRow:
    codes = {one.code for variable in variables for one in variable.indicators if one.sides}
    asked = [one for one in compared if one.indicator.code in codes and one.asked]
    tones = Counter(_tone(one) for one in asked)
    return figures.CountRow(
        name=name,
        level=level,
        indicators=len(asked),
        consistent=tones[GapTone.CONSISTENT],
        paper_ahead=tones[GapTone.PAPER_AHEAD],
        practice_ahead=tones[GapTone.PRACTICE_AHEAD],
        neither=tones[GapTone.NEITHER],
        unknown=tones[GapTone.UNKNOWN],
    )


def _tone(one: Compared) -> GapTone:
    return TONES[one.gap.kind] if one.gap else GapTone.UNKNOWN
