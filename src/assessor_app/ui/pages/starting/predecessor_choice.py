"""Which earlier visit is followed up: asked where the kind of visit follows one."""

from PySide6.QtCore import QObject, Signal

from assessor_app.domain.visit import Visit, VisitKind
from assessor_app.services.first_choices import can_be_followed
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.starting.office_fields import OfficeFields
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of

_FOLLOWING = frozenset({VisitKind.FOLLOW_UP, VisitKind.COACHING})


class PredecessorChoice(QObject):
    """The newest visit to the office is chosen already; none can be chosen, too."""

    chosen = Signal()

    def __init__(self, desk: Desk, name: str, office: OfficeFields) -> None:
        super().__init__()
        self._desk = desk
        self._office = office
        self._visits: dict[str, Visit] = {}
        self._kind: VisitKind | None = None
        self.combo = combo(name, [])
        self.field = Field(desk.say("new_visit.predecessor"), self.combo)
        self.field.hide()
        self.combo.currentIndexChanged.connect(self.chosen)
        self.show_visits()

    @property
    def id(self) -> str | None:
        """The id of the visit that is followed; None where none is, or none is asked for."""
        return value_of(self.combo) or None if self._kind in _FOLLOWING else None

    @property
    def visit(self) -> Visit | None:
        return self._visits.get(self.id or "")

    def choose(self, visit: str | None) -> None:
        """Choose a visit (id) where it is offered."""
        if visit in self._visits:
            choose(self.combo, str(visit))

    def show_for(self, kind: VisitKind) -> None:
        """Ask, or do not, as this kind of visit needs it."""
        self._kind = kind
        self.field.setVisible(kind in _FOLLOWING)
        if kind in _FOLLOWING:
            self.show_visits()

    def show_visits(self) -> None:
        """Offer the visits to the office that is typed; what is chosen stays where it can."""
        before = value_of(self.combo)
        found = [one for one in self._office.earlier() if can_be_followed(one)]
        if [one.id for one in found] == list(self._visits) and self.combo.count():
            return
        self._visits = {one.id: one for one in found}
        words, say = self._desk.words, self._desk.say
        blocked = self.combo.blockSignals(True)  # one report of all, not of each row
        self.combo.clear()
        for one in found:
            text = say(
                "new_visit.predecessor_row",
                moment=words.day(one.arrival.astimezone(self._desk.workplace.profile.zone).date()),
                kind=words(f"visit_kind.{one.kind.value}"),
                unit=one.unit,
            )
            self.combo.addItem(text, one.id)
        self.combo.addItem(say(f"new_visit.predecessor_{'none' if found else 'unknown'}"), "")
        self.combo.setCurrentIndex(0)
        if before in self._visits:
            choose(self.combo, before)
        self.combo.blockSignals(blocked)
        self.chosen.emit()
