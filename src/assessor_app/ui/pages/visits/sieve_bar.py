"""The search and the filters over the list: what is hidden is always said, and how to see it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from assessor_app.domain.listing import (
    Listed,
    Made,
    Order,
    Shelf,
    Sieve,
    Sifted,
    Sync,
    Zone,
)
from assessor_app.domain.visit import VisitKind, VisitState
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.visits.rows import begun_large
from assessor_app.ui.theme import TOUCH_TARGET_PX, dress, icon, set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.filter_chip import FilterChip, Value
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import quiet


class SieveBar(QWidget):
    """Says which visits are wanted; it is told how many there are."""

    sifting = Signal(object)  # Sieve
    sorted_by = Signal(str)  # Order
    list_wanted = Signal()  # from the search into the table
    first_wanted = Signal()  # the chosen row, by Enter

    def __init__(self, desk: Desk, sieve: Sieve, order: Order) -> None:
        super().__init__()
        self._desk = desk
        self._sieve = sieve
        self._shelf: Shelf | None = None
        self._counting = False
        self.search = _Search(desk)
        self.search.setText(sieve.text)
        self.search.textChanged.connect(self._on_typed)
        self.search.down_pressed.connect(self.list_wanted)
        self.search.returnPressed.connect(self.first_wanted)
        self._filters = {name: self._chip(name) for name in _KINDS}
        self._due = button("", "visits.filter.due")
        self._due.setCheckable(True)
        dress(self._due, "chip")
        self._due.clicked.connect(lambda: self._change(due=self._due.isChecked()))
        self._fold = button("", "visits.filters")
        self._fold.setCheckable(True)
        dress(self._fold, "chip")
        self._fold.setIcon(icon("list", desk.tokens.ink))
        self._fold.clicked.connect(self._show_fold)
        self._order = FilterChip(
            "visits.sort", desk.tokens, label=desk.say("listing.sort"), single=True
        )
        self._order.show_values([Value(one, desk.say(f"listing.order.{one}")) for one in Order])
        self._order.show_wanted([order])
        self._order.chosen.connect(lambda values: self.sorted_by.emit(values[0]))
        self._clear = button(
            desk.say("listing.clear"),
            "visits.clear",
            role="flat",
            icon=icon("cross", desk.tokens.accent),
        )
        self._clear.clicked.connect(self.clear)
        self._found = quiet("")
        self._found.setObjectName("visits.found")
        self._found.setWordWrap(False)
        self._found.setMinimumHeight(TOUCH_TARGET_PX)
        row = Flowing(self)
        for part in (self._fold, *self._filters.values(), self._due, self._order):
            row.addWidget(part)
        row.addWidget(self._found)
        row.addWidget(self._clear)
        self.show_due(over=0, near=0)
        self.show_folded(folded=False)
        self._show_chosen()

    def show_sieve(self, sieve: Sieve) -> None:
        """Show what is wanted where that was changed elsewhere; it is reported as a change."""
        self._sieve = sieve
        if self.search.text() != sieve.text:
            self.search.setText(sieve.text)  # reports it
        self._show_chosen()
        self.sifting.emit(sieve)

    def show_folded(self, *, folded: bool) -> None:
        """Take little room: the filters stand behind a chip of their own."""
        self._folded = folded
        self._show_fold()

    def show_due(self, *, over: int, near: int) -> None:
        """Say on the chip for it how much is due, with a sign where there is any."""
        desk = self._desk
        name = "both" if over and near else "over" if over else "near" if near else "none"
        text = desk.say(f"listing.due_chip_{name}", over=over, near=near)
        hue = desk.tokens.red if over else desk.tokens.yellow
        sign = icon("warning" if over else "clock", hue.ink) if over or near else QIcon()
        self._due.setIcon(sign)
        self._due.setText(text)
        self._due.setAccessibleName(text)
        self._due.setToolTip(desk.say("listing.due_tip"))
        set_look(self._due, "tone", "error" if over else "warning" if near else "")

    def show_order(self, order: Order) -> None:
        """Show by what the list is sorted, where that was changed elsewhere."""
        self._order.show_wanted([order])

    def clear(self) -> None:
        """Want every visit again."""
        self.show_sieve(Sieve())

    def show_found(self, shelf: Shelf, sifted: Sifted, *, counting: bool) -> None:
        """Say how many of all are shown, and what is not known yet."""
        say, total = self._desk.say, len(shelf.visits)
        text = say("listing.found", shown=len(sifted.rows), total=total)
        if sifted.undecided:
            text = say("listing.found_counting", found=text, count=sifted.undecided)
        self._found.setText(text)
        for part in (self._found, self._clear):
            part.setVisible(not self._sieve.empty)
        self._shelf, self._counting = shelf, counting
        for name, chip in self._filters.items():
            if chip.open or self._now(name):
                self._fill(name)

    def _fill(self, name: str) -> None:
        """Offer the values of a filter; they are counted when somebody looks."""
        if self._shelf is not None:
            note = self._desk.say("listing.counting") if self._counting else ""
            values = self._values(name, self._shelf)
            self._filters[name].show_values(values, note=note if name in _COUNTED else "")

    def _values(self, name: str, shelf: Shelf) -> list[Value]:
        """The values of a filter with how many visits have each; all that it knows are offered."""
        desk, counts = self._desk, Counter[str]()
        for one in shelf.visits:
            counts.update(_KINDS[name](one, shelf))
        if name == "years":
            known: Iterable[str] = map(str, shelf.known_years())
        else:
            known = [
                str(value) for value in _ENUMS[name] if counts[value] or value in self._now(name)
            ]
        return [Value(value, _told(desk, name, value), str(counts[value])) for value in known]

    def _now(self, name: str) -> frozenset[str]:
        return frozenset(map(str, getattr(self._sieve, name)))

    def _show_fold(self) -> None:
        """Show the filters, or where there is little room one chip that says how many act."""
        acting = sum(bool(self._now(name)) for name in self._filters)
        say = self._desk.say
        text = say("listing.filters_acting", count=acting) if acting else say("listing.filters")
        self._fold.setText(text)
        self._fold.setAccessibleName(text)
        self._fold.setVisible(self._folded)
        set_look(self._fold, "picked", bool(acting))
        for chip in self._filters.values():
            chip.setVisible(not self._folded or self._fold.isChecked())

    def _chip(self, name: str) -> FilterChip:
        chip = FilterChip(
            f"visits.filter.{name}",
            self._desk.tokens,
            label=self._desk.say(f"listing.filter.{name}"),
        )
        chip.opening.connect(lambda: self._fill(name))
        chip.chosen.connect(lambda values: self._on_chosen(name, values))
        return chip

    def _on_chosen(self, name: str, values: list[str]) -> None:
        read = int if name == "years" else _ENUMS[name]
        self._change(**{name: frozenset(read(value) for value in values)})

    def _on_typed(self, text: str) -> None:
        if text != self._sieve.text:
            self._change(text=text)

    def _change(self, **values: object) -> None:
        self._sieve = replace(self._sieve, **values)  # type: ignore[arg-type]  # named as its fields
        self._show_fold()
        self.sifting.emit(self._sieve)

    def _show_chosen(self) -> None:
        for name, chip in self._filters.items():
            chip.show_wanted(self._now(name))
        self._due.setChecked(self._sieve.due)
        self._show_fold()


class _Search(QLineEdit):
    """Down leads into the list, Esc empties it."""

    down_pressed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("visits.search")
        self.setPlaceholderText(desk.say("listing.search"))
        self.setAccessibleName(desk.say("listing.search_name"))
        self.setToolTip(desk.say("listing.search_tip"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


_KINDS: dict[str, Callable[[Listed, Shelf], Iterable[str]]] = {
    "states": lambda one, _: (one.visit.state,),
    "zones": lambda one, _: (one.zone,) if one.zone else (),
    "years": lambda one, shelf: map(str, shelf.years_of(one)),
    "made": lambda one, _: (one.made,) if one.made else (),
    "sync": lambda one, _: one.sync,
    "kinds": lambda one, _: (one.visit.kind,),
}
"""The filters, each with the values that a visit has of it."""

_ENUMS: dict[str, type[StrEnum]] = {
    "states": VisitState,
    "zones": Zone,
    "made": Made,
    "sync": Sync,
    "kinds": VisitKind,
}
_COUNTED = frozenset({"zones", "years", "made"})


def _told(desk: Desk, name: str, value: str) -> str:
    """A value of a filter in words."""
    match name:
        case "states":
            return begun_large(desk.words(f"state.{value}"))
        case "kinds":
            return desk.words(f"visit_kind.{value}")
        case "zones":
            none = value == Zone.NONE
            return desk.say("listing.zone_none") if none else desk.words(f"zone.{value}")
        case "made":
            return desk.say(f"listing.progress.{value}")
        case "sync":
            return desk.say(f"listing.sync.{value}")
        case _:
            return value
