"""What a report of findings says, as plain blocks that every engine can set: the same words to all.

The blocks are taken from the content that our own layout prints, so that no rival has less to set.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal

from assessor_app.reporting.content import Answer, Fact, IndicatorRow, Photo
from assessor_app.reporting.figures import Scores
from assessor_app.reporting.headings import Headings, headings
from assessor_app.reporting.report_content import Finding, ReportContent, SideRecord


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and their values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with column titles that repeat; `widths` are shares of the line."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart: name, printed figures, and shares from 0 to 1 on paper and in practice."""

    rows: tuple[tuple[str, str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo by its place among all photos, and the words under it."""

    number: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Photos:
    """Two in a row."""

    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A finding: paper beside practice, photos below, what is to be done at its foot."""

    strip: str
    title: tuple[str, ...]
    paper: tuple[str, ...]
    practice: tuple[str, ...]
    photos: tuple[Shown, ...]
    foot: tuple[tuple[str, ...], ...]


Block = Heading | Words | Facts | Grid | Bars | Photos | Card


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything in reading order, the photos' JPEGs by their numbers."""

    language: str
    title: str
    running: str  # in the foot of each page, before its number
    blocks: tuple[Block, ...]
    jpegs: tuple[bytes, ...]


def outline(content: ReportContent) -> Outline:
    """All that our own layout prints of a report, but for the code that a phone reads."""
    paper = content.document
    jpegs: list[bytes] = []
    return Outline(
        language=paper.language.value,
        title=f"{paper.title} · {paper.number}",
        running=f"{paper.number} · {paper.short_hash}",
        blocks=tuple(_blocks(content, headings(paper.language), jpegs)),
        jpegs=tuple(jpegs),
    )


def _blocks(content: ReportContent, words: Headings, jpegs: list[bytes]) -> Iterator[Block]:
    cover = content.cover
    yield Heading(content.document.title, 1)
    for line in (cover.organisation, cover.office, *cover.address, cover.unit, cover.institution):
        yield Words(line)
    yield Facts(_pairs(cover.facts))
    yield from _overview(content, words)
    yield Heading(words.findings, 2)
    yield Words(content.findings_note)
    for finding in content.findings:
        yield _card(finding, words, jpegs)
    yield from _indicators(content, words)
    yield Heading(words.omissions, 2)
    yield Grid(
        (words.code, words.indicator, words.reason),
        tuple((one.code, one.text, one.reason) for one in content.omissions),
        (0.1, 0.45, 0.45),
    )
    yield Heading(words.other_photos, 2)
    yield Photos(_shown(content.other_photos, jpegs))
    for title, part in _closing(content, words):
        yield Heading(title, 2)
        yield from map(Words, _strings(part))


def _overview(content: ReportContent, words: Headings) -> Iterator[Block]:
    yield Heading(words.overview, 2)
    if isinstance(content.scores, Scores):
        scores = content.scores
        three = (scores.official, scores.paper, scores.practice)
        yield Bars(
            tuple((one.name, one.text, _share(one.value, scores.maximum), 0.0) for one in three)
        )
        yield from map(Words, (scores.statement, scores.reason))
    matrix = content.matrix
    yield Grid(
        ("", *matrix.labels),
        tuple(
            (name, *(f"{cell.count} · {cell.points}" for cell in row))
            for name, row in zip(matrix.labels, matrix.cells, strict=True)
        ),
        (1 / (1 + len(matrix.labels)),) * (1 + len(matrix.labels)),
    )
    yield Words(matrix.summary)
    yield Bars(
        tuple(
            (
                row.name,
                f"{row.paper_text} · {row.practice_text} / {row.maximum_text}",
                _share(row.paper, row.maximum),
                _share(row.practice, row.maximum),
            )
            for row in content.dimensions
        )
    )


def _indicators(content: ReportContent, words: Headings) -> Iterator[Block]:
    yield Heading(words.indicators, 2)
    titles = (words.code, words.indicator, words.weight, words.paper, words.practice, words.gap)
    for group in content.indicators:
        yield Heading(group.name, 3)
        yield Grid(
            (*titles, words.points),
            tuple(map(_indicator, group.rows)),
            (0.1, 0.33, 0.08, 0.14, 0.14, 0.14, 0.07),
        )


def _indicator(row: IndicatorRow) -> tuple[str, ...]:
    below = (row.detail, *(f"{one.label}: {one.value}" for one in row.wholes), row.note)
    told = "\n".join((row.text, *filter(None, below)))
    answers = (row.paper.label, row.practice.label)
    return (row.code, told, row.weight, *answers, row.gap, row.points)


def _card(finding: Finding, words: Headings, jpegs: list[bytes]) -> Card:
    named = words.finding_of.format(number=finding.number)
    foot = (
        (words.advice, finding.advice),
        (words.due_date, finding.due_date, finding.due_set_by),
        (words.check, finding.check),
    )
    return Card(
        strip=f"{named} · {finding.code} · {finding.weight} · {finding.gap}",
        title=tuple(filter(None, (finding.text, finding.wording))),
        paper=(words.on_paper, *_side(finding.claimed), words.legal_basis, *finding.legal_basis),
        practice=(words.in_practice, *_side(finding.seen), finding.no_photo_reason),
        photos=_shown(finding.photos, jpegs),
        foot=tuple(tuple(filter(None, part)) for part in foot),
    )


def _side(side: SideRecord) -> Iterator[str]:
    yield from _answer(side.answer)
    for fact in side.facts:
        yield f"{fact.label}: {fact.value}"
    yield side.note


def _answer(answer: Answer) -> Iterator[str]:
    yield answer.whole or answer.label
    yield answer.detail


def _shown(photos: Sequence[Photo], jpegs: list[bytes]) -> tuple[Shown, ...]:
    shown = []
    for one in photos:
        words = (one.side, one.caption, one.details, one.taken_at, one.short_hash)
        shown.append(Shown(len(jpegs), tuple(filter(None, words))))
        jpegs.append(one.jpeg)
    return tuple(shown)


def _closing(content: ReportContent, words: Headings) -> Iterator[tuple[str, object]]:
    yield words.receiver, content.receiver
    yield words.signatures, content.signature
    yield words.method, content.method
    yield words.integrity, content.integrity
    known = {"document", "cover", "scores", "matrix", "dimensions", "findings", "findings_note"}
    known |= {"indicators", "omissions", "other_photos"}
    known |= {"receiver", "signature", "method", "integrity"}
    for field in fields(content):
        if field.name not in known and any(_strings(getattr(content, field.name))):
            yield field.name, getattr(content, field.name)


def _strings(value: object) -> Iterator[str]:
    """Every printed string of a part, a fact with its name."""
    match value:
        case str():
            yield from filter(None, (value,))
        case Fact():
            yield f"{value.label}: {value.value}"
        case tuple() | list():
            for one in value:
                yield from _strings(one)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _strings(getattr(value, field.name))
        case _:
            return


def _pairs(facts: Iterable[Fact]) -> tuple[tuple[str, str], ...]:
    return tuple((fact.label, fact.value) for fact in facts)


def _share(value: Decimal | None, whole: Decimal) -> float:
    return float(value / whole) if value is not None and whole else 0.0
