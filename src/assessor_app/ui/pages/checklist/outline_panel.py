"""The left of the checklist: search, filters, progress, and the outline of all indicators."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QPushButton

from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline import OutlineGroup, OutlineModel
from assessor_app.ui.models.outline_row import MatrixCell, Narrowing, OutlineRow, Show
from assessor_app.ui.pages.checklist.key_table import told_key
from assessor_app.ui.pages.checklist.outline_view import OutlineView
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import line_edit
from assessor_app.ui.widgets.filter_chips import Filter, FilterChips
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.steady import Steady

_BAR_PX = 6  # high
_IN_A_ROW = 3


class OutlinePanel(Card):
    """Knows the order of the indicators, which of them are settled, and which are wanted now."""

    chosen = Signal(str)
    narrowed = Signal(object)  # Narrowing

    def __init__(self, desk: Desk, groups: Sequence[OutlineGroup]) -> None:
        super().__init__()
        self.setObjectName("checklist.outline")
        self._desk = desk
        self._current = ""
        self._model = OutlineModel(groups, self)
        self._sought = line_edit("checklist.search", placeholder=desk.say("checklist.search"))
        self._sought.setAccessibleName(desk.say("checklist.search"))
        self._sought.setClearButtonEnabled(True)
        self._sought.textChanged.connect(self._on_sought)
        self._sought.returnPressed.connect(self._on_search_entered)
        self._chips = self._filter_chips()
        self._cell = self._cell_button()
        self._none = quiet("")
        self._none.setObjectName("checklist.none")
        self._bar = QProgressBar()
        self._bar.setObjectName("checklist.progress")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(_BAR_PX)
        self._view = OutlineView("checklist.tree", desk.tokens, spoken=desk.say("checklist.tree"))
        dress(self._view, "outline")
        self._view.chosen.connect(self.chosen)
        self.body.setContentsMargins(10, 10, 6, 8)
        self.body.setSpacing(6)
        chips = Steady(self._chips)  # their numbers change at every answer
        for widget in (self._sought, chips, self._cell, self._bar, self._none):
            self.body.addWidget(widget)
        self.body.addWidget(self._view, stretch=1)
        self._show_narrowing()
        self._show_progress()

    def showEvent(self, event: QShowEvent) -> None:
        """The tree has its rows from here on: each parent that it came into laid them all out."""
        super().showEvent(event)
        if self._view.model() is None:
            self._view.setModel(self._model)
            self._show_place(self._current)

    @property
    def codes(self) -> tuple[str, ...]:
        """All indicators in the instrument's order."""
        return self._model.codes()

    @property
    def asked(self) -> tuple[str, ...]:
        """Those that are asked, and the one that is looked at."""
        found, current = self._model.unhidden(), self._current
        if not current or not self.row(current).hidden:
            return found
        kept = {*found, current}
        return tuple(code for code in self.codes if code in kept)

    def renew(self, rows: Iterable[OutlineRow]) -> None:
        """Show these rows anew; one that is not wanted any more goes, but for the current one."""
        blocked = self._view.blockSignals(True)  # what goes out of sight is not left for another
        self._model.renew(rows)
        self._view.blockSignals(blocked)
        self._show_progress()

    def row(self, code: str) -> OutlineRow:
        return self._model.row(code)

    def show_current(self, code: str) -> None:
        """Make an indicator current; it is shown also where no filter and no search finds it."""
        before, self._current = self._current, code
        blocked = self._view.blockSignals(True)  # as above
        self._model.keep(code)
        self._show_place(code)
        if before:
            self._model.let_go(before)
        self._view.blockSignals(blocked)

    def step(self, code: str, by: int) -> str | None:
        """The next indicator forward (1) or back (-1) that is wanted; None at the ends."""
        codes, takes = self.codes, self._model.narrowing.takes
        at = self._model.place_in_order(code)
        further = range(at + 1, len(codes)) if by > 0 else range(at - 1, -1, -1)
        return next((codes[one] for one in further if takes(self.row(codes[one]))), None)

    def next_open(self, code: str) -> str | None:
        """The next wanted one with an open side after this, from the top again at the end."""
        codes, takes = self.codes, self._model.narrowing.takes
        at = self._model.place_in_order(code)
        for other in (*codes[at + 1 :], *codes[:at]):
            row = self.row(other)
            if not row.settled and takes(row):
                return other
        return None

    # What is wanted

    @property
    def narrowing(self) -> Narrowing:
        """The filter, the place in the matrix and the words that hold now."""
        return self._model.narrowing

    def filter_by(self, show: Show) -> None:
        """Show only what a filter holds; what was tapped in the matrix ends."""
        self._narrow(replace(self.narrowing, show=show, cell=None))

    def filter_class(self, cell: MatrixCell | None) -> None:
        """Show only a place of the gap matrix; the same again, or None, ends that."""
        told = None if cell == self.narrowing.cell else cell
        self._narrow(replace(self.narrowing, cell=told, show=Show.ALL))

    def stand_as(self, narrowing: Narrowing) -> None:
        """Want what another outline of the same visit wanted."""
        self._sought.setText(narrowing.words)
        self._narrow(narrowing)

    def end_search(self) -> None:
        self._sought.clear()

    def search(self) -> None:
        self._sought.setFocus()
        self._sought.selectAll()

    def _narrow(self, wanted: Narrowing) -> None:
        blocked = self._view.blockSignals(True)
        self._model.narrow(wanted)
        # Invalid where nothing is kept: no other row is taken for the one that is looked at.
        self._show_place(self._current)
        self._view.blockSignals(blocked)
        self._show_narrowing()
        self.narrowed.emit(self.narrowing)

    def _show_place(self, code: str) -> None:
        if self._view.model() is not None:
            self._view.show_place(self._model.place_of(code))

    def _show_narrowing(self) -> None:
        wanted = self.narrowing
        self._chips.show_chosen("" if wanted.cell is not None else wanted.show.value)
        self._cell.setVisible(wanted.cell is not None)
        self._none.setVisible(wanted != Narrowing() and self._model.empty)
        name = "none_found" if wanted.words else f"none.{wanted.show.value}"
        self._none.setText(self._desk.say(f"filters.{name}"))

    def _on_sought(self, text: str) -> None:
        self._narrow(replace(self.narrowing, words=text.strip()))

    def _on_search_entered(self) -> None:
        """Enter goes to the first indicator that was found, and the search has served."""
        takes = self.narrowing.takes
        found = next((code for code in self.codes if takes(self.row(code))), None)
        if found is not None:
            self._sought.clear()
            self.chosen.emit(found)
            self._view.setFocus()

    def _show_progress(self) -> None:
        tally = self._model.tally
        self._chips.show_counts({show.value: tally.within[show] for show in Show})
        self._bar.setUpdatesEnabled(False)  # or it paints itself at once, and the window twice
        self._bar.setRange(0, max(tally.counted, 1))
        self._bar.setValue(tally.settled)
        self._bar.setUpdatesEnabled(True)
        told = self._desk.say(
            "checklist.progress", settled=tally.settled, count=tally.counted, gaps=tally.gaps
        )
        self._bar.setToolTip(told)
        self._bar.setAccessibleName(told)

    def _filter_chips(self) -> FilterChips:
        say = self._desk.say
        filters = [
            Filter(show.value, say(f"filters.{show.value}"), told_key(self._desk, f"show_{show}"))
            for show in Show
        ]
        chips = FilterChips(
            "checklist.filter", filters, columns=_IN_A_ROW, spoken=say("filters.group")
        )
        chips.chosen.connect(lambda value: self.filter_by(Show(value)))
        return chips

    def _cell_button(self) -> QPushButton:
        """What was tapped in the matrix, told where it holds; a press ends it."""
        made = button(
            self._desk.say("filters.cell"),
            "checklist.filter.cell",
            role="flat",
            icon=icon("cross", self._desk.tokens.accent),
        )
        made.clicked.connect(lambda: self.filter_class(None))
        return made
