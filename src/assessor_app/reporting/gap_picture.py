"""The gap in one picture: every indicator as a column, paper above practice."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from assessor_app.charts.strip import Column, Run, strip
from assessor_app.reporting import design
from assessor_app.reporting.alternatives import strip_alt
from assessor_app.reporting.design import Hue
from assessor_app.reporting.figures import Matrix
from assessor_app.reporting.flowables import Picture
from assessor_app.reporting.headings import Headings
from assessor_app.reporting.lettering import Lettering, draw_line
from assessor_app.reporting.standings import TONE_OF, standing_name
from assessor_app.reporting.typefaces import Face, text_width

_SIDE = 82.0  # width of the rows' names
_ROW = 15.0
_BETWEEN = 3.0  # the two rows
_APART = 7.0  # two runs
_LEGEND = 17.0
_SWATCH = 6.0
_NAME = Lettering(size=6.9, face=Face.BOLD, colour=design.QUIET)
_TOLD = Lettering(size=8.3, face=Face.BOLD)


def gap_picture(matrix: Matrix, words: Headings, *, width: float) -> Picture:
    """What is filled is there, what is empty is not: the gap is where one row is emptier."""
    counts = [[cell.count for cell in row] for row in matrix.cells]
    runs = strip(counts, width=width - _SIDE, apart=_APART)
    nothing = len(counts) - 1

    def draw(canvas: Canvas) -> None:
        rows = (_LEGEND + _ROW + _BETWEEN, _LEGEND)
        for name, bottom in zip((words.on_paper, words.in_practice), rows, strict=True):
            line = name.upper()
            draw_line(canvas, line, x=0, y=bottom + 5, look=_NAME, width=_SIDE - 6)
        for run in runs:
            hue = design.tone_hue(TONE_OF[run.standing])
            for column in run.columns:
                for short, bottom in zip((column.paper, column.practice), rows, strict=True):
                    _draw_cell(canvas, column, bottom=bottom, missing=short / nothing, hue=hue)
        _draw_legend(canvas, runs, words, width=width)

    height = _LEGEND + 2 * _ROW + _BETWEEN
    return Picture(width, height, draw=draw, alt=strip_alt(runs, words))


def _draw_cell(canvas: Canvas, column: Column, *, bottom: float, missing: float, hue: Hue) -> None:
    """One side of one indicator, filled from below by what is there."""
    gap = min(1.6, column.width * 0.14)
    left, wide = _SIDE + column.left, column.width - gap
    canvas.setFillColor(hue.tint)
    canvas.rect(left, bottom, wide, _ROW, stroke=0, fill=1)
    canvas.setFillColor(hue.fill)
    canvas.rect(left, bottom, wide, _ROW * (1 - missing), stroke=0, fill=1)
    if missing:
        inset = min(0.35, wide / 4)
        canvas.setStrokeColor(hue.fill)
        canvas.setLineWidth(2 * inset)
        canvas.rect(left + inset, bottom + inset, wide - 2 * inset, _ROW - 2 * inset)


def _draw_legend(canvas: Canvas, runs: Sequence[Run], words: Headings, *, width: float) -> None:
    """How many of each kind, in the order of the picture."""
    left = _SIDE
    for run in runs:
        name = standing_name(run.standing, words).lower()
        told = words.gap_count_of.format(count=len(run.columns), name=name)
        hue = design.tone_hue(TONE_OF[run.standing])
        look = Lettering(size=_TOLD.size, face=_TOLD.face, colour=hue.ink)
        wide = text_width(told, look.face, size=look.size)
        canvas.setFillColor(hue.fill)
        canvas.rect(left, 1.5, _SWATCH, _SWATCH, stroke=0, fill=1)
        draw_line(canvas, told, x=left + _SWATCH + 4, y=2, look=look, width=width - left)
        left += _SWATCH + 4 + wide + 14
