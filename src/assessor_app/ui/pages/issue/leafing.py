"""Documents read and drawn in a worker, for the preview; it knows no widget (work.py says why)."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QImage

from assessor_app.domain.documents import Addendum, DocumentKind
from assessor_app.domain.visit import Document, Returned
from assessor_app.services import returned
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.pages.parts.printing import image
from assessor_app.ui.tasks import Tell

_FIRST_PX = 800  # wide: the first page, before the paper knows how wide it is shown


@dataclass(frozen=True, slots=True)
class Leafed:
    """A document to leaf through: its bytes, the sizes of its pages, and the first one drawn.

    Of a photo there are no bytes of a PDF: its picture is all there is.
    """

    pdf: bytes | None
    sizes: tuple[tuple[float, float], ...]
    first: QImage


def reading(
    workplace: Workplace,
    session: Session,
    *,
    issued: Document | None,
    language: Language,
    kind: DocumentKind | None = None,
    addendum: Addendum | None = None,
) -> Callable[[Tell], Leafed]:
    """Read a document that was issued, or make the one that would be issued now."""

    def work(_: Tell) -> Leafed:
        from assessor_app.services import preview

        if issued:
            pdf = preview.issued_pdf(session, workplace, issued)
        else:
            pdf = preview.preview(session, workplace, language, kind=kind, addendum=addendum)
        with preview.leafing(pdf) as leaves:
            return Leafed(pdf, leaves.sizes, image(leaves.picture(0, width=_FIRST_PX)))

    return work


def page(pdf: bytes, index: int, width: int, _: Tell) -> QImage:
    """One page, for a worker."""
    from assessor_app.services import preview

    with preview.leafing(pdf) as leaves:
        return image(leaves.picture(index, width=width))


def what_came_back(workplace: Workplace, item: Returned, _: Tell) -> Leafed:
    """What came back, for a worker: a PDF's pages, or the photo itself."""
    from assessor_app.services import preview

    data = returned.returned_file(workplace, item)
    if item.media_type == returned.PDF:
        with preview.leafing(data) as leaves:
            return Leafed(data, leaves.sizes, image(leaves.picture(0, width=_FIRST_PX)))
    photo = QImage.fromData(returned.as_picture(data, item, workplace))
    return Leafed(None, ((photo.width(), photo.height()),), photo)
