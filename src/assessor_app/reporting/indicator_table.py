"""The full indicator table: every indicator with both answers, the gap and its points."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from assessor_app.reporting import design
from assessor_app.reporting.answers import LIST_LIMIT, answer
from assessor_app.reporting.content import IndicatorGroup, IndicatorRow
from assessor_app.reporting.draft import CARD_LIMIT, LINE_LIMIT, AnyDraft, ReportDraft, brief
from assessor_app.reporting.figures import Scores
from assessor_app.reporting.flowables import Command, Story, grid, label, space, text
from assessor_app.reporting.sections import section
from assessor_app.reporting.table_look import HEAD_RULE

_CODE, _WEIGHT, _ANSWER, _GAP, _POINTS = 45.0, 43.0, 74.0, 82.0, 30.0
_TEXT = design.WIDTH - (_CODE + _WEIGHT + 2 * _ANSWER + _GAP + _POINTS)
_WIDTHS = (_CODE, _TEXT, _WEIGHT, _ANSWER, _ANSWER, _GAP, _POINTS)
_INSET = 6.0
_BELOW = design.WIDTH - _CODE  # notes and long answers run on under the columns
_WIDE = 200  # characters of a text that does not stay in its column, where it took ten lines
_PLAIN_WIDTHS = (_CODE, design.WIDTH - _CODE - 264.0, 80.0, 80.0, 104.0)
_HEAD: Sequence[Command] = (
    HEAD_RULE,
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ("RIGHTPADDING", (0, 0), (-2, -1), _INSET),
)
_WEIGHTS = (
    "RIGHTPADDING",
    (2, 0),
    (2, -1),
    10.0,
)  # figures need more white before an answer's sign

Row = list[Flowable | list[Flowable] | str]


def indicator_table(draft: ReportDraft) -> Story:
    """All indicators under their variables; the column titles repeat on every page."""
    content, words = draft.content, draft.words
    story = section(draft, "indicators", words.indicators)
    if content.unverified_note:
        story += [text(content.unverified_note, design.CAPTION, width=design.WIDTH), space(1)]
    scored = isinstance(content.scores, Scores)
    widths = _WIDTHS if scored else _PLAIN_WIDTHS
    rows: list[Row] = [_column_titles(draft) if scored else _plain_titles(draft)]
    commands: list[Command] = [_WEIGHTS] if scored else []
    for group in content.indicators:
        commands += _group_look(len(rows))
        rows.append(_group_row(group, columns=len(widths)))
        for indicator in group.rows:
            told = _indicator_rows(draft, indicator, scored=scored)
            commands += _indicator_look(len(rows), told=told, wide=_is_wide(indicator))
            rows += told
    return [*story, grid(rows, widths=widths, repeat=1, commands=[*_HEAD, *commands])]


def gap_table(draft: AnyDraft, gaps: Sequence[IndicatorRow]) -> Table:
    """Both answers and the kind of gap of some indicators, without weights or points."""
    rows: list[Row] = [_plain_titles(draft)]
    commands: list[Command] = []
    for gap in gaps:
        told = _indicator_rows(draft, gap, scored=False)
        commands += _indicator_look(len(rows), told=told, wide=_is_wide(gap))
        rows += told
    return grid(rows, widths=_PLAIN_WIDTHS, repeat=1, commands=[*_HEAD, *commands])


def _column_titles(draft: AnyDraft) -> Row:
    words = draft.words
    titles = (words.code, words.indicator, words.weight, words.paper, words.practice, words.gap)
    return [
        *(
            label(title, width=width - _INSET, right=title == words.weight)
            for title, width in zip(titles, _WIDTHS, strict=False)
        ),
        label(words.points, width=_WIDTHS[-1], right=True),
    ]


def _plain_titles(draft: AnyDraft) -> Row:
    words = draft.words
    titles = (words.code, words.indicator, words.paper, words.practice, words.gap)
    return [label(title, width=width) for title, width in zip(titles, _PLAIN_WIDTHS, strict=True)]


def _group_row(group: IndicatorGroup, *, columns: int) -> Row:
    name = text(brief(group.name, LINE_LIMIT), design.SMALL_BOLD, width=design.WIDTH - _INSET)
    return [name, *[""] * (columns - 1)]


def _group_look(row: int) -> Sequence[Command]:
    return (
        ("SPAN", (0, row), (-1, row)),
        ("BACKGROUND", (0, row), (-1, row), design.PANEL),
        ("LEFTPADDING", (0, row), (0, row), 4),
        ("NOSPLIT", (0, row), (-1, row + 1)),
    )


def _indicator_look(row: int, *, told: Sequence[Row], wide: bool) -> Sequence[Command]:
    """A line under the indicator; what runs on above and below its columns stays with it, close."""
    last = row + len(told) - 1
    look: list[Command] = [("LINEBELOW", (0, last), (-1, last), 0.4, design.RULE)]
    if last == row:
        return look
    over = [row] if wide else []
    below = [last] if len(told) > 1 + wide else []
    return [
        *look,
        *(("SPAN", (1, one), (-1, one)) for one in (*over, *below)),
        ("BOTTOMPADDING", (0, row), (-1, last - 1), 0),
        ("TOPPADDING", (0, row + 1), (-1, last), 1),
        ("NOSPLIT", (0, row), (-1, last)),
    ]


def _indicator_rows(draft: AnyDraft, row: IndicatorRow, *, scored: bool) -> list[Row]:
    """The indicator's line; where there is more to tell, a row under all its columns.

    A long text stands in a row of its own above the columns, not in a narrow one beside them.
    """
    line = _scored(draft, row) if scored else _plain(draft, row)
    gap: Row = [""] * (len(line) - 2)
    rows = [line]
    if _is_wide(row):
        code, wording, *rest = line
        rows = [[code, wording, *gap], ["", "", *rest]]
    below = _below(draft, row)
    return [*rows, ["", below, *gap]] if below else rows


def _is_wide(row: IndicatorRow) -> bool:
    return len(row.text) > _WIDE


def _below(draft: AnyDraft, row: IndicatorRow) -> list[Flowable]:
    """Answers that do not fit their columns, and what was noted."""
    told: list[Flowable] = []
    for whole in row.wholes:
        answered = draft.excerpt(whole.value, LIST_LIMIT, about=row.code)
        told.append(text(f"{whole.label}: {answered}", design.CAPTION, width=_BELOW))
    if row.note:
        short = draft.excerpt(row.note, 2 * LINE_LIMIT, about=row.code)
        told.append(text(short, design.CAPTION, width=_BELOW))
    return told


def _scored(draft: AnyDraft, row: IndicatorRow) -> Row:
    mark = " †" if row.unverified else ""
    ink = design.tone_hue(row.tone).ink
    return [
        text(f"{brief(row.code)}{mark}", design.SMALL_BOLD, width=_CODE - _INSET),
        _wording(draft, row, width=_BELOW if _is_wide(row) else _TEXT - _INSET),
        text(brief(row.weight), design.SMALL_RIGHT, width=_WEIGHT - _INSET),
        answer(row.paper, width=_ANSWER - _INSET),
        answer(row.practice, width=_ANSWER - _INSET),
        text(brief(row.gap), design.SMALL, width=_GAP - _INSET, colour=ink),
        text(brief(row.points), design.SMALL_RIGHT, width=_POINTS),
    ]


def _plain(draft: AnyDraft, row: IndicatorRow) -> Row:
    code, wording, paper, practice, gap = _PLAIN_WIDTHS
    ink = design.tone_hue(row.tone).ink
    return [
        text(brief(row.code), design.SMALL_BOLD, width=code - _INSET),
        _wording(draft, row, width=_BELOW if _is_wide(row) else wording - _INSET),
        answer(row.paper, width=paper - _INSET),
        answer(row.practice, width=practice - _INSET),
        text(brief(row.gap), design.SMALL, width=gap, colour=ink),
    ]


def _wording(draft: AnyDraft, row: IndicatorRow, *, width: float) -> list[Flowable]:
    """The indicator's text, and the product or respondent it was asked of."""
    short = draft.excerpt(row.text, CARD_LIMIT, about=row.code)
    told: list[Flowable] = [text(short, design.SMALL, width=width)]
    if row.detail:
        detail = draft.excerpt(row.detail, LINE_LIMIT, about=row.code)
        told.append(text(detail, design.CAPTION, width=width))
    return told
