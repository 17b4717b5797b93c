"""The list of visits as rows and columns."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from assessor_app.domain.visit import Visit
from assessor_app.services.report.words import NONE, Words
from assessor_app.texts import say

_COLUMNS = ("institution", "unit", "arrival", "state", "outcome")
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class VisitList(QAbstractTableModel):
    """Shows the visits that it was given; sample visits are marked in the first column."""

    def __init__(self, visits: Sequence[Visit], words: Words) -> None:
        super().__init__()
        self._words = words
        self._rows = [self._row(visit) for visit in visits]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._rows[index.row()][index.column()]
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say(self._words.language, f"cli.head.{_COLUMNS[section]}")
        return None

    def _row(self, visit: Visit) -> tuple[str, ...]:
        words = self._words
        sample = f" · {words('sample_mark')}" if visit.sample else ""
        return (
            visit.institution + sample,
            visit.unit,
            words.moment(visit.arrival),
            words(f"state.{visit.state.value}"),
            words(f"outcome.{visit.outcome.value}") if visit.outcome else NONE,
        )
