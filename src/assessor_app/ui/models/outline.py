"""The outline as a tree: dimensions, their variables, and every indicator that is wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessor_app.ui.models.outline_row import Narrowing, OutlineRow, Tally

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What a delegate asks for beside the text."""

    CODE = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2


@dataclass(slots=True, eq=False)
class _Node:
    title: str
    parent: "_Node | None" = None
    order: int = 0  # among all of its parent's children
    place: int = 0  # among those of them that are shown
    row: OutlineRow | None = None
    children: list["_Node"] = field(default_factory=list)
    shown: list["_Node"] = field(default_factory=list)

    def add(self, title: str, row: OutlineRow | None = None) -> "_Node":
        """A new last child."""
        child = _Node(title, self, len(self.children), row=row)
        self.children.append(child)
        return child

    @property
    def is_shown(self) -> bool:
        above = self.parent
        if above is None:
            return True
        return self.place < len(above.shown) and above.shown[self.place] is self


@dataclass(frozen=True, slots=True)
class OutlineGroup:
    """A dimension with its variables, or a variable with its rows."""

    title: str
    groups: tuple["OutlineGroup", ...] = ()
    rows: tuple[OutlineRow, ...] = ()


class OutlineModel(QAbstractItemModel):
    """Shows what a `Narrowing` takes, with its groups, and one that is kept in any case.

    Single rows are renewed, shown and hidden one by one: an answer costs the same in a checklist of
    twenty indicators and of five thousand.
    """

    def __init__(self, groups: Sequence[OutlineGroup], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node("")
        self._by_code: dict[str, _Node] = {}
        self._unhidden: tuple[str, ...] | None = None
        self._wanted = Narrowing()
        self._kept = ""
        self.tally = Tally()
        for group in groups:
            self._grow(self._root, group)
        self.tally.add_all(node.row for node in self._by_code.values() if node.row is not None)
        self._codes = tuple(self._by_code)
        self._order = {code: place for place, code in enumerate(self._codes)}
        self._fill(self._root)

    def codes(self) -> tuple[str, ...]:
        """All indicators in the instrument's order."""
        return self._codes

    def unhidden(self) -> tuple[str, ...]:
        """Those that are not hidden by their condition, in the same order."""
        if self._unhidden is None:
            self._unhidden = tuple(code for code in self._codes if not self.row(code).hidden)
        return self._unhidden

    def place_in_order(self, code: str) -> int:
        """Where an indicator stands among all, from 0. Raises KeyError for an unknown code."""
        return self._order[code]

    def row(self, code: str) -> OutlineRow:
        row = self._by_code[code].row
        assert row is not None  # noqa: S101 - every code was put in with its row
        return row

    def is_shown(self, code: str) -> bool:
        node = self._by_code.get(code)
        return node is not None and node.is_shown

    @property
    def narrowing(self) -> Narrowing:
        return self._wanted

    @property
    def empty(self) -> bool:
        """Whether nothing is found: what is only kept does not count."""
        return not any(self._wanted.takes(self.row(code)) for code in self._codes)

    def narrow(self, wanted: Narrowing) -> None:
        """Show only what is wanted."""
        if wanted == self._wanted:
            return
        self.beginResetModel()
        self._wanted = wanted
        self._fill(self._root)
        self.endResetModel()

    def keep(self, code: str) -> None:
        """Show an indicator in any case; the one kept before stays till `let_go`."""
        self._kept = code
        self._show_as_wanted(self._by_code[code])

    def let_go(self, code: str) -> None:
        """Show an indicator that was kept only where it is wanted."""
        if code in self._by_code and code != self._kept:
            self._show_as_wanted(self._by_code[code])

    def renew(self, rows: Iterable[OutlineRow]) -> None:
        """Show these rows anew, and only these."""
        for row in rows:
            node = self._by_code[row.code]
            if node.row is None or node.row == row:
                continue
            if node.row.hidden != row.hidden:
                self._unhidden = None
            self.tally.take_away(node.row)
            self.tally.add(row)
            node.row = row
            if node.is_shown:
                index = self._index_of(node)
                self.dataChanged.emit(index, index)
            self._show_as_wanted(node)

    def place_of(self, code: str) -> QModelIndex:
        """Where an indicator stands; an invalid index for one that is not shown."""
        node = self._by_code.get(code)
        return self._index_of(node) if node is not None and node.is_shown else QModelIndex()

    # What Qt asks

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        shown = self._node(parent).shown
        if column or not 0 <= row < len(shown):
            return QModelIndex()
        return self.createIndex(row, column, shown[row])

    def parent(self, child: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override] # Qt has two methods of this name
        above = self._node(child).parent
        return self._index_of(above) if above else QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self._node(parent).shown)

    def columnCount(self, _: _Index = _NOWHERE) -> int:
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = self._node(index)
        return _of_group(node.title, role) if node.row is None else _of_row(node.row, role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled
        return enabled | Qt.ItemFlag.ItemIsSelectable if self._node(index).row else enabled

    # How it is kept

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

    def _takes(self, node: _Node) -> bool:
        """A group is shown for what is shown in it alone."""
        if node.row is None:
            return bool(node.shown)
        return node.row.code == self._kept or self._wanted.takes(node.row)

    def _fill(self, node: _Node) -> None:
        for child in node.children:
            if child.row is None:
                self._fill(child)
        node.shown = [child for child in node.children if self._takes(child)]
        _number(node.shown)

    def _show_as_wanted(self, node: _Node) -> None:
        """Put a node among what is shown, or take it from there, with groups that begin or end."""
        above, wanted = node.parent, self._takes(node)
        if above is None or wanted == node.is_shown:
            return
        if not wanted:
            self._hide(node)
        elif above.is_shown:
            place = _place_for(above, node)
            self.beginInsertRows(self._index_of(above), place, place)
            _insert(above, node)
            self.endInsertRows()
        else:  # its group comes with it, as one insertion further up
            _insert(above, node)
            self._show_as_wanted(above)

    def _hide(self, node: _Node) -> None:
        """Take a node away; its group goes with it where nothing else is shown in that."""
        above = node.parent
        if above is None or not node.is_shown:
            return
        if len(above.shown) == 1 and above is not self._root:
            self._hide(above)
            above.shown = []
            return
        self.beginRemoveRows(self._index_of(above), node.place, node.place)
        above.shown.pop(node.place)
        _number(above.shown)
        self.endRemoveRows()


def _place_for(above: _Node, node: _Node) -> int:
    return sum(one.order < node.order for one in above.shown)


def _insert(above: _Node, node: _Node) -> None:
    above.shown.insert(_place_for(above, node), node)
    _number(above.shown)


def _number(shown: Sequence[_Node]) -> None:
    for place, node in enumerate(shown):
        node.place = place


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
        case _:
            return None
