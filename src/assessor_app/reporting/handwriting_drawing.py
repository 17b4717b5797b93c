"""A signature that was drawn on a screen, as vector strokes: thicker where the pen pressed."""

from itertools import pairwise

from reportlab.pdfgen.canvas import Canvas

from assessor_app.domain.handwriting import FULL_PRESSURE, Handwriting, Stroke
from assessor_app.reporting import design

_INSET = 5.0  # points of white around it
_THIN, _THICK = 0.6, 1.7  # points, at no and at full pressure
_DOT = 1.1


def draw_handwriting(canvas: Canvas, *, drawn: Handwriting, width: float, height: float) -> None:
    """Draw the strokes as large as they fit a box of `width` by `height` points, in the middle.

    What is drawn is scaled to its own extent, not to that of the pad, so that a small signature
    on a large pad is seen as well as a large one.
    """
    points = tuple(drawn.points())
    left, right = min(one.x for one in points), max(one.x for one in points)
    top, bottom = min(one.y for one in points), max(one.y for one in points)
    across, down = max(right - left, 1), max(bottom - top, 1)
    scale = min((width - 2 * _INSET) / across, (height - 2 * _INSET) / down)
    canvas.saveState()
    canvas.translate((width - across * scale) / 2, (height + down * scale) / 2)
    canvas.setStrokeColor(design.INK)
    canvas.setFillColor(design.INK)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in drawn.strokes:
        moved = [((one.x - left) * scale, (top - one.y) * scale) for one in stroke]
        _draw_stroke(canvas, stroke, moved)
    canvas.restoreState()


def _draw_stroke(canvas: Canvas, stroke: Stroke, places: list[tuple[float, float]]) -> None:
    if len(set(places)) == 1:
        canvas.circle(*places[0], _DOT / 2, stroke=0, fill=1)
        return
    pressures = {point.pressure for point in stroke}
    if len(pressures) == 1:
        _draw_line(canvas, places, pressure=pressures.pop())
        return
    for (before, after), point in zip(pairwise(places), stroke[1:], strict=True):
        _draw_line(canvas, [before, after], pressure=point.pressure)


def _draw_line(canvas: Canvas, places: list[tuple[float, float]], *, pressure: int) -> None:
    canvas.setLineWidth(_THIN + (_THICK - _THIN) * pressure / FULL_PRESSURE)
    path = canvas.beginPath()
    path.moveTo(*places[0])
    for place in places[1:]:
        path.lineTo(*place)
    canvas.drawPath(path, stroke=1, fill=0)
