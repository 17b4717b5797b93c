"""Signs of zones and answers as vectors: told by shape as well as by colour."""

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from assessor_app.charts import signs
from assessor_app.domain.zone import ZoneColour
from assessor_app.reporting import design
from assessor_app.reporting.content import GapTone, Mark
from assessor_app.reporting.flowables import Picture

Line = Sequence[tuple[float, float]]

_UNIT = 10  # points across of a mark drawn once as a form


def draw_zone_sign(
    canvas: Canvas, zone: ZoneColour | None, *, x: float, y: float, size: float
) -> None:
    """A zone's sign with its lower left corner at (x, y); a grey ring where no zone is known."""
    hue = design.zone_hue(zone)
    at = _placed(x, y, size)
    if zone is None:
        _stroke(canvas, (at(_closed(signs.disc())),), weight=size / 12, colour=hue.fill)
        return
    sign = signs.zone_sign(zone)
    stroke = design.INK if zone is ZoneColour.YELLOW else design.WHITE
    _fill(canvas, at(sign.outline), colour=hue.fill)
    _stroke(canvas, map(at, sign.strokes), weight=size / 9, colour=stroke)


def zone_picture(zone: ZoneColour | None, *, size: float) -> Picture:
    """A zone's sign as a building block."""
    return Picture(
        size, size, draw=lambda canvas: draw_zone_sign(canvas, zone, x=0, y=0, size=size)
    )


def draw_mark(canvas: Canvas, mark: Mark, *, x: float, y: float, size: float) -> None:
    """The sign of an answer: ticked disc, half disc, crossed disc, ringed dot, or a dash.

    A report shows hundreds: each is drawn once, as a form, and placed by reference.
    """
    form = f"mark-{mark}"
    if not canvas.hasForm(form):
        canvas.beginForm(form, -1, -1, _UNIT + 1, _UNIT + 1)
        canvas.scale(_UNIT, _UNIT)
        _draw_mark(canvas, mark)
        canvas.endForm()
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size / _UNIT, size / _UNIT)
    canvas.doForm(form)
    canvas.restoreState()


def _draw_mark(canvas: Canvas, mark: Mark) -> None:
    match mark:
        case Mark.PRESENT:
            _fill(canvas, signs.disc(), colour=design.tone_hue(GapTone.CONSISTENT).fill)
            _stroke(canvas, (signs.TICK,), weight=0.12, colour=design.WHITE)
        case Mark.PARTIAL:
            hue = design.zone_hue(ZoneColour.YELLOW)
            _fill(canvas, signs.half_disc(), colour=hue.fill)
            _stroke(canvas, (_closed(signs.disc()),), weight=0.07, colour=hue.ink)
        case Mark.ABSENT:
            _fill(canvas, signs.disc(), colour=design.tone_hue(GapTone.PAPER_AHEAD).fill)
            _stroke(canvas, signs.CROSS, weight=0.12, colour=design.WHITE)
        case Mark.RECORDED:
            hue = design.tone_hue(GapTone.PRACTICE_AHEAD)
            _stroke(canvas, (_closed(signs.disc()),), weight=0.09, colour=hue.fill)
            _fill(canvas, _placed(0.29, 0.29, 0.42)(signs.disc()), colour=hue.fill)
        case Mark.NOT_ASSESSED | Mark.NOT_ASKED:
            colour = design.tone_hue(GapTone.UNKNOWN).fill
            _stroke(canvas, (signs.DASH,), weight=0.12, colour=colour)
        case _:
            assert_never(mark)


def _placed(x: float, y: float, size: float) -> Callable[[Line], Line]:
    return lambda line: [(x + px * size, y + py * size) for px, py in line]


def _closed(line: Line) -> Line:
    return (*line, line[0])


def _fill(canvas: Canvas, outline: Line, *, colour: Color) -> None:
    path = canvas.beginPath()
    path.moveTo(*outline[0])
    for point in outline[1:]:
        path.lineTo(*point)
    path.close()
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)


def _stroke(canvas: Canvas, lines: Iterable[Line], *, weight: float, colour: Color) -> None:
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(weight)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for line in lines:
        path = canvas.beginPath()
        path.moveTo(*line[0])
        for point in line[1:]:
            path.lineTo(*point)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
