"""What is found while a workbook is read: its faults, and notes on what was decided."""

from collections import Counter
from dataclasses import dataclass, field

from assessor_app.instruments.faults import Cell, Fault


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
    one_language: Counter[Cell] = field(default_factory=Counter)
    _told: set[tuple[Cell, str]] = field(default_factory=set)

    def fault(self, cell: Cell, code: str, /, **places: object) -> None:
        """A fault of a cell; each is told once, however often the cell is looked at."""
        if (cell, code) not in self._told:
            self._told.add((cell, code))
            self.faults.append(Fault(self.file, None, "", f"workbook_{code}", places, cell))

    def note(self, cell: Cell | None, code: str, /, **places: object) -> None:
        self.notes.append(Fault(self.file, None, "", f"workbook_{code}", places, cell))

    def all_notes(self) -> tuple[Fault, ...]:
        """The notes in the order of the workbook, those on translations counted by column."""
        counted = [
            Fault(self.file, None, "", "workbook_one_language", {"count": count}, cell)
            for cell, count in self.one_language.items()
        ]
        return tuple(sorted([*self.notes, *counted], key=lambda note: note.order))
