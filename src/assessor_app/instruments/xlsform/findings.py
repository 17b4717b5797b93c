"""What is found while a workbook is read: its faults, and notes on what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assessor_app.instruments.faults import Cell, Fault
from assessor_app.texts import Language

_MOST_NAMED = 20  # cells of a column that lack their text; the others are counted


@dataclass(frozen=True, slots=True)
class Column:
    """A column of texts, and the language that some of them lack; None where none is named.

    `paired` says that the missing language has a column of its own, which this then is.
    """

    at: Cell
    missing: Language | None
    paired: bool


@dataclass(slots=True)
class Findings:
    """Gathers faults and notes; both are told alike, each with its cell.

    `translated` says that the author must give every text in both languages; `supplied` are the
    keys that stand in no cell, so that nothing can be wrong with them by themselves.
    """

    file: str
    translated: bool = False
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    supplied: set[str] = field(default_factory=set)
    _one_language: dict[Column, dict[Cell, None]] = field(default_factory=dict)
    _told: set[tuple[Cell, str]] = field(default_factory=set)

    def fault(self, cell: Cell, code: str, /, **places: object) -> None:
        """A fault of a cell; each is told once, however often the cell is looked at."""
        if (cell, code) not in self._told:
            self._told.add((cell, code))
            self.faults.append(self._found(cell, code, **places))

    def note(self, cell: Cell | None, code: str, /, **places: object) -> None:
        self.notes.append(self._found(cell, code, **places))

    def one_language(self, cell: Cell, *, missing: Language | None, paired: bool) -> None:
        """A text that stands for both languages; `cell` is the empty one where they are paired."""
        column = Column(replace(cell, row=None), missing, paired)
        self._one_language.setdefault(column, {})[cell] = None

    def all_notes(self) -> tuple[Fault, ...]:
        """The notes in the order of the workbook."""
        missing = (
            note
            for column, cells in self._one_language.items()
            for note in self._untranslated(column, tuple(cells))
        )
        return tuple(sorted([*self.notes, *missing], key=lambda note: note.order))

    def _untranslated(self, column: Column, cells: tuple[Cell, ...]) -> Iterator[Fault]:
        """Where texts are missing: cell by cell in a column that has others, else as a count."""
        if column.missing is None:
            yield self._found(column.at, "one_language", count=len(cells))
            return
        language = column.missing.value
        if not column.paired:
            yield self._found(column.at, f"column_missing_{language}", count=len(cells))
            return
        named, more = cells[:_MOST_NAMED], len(cells) - _MOST_NAMED
        for cell in named:
            yield self._found(cell, f"text_missing_{language}")
        if more > 0:
            yield self._found(named[-1], f"more_missing_{language}", count=more)

    def _found(self, cell: Cell | None, code: str, /, **places: object) -> Fault:
        return Fault(self.file, None, "", f"workbook_{code}", places, cell)
