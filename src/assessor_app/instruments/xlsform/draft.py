"""The tree of an instrument as it grows out of rows, with the cell of each of its keys."""

from dataclasses import dataclass, field

from assessor_app.instruments.faults import Cell, KeyPath
from assessor_app.instruments.xlsform.table import Row, whole_number
from assessor_app.texts import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of the tree at a path; what is put into it remembers the cell it came from.

    Empty cells leave their key out. Nothing is checked here: the rules of instrument files look at
    the whole, and find the cell of what they refuse.
    """

    path: KeyPath
    cells: dict[KeyPath, Cell]
    tree: dict[str, object] = field(default_factory=dict)

    def put(self, key: str, value: object, cell: Cell) -> None:
        if value is None or value == []:
            return
        self.tree[key] = value
        self.cells[*self.path, key] = cell

    def text(self, key: str, row: Row, *, column: str | None = None) -> None:
        text = row.text(column or key)
        if text is not None:
            self.put(key, text, row.cell(column or key))

    def truth(self, key: str, row: Row, *, column: str | None = None) -> None:
        self.put(key, row.truth(column or key), row.cell(column or key))

    def whole(self, key: str, row: Row) -> None:
        text = row.text(key)
        self.put(key, None if text is None else whole_number(text), row.cell(key))

    def names(self, key: str, row: Row, *, column: str | None = None) -> None:
        self.put(key, row.names(column or key), row.cell(column or key))

    def lines(self, key: str, row: Row) -> None:
        self.put(key, row.lines(key), row.cell(key))

    def needed(self, key: str, row: Row, *, column: str | None = None) -> None:
        """A text that must be there."""
        name = column or key
        self.wording(key, row, column=column)
        if key not in self.tree and not row.has(name):
            row.findings.fault(row.cell(name), "cell_missing", name=name)

    def wording(self, key: str, row: Row, *, column: str | None = None) -> None:
        name = column or key
        wording = row.wording(name)
        if wording is None:
            return
        self.put(key, wording, row.cell(name))
        for language in Language:
            self.cells[*self.path, key, language.value] = row.cell(name, language)

    def wordings(self, key: str, row: Row) -> None:
        self.put(key, row.wordings(key), row.cell(key))

    def inner(self, key: str, cell: Cell) -> "Entry":
        """A table within this one."""
        entry = Entry((*self.path, key), self.cells)
        self.put(key, entry.tree, cell)
        return entry

    def item(self, key: str, cell: Cell) -> "Entry":
        """A further table of a list within this one."""
        items = self.tree.setdefault(key, [])
        if not isinstance(items, list):
            raise TypeError(key)
        entry = Entry((*self.path, key, len(items)), self.cells)
        self.cells.setdefault((*self.path, key), cell)
        self.cells[entry.path] = cell
        items.append(entry.tree)
        return entry
