"""An answer as its sign and its word, and a kind of gap as a coloured word."""

from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.content import Answer, Mark
from assessor_app.reporting.design import Type
from assessor_app.reporting.draft import brief
from assessor_app.reporting.flowables import Marked, text
from assessor_app.reporting.sign_drawing import draw_mark


def answer(given: Answer, *, width: float, kind: Type = design.SMALL) -> Marked:
    """The answer's sign before its word, on the first line's height."""
    size = kind.size
    indent = size + 4

    def draw(canvas: Canvas, height: float) -> None:
        draw_mark(canvas, given.mark, x=0, y=height - kind.size * 1.14, size=size)

    quiet = given.mark in {Mark.NOT_ASKED, Mark.NOT_ASSESSED}
    colour = design.QUIET if quiet else None
    return Marked(
        text(brief(given.label), kind, width=width - indent, colour=colour),
        indent=indent,
        draw=draw,
    )
