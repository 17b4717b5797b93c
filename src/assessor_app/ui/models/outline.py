"""The outline: dimensions, their variables, and every indicator with how its two sides stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What a delegate asks for beside the text."""

    CODE = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2
    SOUGHT = Qt.ItemDataRole.UserRole + 3  # what the search looks in


class Sign(IntEnum):
    """What one side of an indicator shows in the outline."""

    NOT_ASKED = 0
    OPEN = 1
    PRESENT = 2
    PARTIAL = 3
    ABSENT = 4
    NOT_ASSESSED = 5
    ANSWERED = 6  # of what is neither good nor bad: a text, a date, a photo
    NOT_APPLICABLE = 7


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One indicator as the outline shows it; every text is final.

    A `hidden` one is not asked by its condition, a `dimmed` one was said not to apply.
    """

    code: str
    text: str
    paper: Sign
    practice: Sign
    gap: bool
    lacks_evidence: bool
    spoken: str
    required: bool = True
    hidden: bool = False
    dimmed: bool = False

    @property
    def counts(self) -> bool:
        """Whether it belongs to what is counted: it must be filled in, or it was."""
        if self.hidden or self.paper is self.practice is Sign.NOT_ASKED:
            return False
        return self.required or Sign.OPEN not in (self.paper, self.practice)

    @property
    def settled(self) -> bool:
        """Whether nothing of it keeps the visit from closing."""
        if self.hidden:
            return True
        missing = self.required and Sign.OPEN in (self.paper, self.practice)
        return not missing and not self.lacks_evidence


@dataclass(slots=True, eq=False)
class _Node:
    title: str
    parent: "_Node | None" = None
    place: int = 0  # among its parent's children
    row: OutlineRow | None = None
    children: list["_Node"] = field(default_factory=list)

    def add(self, title: str, row: OutlineRow | None = None) -> "_Node":
        """A new last child."""
        child = _Node(title, self, len(self.children), row)
        self.children.append(child)
        return child


@dataclass(frozen=True, slots=True)
class OutlineGroup:
    """A dimension with its variables, or a variable with its rows."""

    title: str
    groups: tuple["OutlineGroup", ...] = ()
    rows: tuple[OutlineRow, ...] = ()


class OutlineModel(QAbstractItemModel):
    """Shows the groups and rows it was given; single rows are renewed one by one."""

    def __init__(self, groups: Sequence[OutlineGroup], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node("")
        self._by_code: dict[str, _Node] = {}
        for group in groups:
            self._grow(self._root, group)

    def codes(self) -> tuple[str, ...]:
        """All indicators in the instrument's order."""
        return tuple(self._by_code)

    def row(self, code: str) -> OutlineRow:
        row = self._by_code[code].row
        assert row is not None  # noqa: S101 - every code was put in with its row
        return row

    def renew(self, rows: Iterable[OutlineRow]) -> None:
        """Show these rows anew, and only these."""
        for row in rows:
            node = self._by_code[row.code]
            if node.row != row:
                node.row = row
                index = self.place_of(row.code)
                self.dataChanged.emit(index, index)

    def place_of(self, code: str) -> QModelIndex:
        """Where an indicator stands; an invalid index for an unknown code."""
        node = self._by_code.get(code)
        return self._index_of(node) if node else QModelIndex()

    # What Qt asks

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        children = self._node(parent).children
        if column or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, child: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override] # Qt has two methods of this name
        above = self._node(child).parent
        return self._index_of(above) if above else QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self._node(parent).children)

    def columnCount(self, _: _Index = _NOWHERE) -> int:
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        node = self._node(index)
        return _of_group(node.title, role) if node.row is None else _of_row(node.row, role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled
        return enabled | Qt.ItemFlag.ItemIsSelectable if self._node(index).row else enabled

    def _node(self, index: _Index) -> _Node:
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, _Node) else self._root

    def _index_of(self, node: _Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.place, 0, node)

    def _grow(self, parent: _Node, group: OutlineGroup) -> None:
        node = parent.add(group.title)
        for inner in group.groups:
            self._grow(node, inner)
        for row in group.rows:
            self._by_code[row.code] = node.add(row.text, row)


def _of_group(title: str, role: int) -> object:
    spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return title if role in spoken else None


def _of_row(row: OutlineRow, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return row.text
        case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
            return row.spoken
        case Role.CODE:
            return row.code
        case Role.ROW:
            return row
        case Role.SOUGHT:
            return f"{row.code} {row.text}"
        case _:
            return None


class OutlineSearch(QSortFilterProxyModel):
    """Only the indicators whose code or text holds what is sought, with their groups.

    One that is not asked by its condition is left out, but for the one that is looked at.
    """

    def __init__(self, model: OutlineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current = ""
        self.setSourceModel(model)
        self.setFilterRole(Role.SOUGHT)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setRecursiveFilteringEnabled(True)

    def keep(self, code: str) -> None:
        """The indicator that is looked at, which is shown even where it is not asked."""
        if code != self._current:
            self.beginFilterChange()
            self._current = code
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        """A group stands by its rows alone."""
        row = self.sourceModel().index(source_row, 0, source_parent).data(Role.ROW)
        if not isinstance(row, OutlineRow) or (row.hidden and row.code != self._current):
            return False
        return super().filterAcceptsRow(source_row, source_parent)
