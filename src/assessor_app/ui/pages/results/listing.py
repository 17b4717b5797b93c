"""The list of results: what it is narrowed to, who is green, and the ranks in a table."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.services.results import Wanted
from assessor_app.services.results_page import Gathered, narrowed
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.results.chooser import Chooser
from assessor_app.ui.pages.results.rows import headlines, result_rows
from assessor_app.ui.pages.results.table import results_table
from assessor_app.ui.theme import Space, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, quiet, title
from assessor_app.ui.widgets.stacking import Stacking

_HEAD = 720  # pixels below which the ways stand under the title


class ListingView(QWidget):
    """Narrowed at once: everything was read before."""

    opened = Signal(str)  # the institution
    import_wanted = Signal()
    template_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._gathered: Gathered | None = None
        self._chooser = Chooser(desk)
        self._chooser.changed.connect(self._show)
        self._told = body(desk.say("results.reading"))
        self._told.setObjectName("results.told")
        self._table = results_table(desk)
        self._table.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._chooser)
        column.addWidget(self._told)
        column.addWidget(self._table, 1)
        column.addLayout(self._foot())

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to."""
        return self._chooser.wanted

    def take_focus(self) -> None:
        self._table.setFocus()

    def show_gathered(self, gathered: Gathered, wanted: Wanted) -> None:
        """Show what was read, narrowed to what is wanted."""
        self._gathered = gathered
        self._chooser.show_offered(gathered.offered, wanted)
        self._show()

    def stop_reading(self) -> None:
        """Nothing could be read: it is said elsewhere why."""
        self._told.setVisible(False)

    def _show(self) -> None:
        if self._gathered is None:
            return
        wanted = self._chooser.wanted
        found = narrowed(self._gathered, wanted)
        across = wanted.province is None
        rows = result_rows(self._desk, found, across=across)
        told = headlines(self._desk, found, across=across)
        self._table.show_rows(rows)
        self._told.setText("\n".join(told) if rows else self._desk.say("results.none_such"))
        self._told.setVisible(bool(self._told.text()))

    def _head(self) -> Stacking:
        say, tokens = self._desk.say, self._desk.tokens
        head = Stacking(below=_HEAD, space=Space.SMALL)
        head.addWidget(title(say("results.title")), 1)
        ways = QHBoxLayout()
        ways.setSpacing(Space.SMALL)
        head.addLayout(ways)
        template = button(
            say("results.template"),
            "results.template",
            icon=icon("document", tokens.ink),
            tip=say("results.template_tip"),
        )
        template.clicked.connect(self.template_wanted)
        ways.addWidget(template)
        ways.addWidget(
            primary(
                self._desk,
                "results.import",
                text=say("results.import"),
                sign="folder",
                act=self.import_wanted,
                tip=say("results.import_tip"),
            )
        )
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(quiet(self._desk.say("results.how_to_open")), 1)
        go = button(
            self._desk.say("results.open"),
            "results.open",
            icon=icon("next", self._desk.tokens.ink),
        )
        go.clicked.connect(self._on_open_wanted)
        foot.addWidget(go, 0, Qt.AlignmentFlag.AlignVCenter)
        return foot

    def _on_open_wanted(self) -> None:
        if self._table.chosen:
            self.opened.emit(self._table.chosen)
