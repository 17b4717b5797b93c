"""One way in full: its target, where the repairs lead, and the repairs with their efforts."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.improvement import Aim, Reach, aim_of, aims
from assessor_app.domain.instrument import Instrument
from assessor_app.services.improving import Way
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.improve import told
from assessor_app.ui.pages.improve.repairs import RepairList, Signs
from assessor_app.ui.pages.improve.scope import Scope
from assessor_app.ui.pages.improve.unit_repairs import UnitRepairs
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.scrolling import scrolling

_LINES_SEEN = 9  # of the repairs at least, however low the window
_EFFORTS = {Scope.UNIT: "improve.effort", Scope.INSTITUTION: "improve.unit"}
_NAMES = {Scope.UNIT: "improve", Scope.INSTITUTION: "improve.institution"}


class WayView(QWidget):
    """A unit's repairs as one list, an institution's unit by unit."""

    target_changed = Signal()
    effort_changed = Signal(str, int)  # the indicator's code, and its effort
    tried_out = Signal()  # other repairs are ticked

    def __init__(self, desk: Desk, instrument: Instrument, scope: Scope) -> None:
        super().__init__()
        self._desk = desk
        self._instrument = instrument
        self._aim: Aim | None = None  # of what is shown
        name = _NAMES[scope]
        self._target = combo(f"{name}.target", [])
        self._target.currentIndexChanged.connect(lambda _: self.target_changed.emit())
        self._outcome = strong("")
        self._outcome.setObjectName(f"{name}.outcome")
        self._cautions = quiet("")
        signs = Signs(desk.say("improve.advised"), desk.say("improve.not_advised"))
        self._list: RepairList | UnitRepairs
        if scope is Scope.UNIT:
            # The names of an indicator stand in the sentence of its box.
            tick = desk.say("coaching.tick", code="{code}", text="{text}")
            self._list = RepairList(_EFFORTS[scope], desk.tokens, signs, tick=tick)
            self._list.tick_changed.connect(self._on_tick)
        else:
            self._list = UnitRepairs(_EFFORTS[scope], desk.tokens, signs)
            self._list.rows_changed.connect(self._arrange)
        self._list.effort_changed.connect(self.effort_changed)
        self.ticked: frozenset[str] = frozenset()
        """The codes of the repairs that are tried out."""
        self._advised: frozenset[str] = frozenset()
        self._simulated = strong("")
        self._simulated.setObjectName(f"{name}.simulated")
        self._furnish(scope, name)

    @property
    def target(self) -> str:
        """The aim that is chosen, by what it is asked for; empty before any could be."""
        return value_of(self._target)

    def take_focus(self) -> None:
        """The keyboard begins at the target."""
        self._target.setFocus()

    def show_aims(self, now: Decimal, wanted: str) -> None:
        """Offer what lies above a published score; the next zone unless `wanted` is among it."""
        above = aims(self._instrument, now)
        nearest = aim_of(self._instrument, now).lower
        usual = next((aim.name for aim in above if aim.lower == nearest), above[0].name)
        with QSignalBlocker(self._target):
            self._target.clear()
            for value, text in told.aim_rows(self._desk, above):
                self._target.addItem(text, value)
                place = self._target.count() - 1
                self._target.setItemData(place, text, Qt.ItemDataRole.ToolTipRole)
            choose(self._target, wanted if wanted in [aim.name for aim in above] else usual)

    def show_way(self, way: Way, efforts: Mapping[str, int]) -> None:
        """Show where the repairs lead, and which are advised."""
        self._outcome.setText(told.outcome(self._desk, way))
        self._cautions.setText("\n".join(told.cautions(self._desk, way)))
        match self._list:
            case RepairList():
                advised = way.plan.repairs if way.plan.reach is Reach.REACHABLE else ()
                self._list.show_rows(told.repair_texts(self._desk, way), efforts)
                self._advised = frozenset(one.indicator for one in advised)
                self._list.show_advised(self._advised)
                self.show_ticked(self.ticked & {one.indicator for one in way.possible})
            case UnitRepairs():
                if way.plan.aim != self._aim:  # nobody types in a row while choosing a target
                    self._list.forget()
                self._list.show_units(told.unit_texts(self._desk, way), efforts)
        self._aim = way.plan.aim
        self._arrange()

    def show_ticked(self, codes: Collection[str]) -> None:
        """Tick the repairs that are tried out, without reporting it."""
        self.ticked = frozenset(codes)
        if isinstance(self._list, RepairList):
            self._list.show_ticked(self.ticked)

    def show_simulated(self, told: str) -> None:
        """Where the ticked repairs lead."""
        self._simulated.setText(told)

    def _on_tick(self, code: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.ticked = self.ticked | {code} if on else self.ticked - {code}
        self.tried_out.emit()

    def _on_advised(self) -> None:
        """Tick what is advised; once all of it is, nothing."""
        self.show_ticked(frozenset() if self.ticked == self._advised else self._advised)
        self.tried_out.emit()

    def show_effort(self, code: str, effort: int) -> None:
        """Show what was given elsewhere, without reporting it."""
        self._list.show_effort(code, effort)

    def _furnish(self, scope: Scope, name: str) -> None:
        say = self._desk.say
        effort = quiet(say(f"improve.effort_{scope.value}"))
        effort.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._area = scrolling(self._list, f"{name}.repairs")
        self._area.setMinimumHeight(_LINES_SEEN * self.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Field(say(f"improve.target_{scope.value}"), self._target))
        for label in (self._outcome, self._cautions):
            column.addWidget(label)
        if scope is not Scope.UNIT:
            column.addWidget(self._simulated)
            self._simulated.hide()  # repairs of several units are not tried out
        else:
            advised = button(say("coaching.tick_advised"), f"{name}.tick_advised", role="flat")
            advised.clicked.connect(self._on_advised)
            row = QHBoxLayout()
            row.addWidget(self._simulated, 1)
            row.addWidget(advised)
            column.addLayout(row)
        column.addWidget(effort)
        column.addWidget(self._area, 1)

    def _arrange(self) -> None:
        """Wherever rows came in between: no higher than their words, and in the Tab key's order."""
        held = self._held()
        let_flow(self._list)
        QTimer.singleShot(0, self, lambda: self._fit(held))
        before: QWidget = self._target
        for editor in self._list.editors():
            QWidget.setTabOrder(before, editor)
            before = editor

    def _held(self) -> tuple[QWidget, int] | None:
        """The editor that is typed in, and how far below the top of what is seen it stands."""
        for editor in self._list.editors():
            if editor.hasFocus():
                return editor, self._below_top(editor)
        return None

    def _fit(self, held: tuple[QWidget, int] | None) -> None:
        """Give the list its height, which the area overlooks where rows come into what stands.

        What came in above the editor that is typed in is scrolled away: it stays under the finger.
        """
        self._list.updateGeometry()
        QCoreApplication.sendPostedEvents(self._area.viewport(), QEvent.Type.LayoutRequest.value)
        if held is not None:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + self._below_top(held[0]) - held[1])

    def _below_top(self, editor: QWidget) -> int:
        return editor.mapTo(self._area.viewport(), QPoint()).y()
