"""The receiver's word, the page that is signed, and the annexes."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.draft import AnyDraft, ReportDraft
from assessor_app.reporting.flowables import Story, grid, space, text
from assessor_app.reporting.lists import facts, numbered
from assessor_app.reporting.photos import photo_page
from assessor_app.reporting.sections import section, subsection
from assessor_app.reporting.signing_block import signing_block

_BOX_HEIGHT = 92.0
_QR = 104.0
_QR_NEEDS = 160.0
_SIGNATURES_NEED = 380.0  # height from which both signatures stay on one page
_METHOD_NEEDS = 200.0
_PHOTOS_NEED = 240.0  # the heading and one row
_ANNEX_NEEDS = 320.0
_CHUNK = 1200  # characters of a full note set as one paragraph: longer ones are slow to break


def receiver(draft: ReportDraft) -> Story:
    """What the receiver answered to the findings, before the page where the receiver signs."""
    words = draft.words
    response = draft.content.receiver.response or words.no_response
    return [
        *section(draft, "receiver", words.receiver),
        text(draft.excerpt(response, 1500, about=words.receiver), design.BODY, width=design.WIDTH),
    ]


def other_photos(draft: ReportDraft) -> Story:
    """Evidence of indicators that made no finding."""
    if not draft.content.other_photos:
        return []
    title = draft.words.other_photos
    return [
        *section(draft, "photos", title, needs=_PHOTOS_NEED),
        *photo_page(draft, draft.content.other_photos),
    ]


def signature_page(draft: ReportDraft) -> Story:
    """The page with the box for the assessor's visible signature and the receiver's part."""
    title = draft.words.signatures
    return [
        *section(draft, "signatures", title, needs=_SIGNATURES_NEED),
        *signing_block(draft, height=_BOX_HEIGHT),
    ]


def method(draft: ReportDraft) -> Story:
    """How it was scored, and what of it is unverified."""
    annex = draft.content.method
    return [
        *section(draft, "method", draft.words.method, needs=_METHOD_NEEDS),
        *_paragraphs(annex.paragraphs),
        space(0.8),
        *facts(draft, annex.facts),
    ]


def integrity(draft: ReportDraft) -> Story:
    """The hashes, how to verify the document, and the code that a phone can read."""
    words, annex = draft.words, draft.content.integrity
    beside = design.WIDTH - _QR - 2 * design.GUTTER
    code: list[Flowable] = [
        chart_drawing.qr_picture(annex.qr, size=_QR),
        space(0.6),
        text(words.qr_caption, design.CAPTION, width=_QR),
    ]
    steps = numbered(annex.steps, width=beside)
    return [
        *section(draft, "integrity", words.integrity, needs=_ANNEX_NEEDS),
        *_paragraphs(annex.paragraphs),
        space(0.8),
        *facts(draft, annex.facts),
        space(1.2),
        *subsection(words.how_to_verify, needs=_QR_NEEDS),
        grid([[code, steps]], widths=(_QR + 2 * design.GUTTER, beside)),
    ]


def full_notes(draft: AnyDraft) -> Story:
    """Every text that was shortened in its place, whole."""
    if not draft.notes:
        return []
    story = section(draft, "notes", draft.words.full_notes)
    for note in draft.notes:
        title = draft.words.full_note_of.format(number=note.number)
        story += subsection(f"{title} · {note.about}")
        story += [text(part, design.SMALL, width=design.WIDTH) for part in _chunks(note.text)]
        story.append(space(1.5))
    return story


def _chunks(words: str) -> Sequence[str]:
    """The text in pieces of at most `_CHUNK` characters, cut at a space where there is one."""
    pieces: list[str] = []
    rest = words
    while len(rest) > _CHUNK:
        space_at = rest.rfind(" ", 0, _CHUNK)
        cut = space_at + 1 if space_at > 0 else _CHUNK
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [*pieces, rest]


def _paragraphs(paragraphs: Sequence[str]) -> Story:
    story: Story = []
    for paragraph in paragraphs:
        story += [text(paragraph, design.BODY, width=design.WIDTH), space(0.5)]
    return story
