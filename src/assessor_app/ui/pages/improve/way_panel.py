"""Whose way is wanted, to which target, and what each repair may cost there."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.scoring import Score, published
from assessor_app.services.improving import Way
from assessor_app.services.method import InstitutionScore
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.improve import told
from assessor_app.ui.pages.improve.scope import Scope, ScopeChoice
from assessor_app.ui.pages.improve.way_view import WayView
from assessor_app.ui.widgets.card import Card

_TARGETS = {Scope.UNIT: "target", Scope.INSTITUTION: "institution_target"}
_SCOPE = "scope"
_TICK = "tick:"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The way that is asked for; an empty target is the next zone, an effort not given is 1."""

    scope: Scope
    target: str
    efforts: Mapping[str, int]


class WayPanel(Card):
    """Only for an instrument with weights and published bounds; efforts hold in every unit."""

    changed = Signal()  # the target, or an effort
    scope_changed = Signal()
    tried_out = Signal()

    def __init__(
        self, desk: Desk, instrument: Instrument, official: Score, *, kept: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._kept = kept
        self._whole: InstitutionScore | None = None
        codes = {one.code for one in instrument.indicators()}
        self._efforts = {
            code: int(text) for code, text in kept.items() if code in codes and text.isdigit()
        }
        self.choice = ScopeChoice(desk)
        """Stands above the panel, beside the page's name."""
        self.choice.chosen.connect(self._on_scope_chosen)
        self._views = {scope: WayView(desk, instrument, scope) for scope in Scope}
        self._stack = QStackedWidget()
        for view in self._views.values():
            view.target_changed.connect(self.changed)
            view.effort_changed.connect(self._on_effort_changed)
            view.tried_out.connect(self.tried_out)
            self._stack.addWidget(view)
        ticked = {code for code in codes if kept.get(f"{_TICK}{code}")}
        self._views[Scope.UNIT].show_ticked(ticked)
        wanted = kept.get(_TARGETS[Scope.UNIT], "")
        self._views[Scope.UNIT].show_aims(published(official.points), wanted)
        self.body.addWidget(self._stack, 1)

    @property
    def wanted(self) -> Wanted:
        """What is chosen and typed now."""
        scope = self.choice.scope
        return Wanted(scope, self._views[scope].target, dict(self._efforts))

    @property
    def ticked(self) -> frozenset[str]:
        """The codes of the unit's repairs that are tried out."""
        return self._views[Scope.UNIT].ticked

    def show_simulated(self, told: str) -> None:
        """Where the ticked repairs lead."""
        self._views[Scope.UNIT].show_simulated(told)

    def take_focus(self) -> None:
        """The keyboard begins at the target."""
        self._views[self.choice.scope].take_focus()

    def typed(self) -> dict[str, str]:
        """What is chosen here and recorded nowhere."""
        found = {code: str(effort) for code, effort in self._efforts.items()}
        found |= {f"{_TICK}{code}": "1" for code in self.ticked}
        found[_TARGETS[Scope.UNIT]] = self._views[Scope.UNIT].target
        later = _TARGETS[Scope.INSTITUTION]
        if self._whole is None:  # not known yet: what was chosen last time holds on
            return found | {
                name: self._kept[name] for name in (_SCOPE, later) if name in self._kept
            }
        found[later] = self._views[Scope.INSTITUTION].target
        if self.choice.scope is not Scope.UNIT:
            found[_SCOPE] = self.choice.scope.value
        return found

    def open_institution(self, whole: InstitutionScore) -> None:
        """Offer the way of the institution too, and show it where it was chosen last time."""
        self._whole = whole
        wanted = self._kept.get(_TARGETS[Scope.INSTITUTION], "")
        self._views[Scope.INSTITUTION].show_aims(whole.aggregate.score, wanted)
        self.choice.show_open(told.counted(self._desk, whole))
        if self._kept.get(_SCOPE) == Scope.INSTITUTION:
            self.choice.show_scope(Scope.INSTITUTION)
            self._on_scope_chosen()

    def close_institution(self, reason: str) -> None:
        """Only the unit's way is there, for this reason."""
        self.choice.show_closed(reason)

    def show_way(self, way: Way) -> None:
        """Show where the repairs lead, and which are advised."""
        scope = Scope.INSTITUTION if way.unit is None else Scope.UNIT
        self._views[scope].show_way(way, self._efforts)

    def _on_scope_chosen(self) -> None:
        self._stack.setCurrentWidget(self._views[self.choice.scope])
        self.scope_changed.emit()

    def _on_effort_changed(self, code: str, effort: int) -> None:
        self._efforts[code] = effort
        for view in self._views.values():
            view.show_effort(code, effort)
        self.changed.emit()
