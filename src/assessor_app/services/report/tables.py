"""The tables of a document: dimensions, and every indicator with both answers and the gap."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assessor_app.domain.findings import FindingKind
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import AnswerKind, Instrument, Side, Variable
from assessor_app.domain.outlook import Seen
from assessor_app.domain.scoring import Basis, Score, ScoreLine, counted
from assessor_app.domain.visit import Snapshot
from assessor_app.reporting import content, figures
from assessor_app.reporting.content import GapTone
from assessor_app.services.report.answers import answer, details
from assessor_app.services.report.cards import notes
from assessor_app.services.report.words import NONE, Words

TONES: Mapping[GapKind, GapTone] = {
    GapKind.CONSISTENT: GapTone.CONSISTENT,
    GapKind.PAPER_ONLY: GapTone.PAPER_AHEAD,
    GapKind.PAPER_AHEAD: GapTone.PAPER_AHEAD,
    GapKind.PRACTICE_ONLY: GapTone.PRACTICE_AHEAD,
    GapKind.PRACTICE_AHEAD: GapTone.PRACTICE_AHEAD,
    GapKind.NEITHER: GapTone.NEITHER,
}


def dimension_rows(
    found: Mapping[Basis, Score], instrument: Instrument, words: Words
) -> Iterator[figures.DimensionRow]:
    """A row a dimension, followed by its variables; those that give no points are left out."""
    for dimension in instrument.dimensions:
        variables = [one for one in dimension.variables if any(i.weight for i in one.indicators)]
        if variables:
            yield _row(words.of(dimension.name), 0, variables, found, words)
        for variable in variables:
            yield _row(words.of(variable.name), 1, (variable,), found, words)


def indicator_groups(seen: Seen, words: Words) -> Iterator[content.IndicatorGroup]:
    """Every indicator that is answered, under its variable; what is only read is left out."""
    lines = official_lines(seen)
    for dimension in seen.instrument.dimensions:
        for variable in dimension.variables:
            rows = tuple(
                indicator_row(one, seen.snapshot, words, line=lines.get(one.indicator.code))
                for indicator in variable.indicators
                if indicator.kind is not AnswerKind.NOTE
                for one in seen.outlook.compared
                if one.indicator.code == indicator.code
            )
            if rows:
                yield content.IndicatorGroup(words.of(variable.name), rows)


def official_lines(seen: Seen) -> Mapping[str, ScoreLine]:
    """The lines of the score by the instrument's rule, by the code of their indicator."""
    official = seen.outlook.scores.get(Basis.OFFICIAL)
    return {line.indicator.code: line for line in official.lines} if official else {}


def indicator_row(
    one: Compared, snapshot: Snapshot, words: Words, *, line: ScoreLine | None
) -> content.IndicatorRow:
    """One line of a table: both answers, the gap, and the points by the instrument's rule.

    `line` is None where the indicator does not count: its weight and points are a dash then.
    """
    indicator = one.indicator
    gap, tone = gap_told(one, words)
    share = counted(one, line.rule) if line else None
    paper, practice = (answer(one, side, snapshot, words) for side in Side)
    return content.IndicatorRow(
        code=indicator.code,
        text=words.of(indicator.text),
        weight=words.weight(line.weight) if line and one.asked else NONE,
        paper=paper,
        practice=practice,
        gap=gap,
        tone=tone,
        points=words.points(share * line.weight) if line and share is not None else NONE,
        detail=snapshot.products.get(one.product, ""),
        note=_notes(one, snapshot, words) if tone is GapTone.CONSISTENT else "",
        unverified=not indicator.verified,
        wholes=details(one, snapshot, words),
    )


def gap_told(one: Compared, words: Words) -> tuple[str, GapTone]:
    """How the two sides compare, in words and as a colour; or why they are not compared."""
    if one.applies is not Applies.ASKED:
        return words(f"gap.{one.applies.value}"), GapTone.UNKNOWN
    if one.gap is not None:
        return words(f"gap.{one.gap.kind.value}"), TONES[one.gap.kind]
    if not one.indicator.scored:
        return words("gap.unscored"), GapTone.UNKNOWN
    if len(one.indicator.sides) == 1:
        return _one_sided(one, words)
    return words("gap.unknown"), GapTone.UNKNOWN


def _one_sided(one: Compared, words: Words) -> tuple[str, GapTone]:
    share = one.on(one.indicator.sides[0])
    if share is None:
        return words("gap.unknown"), GapTone.UNKNOWN
    if share == 1:
        return words("gap.fulfilled"), GapTone.CONSISTENT
    return words(f"finding.{FindingKind.SHORTFALL.value}"), GapTone.NEITHER


def _row(
    name: str,
    level: int,
    variables: Sequence[Variable],
    found: Mapping[Basis, Score],
    words: Words,
) -> figures.DimensionRow:
    indicators = [one for variable in variables for one in variable.indicators if one.weight]
    codes = {one.code for one in indicators}
    lines = {
        basis: [line for line in found[basis].lines if line.indicator.code in codes]
        for basis in (Basis.ON_PAPER, Basis.IN_PRACTICE, Basis.OFFICIAL)
    }
    maximum = sum((line.weight for line in lines[Basis.OFFICIAL]), Decimal(0))
    paper, practice, official = (_points(of_basis) for of_basis in lines.values())
    return figures.DimensionRow(
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
    found = ((side, notes(one, side, snapshot, words=words)) for side in one.indicator.sides)
    return "\n".join(f"{words.side(side)}: {note}" for side, note in found if note)
