"""The tables of a document: dimensions, all indicators, and what was not assessed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assessor_app.domain.fulfilment import Compared, keys_of
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import Instrument, Side, Variable
from assessor_app.domain.observation import Observation
from assessor_app.domain.scoring import Basis, Score, ScoreLine, counted, rule_on
from assessor_app.domain.visit import Outcome, Snapshot
from assessor_app.reporting import content
from assessor_app.reporting.content import GapTone
from assessor_app.services.report.cards import answer, notes
from assessor_app.services.report.words import NONE, Words

_TONES = {
    GapKind.CONSISTENT: GapTone.CONSISTENT,
    GapKind.PAPER_ONLY: GapTone.PAPER_AHEAD,
    GapKind.PAPER_AHEAD: GapTone.PAPER_AHEAD,
    GapKind.PRACTICE_ONLY: GapTone.PRACTICE_AHEAD,
    GapKind.PRACTICE_AHEAD: GapTone.PRACTICE_AHEAD,
    GapKind.NEITHER: GapTone.NEITHER,
}


def dimension_rows(
    found: Mapping[Basis, Score], instrument: Instrument, words: Words
) -> Iterator[content.DimensionRow]:
    """A row a dimension, followed by its variables."""
    for dimension in instrument.dimensions:
        yield _row(words.of(dimension.name), 0, dimension.variables, found, words)
        for variable in dimension.variables:
            yield _row(words.of(variable.name), 1, (variable,), found, words)


def indicator_groups(
    compared: Sequence[Compared], snapshot: Snapshot, instrument: Instrument, words: Words
) -> Iterator[content.IndicatorGroup]:
    for dimension in instrument.dimensions:
        for variable in dimension.variables:
            rows = tuple(
                _indicator_row(one, snapshot, words)
                for indicator in variable.indicators
                for one in compared
                if one.indicator.code == indicator.code
            )
            yield content.IndicatorGroup(words.of(variable.name), rows)


def omissions(
    compared: Sequence[Compared], snapshot: Snapshot, words: Words
) -> Iterator[content.Omission]:
    """Every side that has no answer, with the reason."""
    for one in compared:
        for side in one.indicator.sides:
            reasons = _reasons(one, side, snapshot, words)
            if reasons:
                text = words.of(one.indicator.text)
                product = snapshot.products.get(one.product)
                yield content.Omission(
                    one.indicator.code,
                    f"{text} – {product}" if product else text,
                    " ".join(reasons),
                )


def _reasons(one: Compared, side: Side, snapshot: Snapshot, words: Words) -> list[str]:
    keys = list(keys_of(snapshot, one.indicator, side, product=one.product))
    found = [snapshot.observation(key) for key in keys] or [Observation()]
    outcome = words(f"outcome.{(snapshot.visit.outcome or Outcome.INTERRUPTED).value}")
    reasons = []
    for observation in found:
        if observation.answer is not None:
            continue
        name = words.side(side)
        if observation.not_assessed_reason:
            reason = observation.not_assessed_reason
            reasons.append(words("omission.not_assessed", side=name, reason=reason))
        else:
            reasons.append(words("omission.unanswered", side=name, outcome=outcome.lower()))
    return reasons


def _row(
    name: str,
    level: int,
    variables: Sequence[Variable],
    found: Mapping[Basis, Score],
    words: Words,
) -> content.DimensionRow:
    indicators = [one for variable in variables for one in variable.indicators]
    codes = {one.code for one in indicators}
    maximum = sum((one.weight for one in indicators), Decimal(0))
    paper, practice, official = (
        _points([line for line in found[basis].lines if line.indicator.code in codes])
        for basis in (Basis.ON_PAPER, Basis.IN_PRACTICE, Basis.OFFICIAL)
    )
    return content.DimensionRow(
        name=name,
        level=level,
        maximum=maximum,
        maximum_text=words.weight(maximum),
        paper=paper,
        paper_text=_text(paper, words),
        practice=practice,
        practice_text=_text(practice, words),
        official_text=_text(official, words),
        unverified=not all(one.verified for one in indicators),
    )


def _points(lines: Sequence[ScoreLine]) -> Decimal | None:
    if all(line.fulfilment is None for line in lines):
        return None
    return sum((line.points for line in lines), Decimal(0))


def _text(points: Decimal | None, words: Words) -> str:
    return NONE if points is None else words.points(points)


def _indicator_row(one: Compared, snapshot: Snapshot, words: Words) -> content.IndicatorRow:
    indicator = one.indicator
    rule = rule_on(indicator, Basis.OFFICIAL)
    share = counted(one, rule) if rule else None
    kind = one.gap.kind if one.gap else None
    consistent = kind is GapKind.CONSISTENT
    return content.IndicatorRow(
        code=indicator.code,
        text=words.of(indicator.text),
        weight=words.weight(indicator.weight),
        paper=answer(one, Side.PAPERWORK, snapshot, words),
        practice=answer(one, Side.PRACTICE, snapshot, words),
        gap=words(f"gap.{kind.value}" if kind else "gap.unknown"),
        tone=_TONES[kind] if kind else GapTone.UNKNOWN,
        points=NONE if share is None else words.points(share * indicator.weight),
        detail=snapshot.products.get(one.product, ""),
        note=_notes(one, snapshot, words) if consistent else "",
        unverified=not indicator.verified,
    )


def _notes(one: Compared, snapshot: Snapshot, words: Words) -> str:
    found = ((side, notes(one, side, snapshot)) for side in one.indicator.sides)
    return "\n".join(f"{words.side(side)}: {note}" for side, note in found if note)
