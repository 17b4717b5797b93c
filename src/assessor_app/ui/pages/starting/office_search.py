"""Which office of the register is meant: some letters, and the offices that they fit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.cells import ROW_HEIGHT, Cell
from assessor_app.ui.pages.parts.row_table_view import RowTableView, TableForm
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.fields import line_edit
from assessor_app.ui.widgets.labels import quiet

MOST_SHOWN = 30
_SEEN_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office in final words; `target` is what it is known by."""

    target: str
    name: str
    below: str

    @property
    def spoken(self) -> str:
        return f"{self.name}. {self.below}"

    @property
    def tip(self) -> str:
        return self.spoken

    def shown(self, _column: int) -> str:
        return self.name


class OfficeSearch(QWidget):
    """Enter takes the first that fits, the arrow keys choose another one; a tap takes it."""

    taken = Signal(str)  # the target of the row

    def __init__(
        self, desk: Desk, prefix: str, *, find: Callable[[str], Iterable[OfficeRow]]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._find = find
        self.line = line_edit(f"{prefix}.search", placeholder=desk.say("office.search_hint"))
        self._rows: RowTableView[OfficeRow] = RowTableView(
            [desk.say("office.found")],
            desk.tokens,
            form=TableForm(named=0, widths=(), draw=_draw),
            name=f"{prefix}.found",
            spoken=desk.say("office.found"),
        )
        self._rows.horizontalHeader().hide()
        self._none = quiet("")
        self._none.setObjectName(f"{prefix}.found_none")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in (self.line, self._rows, self._none):
            column.addWidget(one)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._on_typed)
        self._rows.opened.connect(self._on_taken)
        self._show_found()

    def setAccessibleName(self, name: str) -> None:
        """The line is what is spoken of."""
        self.line.setAccessibleName(name)

    def look_again(self) -> None:
        """What is searched has changed."""
        self._show_found()

    def clear(self) -> None:
        """Nothing is searched (any more)."""
        self.line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that choose in the list while it is typed in the line."""
        return watched is self.line and isinstance(event, QKeyEvent) and self._on_key(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        rows = self._rows.rows
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not rows:
            return False
        place = self._rows.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._on_taken(rows[max(place, 0)].target)
            case Qt.Key.Key_Down:
                self._rows.setCurrentIndex(
                    self._rows.model().index(min(place + 1, len(rows) - 1), 0)
                )
            case Qt.Key.Key_Up:
                self._rows.setCurrentIndex(self._rows.model().index(max(place - 1, 0), 0))
            case _:
                return False
        return True

    def _on_typed(self) -> None:
        self._show_found()

    def _on_taken(self, target: str) -> None:
        self.line.clear()
        self.taken.emit(target)

    def _show_found(self) -> None:
        typed = self.line.text().strip()
        rows = list(self._find(typed)) if typed else []
        self._rows.show_rows(rows)
        self._rows.setVisible(bool(rows))
        shown = min(len(rows), _SEEN_AT_ONCE)
        self._rows.setFixedHeight(shown * grown(ROW_HEIGHT) + 2 * self._rows.frameWidth())
        nothing = bool(typed) and not rows
        self._none.setText(self._desk.say("office.found_none") if nothing else "")
        self._none.setVisible(nothing)


def _draw(cell: Cell, row: OfficeRow, _column: int) -> None:
    cell.two_lines(row.name, row.below, badge="")
