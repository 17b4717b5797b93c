"""An answer as its sign and its word, and a kind of gap as a coloured word."""

from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.content import Answer, Mark
from assessor_app.reporting.design import Type
from assessor_app.reporting.draft import AnyDraft, brief
from assessor_app.reporting.flowables import Marked, Story, space, text
from assessor_app.reporting.sign_drawing import draw_mark

LIST_LIMIT = 1200
"""Characters of a long answer: fourteen components by their names, or thirty users' answers."""


def whole_answer(draft: AnyDraft, given: Answer, *, width: float, about: str) -> Story:
    """The answer with all that was recorded, where there is room for it."""
    kind = design.BODY_BOLD if not given.whole else design.BODY
    told = draft.excerpt(given.whole, LIST_LIMIT, about=about) if given.whole else given.label
    story: Story = [_signed(told, given.mark, width=width, kind=kind)]
    if given.detail:
        detail = draft.excerpt(given.detail, LIST_LIMIT, about=about)
        story += [space(0.3), text(detail, design.SMALL, width=width)]
    return story


def answer(given: Answer, *, width: float, kind: Type = design.SMALL) -> Marked:
    """The answer's sign before its word, on the first line's height."""
    return _signed(brief(given.label), given.mark, width=width, kind=kind)


def _signed(told: str, mark: Mark, *, width: float, kind: Type) -> Marked:
    size = kind.size
    indent = size + 4

    def draw(canvas: Canvas, height: float) -> None:
        draw_mark(canvas, mark, x=0, y=height - kind.size * 1.14, size=size)

    quiet = mark in {Mark.NOT_ASKED, Mark.NOT_ASSESSED}
    colour = design.QUIET if quiet else None
    return Marked(
        text(told, kind, width=width - indent, colour=colour),
        indent=indent,
        draw=draw,
    )
