"""What a sheet of a workbook is: its columns, what stands in their cells, and how it is headed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.texts import Language

LANGUAGES: Mapping[Language, str] = {
    Language.INDONESIAN: "Indonesia (id)",
    Language.ENGLISH: "English (en)",
}
"""How a language is called in a heading and in `default_language`."""

YES, NO = "yes", "no"
TRUE_WORDS = frozenset({"yes", "true", "true()", "ya", "1"})
FALSE_WORDS = frozenset({"no", "false", "false()", "tidak", "0"})


class Holds(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    NAME = "name"  # a name or code
    NAMES = "names"  # names separated by spaces
    LINES = "lines"  # texts, one a line
    NUMBER = "number"
    WHOLE = "whole"
    TRUTH = "truth"
    STEPS = "steps"  # "1=0.25; 5=1": from 1 on it fulfils a quarter, from 5 on the whole


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a `translated` one is written once for each language.

    `allowed` are the values that a name may have, where these are fixed.
    """

    name: str
    holds: Holds = Holds.TEXT
    translated: bool = False
    allowed: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; `standard` is how many of its first columns are XLSForm's own."""

    name: str
    columns: tuple[Column, ...]
    standard: int = 0

    def column(self, name: str) -> Column | None:
        """The column of a heading's first part, also by its other names in XLSForm."""
        return next((one for one in self.columns if name == one.name or name in one.aliases), None)


def heading(column: Column, language: Language | None = None) -> str:
    """The heading of a column; a translated one needs its language."""
    return f"{column.name}::{LANGUAGES[language]}" if language else column.name


def joined_lines(items: Iterable[str]) -> str:
    """A list of texts as one cell; a line that belongs to the item above begins with two spaces."""
    return "\n".join(item.replace("\n", "\n  ") for item in items)


def split_lines(cell: str) -> list[str]:
    """The inverse of `joined_lines`; empty lines separate nothing."""
    items: list[str] = []
    for line in cell.replace("\r\n", "\n").split("\n"):
        if line.startswith("  ") and items:
            items[-1] += f"\n{line.removeprefix('  ')}"
        elif line.strip():
            items.append(line.strip())
    return items
