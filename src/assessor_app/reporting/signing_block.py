"""The block that is signed: the assessor's statement and box, beside the receiver's part."""

from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.draft import AnyDraft, Box
from assessor_app.reporting.flowables import Picture, Story, grid, space, text
from assessor_app.reporting.lists import narrow_facts


def signing_block(draft: AnyDraft, *, height: float) -> Story:
    """Statement, place and date, both signatures in boxes of `height` points, the legal note."""
    signature = draft.content.signature
    widths = (design.HALF, design.GUTTER, design.HALF)
    assessor = _assessor(draft, height=height)
    receiver = _receiver(draft, height=height)
    return [
        text(signature.statement, design.BODY, width=design.WIDTH),
        space(0.5),
        text(signature.place_and_date, design.BODY, width=design.WIDTH),
        space(1),
        grid([[assessor, "", receiver]], widths=widths),
        space(1),
        text(signature.legal_note, design.CAPTION, width=design.WIDTH),
    ]


def _assessor(draft: AnyDraft, *, height: float) -> Story:
    return [
        text(draft.words.assessor_signs, design.SUBHEADING, width=design.HALF),
        space(0.5),
        _signature_box(draft, height=height),
        space(1),
        *narrow_facts(draft, draft.content.signature.facts),
    ]


def _signature_box(draft: AnyDraft, *, height: float) -> Picture:
    """An empty frame whose place on the page is remembered: the signature is put there later."""

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(design.QUIET)
        canvas.setLineWidth(0.7)
        canvas.rect(0, 0, design.HALF, height, stroke=1, fill=0)
        left, bottom = canvas.absolutePosition(0, 0)
        corners = (left, bottom, left + design.HALF, bottom + height)
        draft.signature = Box(page=canvas.getPageNumber() - 1, corners=corners)

    return Picture(design.HALF, height, draw=draw)


def _receiver(draft: AnyDraft, *, height: float) -> Story:
    words, person = draft.words, draft.content.receiver
    declaration = draft.excerpt(person.declaration, about=words.declaration)
    hint = words.wet_signature if person.signs else words.no_signature
    return [
        text(words.receiver_signs, design.SUBHEADING, width=design.HALF),
        space(0.5),
        _handwriting(hint, height=height, open_=person.signs),
        space(1),
        *narrow_facts(draft, person.facts),
        space(0.5),
        text(declaration, design.SMALL_BOLD, width=design.HALF),
    ]


def _handwriting(hint: str, *, height: float, open_: bool) -> Picture:
    """Room for a handwritten signature, or a filled field that says there is none."""

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(design.RULE)
        canvas.setFillColor(design.WHITE if open_ else design.PANEL)
        canvas.setLineWidth(0.7)
        canvas.rect(0, 0, design.HALF, height, stroke=1, fill=1)
        words = text(hint, design.CAPTION, width=design.HALF - 16)
        words.wrap(design.HALF - 16, height)
        words.drawOn(canvas, 8, 6)

    return Picture(design.HALF, height, draw=draw)
