"""A paragraph that knows what it is: a heading, plain words, the label of a value."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from assessor_app.reporting.measured import MeasuredParagraph, unmarked
from assessor_app.reporting.structure import Role, Tag
from assessor_app.reporting.tagging import tagged


class Words(MeasuredParagraph):
    """A paragraph under a tag; where a page's end cuts it, both halves stay one element."""

    # ReportLab makes the halves by calling the class, so the tag is no argument of it.
    tag = Tag(Role.PARAGRAPH)

    @property
    def is_plain(self) -> bool:
        """Whether the tag says no more than that these are words."""
        return self.tag.role is Role.PARAGRAPH and not (self.tag.spoken or self.tag.language)

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        halves = super().split(available_width, available_height)
        for half in halves:
            if isinstance(half, Words):
                half.tag = self.tag
        return list(halves)

    def draw(self) -> None:
        with tagged(self.canv, self.tag):
            super().draw()


def words(markup: str, style: ParagraphStyle, *, tag: Tag) -> Words:
    """A paragraph of ReportLab's markup under the tag, which belongs to it alone."""
    made = Words(markup, style, frags=unmarked(markup, style))
    made.tag = tag
    return made
