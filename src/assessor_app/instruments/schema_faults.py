"""What the schema library found wrong with a file's form, in the product's own words."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath, shown
from assessor_app.instruments.partly import form_at
from assessor_app.instruments.schema import InstrumentForm

_CODES: Mapping[str, str] = {
    "missing": "instrument_key_missing",
    "extra_forbidden": "instrument_key_unknown",
    "string_type": "instrument_expects_text",
    "tuple_type": "instrument_expects_list",
    "dict_type": "instrument_expects_table",
    "model_type": "instrument_expects_table",
    "bool_type": "instrument_expects_truth",
    "int_type": "instrument_expects_whole_number",
    "exact_number": "instrument_expects_number",
    "enum": "instrument_value_unknown",
    "literal_error": "instrument_value_unknown",
    "too_short": "instrument_list_too_short",
    "too_long": "instrument_list_too_long",
    "string_too_short": "instrument_value_empty",
    "string_too_long": "instrument_text_too_long",
    "string_pattern_mismatch": "instrument_name_unfit",
    "greater_than_equal": "instrument_value_out_of_range",
    "less_than_equal": "instrument_value_out_of_range",
}
_LIMITS = ("min_length", "max_length", "ge", "le")


def form_faults(document: Document, error: ValidationError) -> Iterator[Fault]:
    """Each of the schema's errors as a fault with its line and key."""
    for detail in error.errors(include_url=False):
        if _echo(detail):
            continue
        path = tuple(part for part in detail["loc"] if part != "[key]")
        yield document.fault(path, _code(detail, path), **_places(detail, path))


def _echo(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because its broken items were not counted."""
    items, least = detail["input"], detail.get("ctx", {}).get("min_length")
    return detail["type"] == "too_short" and isinstance(items, list) and len(items) >= (least or 0)


def _code(detail: ErrorDetails, path: KeyPath) -> str:
    kind = detail["type"]
    empty = kind == "string_too_short" or (kind != "missing" and detail["input"] is None)
    if len(path) > 1 and path[-1] in ("id", "en") and (kind == "missing" or empty):
        return "instrument_translation_missing"
    if empty:
        return "instrument_value_empty"
    if kind == "extra_forbidden" and _similar(path):
        return "instrument_key_misspelt"
    return _CODES.get(kind, "instrument_value_unfit")


def _places(detail: ErrorDetails, path: KeyPath) -> dict[str, object]:
    context = detail.get("ctx", {})
    expected = str(context.get("expected", ""))
    return {
        "name": next((part for part in reversed(path) if isinstance(part, str)), "/"),
        "value": shown(detail["input"]),
        "similar": _similar(path) if detail["type"] == "extra_forbidden" else "",
        "allowed": ", ".join(re.findall(r"'([^']*)'", expected)) or expected,
        "limit": next((context[name] for name in _LIMITS if name in context), ""),
        "reason": detail["msg"],
    }


def _similar(path: KeyPath) -> str:
    """The key of the form that an unknown one most likely means; empty where none is like it."""
    known = form_at(InstrumentForm, path[:-1]).model_fields
    return next(iter(get_close_matches(str(path[-1]), known, n=1)), "")
