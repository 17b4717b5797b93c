"""The first page: what was visited, how it scored, what weighs most, and what to do by when."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Paragraph, Table

from assessor_app.reporting import design
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft, brief
from assessor_app.reporting.figures import Scores, Unscored
from assessor_app.reporting.flowables import Story, clipped, grid, label, space, text
from assessor_app.reporting.gap_picture import gap_picture
from assessor_app.reporting.lists import clipped_grid, fact_grid
from assessor_app.reporting.masthead import masthead
from assessor_app.reporting.report_content import Finding
from assessor_app.reporting.score_panel import score_panel
from assessor_app.reporting.sections import subsection
from assessor_app.reporting.table_look import ruled
from assessor_app.reporting.unscored_panel import unscored_panel

_WEIGHTIEST = 3
_WEIGHTY = (24.0, 166.0, design.WIDTH - 264.0, 74.0)  # number, finding, advice, due date
_INSET = 14.0
_WEIGHTIEST_NEEDS = 90.0  # the heading and one finding
_FACT_LINES = 2
_NAME_LINES, _ADVICE_LINES = 3, 4


def front_page(draft: ReportDraft) -> Story:
    """Everything a head of office must know, on one page."""
    return [
        *masthead(draft),
        _facts(draft),
        space(1),
        _panel(draft),
        space(2),
        *_gap(draft),
        space(2),
        *_weightiest(draft),
    ]


def _facts(draft: ReportDraft) -> Table:
    """Which visit this was, in few lines: where all its facts stand later, the first of each."""
    content = draft.content
    if content.visit:
        return clipped_grid(content.cover.facts, lines=_FACT_LINES)
    return fact_grid(draft, content.cover.facts)


def _gap(draft: ReportDraft) -> Story:
    """The gap as a sentence and the picture that proves it."""
    matrix, words = draft.content.matrix, draft.words
    summary = text(matrix.summary, design.BODY_BOLD, width=design.WIDTH)
    if not any(cell.count for row in matrix.cells for cell in row):
        return [summary]
    return [
        summary,
        space(1),
        gap_picture(matrix, words, width=design.WIDTH),
        space(0.5),
        text(words.gap_picture_note, design.CAPTION, width=design.WIDTH),
    ]


def _panel(draft: ReportDraft) -> Table:
    match draft.content.scores:
        case Scores() as scores:
            return score_panel(draft, scores)
        case Unscored() as unscored:
            return unscored_panel(draft, unscored)


def _weightiest(draft: ReportDraft) -> Story:
    words, findings = draft.words, draft.content.findings
    weighted = isinstance(draft.content.scores, Scores)
    title = words.weightiest if weighted else words.foremost
    heading = subsection(title, needs=_WEIGHTIEST_NEEDS)
    if not findings:
        return [*heading, text(words.weightiest_none, design.BODY, width=design.WIDTH)]
    titles = ("", words.findings, words.advice, words.due_date)
    return [
        *heading,
        grid(
            [
                [label(title, width=width) for title, width in zip(titles, _WEIGHTY, strict=True)],
                *(_weighty_row(finding) for finding in findings[:_WEIGHTIEST]),
            ],
            widths=_WEIGHTY,
            repeat=1,
            commands=[
                *ruled(4.5),
                ("TOPPADDING", (0, 0), (-1, 0), 0),
                ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
                ("RIGHTPADDING", (1, 0), (2, -1), _INSET),
            ],
        ),
    ]


def _weighty_row(finding: Finding) -> Sequence[Flowable | Sequence[Flowable]]:
    """A finding in short: all of it stands on its card."""
    number, name, advice, due = _WEIGHTY
    ink = design.tone_hue(finding.tone).ink
    kind = " · ".join(brief(part) for part in (finding.gap, finding.weight) if part)
    return [
        text(f"{finding.number}", design.UNIT, width=number, colour=ink),
        [
            _short(finding.text, design.SMALL_BOLD, width=name, lines=_NAME_LINES),
            text(kind, design.CAPTION, width=name - _INSET, colour=ink),
        ],
        _short(finding.advice, design.SMALL, width=advice, lines=_ADVICE_LINES),
        text(brief(finding.due_date), design.SMALL, width=due),
    ]


def _short(words: str, kind: design.Type, *, width: float, lines: int) -> Paragraph:
    return clipped(brief(words, 2 * LINE_LIMIT), kind, width=width - _INSET, lines=lines)
