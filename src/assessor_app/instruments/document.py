"""A YAML file as plain values, each with its line; nothing in it is executed or expanded."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.faults import Cell, Fault, KeyPath, Line, Place, key_text, shown

LARGEST_BYTES = 2_000_000
_DEEPEST = 32
_MOST_VALUES = 100_000  # ten times what a hundred indicators with all their texts have

# The C parser where PyYAML has it: the shipped files are read in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Beside control characters, those that nobody sees: they hide text or turn its order round, so
# that a file, a screen and a signed page would not say what they seem to say.
CONTROL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_WORDS: Mapping[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content as dicts, lists and scalars, and where each of them stands.

    Only null, true, false and whole numbers are resolved. All else stays text: a number with a
    decimal point must not pass through a float on its way to Decimal.

    A text file has `lines`. A workbook that was read into the same tree has `cells` instead, and
    every rule then names sheet, row and column.
    """

    file: str
    digest: str
    tree: object
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    cells: Mapping[KeyPath, Cell] = field(default_factory=dict)

    def place(self, path: KeyPath) -> Place:
        """Where a key stands, or the nearest place above it that the file does have."""
        known: Mapping[KeyPath, object] = self.cells or self.lines
        while path and path not in known:
            path = path[:-1]
        if self.cells:
            return self.cells.get(path) or next(iter(self.cells.values()))
        return Line(self.lines.get(path, 1))

    def fault(self, path: KeyPath, code: str, /, **places: object) -> Fault:
        place = self.place(path)
        if isinstance(place, Cell):
            return Fault(self.file, None, key_text(path), code, places, place)
        return Fault(self.file, place.number, key_text(path), code, places)


def read_document(path: Path) -> Document:
    """Read one file.

    Raises InstrumentFault for a file that cannot be read as YAML at all. Keys that stand twice
    are among the document's `faults` instead, so that they are told together with the rest.
    """
    content = _content(path)
    text = _text(content, path)
    composer = _Composer(str(path))
    try:
        tree = composer.document(yaml.parse(text, Loader=_LOADER))
    # Without libyaml, PyYAML lets an impossible escape ("\\UFFFFFFFF") out as Python's own error.
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        raise InstrumentFault(
            "instrument_not_yaml",
            file=str(path),
            line=mark.line + 1 if mark else None,
            reason=shown(getattr(error, "problem", None) or error),
        ) from error
    if tree is None:
        raise InstrumentFault("instrument_file_empty", file=str(path))
    digest = hashlib.sha256(content).hexdigest()
    return Document(str(path), digest, tree, composer.lines, tuple(composer.faults))


def _content(path: Path) -> bytes:
    file = str(path)
    try:
        if path.is_dir():
            raise InstrumentFault("instrument_is_folder", file=file)
        if not path.exists():
            raise InstrumentFault("instrument_missing", file=file)
        if not path.is_file():
            raise InstrumentFault("instrument_unreadable", file=file, reason="?")
        with path.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InstrumentFault("instrument_unreadable", file=file, reason=reason) from error
    except ValueError as error:  # a path with NUL
        raise InstrumentFault("instrument_missing", file=shown(file)) from error
    if len(content) > LARGEST_BYTES:
        megabytes = LARGEST_BYTES // 1_000_000
        raise InstrumentFault("instrument_too_large", file=file, megabytes=megabytes)
    return content


def _text(content: bytes, path: Path) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InstrumentFault("instrument_not_utf8", file=str(path), line=line) from error
    if control := CONTROL.search(text):
        raise InstrumentFault(
            "instrument_control_character",
            file=str(path),
            line=text.count("\n", 0, control.start()) + 1,
            character=_named(control[0]),
        )
    return text


class _Composer:
    """Builds the values of one document from the parser's events, and refuses its dangers.

    Anchors and tags are refused rather than followed: no instrument needs them, and aliases can
    make two kilobytes explode into gigabytes.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[KeyPath, int] = {}
        self.faults: list[Fault] = []

    def document(self, events: Iterator[yaml.Event]) -> object:
        next(events)  # the stream's start
        if isinstance(next(events), yaml.StreamEndEvent):
            return None
        tree = self._value(next(events), events, path=())
        next(events)  # the document's end
        following = next(events)
        if not isinstance(following, yaml.StreamEndEvent):
            raise self._refusal("instrument_many_documents", following, ())
        return tree

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], *, path: KeyPath) -> object:
        self.lines.setdefault(path, _line(event))
        if len(self.lines) + len(self.faults) > _MOST_VALUES:
            raise self._refusal("instrument_too_many_values", event, (), limit=_MOST_VALUES)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refusal("instrument_alias_refused", event, path)
        if tag := getattr(event, "tag", None):
            raise self._refusal("instrument_tag_refused", event, path, tag=shown(tag))
        if len(path) > _DEEPEST:
            raise self._refusal("instrument_too_deep", event, path[:3], limit=_DEEPEST)
        if isinstance(event, yaml.MappingStartEvent):
            return self._table(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        self._refuse_control(event, path)
        return _resolved(event)

    def _table(self, events: Iterator[yaml.Event], path: KeyPath) -> dict[str, object]:
        table: dict[str, object] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise self._refusal("instrument_key_not_text", event, path)
            self._refuse_control(event, path)
            key, line = event.value, _line(event)
            if key not in table:
                self.lines[*path, key] = line
                table[key] = self._value(next(events), events, path=(*path, key))
                continue
            self.faults.append(self._twice(key, line, path))
            # Read under another name, so that its lines hide none of the first one's.
            self._value(next(events), events, path=(*path, f"{key} (2)"))
        return table

    def _list(self, events: Iterator[yaml.Event], path: KeyPath) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, path=(*path, len(items))))
        return items

    def _refuse_control(self, event: yaml.Event, path: KeyPath) -> None:
        """An escape in quotes ("\\u202e") can spell what the file's own text may not hold."""
        if control := CONTROL.search(getattr(event, "value", None) or ""):
            character = _named(control[0])
            raise self._refusal("instrument_control_character", event, path, character=character)

    def _twice(self, key: str, line: int, path: KeyPath) -> Fault:
        places = {"name": shown(key), "first": Line(self.lines[*path, key])}
        return Fault(self.file, line, key_text((*path, key)), "instrument_key_twice", places)

    def _refusal(
        self, code: str, event: yaml.Event, path: KeyPath, **places: object
    ) -> InstrumentFault:
        line = _line(event)
        return InstrumentFault(code, file=self.file, line=line, key=key_text(path), **places)


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _resolved(event: yaml.Event) -> object:
    """A scalar's value; YAML's other guesses (yes, 1_000, 12:30, 2018-01-01) stay text."""
    if not isinstance(event, yaml.ScalarEvent):
        raise TypeError(event)
    if event.style:
        return event.value
    if event.value in _WORDS:
        return _WORDS[event.value]
    return int(event.value) if _WHOLE_NUMBER.fullmatch(event.value) else event.value
