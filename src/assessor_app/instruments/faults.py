"""What is wrong in an instrument file, with the place where its author can mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from assessor_app.texts import Language, say

KeyPath: TypeAlias = tuple[str | int, ...]

_SHOWN_CHARACTERS = 60
_SHOWN_LIST_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text file, counted from 1."""

    number: int

    @property
    def order(self) -> tuple[int, int, int]:
        return (0, self.number, 0)

    def told(self, language: Language) -> str:
        return say(language, "problems.instrument_place_line", line=self.number)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a workbook, its row counted from 1; a whole row or sheet where less is known.

    `column` is the heading as the author wrote it, `sheet_number` and `column_number` the order
    in which the workbook has them.
    """

    sheet: str
    row: int | None = None
    column: str | None = None
    sheet_number: int = 0
    column_number: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.sheet_number, self.row or 0, self.column_number)

    def told(self, language: Language) -> str:
        if self.row is None and self.column is None:
            return say(language, "problems.instrument_place_sheet", sheet=self.sheet)
        if self.row is None:
            places = {"sheet": self.sheet, "column": self.column}
            return say(language, "problems.instrument_place_column", **places)
        if self.column is None:
            return say(language, "problems.instrument_place_row", sheet=self.sheet, row=self.row)
        places = {"sheet": self.sheet, "row": str(self.row), "column": self.column}
        return say(language, "problems.instrument_place_cell", **places)


Place: TypeAlias = Line | Cell


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file, in a line of its text or in a `cell` of its workbook.

    `line` counts from 1 and is None where no line can be named. `code` names the sentence
    `problems.<code>`; `places` fills it, and may itself hold a Place ("already in line 12").
    """

    file: str
    line: int | None
    key: str
    code: str
    places: Mapping[str, object] = field(default_factory=dict)
    cell: Cell | None = None

    @property
    def place(self) -> Place | None:
        """Where it stands; None for a fault of the file as a whole."""
        if self.cell is not None:
            return self.cell
        return None if self.line is None else Line(self.line)

    @property
    def order(self) -> tuple[int, int, int]:
        """By which the faults of one file are told: from its first line or cell to its last."""
        return self.place.order if self.place else (0, 0, 0)

    def told(self, language: Language) -> str:
        """The fault as one sentence that begins with its place."""
        here = {"file": self.file, "line": self.line, "key": self.key}
        given = {
            name: value.told(language) if isinstance(value, Line | Cell) else value
            for name, value in self.places.items()
        }
        sentence = say(language, f"problems.{self.code}", **(here | given))
        if self.place is None:
            return sentence
        # A workbook's author knows no keys: the column's heading stands in their stead.
        keyed = self.key and self.cell is None
        at = "instrument_fault_at_key" if keyed else "instrument_fault_at_place"
        told = {"file": self.file, "place": self.place.told(language), "key": self.key}
        return say(language, f"problems.{at}", sentence=sentence, **told)


def key_text(path: KeyPath) -> str:
    """A key path as an author reads it: `dimensions[0].variables[2].name`."""
    joined = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return shown(joined.removeprefix("."), characters=200)


def shown(value: object, *, characters: int = _SHOWN_CHARACTERS) -> str:
    """A value short enough to stand inside of a sentence."""
    text = str(value)
    return text if len(text) <= characters else f"{text[: characters - 1]}…"


def shown_list(names: Iterable[str]) -> str:
    """Names beside each other inside of a sentence; a dash where there are none."""
    return shown(", ".join(names) or "-", characters=_SHOWN_LIST_CHARACTERS)
