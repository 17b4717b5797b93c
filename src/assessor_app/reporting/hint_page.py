"""The page with the hint to a passphrase, to print and keep apart from the device."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reportlab.platypus import Table

from assessor_app.reporting import design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.flowables import Story, grid, heading, label, space, text
from assessor_app.reporting.lists import numbered
from assessor_app.reporting.sheets import render_sheet, sheet_facts
from assessor_app.texts import Language

_FACT_LIMIT = 240  # characters of a name, office or folder: all of it must fit one page
_INNER = design.WIDTH - 4 * design.PAD
_HINT = replace(design.UNIT, leading=19.0, colour=design.INK)


@dataclass(frozen=True, slots=True)
class HintPage:
    """What the sheet says: every string final, in its language.

    `facts` are whose it is, office, folder and day. `truths` and `steps` are whole sentences under
    their titles. `made_at` is an aware instant, put into the file's properties.
    """

    language: Language
    title: str
    subject: str
    author: str
    lead: str
    facts: tuple[Fact, ...]
    hint_title: str
    hint: str
    truths_title: str
    truths: tuple[str, ...]
    steps_title: str
    steps: tuple[str, ...]
    made_at: datetime


def render_hint_page(page: HintPage) -> bytes:
    """One A4 page."""
    return render_sheet(page, lambda: _body(page))


def _body(page: HintPage) -> Story:
    return [
        space(2.5),
        sheet_facts(page.facts, limit=_FACT_LIMIT),
        space(2.5),
        _hint(page),
        space(1),
        *_part(page.truths_title),
        *_sentences(page.truths),
        *_part(page.steps_title),
        *numbered(page.steps, width=design.WIDTH),
    ]


def _hint(page: HintPage) -> Table:
    """The hint in a frame, large enough to be found at once."""
    words: Story = [
        label(page.hint_title, width=_INNER),
        space(0.8),
        text(page.hint, _HINT, width=_INNER),
    ]
    return grid(
        [[words]],
        widths=(design.WIDTH,),
        commands=[
            ("BACKGROUND", (0, 0), (-1, -1), design.PANEL),
            ("LINEABOVE", (0, 0), (-1, 0), 2.2, design.ACCENT),
            ("LEFTPADDING", (0, 0), (-1, -1), 2 * design.PAD),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2 * design.PAD),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5 * design.PAD),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2 * design.PAD),
        ],
    )


def _part(title: str) -> Story:
    return [space(1.5), heading(title, design.SUBHEADING, level=2, width=design.WIDTH), space(0.6)]


def _sentences(sentences: Sequence[str]) -> Story:
    story: Story = []
    for sentence in sentences:
        story += [text(sentence, design.BODY, width=design.WIDTH), space(0.6)]
    return story
