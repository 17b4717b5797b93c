"""Pages of a document as pictures for the window: drawn by a worker, covered and drawn upon."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from assessor_app.domain.observation import Evidence
from assessor_app.domain.redaction import on_page
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.covering import drawn_on
from assessor_app.ui.widgets.on_picture import place_in
from assessor_app.ui.widgets.signs import draw_sign

THUMB_WIDE = 120  # pixels of a page in the list
PAGE_WIDE = 1400  # of the page that is looked at


def drawn_pages(
    workplace: Workplace, item: Evidence, pages: Iterable[int], *, width: int
) -> dict[int, QImage]:
    """Some pages as the office would see them. Raises StoreProblem or IssueProblem as drawing."""
    from assessor_app.services.evidence.derived import some_pages

    form = QImage.Format.Format_BGR888
    found: dict[int, QImage] = {}
    for page, one in some_pages(workplace.store.vault, item, pages, width=width).items():
        # A copy: the page's own bytes go when it does.
        image = QImage(one.pixels, one.width, one.height, one.stride, form).copy()
        found[page] = burnt(image, item, page)
    return found


def burnt(image: QImage, item: Evidence, page: int) -> QImage:
    """A page with its signs, and its covers over them."""
    place = QRectF(image.rect())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for sign in drawn_on(item, page):
        draw_sign(painter, sign, place)
    for box in on_page(item.layers, page):
        painter.fillRect(place_in(place, box).toAlignedRect(), QColor(0, 0, 0))
    painter.end()
    return image
