"""What the command line calls an instrument's fields, and how it tells their values."""

from collections.abc import Mapping
from decimal import Decimal

from assessor_app.cli.context import Context
from assessor_app.domain.changes import Place
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.scale import AnswerKind
from assessor_app.texts import Language, say

_LISTS = frozenset(
    {
        "composition",
        "dimensions",
        "evidence_items",
        "levels",
        "object_types",
        "opinions",
        "parts",
        "roles",
        "steps",
        "variables",
    }
)
"""Fields after which a place has the name of an entry, which is the author's word and not ours."""

_NUMBERS = frozenset(
    {
        "fulfilment",
        "least",
        "lower",
        "maximum",
        "most",
        "points",
        "share",
        "steps",
        "substitute_share",
        "target",
        "upper",
        "weight",
    }
)
_TRUTHS = frozenset({"dark", "may_not_apply", "required", "verified", "weighted", "whole"})
_TABLES: Mapping[str, str] = {
    "aggregation": "words.aggregation",
    "asked": "cli.asked",
    "counts": "words.rule",
    "denominator": "cli.denominator",
    "kind": "cli.answer_kind",
    "means": "cli.means",
    "not_assessable": "cli.not_assessable",
    "sides": "cli.side_short",
    "zone": "words.zone",
}
"""Fields that hold one word of a few, or some of them, and where those are told."""


def number_told(number: Decimal, context: Context) -> str:
    """All its digits: 3,8 in Indonesian, 3.8 in English."""
    return _marked(exact_text(number), context)


def kind_told(kind: AnswerKind, context: Context) -> str:
    return context.say(f"answer_kind.{kind.value}")


def field_told(place: Place, context: Context) -> str:
    """Where a value stands, from the outside in: `skala › tingkat › partial › pemenuhan`."""
    own = "en" if context.language is Language.ENGLISH else "id"
    told: list[str] = []
    before = ""  # the list that the next key names an entry of
    for key in place:
        if before:
            told.append(_marked(key, context) if before == "steps" else key)
            before = ""
        elif key != own:  # that a text is in its reader's language goes without saying
            told.append(context.say(f"field.{key}"))
            before = key if key in _LISTS else ""
    return " › ".join(told)


def value_told(place: Place, value: str, context: Context) -> str:
    """A value as its reader says it; texts and the author's own names stay as they are."""
    field = place[-1]
    if field in _TRUTHS:
        return context.say(f"truth.{value}")
    if field in _NUMBERS:
        return _marked(value, context)
    table = _TABLES.get(field)
    if table is None:
        return value
    if (place[0], field) == ("roles", "kind"):
        table = "cli.respondent_kind"
    return ", ".join(say(context.language, f"{table}.{one}") for one in value.split(", "))


def _marked(number: str, context: Context) -> str:
    """A number, or some of them, with the decimal mark of the language."""
    if context.language is Language.ENGLISH:
        return number
    return number.replace(", ", "; ").replace(".", ",")
