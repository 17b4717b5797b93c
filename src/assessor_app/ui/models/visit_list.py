"""The list of visits as rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from assessor_app.domain.zone import ZoneColour

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ROW_ROLE = Qt.ItemDataRole.UserRole
"""Asks for the whole `VisitRow`, in any column."""


class Column(IntEnum):
    OFFICE = 0
    ARRIVED = 1
    STATE = 2
    OUTCOME = 3
    PROGRESS = 4
    ZONE = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """What must be computed from a visit's answers; the table is shown before it is known."""

    progress: str
    share: float  # of the sides asked, 0 to 1
    zone: ZoneColour | None
    zone_text: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit in final words; `badge` marks a sample and is empty otherwise."""

    visit: str
    institution: str
    unit: str
    badge: str
    spoken: str
    arrived: str
    state: str
    outcome: str
    counted: Counted | None = None


class VisitList(QAbstractTableModel):
    """Shows the rows that it was given, and takes what is counted one by one."""

    def __init__(self, heads: Sequence[str], rows: Sequence[VisitRow] = ()) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self._rows = list(rows)

    def show_rows(self, rows: Sequence[VisitRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def show_row(self, place: int, row: VisitRow) -> None:
        """Show a row anew, where something of its visit became known."""
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))

    def row(self, place: int) -> VisitRow:
        return self._rows[place]

    def place_of(self, visit: str) -> int | None:
        """Where a visit stands, None where it is not in the list."""
        places = (place for place, row in enumerate(self._rows) if row.visit == visit)
        return next(places, None)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _shown(row, column)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return row.spoken if column is Column.OFFICE else _shown(row, column)
            case Qt.ItemDataRole.UserRole:
                return row
            case _:
                return None

    def headerData(  # noqa: N802 - Qt's name
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


def _shown(row: VisitRow, column: Column) -> str:
    match column:
        case Column.OFFICE:
            return row.unit
        case Column.ARRIVED:
            return row.arrived
        case Column.STATE:
            return row.state
        case Column.OUTCOME:
            return row.outcome
        case Column.PROGRESS:
            return row.counted.progress if row.counted else ""
        case Column.ZONE:
            return row.counted.zone_text if row.counted else ""
