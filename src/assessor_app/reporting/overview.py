"""The second page: the gap in one picture, points by dimension, and where to find what."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft
from assessor_app.reporting.figures import DimensionRow, Scores
from assessor_app.reporting.flowables import Story, grid, label, space, text
from assessor_app.reporting.late_numbers import contents
from assessor_app.reporting.report_content import PastResult
from assessor_app.reporting.sections import section, subsection
from assessor_app.reporting.share_table import count_table, share_table
from assessor_app.reporting.sign_drawing import zone_picture

_NEEDS = 420.0  # less is left of a front page, more of a page that a long front page began
_CONTENTS_NEED = 100.0
_MATRIX = 300.0
_TIGHT = 1.6  # white above a row; the page must hold all of this in the usual case
_INDENT = "\u00a0" * 3
_COLUMNS = (174.0, 40.0, 120.0, 48.0, 48.0)
_OFFICIAL = design.WIDTH - sum(_COLUMNS)
_PAST = (44.0, 60.0, 120.0, design.WIDTH - 224.0)


def overview(draft: ReportDraft) -> Story:
    """Matrix, dimensions, shares and results of earlier years."""
    words = draft.words
    story = [
        *section(draft, "overview", _title(draft), needs=_NEEDS),
        *subsection(words.matrix),
        _matrix(draft),
        space(2.5),
        *_by_dimension(draft),
    ]
    if draft.content.unverified_note:
        story += [
            space(0.6),
            text(draft.content.unverified_note, design.CAPTION, width=design.WIDTH),
        ]
    if draft.content.consistency is not None:
        story += [
            space(2.5),
            *subsection(words.consistency),
            *share_table(draft, draft.content.consistency),
        ]
    if draft.content.past_results:
        story += [space(2.5), *subsection(words.past_results), _past_results(draft)]
    return [*story, space(2.5), *subsection(words.contents, needs=_CONTENTS_NEED), contents(draft)]


def _title(draft: ReportDraft) -> str:
    words = draft.words
    return words.overview if isinstance(draft.content.scores, Scores) else words.overview_of_gaps


def _by_dimension(draft: ReportDraft) -> Story:
    """Points by dimension; of an instrument without weights, counts."""
    words, scores = draft.words, draft.content.scores
    if isinstance(scores, Scores):
        return [*subsection(words.dimensions), _dimensions(draft)]
    return [*subsection(words.counts), count_table(draft, scores.rows)]


def _matrix(draft: ReportDraft) -> Table:
    matrix = draft.content.matrix
    beside = design.WIDTH - _MATRIX - design.GUTTER
    told: list[Flowable] = [text(matrix.summary, design.BODY_BOLD, width=beside)]
    if matrix.note:
        told += [space(1), text(matrix.note, design.SMALL, width=beside, colour=design.QUIET)]
    picture = chart_drawing.matrix_picture(matrix, draft.words, width=_MATRIX)
    return grid(
        [[picture, "", [space(4), *told]]],
        widths=(_MATRIX, design.GUTTER, beside),
    )


def _dimensions(draft: ReportDraft) -> Table:
    words = draft.words
    head = [
        label(words.dimension, width=_COLUMNS[0]),
        label(words.points_maximum, width=_COLUMNS[1], right=True),
        chart_drawing.bar_legend(words, width=_COLUMNS[2] - 20),
        label(words.points_paper, width=_COLUMNS[3], right=True),
        label(words.points_practice, width=_COLUMNS[4], right=True),
        label(words.points_official, width=_OFFICIAL, right=True),
    ]
    rows = draft.content.dimensions
    strong = [index + 1 for index, row in enumerate(rows) if row.level == 0]
    return grid(
        [head, *(_dimension(draft, row) for row in rows)],
        widths=(*_COLUMNS, _OFFICIAL),
        repeat=1,
        commands=[
            ("LINEBELOW", (0, 0), (-1, 0), 0.9, design.INK),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, design.RULE),
            ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), _TIGHT),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _TIGHT + 0.6),
            ("LEFTPADDING", (2, 0), (2, -1), 20),
            *(("BACKGROUND", (0, index), (-1, index), design.PANEL) for index in strong),
        ],
    )


def _dimension(draft: ReportDraft, row: DimensionRow) -> Sequence[Flowable]:
    strong = row.level == 0
    name = draft.excerpt(row.name, LINE_LIMIT, about=draft.words.dimension)
    kind = design.SMALL_BOLD if strong else design.SMALL
    figure = design.SMALL_RIGHT_BOLD if strong else design.SMALL_RIGHT
    return [
        text(
            f"{'' if strong else _INDENT}{name}{' †' if row.unverified else ''}",
            kind,
            width=_COLUMNS[0],
        ),
        text(row.maximum_text, figure, width=_COLUMNS[1]),
        chart_drawing.bars(row, width=_COLUMNS[2] - 20, height=11.4),
        text(row.paper_text, figure, width=_COLUMNS[3]),
        text(row.practice_text, figure, width=_COLUMNS[4]),
        text(row.official_text, figure, width=_OFFICIAL),
    ]


def _past_results(draft: ReportDraft) -> Table:
    words = draft.words
    titles = (words.past_year, words.past_score, words.past_zone, words.past_source)
    return grid(
        [
            [label(title, width=width) for title, width in zip(titles, _PAST, strict=True)],
            *(_past_result(result) for result in draft.content.past_results),
        ],
        widths=_PAST,
        repeat=1,
        commands=[
            ("LINEBELOW", (0, 0), (-1, 0), 0.9, design.INK),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, design.RULE),
            ("TOPPADDING", (0, 0), (-1, -1), _TIGHT),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _TIGHT + 0.6),
        ],
    )


def _past_result(result: PastResult) -> Sequence[Flowable]:
    ink = design.zone_hue(result.zone).ink
    zone = grid(
        [
            [
                zone_picture(result.zone, size=8),
                text(result.zone_name, design.SMALL, width=100, colour=ink),
            ]
        ],
        widths=(13, 100),
        commands=[("TOPPADDING", (0, 0), (0, 0), 2)],
    )
    return [
        text(result.year, design.SMALL_BOLD, width=_PAST[0]),
        text(result.score, design.SMALL, width=_PAST[1]),
        zone,
        text(result.source, design.SMALL, width=_PAST[3]),
    ]
