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
                indicator_row(one, snapshot, words)
                for indicator in variable.indicators
                for one in compared
                if one.indicator.code == indicator.code
            )
            yield content.IndicatorGroup(words.of(variable.name), rows)


def indicator_row(one: Compared, snapshot: Snapshot, words: Words) -> content.IndicatorRow:
    """One line of a table: both answers, the gap, and the points by the instrument's rule."""
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


def omissions(
    compared: Sequence[Compared], snapshot: Snapshot, words: Words
) -> Iterator[content.Omission]:
    """Every side that has no answer, with the reason."""
    for one in compared:
        for side in one.indicator.sides:
            reasons = [
                _reason(observation, side, words, outcome=snapshot.visit.outcome)
                for observation in _unanswered(one, side, snapshot)
            ]
            if reasons:
                yield _omission(one, snapshot, words, reason=" ".join(reasons))


def stated_omissions(
    compared: Sequence[Compared], snapshot: Snapshot, words: Words
) -> Iterator[content.Omission]:
    """The sides that could not be assessed, with the reason that was recorded for it."""
    for one in compared:
        for side in one.indicator.sides:
            reasons = [
                _reason(observation, side, words)
                for observation in _unanswered(one, side, snapshot)
                if observation.not_assessed_reason
            ]
            if reasons:
                yield _omission(one, snapshot, words, reason=" ".join(reasons))


def _omission(one: Compared, snapshot: Snapshot, words: Words, *, reason: str) -> content.Omission:
    text = words.of(one.indicator.text)
    product = snapshot.products.get(one.product)
    return content.Omission(one.indicator.code, f"{text} – {product}" if product else text, reason)


def _unanswered(one: Compared, side: Side, snapshot: Snapshot) -> list[Observation]:
    keys = list(keys_of(snapshot, one.indicator, side, product=one.product))
    found = [snapshot.observation(key) for key in keys] or [Observation()]
    return [observation for observation in found if observation.answer is None]


def _reason(
    observation: Observation, side: Side, words: Words, *, outcome: Outcome | None = None
) -> str:
    name = words.side(side)
    if observation.not_assessed_reason:
        return words("omission.not_assessed", side=name, reason=observation.not_assessed_reason)
    if outcome is None:
        return words("preview.unanswered", side=name)
    ended = words(f"outcome.{outcome.value}").lower()
    return words("omission.unanswered", side=name, outcome=ended)


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


def _notes(one: Compared, snapshot: Snapshot, words: Words) -> str:
    found = ((side, notes(one, side, snapshot)) for side in one.indicator.sides)
    return "\n".join(f"{words.side(side)}: {note}" for side, note in found if note)
