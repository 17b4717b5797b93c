"""Printing the pages that are shown: asked for by Qt's own dialog, drawn in a worker."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import IssueProblem
from assessor_app.ui.tasks import Tell

if TYPE_CHECKING:  # ReportLab and PDFium: imported by the work that needs them
    from assessor_app.services.preview import Leaves, Picture

_SHARPEST_DPI = 300  # finer is not seen in print, and a page would take four times the memory
_Option = QAbstractPrintDialog.PrintDialogOption


def new_printer(name: str) -> QPrinter:
    """The system's printer, or a PDF where there is none; `name` is what the job is called."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    printer.setFullPage(True)  # the pages bring margins of their own
    return printer


def ask_printer(parent: QWidget, printer: QPrinter, *, title: str, pages: int) -> bool:
    """Let the user choose printer, pages and copies; False where they think better of it."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setOption(_Option.PrintPageRange)
    dialog.setOption(_Option.PrintCurrentPage)
    dialog.setMinMax(1, pages)
    return dialog.exec() == QPrintDialog.DialogCode.Accepted


def chosen_pages(printer: QPrinter, *, pages: int, current: int) -> list[int]:
    """The pages to print in their order, counted from 0; `current` is the one looked at."""
    ranges = printer.pageRanges()
    match printer.printRange():
        case QPrinter.PrintRange.CurrentPage:
            chosen = [current]
        case QPrinter.PrintRange.PageRange if not ranges.isEmpty():
            chosen = [page for page in range(pages) if ranges.contains(page + 1)]
        case _:
            chosen = list(range(pages))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        chosen.reverse()
    return chosen


@dataclass(frozen=True, slots=True)
class Ordered:
    """What is to be printed: pages of a document in their order, counted from 0.

    `sentence` tells the number of the sheet and how many there are; `stop` is set to stop.
    """

    pdf: bytes
    printer: QPrinter
    pages: Sequence[int]
    sentence: Callable[..., str]
    stop: Event

    @property
    def printer_name(self) -> str:
        return self.printer.printerName() or self.printer.docName()


def print_pages(ordered: Ordered, tell: Tell) -> int:
    """Print, in a worker; how many sheets were sent, 0 where it was stopped.

    Qt allows to paint on a printer outside of the GUI thread. Raises IssueProblem `print_failed`
    or `pdf_unreadable`.
    """
    from assessor_app.services import preview

    printer, listed = ordered.printer, list(_with_copies(ordered.printer, ordered.pages))
    painter = QPainter()
    if not painter.begin(printer):
        raise IssueProblem("print_failed", printer=ordered.printer_name)
    try:
        with preview.leafing(ordered.pdf) as leaves:
            for sent, page in enumerate(listed):
                if ordered.stop.is_set():
                    printer.abort()
                    return 0
                tell(ordered.sentence(number=sent + 1, count=len(listed)))
                if sent and not printer.newPage():
                    raise IssueProblem("print_failed", printer=ordered.printer_name)
                _draw(painter, printer, leaves, page)
    finally:
        painter.end()
    return len(listed)


def _with_copies(printer: QPrinter, pages: Sequence[int]) -> Iterator[int]:
    """Each page as often as it is to be sent: some printers make no copies themselves."""
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        for _ in range(copies):
            yield from pages
    else:
        for page in pages:
            yield from [page] * copies


def _draw(painter: QPainter, printer: QPrinter, leaves: "Leaves", page: int) -> None:
    """One page on the middle of the paper, as large as it fits."""
    resolution = printer.resolution()
    paper = QRectF(printer.pageLayout().fullRectPixels(resolution))
    size = QSizeF(*leaves.sizes[page]).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(paper.topLeft(), size)
    place.moveCenter(paper.center())
    sharpness = min(_SHARPEST_DPI, resolution) / resolution
    picture = leaves.picture(page, width=max(round(size.width() * sharpness), 1))
    painter.drawImage(place, image(picture))


def image(page: "Picture") -> QImage:
    """A copy: the picture's own bytes go when it does."""
    form = QImage.Format.Format_BGR888
    return QImage(page.pixels, page.width, page.height, page.stride, form).copy()
