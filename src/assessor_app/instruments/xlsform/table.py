"""A sheet as rows of typed cells under the headings that we know."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from assessor_app.instruments.document import CONTROL
from assessor_app.instruments.faults import Cell, shown
from assessor_app.instruments.xlsform.book import Odd, RawRow, RawSheet, Value
from assessor_app.instruments.xlsform.findings import Findings
from assessor_app.instruments.xlsform.headings import Heading, headings_of
from assessor_app.instruments.xlsform.sheet import FALSE_WORDS, TRUE_WORDS, Sheet, split_lines
from assessor_app.texts import Language

Wording: TypeAlias = dict[str, str]

_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet under its headings."""

    raw: RawSheet
    headings: Mapping[str, tuple[Heading, ...]]
    rows: tuple["Row", ...]

    def has(self, name: str) -> bool:
        return name in self.headings


@dataclass(frozen=True, slots=True)
class Row:
    """One row; every reader of a cell tells its faults to the findings."""

    raw: RawRow
    sheet: RawSheet
    headings: Mapping[str, tuple[Heading, ...]]  # those of a column, by its name
    default: Language | None
    findings: Findings

    @property
    def number(self) -> int:
        return self.raw.number

    def cell(self, name: str | None = None, language: Language | None = None) -> Cell:
        """The place of a cell, under its heading; of the whole row where no such column is."""
        headings = self.headings.get(name, ()) if name else ()
        for heading in headings:
            if heading.language is language:
                return self._at(heading)
        if headings:
            return self._at(headings[0])
        return Cell(self.sheet.name, self.number, None, self.sheet.number)

    def text(self, name: str, language: Language | None = None) -> str | None:
        for heading in self.headings.get(name, ()):
            if heading.language is language:
                return self._text(heading)
        return None

    def truth(self, name: str) -> bool | str | None:
        """A truth; what is none stays as it is, for the rules to refuse."""
        text = self.text(name)
        word = (text or "").casefold()
        if word in TRUE_WORDS:
            return True
        return False if word in FALSE_WORDS else text

    def names(self, name: str) -> list[str] | None:
        text = self.text(name)
        return None if text is None else [one for one in re.split(r"[\s,;]+", text) if one]

    def lines(self, name: str) -> list[str] | None:
        text = self.text(name)
        return None if text is None else split_lines(text)

    def wording(self, name: str) -> Wording | None:
        """A text in both languages; in one only, it stands for both, or lacks the other."""
        given = self._given(name)
        if len(given) == 1 and not self.findings.translated:
            ((language, text),) = given.items()
            self._note_one_language(name, language)
            return {"id": text, "en": text}
        return {language.value: text for language, text in given.items()} or None

    def wordings(self, name: str) -> list[Wording] | None:
        """A list of texts in both languages, one a line; the lines must be as many in both."""
        both = self.wording(name)
        if both is None:
            return None
        lists = {language: split_lines(text) for language, text in both.items()}
        counts = {len(lines) for lines in lists.values()}
        if len(counts) > 1:
            places = {"first": len(lists["id"]), "second": len(lists["en"])}
            self.findings.fault(self.cell(name), "lines_differ", **places)
        return [
            {language: lines[index] for language, lines in lists.items()}
            for index in range(min(counts))
        ]

    def filled(self) -> Iterator[Heading]:
        """The headings under which something stands in this row."""
        for headings in self.headings.values():
            yield from (one for one in headings if self._value(one) is not None)

    def has(self, name: str) -> bool:
        """Whether anything stands under a column, sound or not."""
        return any(self._value(heading) is not None for heading in self.headings.get(name, ()))

    def _given(self, name: str) -> dict[Language, str]:
        given: dict[Language, str] = {}
        plain = None
        for heading in self.headings.get(name, ()):
            text = self._text(heading)
            if heading.language is None:
                plain = text
            elif text is not None:
                given[heading.language] = text
        if plain is None:
            return given
        missing = [one for one in Language if one not in given]
        if self.default is not None:
            missing = [self.default] if self.default in missing else []
        return given | dict.fromkeys(missing[:1], plain)

    def _note_one_language(self, name: str, given: Language) -> None:
        """Tell where the text of the other language is to be written, as far as that is known."""
        by_language = {heading.language: heading for heading in self.headings[name]}
        missing = next(one for one in Language if one is not given)
        own = by_language.get(given)
        empty = by_language.get(missing) or (by_language.get(None) if own else None)
        at = self._at(empty or own or self.headings[name][0])
        named = None if set(by_language) == {None} else missing
        self.findings.one_language(at, missing=named, paired=empty is not None)

    def _text(self, heading: Heading) -> str | None:
        value = self._value(heading)
        match value:
            case Odd(why, odd):
                self.findings.fault(self._at(heading), f"cell_{why}", value=shown(odd))
                return None
            case bool():
                return "TRUE" if value else "FALSE"
            case str() if found := CONTROL.search(value):
                character = f"U+{ord(found[0]):04X}"
                self.findings.fault(self._at(heading), "cell_control", character=character)
                return CONTROL.sub("", value) or None
            case _:
                return value

    def _value(self, heading: Heading) -> Value:
        values = self.raw.values
        return values[heading.index] if heading.index < len(values) else None

    def _at(self, heading: Heading) -> Cell:
        number = heading.index + 1
        return Cell(self.sheet.name, self.number, heading.text, self.sheet.number, number)


def table_of(raw: RawSheet, sheet: Sheet, findings: Findings, *, default: Language | None) -> Table:
    """A sheet under its headings; its rows are those below them."""
    for cells in raw.merged:
        findings.fault(raw.cell(), "merged", cells=shown(cells))
    headings = headings_of(raw, sheet, findings, default=default)
    rows = tuple(Row(row, raw, headings, default, findings) for row in raw.rows[1:])
    return Table(raw, headings, rows)


def whole_number(text: str) -> int | str:
    """A whole number; what is none stays text, for the rules to refuse."""
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if plain else text
