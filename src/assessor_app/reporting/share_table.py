"""Paper against practice as figures: shares that agree or stand on one side, or plain counts."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table

from assessor_app.reporting import design
from assessor_app.reporting.alternatives import shares_alt
from assessor_app.reporting.content import GapTone
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft
from assessor_app.reporting.figures import Consistency, CountRow, ShareRow
from assessor_app.reporting.flowables import Command, Picture, Story, grid, label, space, text
from assessor_app.reporting.table_look import INDENT, TIGHT, by_level, ruled

_TONES = (GapTone.CONSISTENT, GapTone.PAPER_AHEAD, GapTone.PRACTICE_AHEAD, GapTone.NEITHER)
_NAME, _BAR = 146.0, 72.0
_FIGURE = (design.WIDTH - _NAME - _BAR) / 5
_COUNT_NAME = 166.0
_COUNT = (design.WIDTH - _COUNT_NAME) / 6
_HIGH = 8.0  # of a bar
_INSET = 5.0


def share_table(draft: ReportDraft, found: Consistency) -> Story:
    """The shares of the whole and of each dimension, each with its bar."""
    titles = [*_tone_titles(draft), (draft.words.not_compared, GapTone.UNKNOWN)]
    head = [
        label(draft.words.dimension, width=_NAME),
        "",
        *_heads(titles, width=_FIGURE - _INSET),
    ]
    return [
        grid(
            [head, *(_share_row(draft, row) for row in found.rows)],
            widths=(_NAME, _BAR, *[_FIGURE] * len(titles)),
            repeat=1,
            commands=_look([row.level for row in found.rows]),
        ),
        space(0.6),
        text(found.note, design.CAPTION, width=design.WIDTH),
    ]


def count_table(draft: ReportDraft, rows: Sequence[CountRow]) -> Table:
    """How many indicators of each dimension and variable compare in which way."""
    words = draft.words
    titles = [
        (words.indicators_counted, GapTone.UNKNOWN),
        *_tone_titles(draft),
        (words.not_compared, GapTone.UNKNOWN),
    ]
    head = [
        label(words.dimension, width=_COUNT_NAME),
        *_heads(titles, width=_COUNT - _INSET),
    ]
    return grid(
        [head, *(_count_row(draft, row) for row in rows)],
        widths=(_COUNT_NAME, *[_COUNT] * len(titles)),
        repeat=1,
        commands=_look([row.level for row in rows]),
    )


def _tone_titles(draft: ReportDraft) -> list[tuple[str, GapTone]]:
    words = draft.words
    names = (words.consistent, words.more_on_paper, words.more_in_practice, words.neither)
    return list(zip(names, _TONES, strict=True))


def _heads(titles: Sequence[tuple[str, GapTone]], *, width: float) -> list[Flowable]:
    """Column titles in the colours of the bars, which are in the same order."""
    return [
        text(title.upper(), design.LABEL_RIGHT, width=width, colour=design.tone_hue(tone).ink)
        for title, tone in titles
    ]


def _share_row(draft: ReportDraft, row: ShareRow) -> Sequence[Flowable]:
    figure = design.SMALL_RIGHT if row.level else design.SMALL_RIGHT_BOLD
    return [
        _name(draft, row.name, level=row.level, width=_NAME - _INSET),
        _bar(draft, row, width=_BAR - 8),
        *(text(told, figure, width=_FIGURE - _INSET) for told in (*row.texts, row.left_out)),
    ]


def _count_row(draft: ReportDraft, row: CountRow) -> Sequence[Flowable]:
    figure = design.SMALL_RIGHT if row.level else design.SMALL_RIGHT_BOLD
    counts = (
        row.indicators,
        row.consistent,
        row.paper_ahead,
        row.practice_ahead,
        row.neither,
        row.unknown,
    )
    return [
        _name(draft, row.name, level=row.level, width=_COUNT_NAME - _INSET),
        *(text(str(count), figure, width=_COUNT - _INSET) for count in counts),
    ]


def _name(draft: ReportDraft, name: str, *, level: int, width: float) -> Flowable:
    short = draft.excerpt(name, LINE_LIMIT, about=draft.words.dimension)
    kind = design.SMALL if level else design.SMALL_BOLD
    return text(short, kind, width=width - (INDENT if level else 0))


def _bar(draft: ReportDraft, row: ShareRow, *, width: float) -> Picture:
    """The shares side by side, in the order of the columns."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(design.TRACK)
        canvas.rect(0, 1.4, width, _HIGH, stroke=0, fill=1)
        left = 0.0
        for tone, share in zip(_TONES, row.shares, strict=True):
            canvas.setFillColor(design.tone_hue(tone).fill)
            canvas.rect(left, 1.4, float(share) * width, _HIGH, stroke=0, fill=1)
            left += float(share) * width

    titles = [title for title, _ in _tone_titles(draft)]
    return Picture(width, _HIGH + 1.4, draw=draw, alt=shares_alt(row, titles, draft.words))


def _look(levels: Sequence[int]) -> Sequence[Command]:
    return [
        *ruled(TIGHT),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("RIGHTPADDING", (0, 0), (-1, -1), _INSET),
        *by_level(levels),
    ]
