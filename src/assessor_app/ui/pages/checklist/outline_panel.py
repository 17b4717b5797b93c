"""The left of the checklist: search, progress, and the outline of all indicators."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline import OutlineGroup, OutlineModel, OutlineRow, OutlineSearch
from assessor_app.ui.pages.checklist.outline_view import OutlineView
from assessor_app.ui.theme import dress
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import line_edit
from assessor_app.ui.widgets.labels import quiet

_BAR_PX = 6  # high


class OutlinePanel(Card):
    """Knows the order of the indicators, and which of them are settled."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, groups: Sequence[OutlineGroup]) -> None:
        super().__init__()
        self.setObjectName("checklist.outline")
        self._desk = desk
        self._current = ""
        self._model = OutlineModel(groups, self)
        self._search = OutlineSearch(self._model, self)
        self._sought = line_edit("checklist.search", placeholder=desk.say("checklist.search"))
        self._sought.setAccessibleName(desk.say("checklist.search"))
        self._sought.setClearButtonEnabled(True)
        self._sought.textChanged.connect(self._on_sought)
        self._sought.returnPressed.connect(self._on_search_entered)
        self._none = quiet(desk.say("checklist.search_none"))
        self._none.hide()
        self._bar = QProgressBar()
        self._bar.setObjectName("checklist.progress")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(_BAR_PX)
        self._told = quiet("")
        self._view = OutlineView("checklist.tree", desk.tokens, spoken=desk.say("checklist.tree"))
        dress(self._view, "outline")
        self._view.setModel(self._search)
        self._view.expandAll()
        self._view.chosen.connect(self.chosen)
        self.body.setContentsMargins(10, 10, 6, 8)
        self.body.setSpacing(6)
        for widget in (self._sought, self._told, self._bar, self._none):
            self.body.addWidget(widget)
        self.body.addWidget(self._view, stretch=1)
        self._show_progress()

    @property
    def codes(self) -> tuple[str, ...]:
        """All indicators in the instrument's order."""
        return self._model.codes()

    @property
    def asked(self) -> tuple[str, ...]:
        """Those that are asked, and the one that is looked at."""
        return tuple(
            code for code in self.codes if code == self._current or not self.row(code).hidden
        )

    def renew(self, rows: Iterable[OutlineRow]) -> None:
        before = self.asked
        self._model.renew(rows)
        if self.asked != before:  # conditions hold that did not, or the other way round
            self._view.expandAll()
        self._show_progress()

    def row(self, code: str) -> OutlineRow:
        return self._model.row(code)

    def show_current(self, code: str) -> None:
        """Make an indicator current; a search that hides it ends."""
        self._current = code
        blocked = self._view.blockSignals(True)  # what goes out of sight is not left for another
        self._search.keep(code)
        self._view.blockSignals(blocked)
        self._view.expandAll()
        place = self._search.mapFromSource(self._model.place_of(code))
        if not place.isValid():
            self._sought.clear()
            place = self._search.mapFromSource(self._model.place_of(code))
        self._view.show_place(place)

    def step(self, code: str, by: int) -> str | None:
        """The next indicator forward (1) or back (-1) that the search shows; None at the ends."""
        codes = self.codes[:: 1 if by > 0 else -1]
        further = codes[codes.index(code) + 1 :]
        return next((one for one in further if self._is_shown(one)), None)

    def next_open(self, code: str) -> str | None:
        """The next indicator with an open side after this one, from the top again at the end."""
        codes = self.codes
        at = codes.index(code)
        for other in (*codes[at + 1 :], *codes[:at]):
            if not self._model.row(other).settled:
                return other
        return None

    def end_search(self) -> None:
        self._sought.clear()

    def search(self) -> None:
        self._sought.setFocus()
        self._sought.selectAll()

    def _is_shown(self, code: str) -> bool:
        return self._search.mapFromSource(self._model.place_of(code)).isValid()

    def _on_sought(self, text: str) -> None:
        blocked = self._view.blockSignals(True)  # as above
        self._search.setFilterFixedString(text.strip())
        self._view.blockSignals(blocked)
        self._view.expandAll()
        # Invalid where it is not found: no other row is taken for the one that is looked at.
        self._view.show_place(self._search.mapFromSource(self._model.place_of(self._current)))
        self._none.setVisible(self._search.rowCount() == 0)

    def _on_search_entered(self) -> None:
        """Enter goes to the first indicator that was found, and the search has served."""
        found = next((code for code in self.codes if self._is_shown(code)), None)
        if found is not None:
            self._sought.clear()
            self.chosen.emit(found)
            self._view.setFocus()

    def _show_progress(self) -> None:
        rows = [row for row in map(self._model.row, self.codes) if row.counts]
        settled = sum(row.settled for row in rows)
        gaps = sum(row.gap for row in rows)
        self._bar.setRange(0, max(len(rows), 1))
        self._bar.setValue(settled)
        told = self._desk.say("checklist.progress", settled=settled, count=len(rows), gaps=gaps)
        self._told.setText(told)
        self._bar.setAccessibleName(told)
