"""The head of a document's first page: who writes, its number, what it is, of which office."""

from dataclasses import replace

from reportlab.platypus import Paragraph

from assessor_app.reporting import design
from assessor_app.reporting.draft import LINE_LIMIT, AnyDraft, brief
from assessor_app.reporting.flowables import Story, grid, heading, label, space, text
from assessor_app.reporting.logo_drawing import logo_picture
from assessor_app.reporting.typefaces import text_width

_SENDER = 316.0  # width of logo and sender
_LOGO_APART = 12.0
_INSET = 12.0
_TITLE_SIZES = (20.0, 19.0, 18.0)  # the largest that keeps the title on one line


def masthead(draft: AnyDraft) -> Story:
    """Letterhead, title, office and institution."""
    return [
        draft.anchor("front", draft.content.document.title, level=0),
        *_letterhead(draft),
        *_subject(draft),
    ]


def _letterhead(draft: AnyDraft) -> Story:
    """Who writes at the left, beside the logo; the document's number at the right."""
    cover = draft.content.cover
    logo: Story = []
    beside = 0.0
    if cover.logo:
        alt = draft.words.alt_logo_of.format(organisation=cover.organisation)
        picture = logo_picture(cover.logo, alt=alt)
        logo, beside = [picture], picture.width + _LOGO_APART
    width = _SENDER - beside
    return [
        grid(
            [[logo, _sender(draft, width=width - _INSET), _number(draft)]],
            widths=(beside, width, design.WIDTH - _SENDER),
            commands=[
                ("LINEBELOW", (0, 0), (-1, 0), 1.4, design.INK),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
                ("VALIGN", (0, 0), (1, 0), "MIDDLE"),
            ],
        ),
        space(1.6),
    ]


def _sender(draft: AnyDraft, *, width: float) -> Story:
    cover = draft.content.cover
    about = cover.organisation
    lines = [draft.excerpt(line, LINE_LIMIT, about=about) for line in cover.address]
    return [
        text(brief(about, LINE_LIMIT).upper(), design.BODY_BOLD, width=width),
        text(draft.excerpt(cover.office, LINE_LIMIT, about=about), design.SMALL, width=width),
        *(text(line, design.CAPTION, width=width) for line in lines),
    ]


def _number(draft: AnyDraft) -> Story:
    document = draft.content.document
    width = design.WIDTH - _SENDER
    told = [document.edition, document.supersedes]
    small = replace(design.CAPTION, right=True)
    return [
        label(draft.words.document_number, width=width, right=True),
        text(brief(document.number), replace(design.SMALL_BOLD, right=True), width=width),
        *(text(brief(line, 120), small, width=width) for line in told if line),
    ]


def _subject(draft: AnyDraft) -> Story:
    cover = draft.content.cover
    title = draft.content.document.title
    unit = draft.excerpt(cover.unit, LINE_LIMIT, about=title)
    institution = draft.excerpt(cover.institution, LINE_LIMIT, about=title)
    return [
        _title(brief(title, LINE_LIMIT)),
        space(0.4),
        text(unit, design.UNIT, width=design.WIDTH),
        text(institution, design.BODY, width=design.WIDTH, colour=design.QUIET),
        space(1.5),
    ]


def _title(title: str) -> Paragraph:
    kind = design.TITLE
    for size in _TITLE_SIZES:
        if text_width(title, kind.face, size=size) <= design.WIDTH:
            return heading(title, replace(kind, size=size), level=1, width=design.WIDTH)
    return heading(title, kind, level=1, width=design.WIDTH)
