"""The signs of how a visit ended, told by shape: refused, closed, interrupted, stopped, completed.

None of them looks like the sign of a zone, because a visit that was not completed has none.
"""

import math
from typing import assert_never

from reportlab.pdfgen.canvas import Canvas

from assessor_app.charts.signs import TICK
from assessor_app.domain.visit import Outcome
from assessor_app.reporting import design
from assessor_app.reporting.flowables import Picture

_TURN = 18  # corners of half a turn: round at this size
_BAR_WIDTH = 0.12  # of the sign
_LOCK = (0.29, 0.24, 0.42, 0.32)  # left, bottom, width, height of the padlock's body
_SQUARE = (0.33, 0.33, 0.34, 0.34)

Line = tuple[tuple[float, float], ...]


def outcome_picture(outcome: Outcome, *, size: float) -> Picture:
    """The sign of an outcome as a building block, `size` points across."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.scale(size, size)
        canvas.setFillColor(design.INK)
        canvas.roundRect(0, 0, 1, 1, 0.2, stroke=0, fill=1)
        canvas.setFillColor(design.WHITE)
        canvas.setStrokeColor(design.WHITE)
        canvas.setLineWidth(_BAR_WIDTH)
        canvas.setLineCap(1)
        _draw_sign(canvas, outcome)
        canvas.restoreState()

    return Picture(size, size, draw=draw)


def _draw_sign(canvas: Canvas, outcome: Outcome) -> None:
    match outcome:
        case Outcome.ENTRY_REFUSED:  # no entry
            canvas.setLineWidth(0.08)
            canvas.circle(0.5, 0.5, 0.31, stroke=1, fill=0)
            canvas.line(0.36, 0.5, 0.64, 0.5)
        case Outcome.OFFICE_CLOSED:  # a padlock
            canvas.setLineWidth(0.08)
            _stroke(canvas, _shackle())
            canvas.roundRect(*_LOCK, 0.04, stroke=0, fill=1)
        case Outcome.INTERRUPTED:  # pause
            canvas.line(0.4, 0.32, 0.4, 0.68)
            canvas.line(0.6, 0.32, 0.6, 0.68)
        case Outcome.STOPPED:  # stop
            canvas.roundRect(*_SQUARE, 0.04, stroke=0, fill=1)
        case Outcome.COMPLETED:
            _stroke(canvas, TICK)
        case _:
            assert_never(outcome)


def _shackle() -> Line:
    """The padlock's bow: up from the body, half a turn, and down into it again."""
    angles = (math.pi * step / _TURN for step in range(_TURN + 1))
    bow = tuple((0.5 + 0.13 * math.cos(turn), 0.63 + 0.13 * math.sin(turn)) for turn in angles)
    return ((0.63, 0.54), *bow, (0.37, 0.54))


def _stroke(canvas: Canvas, line: Line) -> None:
    path = canvas.beginPath()
    path.moveTo(*line[0])
    for point in line[1:]:
        path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=0)
