"""The page that lies beside a document that was handed over: how its receiver can check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessor_app.reporting import design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.flowables import Story, heading, space, text
from assessor_app.reporting.lists import numbered
from assessor_app.reporting.sheets import render_sheet, sheet_facts
from assessor_app.texts import Language

_FACT_LIMIT = 160  # characters of a name: all of it must fit one page


@dataclass(frozen=True, slots=True)
class Way:
    """One way to check: what it is called, and its steps."""

    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What the sheet says: every string final, in the document's language.

    `facts` name the document, `files` what lies beside the sheet, by file name. `truths` are whole
    sentences on what no check can say. `made_at` is an aware instant, put into the file's
    properties.
    """

    language: Language
    title: str
    subject: str
    author: str
    lead: str
    facts: tuple[Fact, ...]
    files_title: str
    files: tuple[Fact, ...]
    ways: tuple[Way, ...]
    truths_title: str
    truths: tuple[str, ...]
    made_at: datetime


def render_check_page(page: CheckPage) -> bytes:
    """One A4 page."""
    return render_sheet(page, lambda: _body(page))


def _body(page: CheckPage) -> Story:
    story: Story = [
        space(1.5),
        sheet_facts(page.facts, limit=_FACT_LIMIT),
        *_part(page.files_title),
        sheet_facts(page.files, limit=_FACT_LIMIT),
    ]
    for way in page.ways:
        story += [*_part(way.title), *numbered(way.steps, width=design.WIDTH)]
    story += _part(page.truths_title)
    for truth in page.truths:
        story += [text(truth, design.SMALL, width=design.WIDTH), space(0.3)]
    return story


def plain_text(page: CheckPage) -> str:
    """The same words for whoever can open no PDF; lines end as Windows ends them."""
    lines = [page.title, "=" * len(page.title), "", page.lead, "", *_told(page.facts)]
    lines += ["", page.files_title, "-" * len(page.files_title), *_told(page.files)]
    for way in page.ways:
        lines += ["", way.title, "-" * len(way.title)]
        lines += [f"{number}. {step}" for number, step in enumerate(way.steps, start=1)]
    lines += ["", page.truths_title, "-" * len(page.truths_title)]
    lines += [f"- {truth}" for truth in page.truths]
    return "\r\n".join([*lines, ""])


def _told(facts: Sequence[Fact]) -> list[str]:
    return [f"{one.label}: {one.value}" for one in facts]


def _part(title: str) -> Story:
    return [space(0.9), heading(title, design.SUBHEADING, level=2, width=design.WIDTH), space(0.3)]
