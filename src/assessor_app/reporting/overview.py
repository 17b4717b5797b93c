"""After the first page: matrix and points by dimension, earlier years, the visit, the contents."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft
from assessor_app.reporting.figures import Consistency, DimensionRow, Scores
from assessor_app.reporting.flowables import Story, grid, label, space, text
from assessor_app.reporting.late_numbers import contents, overview_title
from assessor_app.reporting.report_content import PastResult
from assessor_app.reporting.sections import section, subsection
from assessor_app.reporting.share_table import count_table, share_table
from assessor_app.reporting.sign_drawing import zone_picture
from assessor_app.reporting.table_look import INDENT, TIGHT, by_level, ruled
from assessor_app.reporting.visit_facts import visit_facts

_NEEDS = 420.0  # less is left of a front page, more of a page that a long front page began
_CONTENTS_NEED = 115.0
_MATRIX_NEEDS = 200.0
_HEADING = 20.0
_MOST_KEPT = 400.0  # of a table on one page; a longer one may go on over the next
_MATRIX = 300.0
_COLUMNS = (174.0, 40.0, 120.0, 48.0, 48.0)
_OFFICIAL = design.WIDTH - sum(_COLUMNS)
_PAST = (44.0, 60.0, 120.0, design.WIDTH - 224.0)


def overview(draft: ReportDraft) -> Story:
    """Matrix, dimensions, shares and results of earlier years."""
    words = draft.words
    story = [
        *section(draft, "overview", overview_title(draft), needs=_NEEDS),
        *subsection(words.matrix, needs=_MATRIX_NEEDS),
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
            *_shares(draft, draft.content.consistency),
        ]
    if draft.content.past_results:
        story += [space(2.5), *subsection(words.past_results), _past_results(draft)]
    return [
        *story,
        space(2.5),
        *visit_facts(draft),
        *subsection(words.contents, needs=_CONTENTS_NEED),
        contents(draft),
    ]


def _shares(draft: ReportDraft, found: Consistency) -> Story:
    """The shares under their heading, all on one page where they fit it."""
    told = share_table(draft, found)
    high = sum(one.wrap(design.WIDTH, design.PAGE_HEIGHT)[1] for one in told)
    return [*subsection(draft.words.consistency, needs=min(_HEADING + high, _MOST_KEPT)), *told]


def _by_dimension(draft: ReportDraft) -> Story:
    """Points by dimension; of an instrument without weights, counts."""
    words, scores = draft.words, draft.content.scores
    if isinstance(scores, Scores):
        return [*subsection(words.dimensions), _dimensions(draft)]
    return [*subsection(words.counts), count_table(draft, scores.rows)]


def _matrix_notes(draft: ReportDraft) -> list[str]:
    """What is not in the picture, and why its points are not those between the two scores."""
    scores, told = draft.content.scores, []
    if draft.content.matrix.note:
        told.append(draft.content.matrix.note)
    if isinstance(scores, Scores) and scores.gap_text:
        told.append(draft.words.gap_points_note)
    return told


def _matrix(draft: ReportDraft) -> Table:
    matrix = draft.content.matrix
    beside = design.WIDTH - _MATRIX - design.GUTTER
    told: list[Flowable] = [text(matrix.summary, design.BODY_BOLD, width=beside)]
    for note in _matrix_notes(draft):
        told += [space(1), text(note, design.SMALL, width=beside, colour=design.QUIET)]
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
    return grid(
        [head, *(_dimension(draft, row) for row in rows)],
        widths=(*_COLUMNS, _OFFICIAL),
        repeat=1,
        commands=[
            *ruled(TIGHT),
            ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (2, 0), (2, -1), 20),
            *by_level([row.level for row in rows]),
        ],
    )


def _dimension(draft: ReportDraft, row: DimensionRow) -> Sequence[Flowable]:
    strong = row.level == 0
    name = draft.excerpt(row.name, LINE_LIMIT, about=draft.words.dimension)
    kind = design.SMALL_BOLD if strong else design.SMALL
    figure = design.SMALL_RIGHT_BOLD if strong else design.SMALL_RIGHT
    return [
        text(
            f"{name}{' †' if row.unverified else ''}",
            kind,
            width=_COLUMNS[0] - (0 if strong else INDENT),
        ),
        text(row.maximum_text, figure, width=_COLUMNS[1]),
        chart_drawing.bars(row, draft.words, width=_COLUMNS[2] - 20, height=11.4),
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
        commands=ruled(TIGHT),
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
