"""Results side by side as rows and columns, in order of rank."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from assessor_app.domain.zone import ZoneColour

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ROW_ROLE = Qt.ItemDataRole.UserRole
"""Asks for the whole `ResultRow`, in any column."""


class Column(IntEnum):
    OVERALL = 0
    RANK = 1
    NAME = 2
    SCORE = 3
    ZONE = 4
    OPINION = 5
    AWARD = 6


class RowKind(StrEnum):
    """What a row tells of: an institution, one of its units, or what own visits make."""

    PUBLISHED = "published"
    UNIT = "unit"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result in final words; `target` is the institution that it leads to.

    `badge` marks what is provisional or a sample and is empty otherwise.
    """

    kind: RowKind
    target: str
    name: str
    below: str
    score: str
    zone: ZoneColour | None
    zone_text: str
    overall: str = ""
    rank: str = ""
    opinion: str = ""
    award: str = ""
    badge: str = ""
    tip: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says of the row's name."""
        return ". ".join(part for part in (self.name, self.badge, self.below) if part)


class ResultList(QAbstractTableModel):
    """Shows the rows that it was given."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self._rows: tuple[ResultRow, ...] = ()

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[ResultRow, ...]:
        return self._rows

    def place_of(self, target: str) -> int | None:
        """Where the first row of an institution stands, None where it is not in the list."""
        places = (place for place, row in enumerate(self._rows) if row.target == target)
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
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken if column is Column.NAME else _shown(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return row.tip or row.spoken if column is Column.NAME else _shown(row, column)
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


def _shown(row: ResultRow, column: Column) -> str:
    texts = {
        Column.OVERALL: row.overall,
        Column.RANK: row.rank,
        Column.NAME: row.name,
        Column.SCORE: row.score,
        Column.ZONE: row.zone_text,
        Column.OPINION: row.opinion,
        Column.AWARD: row.award,
    }
    return texts[column]
