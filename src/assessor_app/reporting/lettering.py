"""Single lines of text straight on the canvas: in drawings, headers and footers."""

from dataclasses import dataclass
from itertools import groupby

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.script_runs import display_line
from assessor_app.reporting.typefaces import Face, face_for, text_width


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a line is drawn. `anchor` says which part of the line stands at x: 0 its left end,
    0.5 its middle, 1 its right end."""

    size: float
    face: Face = Face.REGULAR
    colour: Color = design.INK
    anchor: float = 0.0


def draw_line(
    canvas: Canvas, words: str, *, x: float, y: float, look: Lettering, width: float | None = None
) -> float:
    """Draw one line with its baseline at y and return its width, in points.

    What is wider than `width` is cut and ends in an ellipsis: a line here is a signpost, the whole
    text stands elsewhere in the report.
    """
    line = display_line(words)
    if width is not None:
        line = shortened(line, face=look.face, size=look.size, width=width)
    wide = text_width(line, look.face, size=look.size)
    canvas.setFillColor(look.colour)
    left = x - wide * look.anchor
    for face, characters in groupby(line, key=lambda one: face_for(one, look.face) or look.face):
        run = "".join(characters)
        canvas.setFont(face.value, look.size)
        canvas.drawString(left, y, run)
        left += text_width(run, face, size=look.size)
    return wide


def shortened(line: str, *, face: Face, size: float, width: float) -> str:
    """The line, or as much of its beginning as fits `width` points with an ellipsis."""
    if text_width(line, face, size=size) <= width:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        fits = text_width(line[:middle].rstrip() + "…", face, size=size) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return line[:low].rstrip() + "…"
