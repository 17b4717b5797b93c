"""An instrument form as a YAML file: good to read, and read back as the same form."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from assessor_app.instruments.schema import InstrumentForm

_LONGEST_LINE = 160  # characters: a short map stands on one line, a longer one is spread out
_INDENT = "  "

_SPREAD = frozenset(
    {
        "sources",
        "scales",
        "shared_weights",
        "title",
        "text",
        "note",
        "evidence_asked",
        "advice",
        "guidance",
        "because",
        "constraint_message",
    }
)
"""What never stands on one line: texts that are read rather than looked up, and named things."""

_QUOTED = frozenset({"id", "en", "version", "legal_basis", "rolls_up_to", "relevant", "constraint"})
"""Free text is quoted even where it needs no quotes, so that an author may change it at will."""

_APART = frozenset({"dimensions", "variables", "indicators"})
"""Lists whose entries have an empty line between them."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# Line separators, controls and the like: YAML refuses them in the open, or folds them away.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def write_yaml(form: InstrumentForm) -> str:
    """The file of a form: the keys in the order of the form, those with a default left out.

    The same form gives the same text, so that its digest can be told before it is written.
    """
    sections: list[str] = []
    spread = False
    for name, value in form.model_dump(exclude_defaults=True).items():
        # The file's own id is a name, unlike the Indonesian text of a wording.
        lines = [f"id: {_name(form.id)}"] if name == "id" else list(_entry(name, value, depth=0))
        if sections and (spread or len(lines) > 1) and name != "title":
            sections.append("")
        spread = len(lines) > 1 and name != "title"
        sections.extend(lines)
    return "\n".join(sections) + "\n"


def _entry(name: str, value: object, *, depth: int) -> Iterator[str]:
    """The lines of one key."""
    head = f"{_INDENT * depth}{_name(name)}:"
    on_one_line = f"{head} {_flow(name, value)}"
    short = name not in _SPREAD and _flat(name, value) and len(on_one_line) <= _LONGEST_LINE
    if short or not isinstance(value, Mapping | list | tuple):
        yield on_one_line
    elif isinstance(value, Mapping):
        yield head
        for key, inner in value.items():
            yield from _entry(key, inner, depth=depth + 1)
    else:
        yield head
        for place, item in enumerate(value):
            if place and name in _APART:
                yield ""
            yield from _item(name, item, depth=depth + 1)


def _item(name: str, item: object, *, depth: int) -> Iterator[str]:
    """The lines of one entry of a list."""
    mark = f"{_INDENT * depth}- "
    on_one_line = f"{mark}{_flow(name, item)}"
    if not isinstance(item, Mapping) or (_flat("", item) and len(on_one_line) <= _LONGEST_LINE):
        yield on_one_line
        return
    lines = [line for key, inner in item.items() for line in _entry(key, inner, depth=depth + 1)]
    yield mark + lines[0].lstrip()
    yield from lines[1:]


def _flat(name: str, value: object) -> bool:
    """Whether it is short by its nature: names and numbers, no sentences and no lists of them."""
    match value:
        case Mapping():
            return all(key not in _SPREAD and _flat(key, one) for key, one in value.items())
        case list() | tuple():
            return name not in _QUOTED and not any(isinstance(one, Mapping) for one in value)
        case _:
            return True


def _flow(name: str, value: object) -> str:
    """A value on one line, as the key `name` has it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"  # as it was written: 54.00 stays 54.00
        case int():
            return str(value)
        case str():
            return _quoted(value) if name in _QUOTED else _name(value)
        case Mapping():
            inner = (f"{_name(key)}: {_flow(key, one)}" for key, one in value.items())
            return "{" + ", ".join(inner) + "}"
        case list() | tuple():
            return "[" + ", ".join(_flow(name, one) for one in value) + "]"
        case _:
            raise TypeError(value)


def _name(text: str) -> str:
    """A name without quotes where no reader of YAML can take it for anything else."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS
    return text if plain or _WHOLE.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    in_quotes = json.dumps(str(text), ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", in_quotes)
