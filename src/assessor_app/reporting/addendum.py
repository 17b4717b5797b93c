"""An addendum: what it adds to, the statement whole, who signs; on as many pages as it takes."""

from dataclasses import dataclass

from assessor_app.reporting import design
from assessor_app.reporting.content import (
    Cover,
    Document,
    Fact,
    Integrity,
    Receiver,
    Signature,
)
from assessor_app.reporting.draft import Draft
from assessor_app.reporting.flowables import Story, fact_table, space, text
from assessor_app.reporting.lists import fact_grid
from assessor_app.reporting.long_texts import long_text
from assessor_app.reporting.masthead import masthead
from assessor_app.reporting.sections import part
from assessor_app.reporting.short_ending import integrity, signatures

_BOX = 80.0  # points: height of a signature's box
_LABELS = 98.0  # a hash beside it fills one line


@dataclass(frozen=True, slots=True)
class AddendumContent:
    """What is added to a document that is out, in reading order.

    `added_to` names that document by number and hash, `meaning` says what that does to it.
    `statement` is of any length and printed whole: it is what the document is for.
    """

    document: Document
    cover: Cover
    added_to: tuple[Fact, ...]
    meaning: str
    statement: str
    receiver: Receiver
    signature: Signature
    integrity: Integrity


AddendumDraft = Draft[AddendumContent]


def addendum(draft: AddendumDraft) -> Story:
    """The whole of the addendum but for facts that outgrow their place."""
    content, words = draft.content, draft.words
    return [
        *masthead(draft),
        fact_grid(draft, content.cover.facts),
        *part(draft, "added_to", words.added_to),
        fact_table(content.added_to, width=design.WIDTH, label_width=_LABELS),
        space(0.5),
        text(content.meaning, design.BODY, width=design.WIDTH),
        *part(draft, "statement", words.added_statement),
        *long_text(content.statement, design.BODY),
        *signatures(draft, height=_BOX),
        *integrity(draft),
    ]
