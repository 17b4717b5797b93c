"""Rows under headings, as a table shows them: each row says itself what stands in a column."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ROW_ROLE = Qt.ItemDataRole.UserRole
"""Asks for the whole row, in any column."""


class TableRow(Protocol):
    """One row in final words."""

    @property
    def target(self) -> str:
        """What the row leads to."""

    @property
    def spoken(self) -> str:
        """What a screen reader says in the place of the row's name."""

    @property
    def tip(self) -> str:
        """What is told of the row's name when it is pointed at."""

    def shown(self, column: int) -> str:
        """What stands in a column."""


Row = TypeVar("Row", bound=TableRow)


class RowTable(QAbstractTableModel, Generic[Row]):
    """Shows the rows that it was given; `named` is the column with the row's name."""

    def __init__(self, heads: Sequence[str], *, named: int) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self._named = named
        self._rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; a sequence that makes them when they are looked at may be given."""
        self.beginResetModel()
        self._rows = list(rows) if isinstance(rows, list | tuple) else rows
        self.endResetModel()

    def show_row(self, place: int, row: Row) -> None:
        """Show a row anew, where something more became known of it."""
        if isinstance(self._rows, list):
            self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._heads) - 1))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def row(self, place: int) -> Row:
        return self._rows[place]

    def place_of(self, target: str) -> int | None:
        """Where the first row that leads to a target stands; None where there is none."""
        places = (place for place, row in enumerate(self._rows) if row.target == target)
        return next(places, None)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.shown(column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken if column == self._named else row.shown(column)
            case Qt.ItemDataRole.ToolTipRole:
                return row.tip if column == self._named else row.shown(column)
            case Qt.ItemDataRole.UserRole:
                return row
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None
