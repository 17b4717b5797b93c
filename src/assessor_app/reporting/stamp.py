"""The visible signature's appearance: a one-page PDF in the product's own fonts."""

from collections.abc import Sequence
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.design import Type
from assessor_app.reporting.draft import brief
from assessor_app.reporting.embedding import finish_stamp
from assessor_app.reporting.flowables import text
from assessor_app.reporting.paragraphs import Words
from assessor_app.reporting.typefaces import Face, register

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)
_LEADING = 1.32
_LEFT, _RIGHT, _EDGE = 12.0, 6.0, 5.0  # white around the words; a coloured bar stands at the left


def render_stamp(lines: Sequence[str], *, width: float, height: float) -> bytes:
    """A page of `width` × `height` points with the lines in order, the first one set bold.

    The lines are the signer's name, office, time and the honest label of the signature. They are
    set as large as fits, long ones broken; what fits at no size is cut and ends in an ellipsis.
    The ground is white, so that a sample mark behind it does not run through the name.
    """
    register()
    rl_config.useA85 = 0
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=(width, height),
        invariant=1,
        initialFontName=Face.REGULAR.value,  # type: ignore[arg-type]  # the stub says float
    )
    _draw_ground(canvas, width=width, height=height)
    y = height - _EDGE
    for paragraph in _fitting(lines, width=width - _LEFT - _RIGHT, height=height - 2 * _EDGE):
        y -= paragraph.height
        paragraph.drawOn(canvas, _LEFT, y)
    canvas.showPage()
    canvas.save()
    return finish_stamp(out.getvalue())


def _fitting(lines: Sequence[str], *, width: float, height: float) -> list[Words]:
    """The lines at the largest size that fits, or at the smallest and shortened until they do."""
    for size in _SIZES:
        paragraphs = _set_lines(lines, size=size, width=width)
        if sum(paragraph.height for paragraph in paragraphs) <= height:
            return paragraphs
    limit = max(map(len, lines))
    while limit > 1 and sum(paragraph.height for paragraph in paragraphs) > height:
        limit = limit * 4 // 5
        shorter = [brief(line, limit) for line in lines]
        paragraphs = _set_lines(shorter, size=_SIZES[-1], width=width)
    return paragraphs


def _set_lines(lines: Sequence[str], *, size: float, width: float) -> list[Words]:
    name = Type(Face.BOLD, size * 1.2, size * 1.2 * _LEADING)
    rest = Type(Face.REGULAR, size, size * _LEADING, design.QUIET)
    paragraphs = [
        text(line, rest if index else name, width=width) for index, line in enumerate(lines)
    ]
    for paragraph in paragraphs:
        paragraph.wrap(width, design.PAGE_HEIGHT)
    return paragraphs


def _draw_ground(canvas: Canvas, *, width: float, height: float) -> None:
    canvas.setFillColor(design.WHITE)
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    canvas.setStrokeColor(design.RULE)
    canvas.setLineWidth(0.7)
    canvas.rect(0.35, 0.35, width - 0.7, height - 0.7, stroke=1, fill=0)
    canvas.setFillColor(design.ACCENT)
    canvas.rect(0, 0, 3, height, stroke=0, fill=1)
