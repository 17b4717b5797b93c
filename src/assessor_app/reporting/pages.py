"""From a story to pages: one A4 template, one frame, and what is drawn over each page."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from assessor_app.reporting import design
from assessor_app.reporting.flowables import Story
from assessor_app.reporting.tagging import TaggedCanvas
from assessor_app.reporting.typefaces import Face
from assessor_app.texts import Language


@dataclass(frozen=True, slots=True)
class Pages:
    """The laid-out PDF, without its properties, and how many pages it has."""

    pdf: bytes
    count: int


def set_pages(
    story: Story, *, language: Language, over: Callable[[Canvas], None] | None = None
) -> Pages:
    """Set the story; `over` draws on each page once it is full.

    The same story gives the same bytes: no clock and no chance has a part in it.
    """
    rl_config.useA85 = 0  # ASCII-85 would make the photos a quarter larger and six times slower
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
        lang=language.value,
        pageTemplates=[
            PageTemplate(
                id="page",
                frames=[frame],
                onPageEnd=lambda canvas, _: over(canvas) if over else None,
            )
        ],
    )
    template.build(story, canvasmaker=TaggedCanvas)
    return Pages(out.getvalue(), template.page)
