"""The head of a document's first page: who writes, its number, what it is, of which office."""

from dataclasses import replace

from reportlab.platypus import Paragraph

from assessor_app.reporting import design
from assessor_app.reporting.draft import LINE_LIMIT, AnyDraft, brief
from assessor_app.reporting.flowables import Story, grid, label, space, text
from assessor_app.reporting.typefaces import text_width

_TITLE_SIZES = (20.0, 19.0, 18.0)  # the largest that keeps the title on one line


def masthead(draft: AnyDraft) -> Story:
    """Letterhead, title, office and institution."""
    return [
        draft.anchor("front", draft.content.document.title, level=0),
        *_letterhead(draft),
        *_subject(draft),
    ]


def _letterhead(draft: AnyDraft) -> Story:
    cover, document = draft.content.cover, draft.content.document
    left = [text(cover.organisation.upper(), design.BODY_BOLD, width=300)]
    left += [text(cover.office, design.SMALL, width=300)]
    left += [text(line, design.CAPTION, width=300) for line in cover.address]
    number = replace(design.SMALL_BOLD, right=True)
    right = [
        label(draft.words.document_number, width=design.WIDTH - 300, right=True),
        text(brief(document.number), number, width=design.WIDTH - 300),
    ]
    if document.supersedes:
        replaced = replace(design.CAPTION, right=True)
        right.append(text(brief(document.supersedes), replaced, width=design.WIDTH - 300))
    rule = ("LINEBELOW", (0, 0), (-1, 0), 1.4, design.INK)
    return [
        grid(
            [[left, right]],
            widths=(300, design.WIDTH - 300),
            commands=[rule, ("BOTTOMPADDING", (0, 0), (-1, -1), 7)],
        ),
        space(3),
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
        space(2.5),
    ]


def _title(title: str) -> Paragraph:
    kind = design.TITLE
    for size in _TITLE_SIZES:
        if text_width(title, kind.face, size=size) <= design.WIDTH:
            return text(title, replace(kind, size=size), width=design.WIDTH)
    return text(title, kind, width=design.WIDTH)
