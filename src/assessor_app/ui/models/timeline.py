"""A history as rows: when and who at the left, what was done at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class TimelineRole(IntEnum):
    """What a row holds beside its text."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Chip:
    """A word that marks a row; `tone` is the name of one of the theme's hues."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event in final words; `values` are names with what became of them.

    `faded` is what does not hold any more.
    """

    moment: str
    who: str
    did: str
    part: str = ""
    values: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    faded: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        marks = ", ".join(chip.text for chip in self.chips)
        values = [f"{name}: {value}" for name, value in self.values]
        parts = (self.moment, self.who, self.did, marks, self.part, *values, *self.remarks)
        return ". ".join(part for part in parts if part)


class Timeline(QAbstractListModel):
    """Rows handed in whole, the latest first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TimelineRow, ...] = ()

    def show_rows(self, rows: Sequence[TimelineRow]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[TimelineRow, ...]:
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.did
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case TimelineRole.ROW:
                return row
            case _:
                return None
