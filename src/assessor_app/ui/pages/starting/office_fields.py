"""Which office is visited: from the register, from an earlier visit, or typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from assessor_app.domain.folding import folded
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import Problem, RecordRefused
from assessor_app.domain.register import Unit
from assessor_app.domain.visit import Visit
from assessor_app.services.entries import clean_text
from assessor_app.services.first_choices import kind_under
from assessor_app.services.register.belonging import Unregistered, take_names
from assessor_app.services.register.reading import Kept, at_hand, has_register, kept
from assessor_app.services.register.short_names import short_names
from assessor_app.services.visits import all_visits
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.pages.starting.instrument_choice import visitable
from assessor_app.ui.pages.starting.office_search import MOST_SHOWN, OfficeRow, OfficeSearch
from assessor_app.ui.sight import lead_to
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.fields import Field, choose, combo, line_edit, value_of

_OF_REGISTER, _OF_VISIT = "unit:", "visit:"


@dataclass(frozen=True, slots=True)
class ChosenOffice:
    """An office that was chosen from what is known."""

    institution: str
    unit: str
    object_type: str | None
    address: str | None


class OfficeFields(QObject):
    """The fields that every visit needs; the page lays them out.

    They are no widget of their own: one page puts them beside each other, another below.
    """

    chosen = Signal(object)  # ChosenOffice
    named = Signal()  # institution or unit is another one

    def __init__(self, desk: Desk, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._earlier = all_visits(desk.workplace.store)
        self._known: Kept | None = None
        self.instruments = visitable(desk)
        self.search = OfficeSearch(desk, prefix, find=self._found)
        self.institution = line_edit(f"{prefix}.institution")
        self.unit = line_edit(f"{prefix}.unit")
        self.kind = combo(f"{prefix}.object_type", [])
        self.search_field = Field(desk.say("office.search"), self.search)
        self.institution_field = Field(desk.say("office.institution"), self.institution)
        self.unit_field = Field(desk.say("office.unit"), self.unit)
        self.kind_field = Field(desk.say("office.object_type"), self.kind)
        self.register = tick(desk.say("office.register"), f"{prefix}.register")
        self.register.hide()
        _complete(self.institution, {visit.institution for visit in self._earlier})
        _complete(self.unit, {visit.unit for visit in self._earlier})
        self.unit.textChanged.connect(self._take_over_kind)
        self.search.taken.connect(self._on_taken)
        for line in (self.institution, self.unit):
            line.textChanged.connect(self.named)
            line.editingFinished.connect(self._offer_to_register)
        if not self.searchable:
            self.search_field.hide()
        self._read()

    @property
    def searchable(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self._earlier) or has_register(self._desk.workplace.store)

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.search.line if self.searchable else self.institution

    @property
    def object_type(self) -> str:
        return value_of(self.kind)

    @property
    def refs(self) -> tuple[str | None, str | None]:
        """The ids of institution and unit in the register, as they stand in the fields now."""
        store = self._desk.workplace.store
        if not has_register(store):
            return None, None
        index = kept(store).index
        unit = index.unit_of(self.institution.text(), self.unit.text())
        if unit is not None:
            return unit.institution, unit.id
        institution = index.institution_of(self.institution.text())
        return (institution.id if institution else None), None

    def earlier(self) -> tuple[Visit, ...]:
        """The visits to the office in the fields, under any of its names, the latest first."""
        return tuple(sorted(self._same_office(), key=lambda one: one.arrival, reverse=True))

    def keep_new(self, *, address: str | None = None) -> None:
        """Put the office into the register, where that is wished. Raises Problem."""
        if not self.register.isChecked() or not self.register.isVisible():
            return
        told = Unregistered(
            self.institution.text().strip(),
            self.unit.text().strip(),
            self.object_type or None,
            address,
        )
        take_names(self._desk.workplace.store, [told])

    def show_instrument(self, instrument: Instrument) -> None:
        """Offer the kinds of office of an instrument; the chosen one stays where it can."""
        before = self.object_type
        words = self._desk.words
        self.kind.clear()
        for kind in instrument.object_types:
            self.kind.addItem(words.of(kind.name), kind.code)
        choose(self.kind, before)
        if self.kind.currentIndex() < 0 and before:
            choose(self.kind, kind_under(instrument, before) or "")
        if self.kind.currentIndex() < 0:
            self.kind.setCurrentIndex(0)

    def faults(self) -> dict[Field, str]:
        """What is wrong, at its field."""
        found: dict[Field, str] = {}
        for line, field, name in (
            (self.institution, self.institution_field, "institution"),
            (self.unit, self.unit_field, "unit"),
        ):
            fault = text_fault(self._desk, line.text())
            if not line.text().strip():
                fault = self._desk.say(f"office.missing_{name}")
            if fault:
                found[field] = fault
        return found

    # The register

    def _read(self) -> None:
        """Read the register, at once where it is at hand, else in a worker."""
        store = self._desk.workplace.store
        self._known = at_hand(store)
        if self._known is not None or not has_register(store):
            return

        def work(_: Tell) -> Kept:
            return kept(store)

        def failed(_: Problem) -> None:
            """What is typed starts a visit all the same; the register's page tells why."""

        self._desk.tasks.run(work, owner=self.search, done=self._on_read, failed=failed)

    def _on_read(self, known: Kept) -> None:
        self._known = known
        self.search.look_again()
        self._offer_to_register()

    def _found(self, typed: str) -> Iterator[OfficeRow]:
        """Offices of the register that fit, then those of earlier visits that are in none."""
        if self._known is not None:
            for unit in self._known.index.search(typed, most=MOST_SHOWN):
                yield self._row_of(unit)
        yield from self._of_visits(folded(typed).split())

    def _row_of(self, unit: Unit) -> OfficeRow:
        known = self._known
        institution = known.register.institution_of(unit) if known else None
        parts = [institution.name if institution else "", unit.address or ""]
        if unit.names.before:
            parts.insert(1, self._desk.say("register.formerly", name=unit.names.before))
        below = " · ".join(part for part in parts if part)
        return OfficeRow(f"{_OF_REGISTER}{unit.id}", unit.name, below)

    def _of_visits(self, words: Sequence[str]) -> Iterator[OfficeRow]:
        seen: set[tuple[str, str]] = set()
        for visit in self._earlier:
            names = (visit.unit, visit.institution)
            texts = "".join(f" {folded(name)}" for name in (*names, *short_names().of(*names)))
            key = (folded(visit.institution), folded(visit.unit))
            fits = all(f" {word}" in texts for word in words)
            if visit.sample or not fits or key in seen or self._registered(visit):
                continue
            seen.add(key)
            below = self._desk.say("office.from_visit", institution=visit.institution)
            yield OfficeRow(f"{_OF_VISIT}{visit.id}", visit.unit, below)

    def _registered(self, visit: Visit) -> bool:
        if self._known is None:
            return False
        return self._known.index.unit_of(visit.institution, visit.unit) is not None

    def _on_taken(self, target: str) -> None:
        office = self._chosen(target)
        if office is None:
            return
        self.institution.setText(office.institution)
        self.unit.setText(office.unit)
        self.register.hide()
        self.chosen.emit(office)
        self._offer_to_register()

    def _chosen(self, target: str) -> ChosenOffice | None:
        id_ = target.partition(":")[2]
        if target.startswith(_OF_VISIT):
            visit = next((one for one in self._earlier if one.id == id_), None)
            if visit is None:
                return None
            return ChosenOffice(
                visit.institution, visit.unit, visit.object_type, visit.address_visited
            )
        known = self._known
        unit = known.register.units.get(id_) if known else None
        if known is None or unit is None:
            return None
        institution = known.register.institution_of(unit)
        today = self._desk.workplace.store.clock.now().astimezone(self._desk.workplace.profile.zone)
        # A name that holds from a later day on is not the one at the door yet.
        name = institution.names.on(today.date()) if institution else ""
        return ChosenOffice(name, unit.names.on(today.date()), unit.object_type, unit.address)

    def _offer_to_register(self) -> None:
        """An office that is in no register can be put there by one tap."""
        institution, unit = self.institution.text().strip(), self.unit.text().strip()
        if not institution or not unit:
            self.register.hide()
            return
        known = self._known
        new = known is None or known.index.unit_of(institution, unit) is None
        read = known is not None or not has_register(self._desk.workplace.store)
        self.register.setVisible(new and read)

    def _same_office(self) -> Iterator[Visit]:
        """Earlier visits to the office in the fields."""
        institution, unit = self.institution.text(), self.unit.text()
        index = self._known.index if self._known else None
        wanted = index.unit_of(institution, unit) if index else None
        for one in self._earlier:
            if index is not None and wanted is not None:
                found = index.unit_of(one.institution, one.unit, ref=one.unit_ref)
                same = found is not None and found.id == wanted.id
            else:
                names = (folded(one.institution), folded(one.unit))
                same = names == (folded(institution), folded(unit))
            if same:
                yield one

    def _take_over_kind(self) -> None:
        """An office that was visited before is of the same kind again."""
        known: Visit | None = next(
            (one for one in self._earlier if one.unit == self.unit.text().strip()), None
        )
        if known is not None and self.kind.findData(known.object_type) >= 0:
            choose(self.kind, known.object_type)


def text_fault(desk: Desk, text: str) -> str:
    """Why a text cannot be recorded; empty where it can."""
    try:
        clean_text(text, "text")
    except RecordRefused as problem:
        return desk.told(problem)
    return ""


def show_faults(fields: Mapping[Field, QWidget], faults: Mapping[Field, str]) -> bool:
    """Say each fault at its field and lead to the first; True where there is none.

    `fields` are all fields of the page, in their order, with their editors.
    """
    for field in fields:
        if field in faults:
            field.show_fault(faults[field])
        else:
            field.clear_fault()
    first = next((editor for field, editor in fields.items() if field in faults), None)
    if first is not None:
        lead_to(first)
    return first is None


def _complete(line: QLineEdit, known: set[str]) -> None:
    completer = QCompleter(sorted(known), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    line.setCompleter(completer)
