"""The pages of a PDF as pixels, for a window to show."""

from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.pdfium import PDFIUM, UNREADABLE, opened

TALLEST = 8  # of a page, as a multiple of its width: taller ones would fill the memory
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: rows of `stride` bytes, three bytes a pixel in the order blue, green, red."""

    width: int
    height: int
    stride: int
    pixels: bytes


def pictures(
    pdf: bytes, *, width: int, tell: Tell | None = None, most: int | None = None
) -> tuple[Picture, ...]:
    """All pages or the first so many, each `width` pixels wide, with the signatures' appearance.

    `tell` hears how many of how many pages are done; other readers get their turn between two
    pages. Raises IssueProblem `pdf_unreadable` for a damaged file.
    """
    made: list[Picture] = []
    try:
        with opened(pdf) as document:
            with PDFIUM:
                document.init_forms()  # without it no form field is drawn, a signature is one
                count = min(len(document), most or len(document))
            for number in range(count):
                with PDFIUM:
                    made.append(draw_page(document, number, width=width))
                if tell is not None:
                    tell(number + 1, count)
    except UNREADABLE as error:
        raise IssueProblem("pdf_unreadable", reason=type(error).__name__) from error
    return tuple(made)


def page_picture(pdf: bytes, page: int, *, width: int) -> Picture:
    """One page of a PDF, counted from 1. Raises IssueProblem `pdf_unreadable`, also for no page."""
    try:
        with opened(pdf) as document, PDFIUM:
            document.init_forms()
            if not 1 <= page <= len(document):
                raise ValueError(f"no page {page}")
            return draw_page(document, page - 1, width=width)
    except UNREADABLE as error:
        raise IssueProblem("pdf_unreadable", reason=type(error).__name__) from error


def draw_page(document: pypdfium2.PdfDocument, number: int, *, width: int) -> Picture:
    """One page of an open document; `PDFIUM` is held by the caller. Raises one of `UNREADABLE`."""
    page = document[number]
    try:
        wide, high = page.get_size()
        if not 0 < high <= TALLEST * wide:
            raise ValueError(f"a page of {wide} x {high} points")
        # PDFium is told a whole number of pixels, rounded up: half a pixel less gives `width`.
        bitmap = page.render(scale=(width - 0.5) / wide, may_draw_forms=True)
        try:
            if bitmap.format != raw.FPDFBitmap_BGR:
                raise ValueError(f"bitmap of format {bitmap.format}")
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()
    finally:
        page.close()
