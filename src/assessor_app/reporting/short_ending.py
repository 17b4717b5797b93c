"""How a short document ends: the boxes of all who sign, and what locks it."""

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.alternatives import qr_alt
from assessor_app.reporting.draft import AnyDraft, brief
from assessor_app.reporting.flowables import Story, fact_table, grid, text
from assessor_app.reporting.lists import shortened
from assessor_app.reporting.sections import part
from assessor_app.reporting.signing_block import height_of, signing_block

_HEADING = 24.0  # above the boxes of those who sign, and above what locks it
_MOST_NEEDED = 700.0  # a page has some 728: to ask for more would never end
_QR = 54.0
_CODE = 88.0  # width of the code and the number under it
_QR_INSET = 2.0
_HASH_LABELS = 98.0  # a hash beside it fills one line


def signatures(draft: AnyDraft, *, height: float) -> Story:
    """The boxes of all who sign, `height` points high, on one page with their heading."""
    block = signing_block(draft, height=height)
    needs = min(height_of(block) + _HEADING, _MOST_NEEDED)
    return [*part(draft, "signatures", draft.words.signatures, needs=needs), *block]


def integrity(draft: AnyDraft) -> Story:
    """What locks the document and how to check it, beside the code."""
    words, annex = draft.words, draft.content.integrity
    beside = design.WIDTH - _CODE
    told: Story = [
        fact_table(shortened(draft, annex.facts), width=beside, label_width=_HASH_LABELS),
        text(" ".join(annex.paragraphs), design.CAPTION, width=beside),
    ]
    number = brief(draft.content.document.number)
    code: Story = [
        chart_drawing.qr_picture(annex.qr, size=_QR, alt=qr_alt(number, words)),
        text(number, design.CAPTION, width=_CODE - _QR_INSET),
    ]
    table = grid([[code, told]], widths=(_CODE, beside))
    needs = min(height_of([table]) + _HEADING, _MOST_NEEDED)
    return [*part(draft, "integrity", words.document_integrity, needs=needs), table]
