"""A single sheet to print: its title, a sentence that leads, and the properties of its file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from reportlab.platypus import Table

from assessor_app.reporting import design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.draft import brief
from assessor_app.reporting.embedding import Properties, finish
from assessor_app.reporting.flowables import Story, fact_table, heading, space, text
from assessor_app.reporting.pages import set_pages
from assessor_app.reporting.typefaces import register
from assessor_app.texts import Language

_LABELS = 150.0  # width of the names beside the values
_PROPERTY_LIMIT = 240  # characters


class Sheet(Protocol):
    """What every sheet says; `made_at` is an aware instant, put into the file's properties."""

    @property
    def language(self) -> Language: ...
    @property
    def title(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def lead(self) -> str: ...
    @property
    def made_at(self) -> datetime: ...


def render_sheet(sheet: Sheet, body: Callable[[], Story]) -> bytes:
    """The sheet as a PDF; `body` is asked for what stands below the lead once letters are there."""
    register()
    story: Story = [
        heading(sheet.title, design.TITLE, level=1, width=design.WIDTH),
        space(0.8),
        text(sheet.lead, design.BODY, width=design.WIDTH),
        *body(),
    ]
    properties = Properties(
        title=sheet.title,
        author=brief(sheet.author, _PROPERTY_LIMIT),
        subject=brief(sheet.subject, _PROPERTY_LIMIT),
        language=sheet.language,
        made_at=sheet.made_at,
    )
    return finish(set_pages(story, language=sheet.language).pdf, properties, record=None)


def sheet_facts(facts: Sequence[Fact], *, limit: int) -> Table:
    """Named values of at most `limit` characters each: all of the sheet must fit one page."""
    short = [Fact(one.label, brief(one.value, limit), one.mono) for one in facts]
    return fact_table(short, width=design.WIDTH, label_width=_LABELS)
