"""Interviews in summary: whom, how many, and what they answered as a group."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from assessor_app.reporting import design
from assessor_app.reporting.draft import CARD_LIMIT, LINE_LIMIT, ReportDraft, brief
from assessor_app.reporting.flowables import Command, Story, grid, label, space, text
from assessor_app.reporting.lists import fact_grid
from assessor_app.reporting.report_content import InterviewRow, Interviews
from assessor_app.reporting.sections import section
from assessor_app.reporting.table_look import ruled

_WIDTHS = (44.0, 176.0, 66.0, 38.0, 62.0, design.WIDTH - 386.0)
_INSET = 6.0
_NEEDS = 150.0
_WIDE = 120  # characters of a question that stands above its columns: beside them it grows tall

_Row = list[Flowable | str]


def interviews(draft: ReportDraft) -> Story:
    """The section; nothing where the instrument puts no question to anybody."""
    found, words = draft.content.interviews, draft.words
    if found is None:
        return []
    return [
        *section(draft, "interviews", words.interviews, needs=_NEEDS),
        text(found.note, design.SMALL, width=design.WIDTH, colour=design.QUIET),
        space(1),
        fact_grid(draft, found.groups),
        *(
            text(draft.excerpt(one, about=words.interviews), design.SMALL, width=design.WIDTH)
            for one in found.missing
        ),
        *([space(1), _table(draft, found)] if found.rows else []),
    ]


def _table(draft: ReportDraft, found: Interviews) -> Table:
    words = draft.words
    titles = (
        words.code,
        words.indicator,
        words.respondents,
        words.answered,
        words.result,
        words.answers,
    )
    head: _Row = [
        label(title, width=width - _INSET) for title, width in zip(titles, _WIDTHS, strict=True)
    ]
    rows, commands = [head], [*ruled(2.5, inset=_INSET)]
    for one in found.rows:
        told = _rows(draft, one)
        if len(told) > 1:
            commands += _wide_look(len(rows))
        rows += told
    return grid(rows, widths=_WIDTHS, repeat=1, commands=commands)


def _wide_look(row: int) -> Sequence[Command]:
    """A question over the columns of its answers, with no rule between the two."""
    return (
        ("SPAN", (1, row), (-1, row)),
        ("LINEBELOW", (0, row), (-1, row), 0.4, design.WHITE),
        ("BOTTOMPADDING", (0, row), (-1, row), 0),
        ("NOSPLIT", (0, row), (-1, row + 1)),
    )


def _rows(draft: ReportDraft, row: InterviewRow) -> list[_Row]:
    """One row, or two where the question is long."""
    is_wide = len(row.text) > _WIDE
    told = (
        brief(row.group),
        brief(row.count),
        brief(row.result),
        draft.excerpt(row.answers, 2 * LINE_LIMIT, about=row.code),
    )
    code, question, *columns = _WIDTHS
    named: _Row = [
        text(brief(row.code), design.SMALL_BOLD, width=code - _INSET),
        text(
            draft.excerpt(row.text, CARD_LIMIT, about=row.code),
            design.SMALL,
            width=(sum(_WIDTHS[1:]) if is_wide else question) - _INSET,
        ),
    ]
    answered: _Row = [
        text(words, design.SMALL, width=width - _INSET)
        for words, width in zip(told, columns, strict=True)
    ]
    gap: _Row = [""] * len(columns)
    return [[*named, *gap], ["", "", *answered]] if is_wide else [[*named, *answered]]
