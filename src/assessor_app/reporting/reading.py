"""A PDF read back for the verifier: attachments, the text of its pages, and anything active in it.

Everything here is given to us by others. Nothing in a file may crash this, run, or fill the memory.
"""

import contextlib
import logging
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Pdf, Stream

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.page_cost import PageCost
from assessor_app.reporting.pdfium import PDFIUM, opened
from assessor_app.reporting.suspects import Suspects
from assessor_app.reporting.walking import Met, dictionaries
from assessor_app.reporting.weighing import require_light

# pikepdf tells the terminal of faults in a file; our verdict says what is wrong in its own words.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

LARGEST_ATTACHMENT = 64 * 1024 * 1024  # bytes after unpacking


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded in the PDF, unpacked.

    `relationship` is what it is to the pages (AFRelationship, as "Data"), empty where nothing says.
    """

    name: str
    data: bytes
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a verifier needs to know of a PDF.

    `active` names, without repetition and sorted, what could act or hide: "JavaScript", "Launch",
    "OpenAction", "AA", "URI", "OC", "Encrypt" and the like. `foreign` names likewise what else a
    report never has: annotations other than links and signatures ("FreeText"), form fields to be
    written into ("Tx"), streams kept outside of the file ("F"). `hidden_pages` counts the pages
    that are in the file but not among those shown. Our own reports have none of them.
    """

    attachments: tuple[Attachment, ...]
    page_texts: tuple[str, ...]
    active: tuple[str, ...]
    foreign: tuple[str, ...] = ()
    hidden_pages: int = 0


def read_back(pdf: bytes) -> ReadBack:
    """Read a PDF strictly: a damaged file is refused, never repaired.

    Raises IssueProblem: `pdf_too_large`, `pdf_too_heavy`, `pdf_encrypted` or `pdf_unreadable`.
    """
    with _strictly(pdf) as document:
        suspects = Suspects(active={"Encrypt"} if document.is_encrypted else set())
        attachments = tuple(_attachments(_looked_at(document, suspects)))
        texts = _page_texts(pdf)
        return ReadBack(
            attachments=attachments,
            page_texts=texts,
            active=tuple(sorted(suspects.active)),
            foreign=tuple(sorted(suspects.foreign)),
            hidden_pages=max(0, suspects.pages - len(texts)),
        )


def read_attachments(pdf: bytes) -> tuple[Attachment, ...]:
    """What is embedded in a PDF, without a look at its pages. Raises as `read_back` does."""
    with _strictly(pdf) as document:
        return tuple(_attachments(dictionaries(document)))


def _looked_at(document: Pdf, suspects: Suspects) -> Iterator[Met]:
    """All dictionaries, each looked at as it passes; pages too, before their text is read."""
    cost = PageCost()
    for met in dictionaries(document):
        suspects.look_at(met)
        if "/Contents" in met.names and isinstance(met.entries, Dictionary):
            cost.add(met.entries)
        yield met


@contextlib.contextmanager
def _strictly(pdf: bytes) -> Iterator[Pdf]:
    require_light(pdf)
    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False) as document:
            yield document
    except pikepdf.PasswordError as error:
        raise IssueProblem("pdf_encrypted") from error
    except MemoryError as error:
        raise IssueProblem("pdf_too_heavy", what="memory") from error
    except _UNREADABLE as error:
        raise IssueProblem("pdf_unreadable", reason=type(error).__name__) from error


# What the two libraries are known to raise on broken files; both are fed arbitrary bytes by tests.
_UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.ForeignObjectError,
    pypdfium2.PdfiumError,
    zlib.error,
    AttributeError,
    KeyError,
    NotImplementedError,  # pikepdf, of a filter or cipher that it does not know
    RuntimeError,
    TypeError,
    ValueError,
)


def _attachments(found: Iterable[Met]) -> Iterator[Attachment]:
    """Every embedded file, wherever a file specification stands: name tree, /AF or annotation."""
    seen: set[tuple[int, int]] = set()
    for met in found:
        embedded = met.entries["/EF"] if "/EF" in met.names else None
        if not isinstance(embedded, Dictionary):
            continue
        for key in ("/UF", "/F", "/DOS", "/Mac", "/Unix"):
            stream = embedded.get(key)
            if not isinstance(stream, Stream) or stream.objgen in seen:
                continue
            seen.add(stream.objgen)
            yield Attachment(
                name=str(met.entries.get("/UF", met.entries.get("/F", ""))),
                data=_unpacked(stream),
                relationship=met.named("/AFRelationship"),
            )


def _unpacked(stream: Stream) -> bytes:
    """The stream's data, refused where it would unpack to more than `LARGEST_ATTACHMENT`."""
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter", Array())
    names = [str(name) for name in filters] if isinstance(filters, Array) else [str(filters)]
    if not names:
        return raw
    if names != ["/FlateDecode"] or "/DecodeParms" in stream:
        raise IssueProblem("pdf_unreadable", reason="attachment filter " + " ".join(names))
    inflate = zlib.decompressobj()
    data = inflate.decompress(raw, LARGEST_ATTACHMENT)
    if inflate.unconsumed_tail:
        raise IssueProblem("pdf_unreadable", reason="attachment too large")
    return data


def _page_texts(pdf: bytes) -> tuple[str, ...]:
    with opened(pdf) as document, PDFIUM:
        return tuple(_text_of(document, number) for number in range(len(document)))


def _text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()
