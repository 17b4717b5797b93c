"""The types of survey rows: which are read, which are left out, which are refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.instruments.xlsform.columns import (
    BEGIN_GROUP,
    END_GROUP,
    SELECT_MULTIPLE,
    SELECT_ONE,
)


class Fate(StrEnum):
    QUESTION = "question"
    BEGIN = "begin"
    END = "end"
    IGNORED = "ignored"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row is; `word` is its type in one spelling, `listed` the list of choices it names."""

    fate: Fate
    word: str
    listed: str | None = None


_SELECTS: Mapping[str, str] = {
    "add select one prompt using": SELECT_ONE,
    "select one from": SELECT_ONE,
    "select one": SELECT_ONE,
    "select_one": SELECT_ONE,
    "select1": SELECT_ONE,
    "add select multiple prompt using": SELECT_MULTIPLE,
    "select all that apply from": SELECT_MULTIPLE,
    "select all that apply": SELECT_MULTIPLE,
    "select multiple from": SELECT_MULTIPLE,
    "select multiple": SELECT_MULTIPLE,
    "select_multiple": SELECT_MULTIPLE,
}
_SIMPLE: Mapping[str, str] = {
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "text": "text",
    "string": "text",
    "date": "date",
    "image": "image",
    "photo": "image",
    "note": "note",
}
_OTHERS: Mapping[str, tuple[Fate, str]] = {
    **dict.fromkeys(("begin group", "begin_group"), (Fate.BEGIN, BEGIN_GROUP)),
    **dict.fromkeys(("end group", "end_group"), (Fate.END, END_GROUP)),
    **{
        # What a device records of itself; a visit knows its own time and assessor.
        word: (Fate.IGNORED, word)
        for word in (
            "start",
            "end",
            "today",
            "deviceid",
            "device id",
            "username",
            "phonenumber",
            "email",
            "subscriberid",
            "simserial",
            "audit",
            "start-geopoint",
            "background-audio",
            "background-geopoint",
        )
    },
    **{
        word: (Fate.REFUSED, word)
        for word in (
            "acknowledge",
            "audio",
            "barcode",
            "begin_loop",
            "begin loop",
            "begin_repeat",
            "begin repeat",
            "calculate",
            "csv-external",
            "datetime",
            "file",
            "geopoint",
            "geoshape",
            "geotrace",
            "hidden",
            "osm",
            "range",
            "rank",
            "time",
            "trigger",
            "video",
            "xml-external",
            "end_loop",
            "end loop",
            "end_repeat",
            "end repeat",
        )
    },
}
_REFUSED_SELECTS = (
    "select_one_external",
    "select_one_from_file",
    "select one from file",
    "select_multiple_from_file",
    "select multiple from file",
    "rank",
)
KNOWN = ", ".join((SELECT_ONE, SELECT_MULTIPLE, *dict.fromkeys(_SIMPLE.values()), BEGIN_GROUP))


def row_type(text: str) -> RowType:
    """The type of a row as XLSForm spells it, in any of its spellings."""
    plain = " ".join(text.split())
    lower = plain.casefold()
    if lower in _OTHERS:
        return RowType(*_OTHERS[lower])
    if lower in _SIMPLE:
        return RowType(Fate.QUESTION, _SIMPLE[lower])
    for word in _REFUSED_SELECTS:
        if lower == word or lower.startswith(f"{word} "):
            return RowType(Fate.REFUSED, word)
    for spelling, word in _SELECTS.items():
        if lower.startswith(f"{spelling} "):
            return _select(word, plain[len(spelling) + 1 :])
    return RowType(Fate.UNKNOWN, plain)


def _select(word: str, rest: str) -> RowType:
    other = re.fullmatch(r"(\S+) or[_ ](?:specify[_ ])?other", rest, re.IGNORECASE)
    if other:
        return RowType(Fate.REFUSED, "or_other")
    return RowType(Fate.QUESTION, word, rest) if " " not in rest else RowType(Fate.UNKNOWN, rest)
