"""The geometry of `charts` on ReportLab's canvas: gauge, bars, matrix and the QR code."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

import segno
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from assessor_app.charts.bars import paired_bar
from assessor_app.charts.gauge import Pointer, Segment, pointers, segments
from assessor_app.charts.matrix import Cell, cells
from assessor_app.reporting import design
from assessor_app.reporting.alternatives import bars_alt, gauge_alt, matrix_alt
from assessor_app.reporting.content import GapTone
from assessor_app.reporting.figures import Band, DimensionRow, Matrix, Score, Scores
from assessor_app.reporting.flowables import Picture
from assessor_app.reporting.headings import Headings
from assessor_app.reporting.lettering import Lettering, draw_line
from assessor_app.reporting.standings import TONE_OF
from assessor_app.reporting.typefaces import Face, text_width

_BAND_BOTTOM, _BAND_HEIGHT = 21.0, 9.0
_POINTER_TOP = 38.0
_GAUGE_HEIGHT = 64.0
_NAME = Lettering(size=6.9, colour=design.QUIET, anchor=0.5)  # of a score, above its pointer
_WIDEST_NAME = 68.0
_TIP = 3.6  # half the width of a pointer
_BOTH_SIDES = 2  # the first of what is pointed at: practice and paper
_ONE = "1"  # points, which English tells apart from several
_MATRIX_NAME = Lettering(size=8.3)
_NAME_LEADING = 10.0
_QUIET_MODULES = 4  # of white that a reader of QR codes needs about one (ISO/IEC 18004)
_BAR = 4.6  # height of one of a pair of bars


def gauge(scores: Scores, words: Headings, *, width: float) -> Picture:
    """The zones on one scale, with the scores pointing at it.

    Where a year's bounds were not published, the scale has no zones.
    """
    measured = _pointing(scores, words)
    stretches = segments(
        [band.upper for band in scores.bands] or [scores.maximum],
        maximum=scores.maximum,
        width=width,
        gap=1.5,
    )
    spots = pointers(
        [value for _, _, value in measured],
        maximum=scores.maximum,
        width=width,
        label_width=_label_width([name for name, _, _ in measured]),
    )

    def draw(canvas: Canvas) -> None:
        if not scores.bands:
            _draw_scale(canvas, scores, width=width)
        for band, stretch in zip(scores.bands, stretches, strict=bool(scores.bands)):
            _draw_band(canvas, band, stretch)
        for (name, score, _), spot in zip(measured, spots, strict=True):
            _draw_pointer(canvas, name, score, spot=spot)
        if scores.gap_text and len(spots) >= _BOTH_SIDES:
            _draw_gap(canvas, scores.gap_text, *spots[:_BOTH_SIDES])

    height = _GAUGE_HEIGHT if measured else _POINTER_TOP
    return Picture(width, height, draw=draw, alt=gauge_alt(scores, words))


def _draw_gap(canvas: Canvas, told: str, one: Pointer, other: Pointer) -> None:
    """A line from one side's pointer to the other's, with how far they are apart if it has room."""
    left, right = sorted((one.at, other.at))
    hue = design.tone_hue(GapTone.PAPER_AHEAD)
    y = _BAND_BOTTOM + _BAND_HEIGHT + 2.4
    canvas.setStrokeColor(hue.fill)
    canvas.setLineWidth(1.6)
    canvas.line(left + _TIP, y, right - _TIP, y)
    look = Lettering(size=_NAME.size, face=Face.BOLD, colour=hue.ink, anchor=0.5)
    if text_width(told, look.face, size=look.size) <= right - left - 4 * _TIP:
        draw_line(canvas, told, x=(left + right) / 2, y=y + 3, look=look)


def _pointing(scores: Scores, words: Headings) -> list[tuple[str, Score, Decimal]]:
    """The scores to point at; the official one only where it is neither of the two sides'."""
    sides = [(words.gauge_practice, scores.practice), (words.gauge_paper, scores.paper)]
    if scores.official.value not in {score.value for _, score in sides}:
        sides.append((words.gauge_official, scores.official))
    return [(name, score, score.value) for name, score in sides if score.value is not None]


def _label_width(names: Sequence[str]) -> float:
    """Room for the widest name with white beside it: a narrow label stays above its pointer."""
    widest = max((text_width(name, Face.REGULAR, size=_NAME.size) for name in names), default=0.0)
    return min(widest + 8, _WIDEST_NAME)


def _draw_scale(canvas: Canvas, scores: Scores, *, width: float) -> None:
    canvas.setFillColor(design.PAPER_BAR)
    canvas.rect(0, _BAND_BOTTOM, width, _BAND_HEIGHT, stroke=0, fill=1)
    for told, anchor in (("0", 0.0), (scores.maximum_text, 1.0)):
        look = Lettering(size=6.9, colour=design.QUIET, anchor=anchor)
        draw_line(canvas, told, x=anchor * width, y=11.5, look=look)


def _draw_band(canvas: Canvas, band: Band, stretch: Segment) -> None:
    hue = design.zone_hue(band.zone)
    canvas.setFillColor(hue.fill)
    canvas.rect(stretch.left, _BAND_BOTTOM, stretch.width, _BAND_HEIGHT, stroke=0, fill=1)
    middle = stretch.left + stretch.width / 2
    for words, y, face in ((band.name, 11.5, Face.BOLD), (band.range, 3.0, Face.REGULAR)):
        if text_width(words, face, size=6.9) <= stretch.width + 4:
            look = Lettering(size=6.9, face=face, colour=hue.ink, anchor=0.5)
            draw_line(canvas, words, x=middle, y=y, look=look)


def _draw_pointer(canvas: Canvas, name: str, score: Score, *, spot: Pointer) -> None:
    top, tip = _POINTER_TOP, _BAND_BOTTOM + _BAND_HEIGHT - 1
    path = canvas.beginPath()
    path.moveTo(spot.at, tip)
    path.lineTo(spot.at - _TIP, tip + 6)
    path.lineTo(spot.at + _TIP, tip + 6)
    path.close()
    canvas.setFillColor(design.INK)
    canvas.setStrokeColor(design.INK)
    canvas.setLineWidth(0.6)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.line(spot.at, tip + 6, spot.label, top + 3)
    bold = Lettering(size=9.3, face=Face.BOLD, anchor=0.5)
    draw_line(canvas, score.text, x=spot.label, y=top + 14, look=bold, width=_WIDEST_NAME - 2)
    draw_line(canvas, name, x=spot.label, y=top + 5.5, look=_NAME, width=_WIDEST_NAME - 2)


def bars(row: DimensionRow, words: Headings, *, width: float, height: float) -> Picture:
    """One row's points on paper (pale, above) and in practice (dark, below)."""
    bar = paired_bar(paper=row.paper, practice=row.practice, maximum=row.maximum, width=width)

    def draw(canvas: Canvas) -> None:
        middle = height / 2
        for length, bottom, colour in (
            (bar.paper, middle + 0.5, design.PAPER_BAR),
            (bar.practice, middle - _BAR - 0.5, design.ACCENT),
        ):
            _draw_strip(canvas, bar.track, bottom=bottom, colour=design.TRACK)
            _draw_strip(canvas, length or 0, bottom=bottom, colour=colour)

    return Picture(width, height, draw=draw, alt=bars_alt(row, words))


def _draw_strip(canvas: Canvas, length: float, *, bottom: float, colour: Color) -> None:
    canvas.setFillColor(colour)
    canvas.rect(0, bottom, length, _BAR, stroke=0, fill=1)


def bar_legend(words: Headings, *, width: float) -> Picture:
    """Which bar is which."""

    def draw(canvas: Canvas) -> None:
        look = Lettering(size=6.9, face=Face.BOLD, colour=design.QUIET)
        x = 0.0
        for name, colour in (
            (words.points_paper, design.PAPER_BAR),
            (words.points_practice, design.ACCENT),
        ):
            canvas.setFillColor(colour)
            canvas.rect(x, 0, 7, 5, stroke=0, fill=1)
            x += 10 + draw_line(canvas, name.upper(), x=x + 10, y=0, look=look) + 10

    return Picture(width, 7, draw=draw, alt=f"{words.points_paper}, {words.points_practice}")


def matrix_picture(matrix: Matrix, words: Headings, *, width: float) -> Picture:
    """Paper (rows) against practice (columns), each cell with its count and points."""
    side, high = 62.0, 46.0
    size = len(matrix.labels)
    height = high * size
    counts = [[cell.count for cell in row] for row in matrix.cells]
    placed = cells(counts, width=width - side, height=height, gap=3)
    rows = [_name_lines(name, width=side - 4) for name in matrix.labels]
    columns = [_name_lines(name, width=placed[0].width) for name in matrix.labels]
    axes = height + 11 + _NAME_LEADING * max(map(len, columns))
    axis = Lettering(size=6.9, face=Face.BOLD, colour=design.QUIET)

    def draw(canvas: Canvas) -> None:
        draw_line(canvas, words.matrix_practice.upper(), x=side, y=axes, look=axis)
        draw_line(canvas, words.matrix_paper.upper(), x=0, y=axes, look=axis, width=side - 4)
        for cell in placed:
            left = side + cell.left
            if cell.row == 0:
                _draw_name(canvas, columns[cell.column], (left, height + 7), width=cell.width)
            if cell.column == 0:
                lines = rows[cell.row]
                low = cell.bottom + cell.height / 2 + 2 - _NAME_LEADING * len(lines) / 2
                _draw_name(canvas, lines, (0, low), width=side - 4)
            _draw_cell(canvas, cell, matrix=matrix, words=words, left=left)

    return Picture(width, axes + 10, draw=draw, alt=matrix_alt(matrix, words))


def _name_lines(words: str, *, width: float) -> Sequence[str]:
    """A row's or column's name on one line, or on two where one is too narrow."""
    look = _MATRIX_NAME
    head, _, tail = words.rpartition(" ")
    while head and text_width(head, look.face, size=look.size) > width:
        head, _, more = head.rpartition(" ")
        tail = f"{more} {tail}"
    is_short = text_width(words, look.face, size=look.size) <= width
    return (words,) if is_short or not head else (head, tail)


def _draw_name(
    canvas: Canvas, lines: Sequence[str], at: tuple[float, float], *, width: float
) -> None:
    """The lines of a name, the last of them at the point `at`."""
    x, y = at
    for line in reversed(lines):
        draw_line(canvas, line, x=x, y=y, look=_MATRIX_NAME, width=width)
        y += _NAME_LEADING


def _draw_cell(canvas: Canvas, cell: Cell, *, matrix: Matrix, words: Headings, left: float) -> None:
    entry = matrix.cells[cell.row][cell.column]
    hue = design.tone_hue(TONE_OF[cell.standing])
    fill = design.tint(hue, cell.share)
    canvas.setFillColor(fill if entry.count else design.PANEL)
    canvas.rect(left, cell.bottom, cell.width, cell.height, stroke=0, fill=1)
    ink = hue.ink if entry.count else design.QUIET
    count = Lettering(size=15, face=Face.BOLD, colour=ink)
    points = Lettering(size=7.3, colour=ink)
    top = cell.bottom + cell.height
    draw_line(
        canvas, words.matrix_count_of.format(count=entry.count), x=left + 8, y=top - 21, look=count
    )
    if not entry.points:
        return
    draw_line(
        canvas,
        words.matrix_one_point
        if entry.points == _ONE
        else words.matrix_points_of.format(points=entry.points),
        x=left + 8,
        y=top - 35,
        look=points,
        width=cell.width - 12,
    )


def qr_picture(payload: str, *, size: float, alt: str = "") -> Picture:
    """The QR code of a text, with white above and below it; its sides need as much of the page."""
    rows = [bytes(row) for row in segno.make(payload, error="m", micro=False).matrix]
    module = size / len(rows)
    quiet = _QUIET_MODULES * module

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(design.INK)
        for index, row in enumerate(rows):
            x = 0
            for dark, run in groupby(row):
                length = len(list(run))
                if dark:
                    y = quiet + size - (index + 1) * module
                    canvas.rect(x * module, y, length * module, module, stroke=0, fill=1)
                x += length

    return Picture(size, size + 2 * quiet, draw=draw, alt=alt)
