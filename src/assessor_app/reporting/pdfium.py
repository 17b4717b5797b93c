"""PDFium behind one lock: the library is not thread-safe, and two workers may want it at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from assessor_app.domain.problem import IssueProblem

MOST_PAGES = 2000

PDFIUM = threading.Lock()
"""Held around every call into PDFium, its closing calls too."""

UNREADABLE = (pypdfium2.PdfiumError, RuntimeError, TypeError, ValueError)
"""What the library is known to raise on broken files."""


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed at the end. The lock is held while opening and closing only.

    Raises IssueProblem `pdf_unreadable` for more than `MOST_PAGES` pages; what the library raises
    goes through.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        pages = len(document)
    try:
        if pages > MOST_PAGES:
            raise IssueProblem("pdf_unreadable", reason=f"{pages} pages")
        yield document
    finally:
        with PDFIUM:
            document.close()
