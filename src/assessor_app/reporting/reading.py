"""A PDF read back for the verifier: attachments, the text of its pages, and anything active in it.

Everything here is given to us by others. Nothing in a file may crash this, run, or fill the memory.
"""

import contextlib
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.pdfium import PDFIUM, opened

# pikepdf tells the terminal of faults in a file; our verdict says what is wrong in its own words.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

LARGEST_PDF = 256 * 1024 * 1024  # bytes; a report of 100 photos has some 10 MB
LARGEST_ATTACHMENT = 64 * 1024 * 1024  # bytes after unpacking

_ACTIVE_KEYS = ("/OpenAction", "/AA", "/JS", "/JavaScript", "/XFA", "/RichMedia", "/OCProperties")
_ACTIVE_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Sound",
    "/Movie",
    "/URI",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded in the PDF, unpacked."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a verifier needs to know of a PDF.

    `active` names, without repetition and sorted, what could act or hide: "JavaScript", "Launch",
    "OpenAction", "AA", "URI", "Encrypt" and the like. Our own reports have none.
    """

    attachments: tuple[Attachment, ...]
    page_texts: tuple[str, ...]
    active: tuple[str, ...]


def read_back(pdf: bytes) -> ReadBack:
    """Read a PDF strictly: a damaged file is refused, never repaired.

    Raises IssueProblem: `pdf_too_large`, `pdf_encrypted` or `pdf_unreadable`.
    """
    with _strictly(pdf) as document:
        attachments = tuple(_attachments(document))
        active = tuple(sorted(set(_active(document))))
        return ReadBack(attachments, _page_texts(pdf), active)


def read_attachments(pdf: bytes) -> tuple[Attachment, ...]:
    """What is embedded in a PDF, without a look at its pages. Raises as `read_back` does."""
    with _strictly(pdf) as document:
        return tuple(_attachments(document))


@contextlib.contextmanager
def _strictly(pdf: bytes) -> Iterator[Pdf]:
    if len(pdf) > LARGEST_PDF:
        raise IssueProblem("pdf_too_large", megabytes=len(pdf) // 2**20, limit=LARGEST_PDF // 2**20)
    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False) as document:
            yield document
    except pikepdf.PasswordError as error:
        raise IssueProblem("pdf_encrypted") from error
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


def _attachments(pdf: Pdf) -> Iterator[Attachment]:
    """Every embedded file, wherever a file specification stands: name tree, /AF or annotation."""
    seen: set[tuple[int, int]] = set()
    for found in _dictionaries(pdf):
        embedded = found.get("/EF")
        if not isinstance(embedded, Dictionary):
            continue
        stream = embedded.get("/UF", embedded.get("/F"))
        if not isinstance(stream, Stream) or stream.objgen in seen:
            continue
        seen.add(stream.objgen)
        yield Attachment(name=str(found.get("/UF", found.get("/F", ""))), data=_unpacked(stream))


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


def _active(pdf: Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "Encrypt"
    for found in _dictionaries(pdf):
        for key in _ACTIVE_KEYS:
            if key in found:
                yield key.removeprefix("/")
        action = found.get("/S")
        if isinstance(action, Name) and str(action) in _ACTIVE_ACTIONS:
            yield str(action).removeprefix("/")


def _dictionaries(pdf: Pdf) -> Iterator[Dictionary | Stream]:
    """Every dictionary in the file, those inside of others too. Each object is entered once."""
    for top in pdf.objects:
        waiting: list[Object] = [top]
        while waiting:
            found = waiting.pop()
            if isinstance(found, (Dictionary, Stream)):
                yield found
                inner = [value for _, value in found.items()]
            elif isinstance(found, Array):
                inner = list(found)
            else:
                continue
            waiting += [value for value in inner if _is_direct_container(value)]


def _is_direct_container(value: object) -> bool:
    """Indirect objects are met in their own right, so nothing is walked twice or for ever."""
    return isinstance(value, (Dictionary, Array)) and not value.is_indirect


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
