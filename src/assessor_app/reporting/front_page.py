"""The first page: what was visited, how it scored, what weighs most, and what to do by when."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Paragraph, Table

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft, brief
from assessor_app.reporting.figures import Score, Scores, Unscored
from assessor_app.reporting.flowables import Story, clipped, grid, label, space, text
from assessor_app.reporting.lists import fact_grid
from assessor_app.reporting.masthead import masthead
from assessor_app.reporting.report_content import Finding
from assessor_app.reporting.sections import subsection
from assessor_app.reporting.sign_drawing import zone_picture
from assessor_app.reporting.unscored_panel import unscored_panel

_BADGE = 138.0  # width of the panel's left part: zone and score
_WEIGHTIEST = 3
_WEIGHTY = (24.0, 166.0, design.WIDTH - 264.0, 74.0)  # number, finding, advice, due date
_INSET = 14.0
_WEIGHTIEST_NEEDS = 90.0  # the heading and one finding
_NAME_LINES, _ADVICE_LINES = 3, 3


def front_page(draft: ReportDraft) -> Story:
    """Everything a head of office must know, on one page."""
    content = draft.content
    return [
        *masthead(draft),
        _panel(draft),
        space(2.5),
        text(content.matrix.summary, design.BODY_BOLD, width=design.WIDTH),
        space(2.5),
        fact_grid(draft, content.cover.facts),
        space(2.5),
        *_weightiest(draft),
    ]


def _panel(draft: ReportDraft) -> Table:
    match draft.content.scores:
        case Scores() as scores:
            return _score_panel(draft, scores)
        case Unscored() as unscored:
            return unscored_panel(draft, unscored)


def _score_panel(draft: ReportDraft, scores: Scores) -> Table:
    right_width = design.WIDTH - _BADGE - 4 * design.PAD
    hue = design.zone_hue(scores.official.zone)
    right = [
        chart_drawing.gauge(scores, draft.words, width=right_width),
        space(1.1),
        _three_scores(scores, width=right_width),
    ]
    statement = [
        text(scores.statement, design.SMALL_BOLD, width=design.WIDTH - 2 * design.PAD),
        text(
            draft.excerpt(scores.reason, 2 * LINE_LIMIT, about=scores.statement),
            design.SMALL,
            width=design.WIDTH - 2 * design.PAD,
        ),
    ]
    return grid(
        [[_badge(draft, scores), right], [statement, ""]],
        widths=(_BADGE + 2 * design.PAD, right_width + 2 * design.PAD),
        commands=[
            ("BACKGROUND", (0, 0), (0, 0), hue.tint),
            ("BACKGROUND", (1, 0), (1, 0), design.PANEL),
            ("LINEABOVE", (0, 0), (-1, 0), 2.2, hue.fill),
            ("SPAN", (0, 1), (-1, 1)),
            ("BACKGROUND", (0, 1), (-1, 1), design.TRACK),
            ("LEFTPADDING", (0, 0), (-1, -1), design.PAD),
            ("RIGHTPADDING", (0, 0), (-1, -1), design.PAD),
            ("TOPPADDING", (0, 0), (-1, -1), design.PAD),
            ("BOTTOMPADDING", (0, 0), (-1, -1), design.PAD),
            ("TOPPADDING", (0, 1), (-1, 1), 5),
            ("BOTTOMPADDING", (0, 1), (-1, 1), 6),
        ],
    )


def _badge(draft: ReportDraft, scores: Scores) -> Sequence[Flowable]:
    words, official = draft.words, scores.official
    return [
        label(words.provisional_score, width=_BADGE),
        text(official.text, design.SCORE, width=_BADGE),
        text(
            f"{words.out_of} {scores.maximum_text}", design.SMALL, width=_BADGE, colour=design.QUIET
        ),
        space(1.4),
        *_zone(official, kind=design.UNIT, size=24, width=_BADGE),
    ]


def _three_scores(scores: Scores, *, width: float) -> Table:
    each = width / 3
    return grid(
        [
            [
                _score_tile(score, width=each - 8)
                for score in (scores.official, scores.paper, scores.practice)
            ]
        ],
        widths=(each,) * 3,
        commands=[
            ("LINEABOVE", (0, 0), (-1, 0), 0.6, design.RULE),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
        ],
    )


def _score_tile(score: Score, *, width: float) -> Sequence[Flowable]:
    return [
        text(score.name, design.CAPTION, width=width),
        text(score.text, design.UNIT, width=width, colour=design.INK),
        *_zone(score, kind=design.SMALL_BOLD, size=9, width=width),
    ]


def _zone(score: Score, *, kind: design.Type, size: float, width: float) -> Sequence[Flowable]:
    """A score's zone as sign and name; nothing where zones do not apply to it."""
    if not score.zone_name:
        return []
    indent = size * 4 / 3
    ink = design.zone_hue(score.zone).ink
    name = text(brief(score.zone_name), kind, width=width - indent, colour=ink)
    return [
        grid(
            [[zone_picture(score.zone, size=size), name]],
            widths=(indent, width - indent),
            commands=[("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
        )
    ]


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
            commands=[
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, design.INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, design.RULE),
                ("TOPPADDING", (0, 1), (-1, -1), 4.5),
                ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
                ("BOTTOMPADDING", (0, 1), (-1, -1), 5),
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
