"""The headings of a sheet: which of our columns each is, in which language, or neither."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from assessor_app.instruments.faults import Cell, shown
from assessor_app.instruments.xlsform.book import RawRow, RawSheet
from assessor_app.instruments.xlsform.columns import SURVEY
from assessor_app.instruments.xlsform.findings import Findings
from assessor_app.instruments.xlsform.foreign import IGNORED_COLUMNS, REFUSED_COLUMNS
from assessor_app.instruments.xlsform.sheet import Column, Sheet
from assessor_app.texts import Language

_LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(
        ("id", "in", "ind", "indonesia", "indonesian", "bahasa", "bahasa indonesia"),
        Language.INDONESIAN,
    ),
    **dict.fromkeys(("en", "eng", "english", "inggris", "bahasa inggris"), Language.ENGLISH),
}
_IN_BRACKETS = re.compile(r"(?P<name>[^()]*)\((?P<code>[^()]*)\)\s*")
_ALIKE = 0.8  # how alike two names are that are most likely meant to be the same


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `column` is None where we do not know it, `language` None where it names none."""

    text: str
    index: int
    column: Column | None
    language: Language | None = None
    foreign: bool = False  # of another language than our two


def language_of(text: str | None) -> Language | None:
    """Our language of that name, code, or both: `Indonesia (id)`, `English`, `in`."""
    word = (text or "").strip().casefold()
    if found := _IN_BRACKETS.fullmatch(word):
        by_code = _LANGUAGES.get(found["code"].strip())
        return by_code or _LANGUAGES.get(found["name"].strip())
    return _LANGUAGES.get(word)


def meant(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one most likely stands for."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=_ALIKE)), None)


def headings_of(
    raw: RawSheet, sheet: Sheet, findings: Findings, *, default: Language | None
) -> dict[str, tuple[Heading, ...]]:
    """The headings that are read, by the name of their column.

    They stand in the first row that is not empty. What is not read is told: refused where leaving
    it out would change the questions, else noted.
    """
    first = raw.rows[0] if raw.rows else RawRow(1, ())
    found = [
        _heading(value, index, sheet)
        for index, value in enumerate(first.values)
        if isinstance(value, str)
    ]
    used: dict[str, tuple[Heading, ...]] = {}
    for heading in found:
        if heading.column is None or heading.foreign:
            continue
        others = used.get(heading.column.name, ())
        same = [one for one in others if one.language is heading.language]
        if same:
            findings.fault(_cell(raw, heading, first), "column_twice", first=shown(same[0].text))
        else:
            used[heading.column.name] = (*others, heading)
    for headings in used.values():
        _refuse_plain(raw, first, headings, findings, default=default)
    _adopt_foreign(found, used)
    read = {one.index for headings in used.values() for one in headings}
    for heading in found:
        if heading.index not in read:
            _unread(raw, heading, findings, sheet=sheet)
    _unheaded(raw, found, findings)
    return used


def _heading(text: str, index: int, sheet: Sheet) -> Heading:
    whole = text.strip().casefold()
    for name in (whole, whole.replace(" ", "_")):
        if column := sheet.column(name):
            return Heading(text, index, column)
    for mark in ("::", ":"):
        name, found, language = text.partition(mark)
        column = sheet.column(name.strip().casefold().replace(" ", "_"))
        if found and column and column.translated:
            ours = language_of(language)
            return Heading(text, index, column, ours, foreign=ours is None)
    return Heading(text, index, None)


def _refuse_plain(
    raw: RawSheet,
    first: RawRow,
    headings: tuple[Heading, ...],
    findings: Findings,
    *,
    default: Language | None,
) -> None:
    """A column that names no language must not say again what one of a language says."""
    by_language = {heading.language: heading for heading in headings}
    plain = by_language.pop(None, None)
    twin = by_language.get(default or Language.ENGLISH)
    if plain and twin and (default or len(by_language) == len(Language)):
        findings.fault(_cell(raw, plain, first), "column_twice", first=shown(twin.text))


def _adopt_foreign(found: list[Heading], used: dict[str, tuple[Heading, ...]]) -> None:
    """A text that stands in neither of our languages is better read than lost."""
    for heading in found:
        if heading.foreign and heading.column:
            used.setdefault(heading.column.name, (heading,))


def _unread(raw: RawSheet, heading: Heading, findings: Findings, *, sheet: Sheet) -> None:
    """Tell of a column that is not read, where anything stands in it."""
    filled = [row for row in raw.rows[1:] if _filled(row, heading.index)]
    if not filled or (heading.column and not heading.foreign):
        return  # a column that stands twice is refused already
    name = heading.text.partition("::")[0].strip().casefold()
    close = meant(name, (one.name for one in sheet.columns))
    if sheet is SURVEY and {name, heading.text.strip().casefold()} & {*REFUSED_COLUMNS}:
        for row in filled:
            findings.fault(_cell(raw, heading, row), "column_refused", name=shown(heading.text))
    elif close and not heading.foreign and name not in IGNORED_COLUMNS:
        places = {"name": shown(heading.text), "close": close}
        findings.fault(_cell(raw, heading), "column_misspelt", **places)
    else:
        findings.note(_cell(raw, heading), "column_ignored", count=len(filled))


def _unheaded(raw: RawSheet, found: list[Heading], findings: Findings) -> None:
    """Tell of cells under no heading at all."""
    headed = {one.index for one in found}
    counts = Counter(
        index
        for row in raw.rows[1:]
        for index in range(len(row.values))
        if index not in headed and _filled(row, index)
    )
    for index, count in counts.items():
        findings.note(raw.cell(None, index + 1), "column_unheaded", count=count)


def _cell(raw: RawSheet, heading: Heading, row: RawRow | None = None) -> Cell:
    number = row.number if row else None
    return Cell(raw.name, number, heading.text, raw.number, heading.index + 1)


def _filled(row: RawRow, index: int) -> bool:
    return index < len(row.values) and row.values[index] is not None
