"""The list of offices: searched as it is typed, institutions with their units below them."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from assessor_app.services.register.reading import Kept
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.cells import SPACE, Cell
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.parts.row_table_view import RowTableView, TableForm
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.pages.register.told import Column, OfficeRow, office_rows
from assessor_app.ui.theme import Space, grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import line_edit
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.stacking import Stacking

_HEAD = 720  # pixels below which the ways stand under the title
_INDENT = 28  # of a unit under its institution


class RegisterList(QWidget):
    """Narrowed at once: the register was read before."""

    opened = Signal(str)  # the id of an institution or unit
    add_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    template_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kept: Kept | None = None
        say = desk.say
        self._search = line_edit("register.search", placeholder=say("register.search_hint"))
        self._search.setAccessibleName(say("register.search"))
        self._search.textChanged.connect(self._show)
        self._search.returnPressed.connect(self._on_return)
        self._everything = tick(say("register.everything"), "register.everything")
        self._everything.toggled.connect(self._show)
        self._told = quiet(say("register.reading"))
        self._told.setObjectName("register.told")
        self._table: RowTableView[OfficeRow] = RowTableView(
            [say("register.head_name"), say("register.head_kind"), say("register.head_code")],
            desk.tokens,
            form=TableForm(
                named=Column.NAME,
                widths=((Column.KIND, grown(230)), (Column.CODE, grown(120))),
                draw=_draw,
            ),
            name="register.table",
            spoken=say("register.table"),
        )
        self._table.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._head())
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(self._search, 1)
        row.addWidget(self._everything)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self._table, 1)

    def take_focus(self) -> None:
        self._search.setFocus()

    def show_register(self, kept: Kept) -> None:
        """Show what was read, narrowed as before."""
        self._kept = kept
        self._show()

    def choose(self, id_: str) -> None:
        """Make the row of an office the chosen one."""
        self._table.choose(id_)

    def _show(self) -> None:
        if self._kept is None:
            return
        typed, everything = self._search.text(), self._everything.isChecked()
        rows = office_rows(self._desk, self._kept, typed, everything=everything)
        self._table.show_rows(rows)
        register = self._kept.register
        told = self._desk.say(
            "register.counted",
            units=sum(one.stands for one in register.units.values()),
            institutions=sum(one.stands for one in register.institutions.values()),
        )
        if not rows:
            empty = not (register.units or register.institutions)
            told = self._desk.say("register.none_yet" if empty else "register.none_such")
        self._told.setText(told)

    def _on_return(self) -> None:
        """Who has typed enough to see one office opens it; else the list takes the keys."""
        if len(self._table.rows) == 1:
            self.opened.emit(self._table.rows[0].target)
        else:
            self._table.setFocus()

    def _head(self) -> Stacking:
        say, tokens = self._desk.say, self._desk.tokens
        head = Stacking(below=_HEAD, space=Space.SMALL)
        head.addWidget(title(say("register.title")), 1)
        ways = QHBoxLayout()
        ways.setSpacing(Space.SMALL)
        head.addLayout(ways)
        more = button(say("register.more"), "register.more", icon=icon("list", tokens.ink))
        menu = QMenu(more)
        for name, wanted in (
            ("export", self.export_wanted),
            ("template", self.template_wanted),
            ("undo", self.undo_wanted),
        ):
            action = menu.addAction(say(f"register.{name}"))
            action.setObjectName(f"register.{name}")
            action.triggered.connect(wanted)
        more.setMenu(menu)
        ways.addWidget(more)
        add = button(say("register.add"), "register.add", icon=icon("add", tokens.ink))
        add.clicked.connect(self.add_wanted)
        ways.addWidget(add)
        ways.addWidget(
            primary(
                self._desk,
                "register.import",
                text=say("register.import"),
                sign="folder",
                act=self.import_wanted,
                tip=say("register.import_tip"),
            )
        )
        return head


def _draw(cell: Cell, row: OfficeRow, column: int) -> None:
    if column != Column.NAME:
        cell.words(row.shown(column))
        return
    if row.is_unit:
        _lead_to_unit(cell)
    cell.two_lines(row.name, row.below, badge=row.badge)


def _lead_to_unit(cell: Cell) -> None:
    """A unit stands under its institution, led to by an angle."""
    place = cell.place
    corner = QPoint(place.left() + SPACE, place.center().y())
    cell.painter.setPen(QPen(cell.tokens.edge, 1.5))
    cell.painter.drawLine(QPoint(corner.x(), place.top() + SPACE), corner)
    cell.painter.drawLine(corner, QPoint(place.left() + _INDENT - SPACE, corner.y()))
    cell.place = place.adjusted(_INDENT, 0, 0, 0)
