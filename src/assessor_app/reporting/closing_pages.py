"""The receiver's word, the page that is signed, and the annexes."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.alternatives import qr_alt
from assessor_app.reporting.draft import AnyDraft, ReportDraft
from assessor_app.reporting.flowables import Story, grid, space, text
from assessor_app.reporting.lists import facts, numbered
from assessor_app.reporting.long_texts import long_text
from assessor_app.reporting.photos import photo_page
from assessor_app.reporting.sections import section, subsection
from assessor_app.reporting.signing_block import height_of, signing_block

_BOX_HEIGHT = 92.0
_QR = 104.0
_QR_NEEDS = 170.0
_QR_WHITE = 8.0  # above the code: the steps begin where it does
_HEADING = 56.0  # above the boxes of those who sign, with the white before it
_MOST_NEEDED = 700.0  # a page has some 728: to ask for more would never end
_METHOD_NEEDS = 200.0
_PHOTOS_NEED = 240.0  # the heading and one row
_ANNEX_NEEDS = 320.0


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
    """The boxes of all who sign, with what is said of each, on one page."""
    block = signing_block(draft, height=_BOX_HEIGHT)
    needs = min(height_of(block) + _HEADING, _MOST_NEEDED)
    return [*section(draft, "signatures", draft.words.signatures, needs=needs), *block]


def method(draft: ReportDraft) -> Story:
    """How it was scored, and what of it is unverified."""
    annex = draft.content.method
    return [
        *section(draft, "method", draft.words.method, needs=_METHOD_NEEDS),
        *facts(draft, annex.facts),
        space(0.8),
        *_paragraphs(annex.paragraphs),
    ]


def integrity(draft: ReportDraft) -> Story:
    """The hashes, how to verify the document, and the code that a phone can read."""
    words, annex = draft.words, draft.content.integrity
    beside = design.WIDTH - _QR - 2 * design.GUTTER
    number = draft.content.document.number
    code: list[Flowable] = [
        chart_drawing.qr_picture(annex.qr, size=_QR, alt=qr_alt(number, words)),
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
        grid(
            [[code, steps]],
            widths=(_QR + 2 * design.GUTTER, beside),
            commands=[("TOPPADDING", (1, 0), (1, 0), _QR_WHITE)],
        ),
    ]


def full_notes(draft: AnyDraft) -> Story:
    """Every text that was shortened in its place, whole."""
    if not draft.notes:
        return []
    story = section(draft, "notes", draft.words.full_notes)
    for note in draft.notes:
        title = draft.words.full_note_of.format(number=note.number)
        story += subsection(f"{title} · {note.about}")
        story += [*long_text(note.text, design.SMALL), space(1)]
    return story


def _paragraphs(paragraphs: Sequence[str]) -> Story:
    story: Story = []
    for paragraph in paragraphs:
        story += [text(paragraph, design.BODY, width=design.WIDTH), space(0.5)]
    return story
