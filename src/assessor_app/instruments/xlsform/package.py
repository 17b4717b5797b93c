"""Whether a file is an Excel workbook that can be opened without danger, before it is opened."""

import re
import zlib
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from zipfile import BadZipFile, ZipFile, ZipInfo

from assessor_app.domain.problem import InstrumentFault

LARGEST_BYTES = 20_000_000
_MOST_PARTS = 2_000
_MOST_UNPACKED = 40_000_000  # bytes; a form of a thousand rows has a tenth of it
_MOST_RATIO = 200  # Excel packs tables of repeated words about fifty to one
_SMALL = 1_000_000  # bytes that may be packed as tightly as they like

_OLE = b"\xd0\xcf\x11\xe0"  # the container of Excel up to 2003, and of encrypted workbooks
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_WORKBOOK = re.compile(r"xl/workbook[^/]*\.xml")  # SharePoint numbers it
_STRICT = b"purl.oclc.org/ooxml"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1"})


def read_package(path: Path) -> bytes:
    """The bytes of a workbook that may be opened.

    Raises InstrumentFault `workbook_…` for what is none, is encrypted, would unpack to much more
    than a form needs, or has XML that declares entities. Macros are never run: nothing reads them.
    """
    content = _content(path)
    if content.startswith(_OLE):
        _refuse("encrypted" if _ENCRYPTED in content else "old", path)
    if not content.startswith(_ZIP):
        _refuse("not_one", path)
    try:
        with ZipFile(BytesIO(content)) as package:
            _check(package, path)
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error) as bad:
        raise InstrumentFault("workbook_damaged", file=str(path)) from bad
    return content


def _content(path: Path) -> bytes:
    file = str(path)
    try:
        if path.is_dir():
            _refuse("is_folder", path)
        if not path.exists():
            _refuse("missing", path)
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


def _check(package: ZipFile, path: Path) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    books = [name for name in names if _WORKBOOK.fullmatch(name)]
    if not books:
        _refuse("other_format" if "content.xml" in names else "not_one", path)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        _refuse("bomb", path)
    if any(_too_tight(part) for part in parts):
        _refuse("bomb", path)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_xml(package.read(part), path)
    if any(_STRICT in package.read(name) for name in books):
        _refuse("strict", path)


def _too_tight(part: ZipInfo) -> bool:
    return part.file_size > max(_SMALL, part.compress_size * _MOST_RATIO)


def _check_xml(content: bytes, path: Path) -> None:
    """Refuse entities and the encodings that could hide them from a search for them."""
    head = content.removeprefix(b"\xef\xbb\xbf")[:200]
    declared = _DECLARED.match(head)
    plain = declared is None or declared[1].lower() in _ENCODINGS
    if not plain or b"\0" in head or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        _refuse("entities", path)


def _refuse(why: str, path: Path) -> NoReturn:
    raise InstrumentFault(f"workbook_{why}", file=str(path))
