"""Content to a finished, unsigned PDF with the machine-readable record inside."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from assessor_app.reporting import closing_pages, design
from assessor_app.reporting.content import RECORD_NAME, ReportContent
from assessor_app.reporting.draft import Draft
from assessor_app.reporting.embedding import finish
from assessor_app.reporting.finding_cards import findings
from assessor_app.reporting.flowables import Story
from assessor_app.reporting.front_page import front_page
from assessor_app.reporting.indicator_table import indicator_table, omissions
from assessor_app.reporting.late_numbers import late_numbers
from assessor_app.reporting.overview import overview
from assessor_app.reporting.page_furniture import draw_furniture
from assessor_app.reporting.typefaces import Face, register


@dataclass(frozen=True, slots=True)
class Rendered:
    """An unsigned PDF and where the assessor's visible signature belongs on it.

    `signature_page` counts from 0; `signature_box` is left, bottom, right, top in points.
    """

    pdf: bytes
    page_count: int
    signature_page: int
    signature_box: tuple[float, float, float, float]


def render(content: ReportContent, *, record: bytes) -> Rendered:
    """Set the report and attach `record` as `temuan.json`.

    The same content and record give the same bytes: no clock and no chance has a part in it.
    """
    register()
    rl_config.useA85 = 0  # ASCII-85 would make the photos a quarter larger and six times slower
    draft = Draft(content)
    pages = _set_pages(draft)
    return Rendered(
        pdf=finish(pages, content.document, name=RECORD_NAME, data=record),
        page_count=draft.page_count,
        signature_page=draft.signature.page,
        signature_box=draft.signature.corners,
    )


def _set_pages(draft: Draft) -> bytes:
    out = BytesIO()
    frame = Frame(
        design.MARGIN,
        design.BOTTOM,
        design.WIDTH,
        design.PAGE_HEIGHT - design.TOP - design.BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    template = BaseDocTemplate(
        out,
        pagesize=(design.PAGE_WIDTH, design.PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=Face.REGULAR.value,
        lang=draft.content.document.language.value,
        pageTemplates=[
            PageTemplate(
                id="page", frames=[frame], onPageEnd=lambda canvas, _: draw_furniture(canvas, draft)
            )
        ],
    )
    template.build(_story(draft))
    draft.page_count = template.page
    return out.getvalue()


def _story(draft: Draft) -> Story:
    """The report in reading order. The notes and numbers come last: only then all are known."""
    parts: tuple[Callable[[Draft], Story], ...] = (
        front_page,
        overview,
        findings,
        indicator_table,
        omissions,
        closing_pages.other_photos,
        closing_pages.receiver,
        closing_pages.signature_page,
        closing_pages.method,
        closing_pages.integrity,
        closing_pages.full_notes,
    )
    return [*(flowable for part in parts for flowable in part(draft)), late_numbers(draft)]
