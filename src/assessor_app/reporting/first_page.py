"""The first page of a PDF from elsewhere as pixels, and how many pages there are."""

from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.pdfium import PDFIUM, UNREADABLE, opened
from assessor_app.reporting.pictures import Picture, draw_page


@dataclass(frozen=True, slots=True)
class FirstPage:
    """How many pages a PDF has, and the first one drawn."""

    pages: int
    picture: Picture


def first_page(pdf: bytes, *, width: int) -> FirstPage:
    """Draw the first page, `width` pixels wide.

    Raises IssueProblem `pdf_encrypted` where it asks for a password, `pdf_unreadable` where it is
    damaged or has no page.
    """
    try:
        with opened(pdf) as document, PDFIUM:
            document.init_forms()
            return FirstPage(len(document), draw_page(document, 0, width=width))
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise IssueProblem("pdf_encrypted") from error
        raise IssueProblem("pdf_unreadable", reason=type(error).__name__) from error
    except UNREADABLE as error:
        raise IssueProblem("pdf_unreadable", reason=type(error).__name__) from error
