"""Whether a PDF can be parsed in bounded memory and time: looked at as bytes, before any parser.

Parsers unpack streams, tables of objects and lists of revisions as large as a file asks for. Ours
ask for little: streams packed once, some thousand objects, one revision for each signature.
"""

import re
import zlib
from collections.abc import Iterator

from assessor_app.domain.problem import IssueProblem

LARGEST_PDF = 128 * 1024 * 1024  # bytes; a report of 100 photos has some 10 MB
LARGEST_UNPACKED = 192 * 1024 * 1024  # bytes of all packed streams together
LARGEST_INDEX = 16 * 1024 * 1024  # bytes of all streams of objects and of their tables
MOST_OBJECTS = 300_000  # a report of 150 indicators has some 20,000
MOST_REFERENCES = 1_000_000  # from one object to another; such a report has some 200,000
MOST_REVISIONS = 64  # updates of one file; ours have one a signature
_MARKS_AN_OBJECT = 3  # "obj", "endobj", " n"
_LONGEST_HEADING = 64 * 1024  # bytes of the dictionary before a stream
_STEP = 1024 * 1024  # bytes unpacked at a time

_STREAM, _END_OF_STREAM = b"stream", b"end"
_SPACE = re.compile(rb"\s*")
_MARKS_OF_OBJECTS = (b"obj", b" n", b" f")  # the object itself, and its line in a table
_ESCAPED_NAME = re.compile(rb"/[^\s/<>\[\]()%]*#[0-9A-Fa-f]{2}[^\s/<>\[\]()%]*")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_INDEX = re.compile(rb"/(?:ObjStm|XRef)\b")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]()%]+|[\d%])")
_NAME = re.compile(rb"/([^\s/<>\[\]()%]+)")
_PACKED_ONCE = frozenset({b"FlateDecode", b"DCTDecode"})
_NO_PACKING = frozenset({b"Adobe.PPKLite", b"Standard"})  # of signatures, of encryption
_WATCHED = frozenset({b"/Filter", b"/ObjStm", b"/XRef"})


def require_light(pdf: bytes) -> None:
    """Refuse what would cost more than any document of ours could.

    Raises IssueProblem `pdf_too_large` or `pdf_too_heavy`; other faults are for the parsers.
    """
    if len(pdf) > LARGEST_PDF:
        raise too_large(len(pdf))
    if pdf.count(b"startxref") > MOST_REVISIONS:
        raise _too_heavy("revisions")
    if sum(pdf.count(mark) for mark in _MARKS_OF_OBJECTS) > _MARKS_AN_OBJECT * MOST_OBJECTS:
        raise _too_heavy("objects")
    if pdf.count(b" R") > MOST_REFERENCES:
        raise _too_heavy("references")
    _require_plain_filters(pdf)
    _require_small_streams(pdf)


def too_large(size: int) -> IssueProblem:
    """The refusal of a file of that many bytes, which need not have been read for it."""
    return IssueProblem("pdf_too_large", megabytes=size // 2**20, limit=LARGEST_PDF // 2**20)


def _too_heavy(what: str) -> IssueProblem:
    return IssueProblem("pdf_too_heavy", what=what)


def _require_plain_filters(pdf: bytes) -> None:
    """Packed twice, a little data can unpack to any amount; no document of ours does that."""
    for disguised in _ESCAPED_NAME.finditer(pdf):
        if _ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), disguised[0]) in _WATCHED:
            raise _too_heavy("filters")
    for found in _FILTER.finditer(pdf):
        named = _NAME.findall(found[1])
        is_listed = found[1].startswith(b"[")
        if (
            len(named) > 1
            or not (named or is_listed)
            or not set(named) <= _PACKED_ONCE | _NO_PACKING
        ):
            raise _too_heavy("filters")


def _require_small_streams(pdf: bytes) -> None:
    unpacked = index = 0
    for heading, start in _streams(pdf):
        size = _unpacked_size(pdf, start, most=LARGEST_UNPACKED - unpacked)
        unpacked += size
        if _INDEX.search(heading):
            index += size
        if unpacked > LARGEST_UNPACKED or index > LARGEST_INDEX:
            raise _too_heavy("streams")


def _streams(pdf: bytes) -> Iterator[tuple[bytes, int]]:
    """What stands before each stream, and where its data begin.

    The word is met by chance too, within packed data; then nothing unpacks there.
    """
    before, at = 0, pdf.find(_STREAM)
    while at >= 0:
        after = at + len(_STREAM)
        if not pdf.endswith(_END_OF_STREAM, 0, at):
            spaces = _SPACE.match(pdf, after)
            start = spaces.end() if spaces else after
            yield pdf[max(before, at - _LONGEST_HEADING) : at], start
            before = start
        at = pdf.find(_STREAM, after)


def _unpacked_size(pdf: bytes, start: int, *, most: int) -> int:
    """The bytes that deflated data at an offset unpack to, counted no further than past `most`."""
    inflate = zlib.decompressobj()
    size, at = 0, start
    try:
        while size <= most and not inflate.eof:
            packed = inflate.unconsumed_tail
            if not packed:
                packed = pdf[at : at + _STEP]
                at += len(packed)
            if not packed:
                break
            size += len(inflate.decompress(packed, _STEP))
    except zlib.error:
        return size
    return size
