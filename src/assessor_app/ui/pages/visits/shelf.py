"""The visits of the store as the page knows them: read at once, counted little by little."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, overload

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.domain.listing import Counts, Listed, Order, Shelf, Sieve, Sifted, Sync
from assessor_app.domain.reminders import Reminder, due_items, reminders
from assessor_app.domain.visit import Visit
from assessor_app.services.visits import all_visits
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.visit_list import VisitRow
from assessor_app.ui.pages.visits.rows import row_of

if TYPE_CHECKING:  # values that are only passed on here
    from assessor_app.services.enrolment import Workplace
    from assessor_app.ui.tasks import Tell

_AGAIN_MS = 250  # between two looks of a filter at what was counted meanwhile


class VisitShelf(QObject):
    """Tells a row that became known, or that what a sieve lets through may be another."""

    changed = Signal()
    row_changed = Signal(object)  # VisitRow
    more_known = Signal()  # what has travelled, and other names of the offices

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._listed: dict[str, Listed] = {}
        self._rows: dict[str, VisitRow] = {}
        self._shelf = Shelf((), desk.workplace.profile.zone)
        self._names: Mapping[str, str] = {}
        self._words = desk.words
        self._due_changed = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AGAIN_MS)
        self._soon.timeout.connect(self._tell)

    @property
    def visits(self) -> tuple[Visit, ...]:
        return tuple(one.visit for one in self._listed.values())

    @property
    def shelf(self) -> Shelf:
        """All visits as they are known now."""
        if not self._shelf.visits and self._listed:
            self._shelf = replace(self._shelf, visits=tuple(self._listed.values()))
        return self._shelf

    @property
    def reminders(self) -> tuple[Reminder, ...]:
        return tuple(one.reminder for one in self._listed.values() if one.reminder is not None)

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the assessors who were enrolled or met here, by their ids, once read."""
        return self._names

    def read(self) -> None:
        """Read the frames anew; what was counted of visits is counted again."""
        visits = all_visits(self._desk.workplace.store)
        self._listed = {visit.id: Listed(visit) for visit in visits}
        self._rows.clear()
        self._forget_shelf()

    def sifted(self, sieve: Sieve, order: Order) -> Sifted:
        return self.shelf.sifted(sieve, order)

    def rows_of(self, sifted: Sifted) -> tuple[list[str], "Rows"]:
        """The visits that were found, and their rows, which find their words when looked at."""
        visits = [one.visit.id for one in sifted.rows]
        return visits, Rows(visits, lambda visit: self._row(self._listed[visit]))

    def listed(self, visit: str | None) -> Listed | None:
        return self._listed.get(visit) if visit is not None else None

    def read_more(self) -> None:
        """Read in a worker what the first rows are painted without."""
        self._desk.background.run(
            partial(_more, self._desk.workplace, self.visits),
            owner=self._page,
            done=self._take_more,
            failed=lambda _: None,  # the list stands without it
        )

    def _take_more(self, more: "More") -> None:
        self._names = more.names
        self._shelf = Shelf((), self._shelf.zone, more.other_names)
        self._take_travelled(more.travelled)
        self.more_known.emit()

    def show_travelled(self) -> None:
        """Read what of the visits has left or reached this device."""
        from assessor_app.services.travelled import travelled

        store = self._desk.workplace.store
        self._take_travelled(travelled(store, store.log.streams()))

    def _take_travelled(self, found: Mapping[str, tuple[Sync, ...]]) -> None:
        for visit, sync in found.items():
            if visit in self._listed and self._listed[visit].sync != sync:
                self._take(replace(self._listed[visit], sync=sync))

    def take(self, counts: Mapping[str, Counts]) -> None:
        """Take what was counted of some visits."""
        for visit, one in counts.items():
            self._take(replace(self._listed[visit], counts=one))
        self._due_changed |= any(one.left is not None for one in counts.values())
        if not self._soon.isActive():
            self._soon.start()

    def settle(self) -> None:
        """All is counted: what waits to be told is told now."""
        self._soon.stop()
        self._tell()

    def _tell(self) -> None:
        if self._due_changed:
            self._due_changed = False
            self._remind()
        self.changed.emit()

    def _remind(self) -> None:
        """Work out anew what is due: one visit can settle what another one found."""
        known = self._listed.values()
        left = [one.counts.left for one in known if one.counts and one.counts.left]
        predecessors = {one.visit.id: one.visit.predecessor for one in known}
        today = self._today()
        due = reminders(due_items(left, predecessors, today=today), today=today)
        for one in tuple(known):
            if one.reminder != due.get(one.visit.id):
                self._take(replace(one, reminder=due.get(one.visit.id)))

    def _today(self) -> date:
        workplace = self._desk.workplace
        return workplace.store.clock.now().astimezone(workplace.profile.zone).date()

    def _take(self, one: Listed) -> None:
        self._listed[one.visit.id] = one
        self._forget_shelf()
        if self._rows.pop(one.visit.id, None) is not None:  # it was looked at
            self.row_changed.emit(self._row(one))

    def _row(self, one: Listed) -> VisitRow:
        row = self._rows.get(one.visit.id)
        if row is None:
            row = self._rows[one.visit.id] = row_of(self._desk, one, words=self._words)
        return row

    def _forget_shelf(self) -> None:
        """The words that visits are found by stay: they are those of their frames."""
        self._shelf = replace(self._shelf, visits=())


@dataclass(frozen=True, slots=True)
class Rows(Sequence[VisitRow]):
    """Rows of visits, each put into words when it comes into sight."""

    visits: Sequence[str]
    row: Callable[[str], VisitRow]

    def __len__(self) -> int:
        return len(self.visits)

    @overload
    def __getitem__(self, place: int) -> VisitRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[VisitRow]: ...
    def __getitem__(self, place: int | slice) -> VisitRow | Sequence[VisitRow]:
        if isinstance(place, slice):
            return [self.row(visit) for visit in self.visits[place]]
        return self.row(self.visits[place])


# In a worker, which knows no widget.


@dataclass(frozen=True, slots=True)
class More:
    """What a list is painted without.

    `names` are those of assessors by their ids, `travelled` and `other_names` (of the offices,
    which they are found by too) go by visit.
    """

    names: Mapping[str, str]
    travelled: Mapping[str, tuple[Sync, ...]]
    other_names: Mapping[str, tuple[str, ...]]


def _more(workplace: "Workplace", visits: tuple[Visit, ...], _tell: "Tell") -> More:
    from assessor_app.services.register.other_names import other_names
    from assessor_app.services.travelled import travelled
    from assessor_app.services.trust import names_of_people

    store = workplace.store
    store = workplace.store
    return More(
        names_of_people(store),
        travelled(store, store.log.streams()),
        other_names(store, visits),
    )
