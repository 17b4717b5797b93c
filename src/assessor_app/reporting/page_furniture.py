"""What stands on every page: header, footer, page x of y, and the sample mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.draft import AnyDraft
from assessor_app.reporting.late_numbers import draw_page_number
from assessor_app.reporting.lettering import Lettering, draw_line
from assessor_app.reporting.typefaces import Face, text_width

_HEADER = design.PAGE_HEIGHT - 40
_FOOTER = 32.0
_RIGHT = design.PAGE_WIDTH - design.MARGIN
_QUIET = Lettering(size=7.3, colour=design.QUIET)
_TAG_GAP = 8.0


@dataclass(frozen=True, slots=True)
class _Watermark:
    """How a mark is laid over a page: at most so wide, in points, and how strong.

    It is light enough to read a photo and the smallest text through it.
    """

    width: float
    alpha: float


_SAMPLE = _Watermark(width=560, alpha=0.05)
_PREVIEW = _Watermark(width=540, alpha=0.13)
_PREVIEW_RISES = (150.0, -150.0)  # beside the sample mark, which has the middle


def draw_furniture(canvas: Canvas, draft: AnyDraft) -> None:
    """Draw over the finished page, so that the sample mark lies on the photos too."""
    document = draft.content.document
    canvas.saveState()
    left = _draw_tags(canvas, document.marks)
    if canvas.getPageNumber() > 1:
        _draw_header(canvas, draft, width=left - design.MARGIN - _TAG_GAP)
    _draw_footer(canvas, draft)
    if document.sample_mark:
        _draw_watermark(canvas, document.sample_mark, look=_SAMPLE)
    if document.preview_mark:
        for rise in _PREVIEW_RISES:
            _draw_watermark(canvas, document.preview_mark, look=_PREVIEW, rise=rise)
    canvas.restoreState()


def _draw_header(canvas: Canvas, draft: AnyDraft, *, width: float) -> None:
    document, cover = draft.content.document, draft.content.cover
    title = Lettering(size=7.3, face=Face.BOLD, colour=design.QUIET)
    wide = draw_line(
        canvas, document.title, x=design.MARGIN, y=_HEADER, look=title, width=width / 2
    )
    left = design.MARGIN + wide + 8
    draw_line(canvas, cover.unit, x=left, y=_HEADER, look=_QUIET, width=width - wide - 8)
    _draw_rule(canvas, y=_HEADER - 6)


def _draw_footer(canvas: Canvas, draft: AnyDraft) -> None:
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


def _draw_tags(canvas: Canvas, marks: Sequence[str]) -> float:
    """The marks as tags in the upper right corner, the first outermost; returns their left end."""
    look = Lettering(size=7.3, face=Face.BOLD, colour=design.WHITE, anchor=0.5)
    right = _RIGHT
    for mark in marks:
        wide = text_width(mark, look.face, size=look.size) + 14
        canvas.setFillColor(design.ACCENT)
        canvas.roundRect(right - wide, _HEADER - 4, wide, 13, 2, stroke=0, fill=1)
        draw_line(canvas, mark, x=right - wide / 2, y=_HEADER, look=look)
        right -= wide + _TAG_GAP
    return right


def _draw_watermark(canvas: Canvas, mark: str, *, look: _Watermark, rise: float = 0) -> None:
    """The mark across the page, `rise` points above the middle."""
    wide = text_width(mark, Face.BOLD, size=100)
    size = min(150.0, 100 * look.width / wide)
    canvas.saveState()
    canvas.translate(design.PAGE_WIDTH / 2, design.PAGE_HEIGHT / 2)
    canvas.rotate(52)
    pale = Color(*design.INK.rgb(), alpha=look.alpha)
    lettering = Lettering(size=size, face=Face.BOLD, colour=pale, anchor=0.5)
    draw_line(canvas, mark, x=0, y=rise - size / 3, look=lettering)
    canvas.restoreState()
