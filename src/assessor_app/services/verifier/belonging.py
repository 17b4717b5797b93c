"""Whether the record inside belongs to these pages: what it says is what they print."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor_app.domain.scoring import published
from assessor_app.reporting.content import RECORD_NAME
from assessor_app.services.embedded_record import SHORT_HASH, EmbeddedRecord
from assessor_app.services.verifier.verdict import FileRead, Reason

_RELATIONSHIP = "Data"  # PDF/A-3: the data that the pages show
_WORDS_BETWEEN = r"\D{1,12}"  # "page 3 of 12", in any language, without spaces


def without_record(read: FileRead) -> Iterator[Reason]:
    """Why no record could be read."""
    names = read.attachment_names
    if RECORD_NAME not in names:
        yield Reason("record_missing")
    elif names != (RECORD_NAME,):
        yield Reason("record_extra", {"names": ", ".join(names)})
    else:
        yield Reason("record_unreadable")


def mismatched(read: FileRead, record: EmbeddedRecord) -> Iterator[Reason]:
    """That the record is of other pages, and by what that shows."""
    details = tuple(_mismatches(read, record))
    if details:
        yield Reason("record_not_of_these_pages")
        yield from details


def _mismatches(read: FileRead, record: EmbeddedRecord) -> Iterator[Reason]:
    # Text extraction breaks long words at the line's end.
    pages = ["".join(text.split()) for text in read.content.page_texts]
    if any(one.relationship != _RELATIONSHIP for one in read.content.attachments):
        yield Reason("record_unrelated")
    yield from _footers(pages, record)
    yield from _annex(pages, record)
    yield from _scores(pages, record)


def _footers(pages: Sequence[str], record: EmbeddedRecord) -> Iterator[Reason]:
    number = "".join(record.number.split())
    strange = [
        str(count)
        for count, page in enumerate(pages, start=1)
        if number not in page or record.hash[:SHORT_HASH] not in page
    ]
    if strange:
        yield Reason("footer_of_another_record", {"pages": ", ".join(strange)})
    misplaced = [
        str(count)
        for count, page in enumerate(pages, start=1)
        if not re.search(rf"(?<!\d){count}{_WORDS_BETWEEN}{len(pages)}(?!\d)", page)
    ]
    if misplaced:
        yield Reason("pages_out_of_order", {"pages": ", ".join(misplaced)})


def _annex(pages: Sequence[str], record: EmbeddedRecord) -> Iterator[Reason]:
    """The hashes that the annex on integrity prints, so that they are signed."""

    def is_printed(digest: str) -> bool:
        return any(digest in page for page in pages)

    if not is_printed(record.hash):
        yield Reason("hash_not_printed")
    if record.streams_head != record.head:
        yield Reason("head_not_of_streams")
    if not is_printed(record.head):
        yield Reason("head_not_printed")
    if record.full_record is not None and not is_printed(record.full_record):
        yield Reason("full_record_not_printed")
    replaced = record.supersedes
    if replaced and not is_printed(replaced.sha256):
        yield Reason("superseded_not_printed", {"number": replaced.number})
    if record.adds_to and not is_printed(record.adds_to.sha256):
        yield Reason("added_to_not_printed", {"number": record.adds_to.number})


def _scores(pages: Sequence[str], record: EmbeddedRecord) -> Iterator[Reason]:
    for points in record.points:
        english = f"{published(Decimal(points)):,.2f}"
        indonesian = english.translate(str.maketrans(",.", ".,"))
        if not any(told in page for told in (english, indonesian) for page in pages):
            yield Reason("score_not_printed", {"score": indonesian})
