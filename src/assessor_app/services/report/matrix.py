"""Paper against practice in one picture: how many indicators have which pair of answers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Indicator, Instrument, Side
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.reporting import figures
from assessor_app.reporting.content import GapTone
from assessor_app.services.report.tables import TONES
from assessor_app.services.report.words import Words

_ONE = Decimal(1)
_SIDES = attrgetter("paper", "practice")
_AHEAD = tuple(kind for kind, tone in TONES.items() if tone is GapTone.PAPER_AHEAD)


def matrix(
    compared: Sequence[Compared],
    instrument: Instrument,
    words: Words,
    *,
    weights: Mapping[str, Decimal] | None = None,
) -> figures.Matrix:
    """Counts of indicators by their pair of answers, from full to none.

    `weights` are what the indicators weigh in this visit (by code), where they differ from the
    instrument's; one that is asked of several products shares its weight out among them.
    """
    asked = [one for one in compared if one.asked and one.indicator.scored]
    both = [one for one in asked if one.gap is not None]
    graded = is_graded(instrument)
    points = _points(asked, weights or {}) if instrument.weighted else None
    steps = (2, 1, 0) if graded else (1, 0)
    return figures.Matrix(
        labels=_labels(instrument, words, graded=graded),
        cells=tuple(
            tuple(
                _cell(_at(both, (paper, practice), graded=graded), points, words)
                for practice in steps
            )
            for paper in steps
        ),
        summary=_summary(_paper_ahead(both), points, words),
        note=" ".join(_notes(asked, both, words, graded=graded)),
    )


class RunningMatrix:
    """The counts of a visit that goes on: of each action only what it changed is counted anew."""

    def __init__(self, instrument: Instrument, words: Words) -> None:
        self._words = words
        self._weighted = instrument.weighted
        self._graded = is_graded(instrument)
        self.labels = _labels(instrument, words, graded=self._graded)
        self._forget()

    def counted(self, compared: Sequence[Compared]) -> tuple[list[list[int]], str]:
        """`counts[paper][practice]`, from full to none, and the sentence that they prove."""
        self._take(tuple(compared))
        counts = [[0] * len(self.labels) for _ in self.labels]
        most = len(self.labels) - 1
        # Few pairs of answers differ, however long the checklist is.
        for pair, count in self._pairs.items():
            paper, practice = (_step(value, graded=self._graded) for value in pair)
            counts[most - paper][most - practice] += count
        ahead = [self._ahead[place] for place in sorted(self._ahead)]
        shares = self._shares(ahead) if self._weighted else None
        return counts, _summary(ahead, shares, self._words)

    def _shares(self, ahead: Iterable[Compared]) -> Mapping[str, Decimal]:
        """What one line of each of these indicators (code) weighs, as `_points` of all of them."""
        asked = {one.indicator.code: one.indicator for one in ahead}
        return {code: one.weight / self._lines[code] for code, one in asked.items()}

    def _forget(self) -> None:
        self._seen: tuple[Compared, ...] = ()
        self._pairs: Counter[tuple[Decimal | None, Decimal | None]] = Counter()
        self._lines: Counter[str] = Counter()  # that are asked, of each indicator (code)
        self._ahead: dict[int, Compared] = {}  # better on paper, by place

    def _take(self, compared: tuple[Compared, ...]) -> None:
        """Count what differs from what was seen; all where there is another number of them."""
        if len(compared) != len(self._seen):
            self._forget()
            for place, one in enumerate(compared):
                self._count(place, one, 1)
        else:
            both = enumerate(zip(self._seen, compared, strict=True))
            for place, (before, now) in [(at, pair) for at, pair in both if pair[0] is not pair[1]]:
                self._count(place, before, -1)
                self._count(place, now, 1)
        self._seen = compared

    def _count(self, place: int, one: Compared, by: int) -> None:
        self._lines[one.indicator.code] += one.asked * by
        if one.gap is None:
            return
        self._pairs[_SIDES(one)] += by
        if one.gap.kind not in _AHEAD:
            return
        if by > 0:
            self._ahead[place] = one
        else:
            del self._ahead[place]


def is_graded(instrument: Instrument) -> bool:
    """Whether the matrix has a row and a column between full and none."""
    return any(one.scale.graded for one in _two_sided(instrument))


def cell_of(one: Compared, *, graded: bool) -> tuple[int, int] | None:
    """The row (on paper) and the column (in practice) of an indicator; None where it is in none."""
    if not one.asked or not one.indicator.scored or one.gap is None:
        return None
    most = 2 if graded else 1
    paper, practice = (_step(value, graded=graded) for value in (one.paper, one.practice))
    return most - paper, most - practice


def _notes(
    asked: Sequence[Compared], both: Sequence[Compared], words: Words, *, graded: bool
) -> Iterator[str]:
    """What the picture leaves out, and what one of its cells holds together."""
    left_out = len(asked) - len(both)
    if left_out:
        yield words.counted(
            left_out, one="singular.matrix_note", many="matrix.note", count=left_out
        )
    partial = _at(both, (1, 1), graded=graded) if graded else []
    unlike = sum(one.paper != one.practice for one in partial)
    if unlike:
        one, many = "singular.matrix_note_partial", "matrix.note_partial"
        yield words.counted(unlike, one=one, many=many, count=unlike)
    if any(one.product != WHOLE_UNIT for one in both):
        yield words("matrix.note_products")


def _two_sided(instrument: Instrument) -> list[Indicator]:
    return [one for one in instrument.indicators() if len(one.sides) == len(Side) and one.scored]


def _points(asked: Sequence[Compared], weights: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """What one line of each indicator (code) weighs, in points."""
    lines = Counter(one.indicator.code for one in asked)
    return {
        one.indicator.code: weights.get(one.indicator.code, one.indicator.weight)
        / lines[one.indicator.code]
        for one in asked
    }


def _weight(found: Sequence[Compared], points: Mapping[str, Decimal]) -> Decimal:
    return sum((points[one.indicator.code] for one in found), Decimal(0))


def _summary(ahead: Sequence[Compared], points: Mapping[str, Decimal] | None, words: Words) -> str:
    """The sentence that the picture proves, of what is better on paper than in practice."""
    if not ahead:
        return words("matrix.summary_none")
    count = len({one.indicator.code for one in ahead})
    if points is None:
        one, many = "singular.matrix_summary_unweighted", "matrix.summary_unweighted"
        return words.counted(count, one=one, many=many, paper_only=count)
    weight = words.weight(_weight(ahead, points))
    one, many = "singular.matrix_summary", "matrix.summary"
    return words.counted(count, one=one, many=many, paper_only=count, points=weight)


def _paper_ahead(both: Iterable[Compared]) -> list[Compared]:
    return [one for one in both if one.gap is not None and one.gap.kind in _AHEAD]


def _at(both: Sequence[Compared], place: tuple[int, int], *, graded: bool) -> list[Compared]:
    return [
        one
        for one in both
        if (_step(one.paper, graded=graded), _step(one.practice, graded=graded)) == place
    ]


def _step(fulfilment: Decimal | None, *, graded: bool) -> int:
    if fulfilment == 0:
        return 0
    if not graded:
        return 1
    return 2 if fulfilment == _ONE else 1


def _cell(
    found: Sequence[Compared], points: Mapping[str, Decimal] | None, words: Words
) -> figures.MatrixCell:
    told = "" if points is None else words.weight(_weight(found, points))
    return figures.MatrixCell(len(found), told)


def _labels(instrument: Instrument, words: Words, *, graded: bool) -> tuple[str, ...]:
    """The instrument's own words where all answers are present or absent; else by fulfilment."""
    wanted = ("present", "partial", "absent") if graded else ("present", "absent")
    rubrics: dict[str, set[str]] = {}
    for one in _two_sided(instrument):
        for level in one.levels:
            rubrics.setdefault(level.value, set()).add(words.of(level.rubric))
    levelled = all(one.levels for one in _two_sided(instrument))
    if not levelled or rubrics.keys() - {*wanted}:
        wanted = ("full", "partial", "nothing") if graded else ("full", "nothing")
        return tuple(words(f"matrix.{name}") for name in wanted)
    return tuple(
        next(iter(own)) if len(own := rubrics.get(name, set())) == 1 else words(f"matrix.{name}")
        for name in wanted
    )
