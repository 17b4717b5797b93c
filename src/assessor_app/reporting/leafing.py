"""A PDF one page at a time: sizes first, then each page as pixels when it is wanted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.pdfium import PDFIUM, UNREADABLE, opened
from assessor_app.reporting.pictures import Picture, draw_page


@dataclass(frozen=True, slots=True)
class Leaves:
    """The pages of an open PDF; `sizes` are their widths and heights in points."""

    document: pypdfium2.PdfDocument
    sizes: tuple[tuple[float, float], ...]

    def picture(self, number: int, *, width: int) -> Picture:
        """One page, counted from 0, `width` pixels wide; other readers get their turn between two.

        Raises IssueProblem `pdf_unreadable`.
        """
        with _told(), PDFIUM:
            return draw_page(self.document, number, width=width)


@contextmanager
def leafing(pdf: bytes) -> Iterator[Leaves]:
    """The pages while the block lasts. Raises IssueProblem `pdf_unreadable`."""
    with _told(), opened(pdf) as document:
        with PDFIUM:
            document.init_forms()  # without it no form field is drawn, a signature is one
            sizes = tuple(document.get_page_size(number) for number in range(len(document)))
        yield Leaves(document, sizes)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        raise IssueProblem("pdf_unreadable", reason=type(error).__name__) from error
