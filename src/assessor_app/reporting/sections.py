"""Headings of the report's sections, each with its bookmark."""

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak

from assessor_app.reporting import design
from assessor_app.reporting.draft import AnyDraft
from assessor_app.reporting.flowables import Picture, Story, heading, space

_RULE = 6.0
_ABOVE = 20.0  # dropped by the frame where the section begins a page
_NEEDS = 140.0  # room for a heading and the first lines under it
_SUBSECTION_NEEDS = 80.0
_PART_ABOVE = 7.0
_PART_NEEDS = 60.0

# A heading asks for room instead of being kept with what follows: ReportLab would carry a whole
# table over to the next page with it, and leave half a page white.


def section(draft: AnyDraft, key: str, title: str, *, needs: float = _NEEDS) -> Story:
    """A section's heading under a short rule, with a bookmark.

    It begins a new page where less than `needs` points are left: the heading and the first thing
    under it that cannot be divided.
    """
    anchor = draft.anchor(key, title, level=0)

    def draw(canvas: Canvas) -> None:
        anchor.drawOn(canvas, 0, _RULE)
        canvas.setFillColor(design.ACCENT)
        canvas.rect(0, 2, 28, 2.4, stroke=0, fill=1)

    rule = Picture(28, _RULE, draw=draw)
    rule.spaceBefore = _ABOVE
    named = heading(title, design.HEADING, level=2, width=design.WIDTH)
    return [CondPageBreak(needs), rule, named, space(0.8)]


def subsection(title: str, *, needs: float = _SUBSECTION_NEEDS) -> Story:
    """A smaller heading without a bookmark; `needs` as for a section."""
    named = heading(title, design.SUBHEADING, level=3, width=design.WIDTH)
    return [CondPageBreak(needs), named, space(0.5)]


def part(draft: AnyDraft, key: str, title: str, *, needs: float = _PART_NEEDS) -> Story:
    """A part of a short document: a small heading with a bookmark; `needs` as for a section."""
    named = heading(title, design.SUBHEADING, level=2, width=design.WIDTH)
    named.spaceBefore = _PART_ABOVE
    anchor = draft.anchor(key, title, level=0)
    return [CondPageBreak(needs), named, anchor, space(0.4)]
