"""Evidence as it was taken, decoded by a worker: a photo, or the pages of a document."""

from PySide6.QtGui import QImage

from assessor_app.domain.observation import Evidence, EvidenceKind
from assessor_app.services.enrolment import Workplace

PAGE_PX = 1100  # wide: sharp at the widest sheet of a plain screen
_PHOTO_PX = 1600  # the longer side: a face at the back is still known


def whole_pictures(workplace: Workplace, item: Evidence) -> list[QImage]:
    """Nothing of it is covered. Raises StoreProblem `evidence_missing` or `evidence_damaged`."""
    from assessor_app.services.evidence.derived import whole_picture

    if item.kind is EvidenceKind.DOCUMENT:
        return pages(workplace, item)
    picture = whole_picture(workplace.store.vault, item, side=_PHOTO_PX)
    width, height = picture.size
    plain = picture.tobytes()
    return [QImage(plain, width, height, 3 * width, QImage.Format.Format_RGB888).copy()]


def pages(workplace: Workplace, item: Evidence) -> list[QImage]:
    """The first pages of a document, as derived.py draws them."""
    from assessor_app.services.evidence.derived import document_pages

    form = QImage.Format.Format_BGR888
    return [
        # A copy: the page's own bytes go when it does.
        QImage(page.pixels, page.width, page.height, page.stride, form).copy()
        for page in document_pages(workplace.store.vault, item.id, width=PAGE_PX)
    ]
