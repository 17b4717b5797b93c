"""Which office is visited: its institution, unit and kind, with what earlier visits were to."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.visit import Visit
from assessor_app.services.entries import clean_text
from assessor_app.services.visits import all_visits
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import lead_to
from assessor_app.ui.pages.starting.instrument_choice import visitable
from assessor_app.ui.widgets.fields import Field, choose, combo, line_edit, value_of


class OfficeFields:
    """The three fields that every visit needs; the page lays them out.

    They are no widget of their own: one page puts them beside each other, another below.
    """

    def __init__(self, desk: Desk, prefix: str) -> None:
        self._desk = desk
        self._earlier = all_visits(desk.workplace.store)
        self.instruments = visitable(desk)
        self.institution = line_edit(f"{prefix}.institution")
        self.unit = line_edit(f"{prefix}.unit")
        self.kind = combo(f"{prefix}.object_type", [])
        self.institution_field = Field(desk.say("office.institution"), self.institution)
        self.unit_field = Field(desk.say("office.unit"), self.unit)
        self.kind_field = Field(desk.say("office.object_type"), self.kind)
        _complete(self.institution, {visit.institution for visit in self._earlier})
        _complete(self.unit, {visit.unit for visit in self._earlier})
        self.unit.textChanged.connect(self._take_over_kind)

    @property
    def object_type(self) -> str:
        return value_of(self.kind)

    def show_instrument(self, instrument: Instrument) -> None:
        """Offer the kinds of office of an instrument; the chosen one stays where it can."""
        before = self.object_type
        words = self._desk.words
        self.kind.clear()
        for kind in instrument.object_types:
            self.kind.addItem(words.of(kind.name), kind.code)
        choose(self.kind, before)
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
