"""What an assessor records of one side, checked field by field before anything is written."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text, plausible
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import WhereSeen
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scale import NONE

LONGEST_TEXT = 50_000
"""Characters that one text may have; a page holds some 3,000."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # Cc, Cs
_REASONS = ("not_assessed_reason", "not_applicable_reason")
_TEXTS = ("note", *_REASONS, "no_evidence_reason")
_NAMES = (
    "indicator",
    "side",
    "answer",
    "product",
    "respondent",
    "post",
    "substitute",
    "observed_at",
    "document",
    "reason",
)
_DOCUMENT = ("kind", "number", "date", "signatory", "where_seen")
_WRITTEN_OUT = 50  # digits: 1e9999999 is refused by its scale, not written out
CLOCK_SLACK = timedelta(minutes=5)
"""How far ahead of the device's clock a given time may lie."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of one indicator as given: only the fields named in `values` change.

    `post` and `substitute` say of a respondent, by pseudonym, whose post it is and whether a
    substitute spoke for its holder; None leaves that as it is. `reason` says why a change is made
    after the office was told what was found.
    """

    indicator: str
    side: Side
    values: Mapping[str, Json]
    product: str | None = None
    respondent: str | None = None
    post: str | None = None
    substitute: bool | None = None
    reason: str | None = None


def read_entry(line: bytes, *, zone: tzinfo, now: datetime) -> Entry:
    """An entry from one line of JSON.

    `zone` is meant where `observed_at` names none. Raises RecordRefused, naming the field.
    """
    try:
        loaded = json.loads(
            line.decode(),
            object_pairs_hook=_without_repeats,
            parse_float=Decimal,  # 2.10 is recorded as it was given, never through a float
        )
    except UnicodeDecodeError as error:
        raise RecordRefused("line_not_utf8", position=error.start) from error
    except RecursionError as error:
        raise RecordRefused("line_not_json", cause="nesting") from error
    except ValueError as error:
        raise RecordRefused("line_not_json", cause=str(error)) from error
    if not isinstance(loaded, dict):
        raise RecordRefused("line_not_object")
    return entry_from(loaded, zone=zone, now=now)


def entry_from(given: Mapping[str, object], *, zone: tzinfo, now: datetime) -> Entry:
    """An entry from named values. Raises RecordRefused, naming the field."""
    known = (*_NAMES, *_TEXTS)
    for name in given:
        if name not in known:
            raise RecordRefused("field_unknown", field=name, fields=", ".join(known))
    side = _side(_required(given, "side"))
    values = _values(given, side, zone=zone, now=now)
    if sum(bool(values.get(name)) for name in ("answer", *_REASONS)) > 1:
        raise RecordRefused("answer_and_reason")
    if not values:
        raise RecordRefused("nothing_recorded", fields=", ".join(known[2:]))
    return Entry(
        indicator=_required(given, "indicator"),
        side=side,
        values=values,
        product=_optional(given, "product"),
        respondent=_optional(given, "respondent"),
        post=_optional(given, "post"),
        substitute=_truth(given, "substitute"),
        reason=_optional(given, "reason"),
    )


def _values(
    given: Mapping[str, object], side: Side, *, zone: tzinfo, now: datetime
) -> dict[str, Json]:
    values: dict[str, Json] = {}
    if "answer" in given:
        values["answer"] = _answer(given["answer"])
    for name in _TEXTS:
        if name in given:
            values[name] = clean_text(given[name], name)
    if "observed_at" in given:
        values["observed_at"] = _observed_at(given["observed_at"], zone=zone, now=now)
    if "document" in given:
        values |= _document(given["document"], side)
    return values


def clean_text(value: object, field: str) -> str | None:
    """A text as it may be recorded, or None where it is empty.

    Raises RecordRefused for what is no text, is too long, or holds characters that no page can
    show (control characters, halves of surrogate pairs).
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise RecordRefused("field_not_text", field=field)
    if len(value) > LONGEST_TEXT:
        raise RecordRefused("text_too_long", field=field, length=len(value), limit=LONGEST_TEXT)
    if value.isascii() and value.isprintable():
        return value.strip() or None
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNPRINTABLE.search(text):
        raise RecordRefused(
            "text_unprintable",
            field=field,
            position=found.start() + 1,
            character=f"U+{ord(found.group()):04X}",
        )
    # One form for what looks the same: a name typed on another keyboard is the same name.
    return unicodedata.normalize("NFC", text).strip() or None


def _answer(value: object) -> str | None:
    """An answer as text: numbers with their digits, the parts of a checklist side by side."""
    if isinstance(value, list):
        parts = [clean_text(one, "answer") for one in value]
        return " ".join(part for part in parts if part) or NONE
    if isinstance(value, Decimal) and abs(value.adjusted()) < _WRITTEN_OUT:
        return clean_text(f"{value:f}", "answer")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return clean_text(str(value), "answer")
    return clean_text(value, "answer")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    given = dict(pairs)
    if len(given) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RecordRefused("field_twice", field=twice)
    return given


def _required(given: Mapping[str, object], name: str) -> str:
    text = clean_text(given.get(name), name)
    if text is None:
        raise RecordRefused("field_missing", field=name)
    return text


def _optional(given: Mapping[str, object], name: str) -> str | None:
    return clean_text(given.get(name), name)


def _truth(given: Mapping[str, object], name: str) -> bool | None:
    value = given.get(name)
    if value is not None and not isinstance(value, bool):
        raise RecordRefused("field_not_truth", field=name)
    return value


def _side(name: str) -> Side:
    try:
        return Side(name)
    except ValueError as error:
        raise RecordRefused("side_unknown", side=name, sides=", ".join(Side)) from error


def _observed_at(value: object, *, zone: tzinfo, now: datetime) -> str | None:
    text = clean_text(value, "observed_at")
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
        instant = plausible(given if given.tzinfo else given.replace(tzinfo=zone))
    except ValueError as error:
        raise RecordRefused("observed_at_unreadable", value=text) from error
    if instant > now + CLOCK_SLACK:
        raise RecordRefused("observed_at_in_future", value=text)
    return instant_text(instant)


def _document(value: object, side: Side) -> dict[str, Json]:
    if side is not Side.PAPERWORK:
        raise RecordRefused("document_on_practice")
    if value is None:
        return {f"document_{name}": None for name in _DOCUMENT}
    if not isinstance(value, dict):
        raise RecordRefused("document_not_object", fields=", ".join(_DOCUMENT))
    for name in value:
        if name not in _DOCUMENT:
            raise RecordRefused(
                "field_unknown", field=f"document.{name}", fields=", ".join(_DOCUMENT)
            )
    details = {name: clean_text(value[name], f"document.{name}") for name in value}
    if day := details.get("date"):
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise RecordRefused("document_date_unreadable", value=day) from error
    where = details.get("where_seen")
    if where and where not in list(WhereSeen):
        raise RecordRefused("where_seen_unknown", value=where, places=", ".join(WhereSeen))
    return {f"document_{name}": text for name, text in details.items()}
