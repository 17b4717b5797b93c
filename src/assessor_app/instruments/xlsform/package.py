"""Whether a file is an Excel workbook that can be opened without danger, before it is opened."""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from zipfile import BadZipFile, ZipFile, ZipInfo

from assessor_app.domain.problem import InstrumentFault

LARGEST_BYTES = 20_000_000
_MOST_PARTS = 2_000
_MOST_RATIO = 200  # Excel packs tables of repeated words about fifty to one
_SMALL = 1_000_000  # bytes that may be packed as tightly as they like
_MOST_MARKS_BESIDE = 60_000  # styles, names and the like become objects, one by one


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold; a real one holds far less, and more would stall the reader."""

    unpacked: int  # bytes
    marks: int  # `<` in its sheets and its table of strings: about two for each cell or value
    strings: int  # texts in that table


FORM = Limits(unpacked=20_000_000, marks=1_000_000, strings=60_000)
"""Ten thousand rows of ten filled columns have less than half of that."""

_OLE = b"\xd0\xcf\x11\xe0"  # the container of Excel up to 2003, and of encrypted workbooks
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOM = b"\xef\xbb\xbf"
_XML = (b"<", _BOM, b"\0<", b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"
_WORKBOOK = re.compile(r"xl/workbook[^/]*\.xml")  # SharePoint numbers it
_STRICT = b"purl.oclc.org/ooxml"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_STRING = re.compile(rb"<(?:[^\s<>/:]+:)?si[\s/>]")
_ROOT = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*<(?:[^\s<>/:]+:)?(?:worksheet|sst)[\s/>]", re.DOTALL
)
_NEVER_A_SHEET = re.compile(r"xl/workbook[^/]*\.xml|xl/styles\.xml|\[Content_Types\]\.xml|.*\.rels")
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1"})


def read_package(path: Path) -> bytes:
    """The bytes of a workbook that may be opened.

    Raises InstrumentFault `workbook_…` as `check_package` does, and for what cannot be read.
    """
    content = _content(path)
    check_package(content, str(path), limits=FORM)
    return content


def check_package(content: bytes, file: str, *, limits: Limits) -> None:
    """Refuse what no reader should open, before it is opened; `file` is how it is told.

    Raises InstrumentFault `workbook_…` for what is no workbook, is encrypted, would unpack to much
    more than it needs, or has XML that declares entities. Macros are never run: nothing reads them.
    """
    if content.startswith(_OLE):
        _refuse("encrypted" if _ENCRYPTED in content else "old", file)
    if not content.startswith(_ZIP):
        _refuse("not_one", file)
    try:
        with ZipFile(BytesIO(content)) as package:
            _check(package, file, limits=limits)
    # All that zipfile raises over damaged, encrypted or unknown compressed parts.
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error) as bad:
        raise InstrumentFault("workbook_damaged", file=file) from bad


def _content(path: Path) -> bytes:
    file = str(path)
    try:
        if path.is_dir():
            _refuse("is_folder", file)
        if not path.exists():
            _refuse("missing", file)
        if not path.is_file():
            raise InstrumentFault("workbook_unreadable", file=file, reason="?")
        with path.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InstrumentFault("workbook_unreadable", file=file, reason=reason) from error
    except ValueError as error:  # a path with NUL
        raise InstrumentFault("workbook_missing", file=file.replace("\0", "?")) from error
    if len(content) > LARGEST_BYTES:
        megabytes = LARGEST_BYTES // 1_000_000
        raise InstrumentFault("workbook_too_large", file=file, megabytes=megabytes)
    return content


def _check(package: ZipFile, file: str, *, limits: Limits) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    books = [name for name in names if _WORKBOOK.fullmatch(name)]
    if not books:
        _refuse("other_format" if "content.xml" in names else "not_one", file)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > limits.unpacked or any(map(_too_tight, parts)):
        _refuse("bomb", file)
    _check_parts(package, file, limits=limits)
    if any(_STRICT in package.read(name) for name in books):
        _refuse("strict", file)


def _check_parts(package: ZipFile, file: str, *, limits: Limits) -> None:
    """Look into every part, whatever its name says that it is: a workbook may call on any."""
    marks = beside = strings = 0
    for name in package.namelist():
        content = package.read(name)
        if name.endswith((".xml", ".rels")):
            _check_xml(content, file)
        if _ROOT.match(content.removeprefix(_BOM)) and not _NEVER_A_SHEET.fullmatch(name):
            marks += content.count(b"<")
            strings += sum(1 for _ in _STRING.finditer(content))
        elif content.lstrip().startswith(_XML):  # no picture
            beside += content.count(b"<")
        if marks > limits.marks or beside > _MOST_MARKS_BESIDE or strings > limits.strings:
            _refuse("bomb", file)


def _too_tight(part: ZipInfo) -> bool:
    return part.file_size > max(_SMALL, part.compress_size * _MOST_RATIO)


def _check_xml(content: bytes, file: str) -> None:
    """Refuse entities and the encodings that could hide them from a search for them."""
    head = content.removeprefix(_BOM)[:200]
    declared = _DECLARED.match(head)
    plain = declared is None or declared[1].lower() in _ENCODINGS
    if not plain or b"\0" in head or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        _refuse("entities", file)


def _refuse(why: str, file: str) -> NoReturn:
    raise InstrumentFault(f"workbook_{why}", file=file)
