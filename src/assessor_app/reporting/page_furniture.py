"""What stands on every page: header, footer, page x of y, and the sample mark."""

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.draft import Draft
from assessor_app.reporting.late_numbers import draw_page_number
from assessor_app.reporting.lettering import Lettering, draw_line
from assessor_app.reporting.typefaces import Face, text_width

_HEADER = design.PAGE_HEIGHT - 40
_FOOTER = 32.0
_RIGHT = design.PAGE_WIDTH - design.MARGIN
_QUIET = Lettering(size=7.3, colour=design.QUIET)
_WATERMARK_ALPHA = 0.07  # light enough to read a photo and the smallest text through it


def draw_furniture(canvas: Canvas, draft: Draft) -> None:
    """Draw over the finished page, so that the sample mark lies on the photos too."""
    canvas.saveState()
    if canvas.getPageNumber() > 1:
        _draw_header(canvas, draft)
    _draw_footer(canvas, draft)
    if draft.content.document.sample_mark:
        _draw_sample_tag(canvas, draft.content.document.sample_mark)
        _draw_watermark(canvas, draft.content.document.sample_mark)
    canvas.restoreState()


def _draw_header(canvas: Canvas, draft: Draft) -> None:
    document, cover = draft.content.document, draft.content.cover
    title = Lettering(size=7.3, face=Face.BOLD, colour=design.QUIET)
    wide = draw_line(canvas, document.title, x=design.MARGIN, y=_HEADER, look=title, width=190)
    left = design.MARGIN + wide + 8
    draw_line(canvas, cover.unit, x=left, y=_HEADER, look=_QUIET, width=400 - wide)
    _draw_rule(canvas, y=_HEADER - 6)


def _draw_footer(canvas: Canvas, draft: Draft) -> None:
    document, words = draft.content.document, draft.words
    _draw_rule(canvas, y=_FOOTER + 11)
    record = words.record_of.format(hash=document.short_hash)
    draw_line(
        canvas,
        f"{document.number}  ·  {record}",
        x=design.MARGIN,
        y=_FOOTER,
        look=_QUIET,
        width=370,
    )
    draw_page_number(canvas, x=_RIGHT, y=_FOOTER)


def _draw_rule(canvas: Canvas, *, y: float) -> None:
    canvas.setStrokeColor(design.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(design.MARGIN, y, _RIGHT, y)


def _draw_sample_tag(canvas: Canvas, mark: str) -> None:
    look = Lettering(size=7.3, face=Face.BOLD, colour=design.WHITE, anchor=0.5)
    wide = text_width(mark, look.face, size=look.size) + 14
    canvas.setFillColor(design.ACCENT)
    canvas.roundRect(_RIGHT - wide, _HEADER - 4, wide, 13, 2, stroke=0, fill=1)
    draw_line(canvas, mark, x=_RIGHT - wide / 2, y=_HEADER, look=look)


def _draw_watermark(canvas: Canvas, mark: str) -> None:
    wide = text_width(mark, Face.BOLD, size=100)
    size = min(150.0, 100 * 560 / wide)
    canvas.saveState()
    canvas.translate(design.PAGE_WIDTH / 2, design.PAGE_HEIGHT / 2)
    canvas.rotate(52)
    pale = Color(*design.INK.rgb(), alpha=_WATERMARK_ALPHA)
    look = Lettering(size=size, face=Face.BOLD, colour=pale, anchor=0.5)
    draw_line(canvas, mark, x=0, y=-size / 3, look=look)
    canvas.restoreState()
