"""A list of rows with a sign, a code, a text and what is said of it, some under headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What a row holds beside its text; a heading has no target."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `target` is where it leads to, None for a heading; `sign` names an icon.

    `tone` is the name of one of the theme's hues, for the sign; `stressed` has what is said of
    the row in it too.
    """

    text: str
    target: str | None = None
    code: str = ""
    detail: str = ""
    sign: str = ""
    tone: str = "grey"
    stressed: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        return ". ".join(part for part in (self.code, self.text, self.detail) if part)


class RowList(QAbstractListModel):
    """Rows handed in whole; a heading can be neither chosen nor followed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; where none came or went, only what changed is drawn anew."""
        new = tuple(rows)
        same = [row.target for row in new] == [row.target for row in self._rows]
        if not same:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        self._rows = new
        if new:
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def place_of(self, target: str) -> QModelIndex:
        """The row that leads to a target, or an invalid index."""
        for place, row in enumerate(self._rows):
            if row.target == target:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case RowRole.ROW:
                return row
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._rows[index.row()].target is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
