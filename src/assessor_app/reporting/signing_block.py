"""The block that is signed: who signs in boxes beside each other, the receiver, and the seal."""

from collections.abc import Callable, Sequence
from functools import partial

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from assessor_app.reporting import design
from assessor_app.reporting.content import Fact, SignatureBox
from assessor_app.reporting.draft import AnyDraft
from assessor_app.reporting.flowables import Picture, Story, fact_table, grid, heading, space, text
from assessor_app.reporting.handwriting_drawing import draw_handwriting

_TWO_ACROSS = frozenset({2, 4})  # parties that stand two beside each other; else it is three
_THREE = 3
_LOW, _MANY = 60.0, 7  # points of a box where so many parties have to fit one page
_MIDDLE = 66.0
_LABELS = {2: 64.0, 3: 55.0}  # width of the names beside the values: none of them is broken
_LIMITS = {2: 120, 3: 96}  # characters of a value, so that all parties fit one page together
_SEAL_WIDTH, _SEAL_HEIGHT = 118.0, 40.0
_INSET = 8.0


def signing_block(draft: AnyDraft, *, height: float) -> Story:
    """Statement, place and date, everybody's box, the seal's, and the legal note.

    A box is `height` points high, less where there are many. Nothing in it is divided by the
    page's end but between the rows of boxes: ask for `height_of` before it.
    """
    signature = draft.content.signature
    return [
        text(signature.statement, design.BODY, width=design.WIDTH),
        space(0.5),
        text(signature.place_and_date, design.BODY, width=design.WIDTH),
        space(1),
        *_parties(draft, height=height),
        *_seal(draft),
        space(1),
        text(signature.legal_note, design.CAPTION, width=design.WIDTH),
    ]


def height_of(story: Story) -> float:
    """The points that a story takes over the text's width, for what asks for room before it."""
    return sum(flowable.wrap(design.WIDTH, design.PAGE_HEIGHT)[1] for flowable in story)


def _parties(draft: AnyDraft, *, height: float) -> Story:
    """The assessors in the order of signing and the receiver last, in rows of two or three."""
    signers = draft.content.signature.signers
    count = len(signers) + 1
    across = _THREE - 1 if count in _TWO_ACROSS else _THREE
    lower = _MIDDLE if count < _MANY else _LOW
    high = min(height, lower) if count > max(_TWO_ACROSS) else height
    width = (design.WIDTH - (across - 1) * design.GUTTER) / across
    cells: list[Story] = [_signer(draft, one, width=width, height=high) for one in signers]
    cells.append(_receiver(draft, width=width, height=high))
    rows = [cells[at : at + across] for at in range(0, count, across)]
    told: Story = []
    for row in rows:
        told += [_row(row, across=across, width=width), space(1)]
    return told


def _row(cells: Sequence[Story], *, across: int, width: float) -> Table:
    filled = [*cells, *([[]] * (across - len(cells)))]
    line: list[Story | str] = []
    for cell in filled:
        line += [cell or "", ""]
    widths = ([width, design.GUTTER] * across)[:-1]
    return grid([line[:-1]], widths=widths)


def _signer(draft: AnyDraft, one: SignatureBox, *, width: float, height: float) -> Story:
    return [
        heading(one.title, design.SUBHEADING, level=3, width=width),
        space(0.5),
        _field(draft, one, width=width, height=height),
        space(0.8),
        *_facts(draft, one.facts, width=width),
    ]


def _receiver(draft: AnyDraft, *, width: float, height: float) -> Story:
    words, person = draft.words, draft.content.receiver
    declaration = draft.excerpt(person.declaration, about=words.declaration)
    return [
        heading(words.receiver_signs, design.SUBHEADING, level=3, width=width),
        space(0.5),
        _receiver_box(draft, width=width, height=height),
        space(0.8),
        *_facts(draft, person.facts, width=width),
        space(0.5),
        text(declaration, design.SMALL_BOLD, width=width),
        *_under_box(draft, width=width),
    ]


def _receiver_box(draft: AnyDraft, *, width: float, height: float) -> Picture:
    """The field of the receiver's certificate, what they drew, room for ink, or none."""
    person = draft.content.receiver
    if person.box is not None:
        return _field(draft, person.box, width=width, height=height)
    if person.handwriting is not None:
        drawn = partial(draw_handwriting, drawn=person.handwriting, width=width, height=height)
        return _framed(drawn, width=width, height=height, alt=person.hint)
    words = draft.words.wet_signature if person.signs else draft.words.no_signature
    written = partial(_draw_words, words=person.hint or words, width=width)
    return _framed(written, width=width, height=height, filled=not person.signs)


def _under_box(draft: AnyDraft, *, width: float) -> Story:
    """What the strokes or the certificate in the box are, and what they are not."""
    person = draft.content.receiver
    if person.box is None and person.handwriting is None:
        return []
    return [space(0.4), text(person.hint, design.CAPTION, width=width)]


def _seal(draft: AnyDraft) -> Story:
    """The empty box of the electronic seal, and beside it why it is empty."""
    signature = draft.content.signature
    beside = design.WIDTH - _SEAL_WIDTH - design.GUTTER
    told: Story = [
        text(signature.seal.title, design.SMALL_BOLD, width=beside),
        space(0.3),
        text(signature.seal_hint, design.CAPTION, width=beside),
    ]
    box = _field(draft, signature.seal, width=_SEAL_WIDTH, height=_SEAL_HEIGHT)
    return [grid([[box, "", told]], widths=(_SEAL_WIDTH, design.GUTTER, beside))]


def _field(draft: AnyDraft, one: SignatureBox, *, width: float, height: float) -> Picture:
    """An empty frame whose place on the page is remembered: what fills it is put there later."""

    def draw(canvas: Canvas) -> None:
        draft.signature_box(canvas, name=one.field, label=one.label, width=width, height=height)

    return _framed(draw, width=width, height=height, line=design.QUIET)


def _framed(
    draw: Callable[[Canvas], None],
    *,
    width: float,
    height: float,
    filled: bool = False,
    line: Color = design.RULE,
    alt: str = "",
) -> Picture:
    def drawn(canvas: Canvas) -> None:
        canvas.setStrokeColor(line)
        canvas.setFillColor(design.PANEL if filled else design.WHITE)
        canvas.setLineWidth(0.7)
        canvas.rect(0, 0, width, height, stroke=1, fill=1)
        draw(canvas)

    return Picture(width, height, draw=drawn, alt=alt)


def _draw_words(canvas: Canvas, *, words: str, width: float) -> None:
    told = text(words, design.CAPTION, width=width - 2 * _INSET)
    told.wrap(width - 2 * _INSET, design.PAGE_HEIGHT)
    told.drawOn(canvas, _INSET, 6)


def _facts(draft: AnyDraft, facts: Sequence[Fact], *, width: float) -> Story:
    """Who somebody is, under their box."""
    if not facts:
        return []
    across = _THREE if width < design.HALF else _THREE - 1
    short = [
        Fact(one.label, draft.excerpt(one.value, _LIMITS[across], about=one.label), one.mono)
        for one in facts
    ]
    return [fact_table(short, width=width, label_width=_LABELS[across])]
