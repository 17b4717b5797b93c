"""Names in a workbook, and the names and codes that an instrument gives to the same things."""

import re
import unicodedata
from collections.abc import Container

_XML_NAME = re.compile(r"[^\W\d][\w.\-·]*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 60
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})*")
_DIGITS = re.compile(r"[0-9]+")


def is_xml_name(text: str) -> bool:
    """Whether a form's XML could have an element of that name, as XLSForm demands."""
    return bool(_XML_NAME.fullmatch(text))


def is_name(text: str) -> bool:
    """Whether an instrument may use it for a dimension, scale, source or itself."""
    return bool(_NAME.fullmatch(text)) and len(text) <= _LONGEST


def name_from(text: str, *, otherwise: str, taken: Container[str] = ()) -> str:
    """A name as much like the text as can be; one that is not `taken` yet."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: _LONGEST - 5].strip("-") or otherwise
    number, found = 2, name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


def version_from(text: str) -> str:
    """A version of an instrument: numbers joined by points, cut where a number is too long.

    XLSForm allows any text. 2024052001 becomes 202405.2001; text without digits becomes 1.
    """
    if _VERSION.fullmatch(text):
        return text
    parts = [
        part[start : start + 6]
        for part in _DIGITS.findall(text)
        for start in range(0, len(part), 6)
    ]
    return ".".join(parts)[:24].strip(".") or "1"
