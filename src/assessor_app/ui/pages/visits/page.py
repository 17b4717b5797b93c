"""The page that lists the visits: what there is, how far each has come, and how to begin one."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assessor_app.domain.listing import COUNTED_ORDERS, Order, Sieve
from assessor_app.domain.visit import VisitKind
from assessor_app.services.starting import NewVisitFrom, following_up, next_office
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.visits.bar import BeginBar, VisitsTools
from assessor_app.ui.pages.visits.carrying import Carrying
from assessor_app.ui.pages.visits.counting import VisitsCounter
from assessor_app.ui.pages.visits.details import VisitDetails
from assessor_app.ui.pages.visits.empty import VisitsEmpty
from assessor_app.ui.pages.visits.nothing import NothingFits
from assessor_app.ui.pages.visits.shelf import VisitShelf
from assessor_app.ui.pages.visits.sieve_bar import SieveBar
from assessor_app.ui.pages.visits.table import VisitsTable
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.notice import Notice, Tone

_MARGIN = 16
_ROOM_BESIDE = 1200  # pixels of the page from which the details stand beside the table
_KEPT = "visits"


@dataclass(frozen=True, slots=True)
class Looked:
    """How the list was left: what was searched for, how it was sorted, which row was chosen."""

    sieve: Sieve = field(default_factory=Sieve)
    order: Order = Order.NEWEST
    chosen: str | None = None


def show_at_next(desk: Desk, sieve: object) -> None:
    """Let the list show what a sieve lets through when it is gone to next."""
    if isinstance(sieve, Sieve):
        desk.standing[_KEPT] = Looked(sieve)


class VisitsPage(QWidget):
    """All visits of the store; what takes counting follows row by row."""

    visit_opened = Signal(str)
    new_wanted = Signal()
    new_from_wanted = Signal(object)  # NewVisitFrom: with what is known already
    refused_wanted = Signal()
    results_wanted = Signal()
    register_wanted = Signal()
    preflight_wanted = Signal()
    sending_wanted = Signal(str)  # with the visit that is chosen there; empty for none
    verify_wanted = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("visits")
        self._desk = desk
        kept = desk.standing.get(_KEPT)
        self._looked = kept if isinstance(kept, Looked) else Looked()
        self._table = VisitsTable(desk)
        self._shelf = VisitShelf(desk, self)
        self._shelf.changed.connect(self._on_changed)
        self._shelf.row_changed.connect(self._table.show_visit)
        self._counter = VisitsCounter(desk, self)
        self._shelf.more_known.connect(self._on_more_known)
        self._table.painted.connect(self._counter.hurry)
        self._counter.begun.connect(self._shelf.read_more)
        self._counter.counted.connect(self._shelf.take)
        self._counter.finished.connect(self._shelf.settle)
        self._notice = Notice(desk.tokens, "visits.notice")
        self._sieve = SieveBar(desk, self._looked.sieve, self._looked.order)
        self._details = VisitDetails(desk)
        self._nothing: NothingFits | None = None
        self._none: VisitsEmpty | None = None
        self._tools = VisitsTools(desk)
        self._begin = BeginBar(desk, self._sieve.search)
        self._stack = QStackedWidget()
        self._carrying = Carrying(desk, self)
        self._lay_out()
        self._connect()

    def take_over(self, before: QWidget) -> None:
        """Keep the chosen row of the same page in another language or other colours."""
        if isinstance(before, VisitsPage):
            before.keep_looked()
            self._looked = before.looked

    @property
    def looked(self) -> Looked:
        """How the list stands."""
        return self._looked

    @property
    def chosen(self) -> str | None:
        """The visit of the row that is chosen."""
        return self._table.chosen

    @property
    def shown(self) -> tuple[str, ...]:
        """The visits (ids) that the list shows, from the top."""
        return self._table.visits

    def show_sieve(self, sieve: Sieve) -> None:
        """Show what a sieve lets through, as if it had been chosen here."""
        self._sieve.show_sieve(sieve)

    @property
    def counting(self) -> bool:
        """Whether some rows still wait for their progress and zone."""
        return self._counter.active

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_visits(chosen=self.chosen or self._looked.chosen)

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden list does not count; how it stood is kept until the store is locked."""
        self.keep_looked()
        self._counter.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= grown(_ROOM_BESIDE)
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._details.show_beside(beside=beside)
        self._sieve.show_folded(folded=not beside)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        if self._shelf.visits:
            self._table.setFocus()
        elif self._none is not None:
            self._none.take_focus()

    def keep_looked(self) -> None:
        """Keep how the list stands, for the next time it is gone to."""
        chosen = self._table.chosen or self._looked.chosen
        self._looked = Looked(self._looked.sieve, self._looked.order, chosen)
        self._desk.standing[_KEPT] = self._looked

    def import_file(self, path: Path) -> None:
        """Ask for the passphrase of a colleague's file and take its visit in."""
        self._carrying.import_file(path)

    def show_visits(self, *, chosen: str | None = None) -> None:
        """Read the list anew and keep or set the chosen row."""
        self._shelf.read()
        filled = bool(self._shelf.visits)
        for part in (self._begin, self._sieve):
            part.setVisible(filled)
        self._tools.show_for(empty=not filled)
        self._begin.show_next(possible=self._next_office() is not None)
        self._sift()
        if filled:
            self._table.choose(chosen)
        self.setFocus()
        self._counter.begin(self._shelf.visits)

    # How it is laid out

    def _lay_out(self) -> None:
        fitting = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, fitting)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(12)
        self._halves.addWidget(self._table, stretch=1)
        self._halves.addWidget(self._details)
        self._stack.addWidget(fitting)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        column.setSpacing(8)
        for widget in (self._tools, self._begin, self._sieve, self._notice):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        tools, begin = self._tools, self._begin
        for told, meant in (
            (tools.preflight_wanted, self.preflight_wanted),
            (tools.register_wanted, self.register_wanted),
            (tools.sending_wanted, lambda: self.sending_wanted.emit("")),
            (tools.results_wanted, self.results_wanted),
            (tools.verify_wanted, self.verify_wanted),
            (tools.import_wanted, self._carrying.choose_file),
            (tools.sample_wanted, self._on_sample_wanted),
            (begin.refused_wanted, self.refused_wanted),
            (begin.new_wanted, self.new_wanted),
        ):
            told.connect(meant)
        carrying = self._carrying
        carrying.came.connect(lambda visit: self.show_visits(chosen=visit or None))
        carrying.left.connect(self._on_left)
        carrying.visit_wanted.connect(self.visit_opened)
        carrying.told.connect(self._tell)
        begin.next_wanted.connect(self._on_next_wanted)
        self._table.opened.connect(self.visit_opened)
        self._table.typed.connect(self._on_typed)
        self._table.current_changed.connect(self._show_details)
        self._details.open_wanted.connect(self._on_open_wanted)
        self._details.export_wanted.connect(self._on_export_wanted)
        self._details.sending_wanted.connect(lambda: self.sending_wanted.emit(self.chosen or ""))
        self._details.follow_up_wanted.connect(lambda: self._follow(VisitKind.FOLLOW_UP))
        self._details.coaching_wanted.connect(lambda: self._follow(VisitKind.COACHING))
        self._sieve.sifting.connect(self._on_sifting)
        self._sieve.sorted_by.connect(self._on_sorted)
        self._table.sort_wanted.connect(self._on_sorted)
        self._sieve.list_wanted.connect(self._table.setFocus)
        self._sieve.first_wanted.connect(self._on_open_wanted)
        for keys, act in (
            ("Ctrl+N", self.new_wanted.emit),
            ("Ctrl+Shift+N", self._on_next_wanted),
            ("Ctrl+H", self.results_wanted.emit),
            ("Ctrl+K", lambda: self.sending_wanted.emit("")),
            ("Ctrl+F", self._on_search_wanted),
        ):
            QShortcut(QKeySequence(keys), self, act)

    # What is looked for

    def _on_sifting(self, sieve: Sieve) -> None:
        self._looked = Looked(sieve, self._looked.order, self.chosen or self._looked.chosen)
        self._sift()

    def _on_sorted(self, order: str) -> None:
        self._looked = Looked(self._looked.sieve, Order(order), self.chosen)
        self._sieve.show_order(self._looked.order)
        self._sift()

    def _on_typed(self, text: str) -> None:
        """A letter over the list begins a search."""
        self._sieve.search.setFocus()
        self._sieve.search.setText(text)

    def _on_search_wanted(self) -> None:
        if self._shelf.visits:
            self._sieve.search.setFocus()
            self._sieve.search.selectAll()

    def _sift(self) -> None:
        """Show what is wanted, and say what of it is hidden or not known yet."""
        looked, shelf = self._looked, self._shelf
        sifted = shelf.sifted(looked.sieve, looked.order)
        self._table.show_order(looked.order)
        self._table.show_listed(*shelf.rows_of(sifted))
        self._sieve.show_found(shelf.shelf, sifted, counting=self.counting)
        if sifted.rows:
            self._stack.setCurrentIndex(0)
        elif shelf.visits:
            self._show_nothing(sifted.undecided)
        else:
            self._stack.setCurrentWidget(self._ways_to_begin())
        self._show_due()
        self._show_details()

    def _show_nothing(self, undecided: int) -> None:
        """No visit fits: how to see some again."""
        if self._nothing is None:
            self._nothing = NothingFits(self._desk)
            self._nothing.clear_wanted.connect(self._sieve.clear)
            self._stack.addWidget(self._nothing)
        self._nothing.show_why(undecided=undecided)
        self._stack.setCurrentWidget(self._nothing)

    def _ways_to_begin(self) -> VisitsEmpty:
        """What an empty store offers."""
        if self._none is None:
            self._none = none = VisitsEmpty(self._desk)
            for told, meant in (
                (none.refused_wanted, self.refused_wanted),
                (none.new_wanted, self.new_wanted),
                (none.import_wanted, self._carrying.choose_file),
                (none.sample_wanted, self._on_sample_wanted),
            ):
                told.connect(meant)
            self._stack.addWidget(none)
        return self._none

    def _show_due(self) -> None:
        found = self._shelf.reminders
        over, near = sum(one.over for one in found), sum(one.near for one in found)
        self._sieve.show_due(over=over, near=near)

    def _show_details(self) -> None:
        chosen = self._shelf.listed(self._table.chosen)
        self._details.show_visit(chosen, self._shelf.names)

    def _on_more_known(self) -> None:
        """What the rows were painted without may let more of them through."""
        sieve = self._looked.sieve
        if self.isVisible() and (sieve.text or sieve.sync):
            self._sift()
        else:
            self._show_details()

    def _on_changed(self) -> None:
        """Something more is known: it may decide a filter, a place in the order, what is due."""
        if not self.isVisible():
            return
        if self._looked.sieve.counting or self._looked.order in COUNTED_ORDERS or not self.counting:
            self._sift()
        else:
            self._show_due()
            self._show_details()

    # What happens

    def _next_office(self) -> NewVisitFrom | None:
        workplace = self._desk.workplace
        return next_office(
            self._shelf.visits,
            own_name=workplace.profile.name,
            now=workplace.store.clock.now(),
            zone=workplace.profile.zone,
        )

    def _on_next_wanted(self) -> None:
        office = self._next_office()
        if office is not None:
            self.new_from_wanted.emit(office)

    def _follow(self, kind: VisitKind) -> None:
        chosen = self._shelf.listed(self._table.chosen)
        if chosen is not None:
            name = self._desk.workplace.profile.name
            self.new_from_wanted.emit(following_up(chosen.visit, own_name=name, kind=kind))

    def _on_open_wanted(self) -> None:
        if self._table.chosen:
            self.visit_opened.emit(self._table.chosen)

    def _on_export_wanted(self) -> None:
        chosen = self._shelf.listed(self._table.chosen)
        if chosen is not None:
            self._carrying.export(chosen.visit)

    def _on_left(self) -> None:
        """The line of what went into a file says so from now on."""
        self._shelf.show_travelled()
        self._sift()

    def _on_sample_wanted(self) -> None:
        self._notice.clear()
        self._counter.stop()
        self._carrying.load_sample()

    def _tell(self, text: str, tone: Tone) -> None:
        self._notice.tell(text, tone)
        if tone is Tone.SUCCESS:
            self.said.emit(text)
