"""What an addendum says: the document that it adds to, and who receives it."""

from collections.abc import Iterator

from assessor_app.reporting import content
from assessor_app.reporting.content import Fact
from assessor_app.services.report.record import Imprint
from assessor_app.services.report.words import Words


def added_to(imprint: Imprint, words: Words) -> Iterator[Fact]:
    """The document that it adds to, by number and hash."""
    if imprint.adds_to is not None:
        yield Fact(words("addendum.document"), imprint.adds_to.number)
        yield Fact(words("addendum.document_hash"), imprint.adds_to.sha256, mono=True)


def receiver(words: Words) -> content.Receiver:
    """Room for whoever receives it, on paper: nobody was asked at the visit."""
    return content.Receiver(
        facts=(),
        declaration=words("addendum.received"),
        response="",
        signs=True,
        hint=words("addendum.receiver_hint"),
    )
