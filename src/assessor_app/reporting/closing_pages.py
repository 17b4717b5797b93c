"""The receiver's word, the page that is signed, and the annexes."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.draft import LINE_LIMIT, Box, Draft
from assessor_app.reporting.flowables import Picture, Story, fact_table, grid, space, text
from assessor_app.reporting.photos import photo_page
from assessor_app.reporting.sections import section, subsection

_BOX_HEIGHT = 92.0
_QR = 104.0
_QR_NEEDS = 160.0
_SIGNATURES_NEED = 380.0  # height from which both signatures stay on one page
_METHOD_NEEDS = 200.0
_PHOTOS_NEED = 240.0  # the heading and one row
_ANNEX_NEEDS = 320.0
# Facts: their width, their labels' width, and the characters of one. The narrow ones stand under
# the signatures, which must fit one page together.
_WIDE = (design.WIDTH, 128.0, 2 * LINE_LIMIT)
_NARROW = (design.HALF, 64.0, 120)
_CHUNK = 1200  # characters of a full note set as one paragraph: longer ones are slow to break


def receiver(draft: Draft) -> Story:
    """What the receiver answered to the findings, before the page where the receiver signs."""
    words = draft.words
    response = draft.content.receiver.response or words.no_response
    return [
        *section(draft, "receiver", words.receiver),
        text(draft.excerpt(response, 1500, about=words.receiver), design.BODY, width=design.WIDTH),
    ]


def other_photos(draft: Draft) -> Story:
    """Evidence of indicators that made no finding."""
    if not draft.content.other_photos:
        return []
    title = draft.words.other_photos
    return [
        *section(draft, "photos", title, needs=_PHOTOS_NEED),
        *photo_page(draft, draft.content.other_photos),
    ]


def signature_page(draft: Draft) -> Story:
    """The page with the box for the assessor's visible signature and the receiver's part."""
    words, signature = draft.words, draft.content.signature
    widths = (design.HALF, design.GUTTER, design.HALF)
    return [
        *section(draft, "signatures", words.signatures, needs=_SIGNATURES_NEED),
        text(signature.statement, design.BODY, width=design.WIDTH),
        space(1.5),
        text(signature.place_and_date, design.BODY, width=design.WIDTH),
        space(1.5),
        grid([[_assessor(draft), "", _receiver_signs(draft)]], widths=widths),
        space(1.5),
        text(signature.legal_note, design.CAPTION, width=design.WIDTH),
    ]


def _assessor(draft: Draft) -> Story:
    return [
        text(draft.words.assessor_signs, design.SUBHEADING, width=design.HALF),
        space(0.5),
        _signature_box(draft),
        space(1),
        *_facts(draft, draft.content.signature.facts, narrow=True),
    ]


def _signature_box(draft: Draft) -> Picture:
    """An empty frame whose place on the page is remembered: the signature is put there later."""

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(design.QUIET)
        canvas.setLineWidth(0.7)
        canvas.rect(0, 0, design.HALF, _BOX_HEIGHT, stroke=1, fill=0)
        left, bottom = canvas.absolutePosition(0, 0)
        corners = (left, bottom, left + design.HALF, bottom + _BOX_HEIGHT)
        draft.signature = Box(page=canvas.getPageNumber() - 1, corners=corners)

    return Picture(design.HALF, _BOX_HEIGHT, draw=draw)


def _receiver_signs(draft: Draft) -> Story:
    words, person = draft.words, draft.content.receiver
    declaration = draft.excerpt(person.declaration, about=words.declaration)
    return [
        text(words.receiver_signs, design.SUBHEADING, width=design.HALF),
        space(0.5),
        _handwriting(
            words.wet_signature if person.signs else words.no_signature, open_=person.signs
        ),
        space(1),
        *_facts(draft, person.facts, narrow=True),
        space(0.5),
        text(declaration, design.SMALL_BOLD, width=design.HALF),
    ]


def _handwriting(hint: str, *, open_: bool) -> Picture:
    """Room for a handwritten signature, or a filled field that says there is none."""

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(design.RULE)
        canvas.setFillColor(design.WHITE if open_ else design.PANEL)
        canvas.setLineWidth(0.7)
        canvas.rect(0, 0, design.HALF, _BOX_HEIGHT, stroke=1, fill=1)
        words = text(hint, design.CAPTION, width=design.HALF - 16)
        words.wrap(design.HALF - 16, _BOX_HEIGHT)
        words.drawOn(canvas, 8, 6)

    return Picture(design.HALF, _BOX_HEIGHT, draw=draw)


def method(draft: Draft) -> Story:
    """How it was scored, and what of it is unverified."""
    annex = draft.content.method
    return [
        *section(draft, "method", draft.words.method, needs=_METHOD_NEEDS),
        *_paragraphs(annex.paragraphs),
        space(0.8),
        *_facts(draft, annex.facts),
    ]


def integrity(draft: Draft) -> Story:
    """The hashes, how to verify the document, and the code that a phone can read."""
    words, annex = draft.words, draft.content.integrity
    beside = design.WIDTH - _QR - 2 * design.GUTTER
    code: list[Flowable] = [
        chart_drawing.qr_picture(annex.qr, size=_QR),
        space(0.6),
        text(words.qr_caption, design.CAPTION, width=_QR),
    ]
    steps = _numbered(annex.steps, width=beside)
    return [
        *section(draft, "integrity", words.integrity, needs=_ANNEX_NEEDS),
        *_paragraphs(annex.paragraphs),
        space(0.8),
        *_facts(draft, annex.facts),
        space(1.2),
        *subsection(words.how_to_verify, needs=_QR_NEEDS),
        grid([[code, steps]], widths=(_QR + 2 * design.GUTTER, beside)),
    ]


def full_notes(draft: Draft) -> Story:
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


def _numbered(steps: Sequence[str], *, width: float) -> Story:
    rows = [
        [
            text(f"{number}", design.SMALL_BOLD, width=16, colour=design.ACCENT),
            text(step, design.SMALL, width=width - 16),
        ]
        for number, step in enumerate(steps, start=1)
    ]
    return (
        [grid(rows, widths=(16, width - 16), commands=[("BOTTOMPADDING", (0, 0), (-1, -1), 4)])]
        if rows
        else []
    )


def _facts(draft: Draft, facts: Sequence[Fact], *, narrow: bool = False) -> Story:
    if not facts:
        return []
    width, label_width, limit = _NARROW if narrow else _WIDE
    short = [
        Fact(fact.label, draft.excerpt(fact.value, limit, about=fact.label), fact.mono)
        for fact in facts
    ]
    table = fact_table(short, width=width, label_width=label_width)
    # Within a cell, KeepTogether has no end.
    return [table] if narrow else [KeepTogether([table])]
