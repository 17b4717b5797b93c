"""The repairs of an institution, unit by unit: what each unit's do to its score and the whole's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assessor_app.ui.pages.improve.repairs import RepairList, RepairText, Signs
from assessor_app.ui.theme import Tokens, dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, heading

_AT_ONCE = 40  # rows, after which the window gets its turn


@dataclass(frozen=True, slots=True)
class UnitText:
    """One unit, in words: `repairs` are all that are known, `advised` the codes of some of them.

    `others` names the button that shows those that were not advised; empty where there are none.
    """

    name: str
    change: str
    repairs: tuple[RepairText, ...]
    advised: frozenset[str]
    others: str
    others_spoken: str


class UnitRepairs(QWidget):
    """Of each unit what is advised, and on request what else is known.

    Very many rows come in over several turns of the event loop: at once they would stop the window.
    """

    effort_changed = Signal(str, int)  # the indicator's code, and its effort in every unit
    rows_changed = Signal()  # after `show_units` returned

    def __init__(self, prefix: str, tokens: Tokens, signs: Signs) -> None:
        super().__init__()
        self._prefix = prefix
        self._tokens, self._signs = tokens, signs
        self._groups: dict[str, _Group] = {}
        self._waiting: list[_Group] = []  # whose rows are still to be shown
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(18)
        self._column.addStretch()

    def show_units(self, units: Sequence[UnitText], efforts: Mapping[str, int]) -> None:
        """Show these units; what is shown of a unit already stays where it is."""
        for place, unit in enumerate(units):
            if unit.name not in self._groups:
                self._groups[unit.name] = self._made(place, unit)
            self._groups[unit.name].show_unit(unit, efforts)
        begun = bool(self._waiting)
        self._waiting = [self._groups[unit.name] for unit in units]
        if not begun:
            self._show_some()

    def forget(self) -> None:
        """Show no unit: what comes next is ordered anew."""
        self._waiting = []
        for group in self._groups.values():
            self._column.removeWidget(group)
            group.setVisible(False)  # until the event loop comes to destroy it
            group.deleteLater()
        self._groups = {}

    def show_effort(self, code: str, effort: int) -> None:
        """Show what was given for an indicator in all units, without reporting it."""
        for group in self._groups.values():
            group.repairs.show_effort(code, effort)

    def editors(self) -> list[QWidget]:
        """What can be typed in or pressed, from above."""
        return [one for group in self._groups.values() for one in group.editors()]

    def _made(self, place: int, unit: UnitText) -> "_Group":
        group = _Group(f"{self._prefix}.{place}", unit, self._tokens, self._signs)
        group.repairs.effort_changed.connect(self.effort_changed)
        group.unfolded.connect(self.rows_changed)
        self._column.insertWidget(place, group)
        return group

    def _show_some(self) -> None:
        shown = 0
        while self._waiting and shown < _AT_ONCE:
            shown += self._waiting.pop(0).show_rows()
        if self._waiting:
            QTimer.singleShot(0, self, self._on_turn)

    def _on_turn(self) -> None:
        self._show_some()
        self.rows_changed.emit()


class _Group(QFrame):
    """A repair that was advised once stays shown: what is typed in it may be why it no more is."""

    unfolded = Signal()  # or folded again

    def __init__(self, prefix: str, unit: UnitText, tokens: Tokens, signs: Signs) -> None:
        super().__init__()
        self._unit = unit
        self._efforts: Mapping[str, int] = {}
        self._shown: set[str] = set()
        self._change = body("")
        self._change.setObjectName(f"{prefix}.change")
        self.repairs = RepairList(prefix, tokens, signs)
        sign = icon("add", tokens.accent)
        self._others = button("", f"{prefix}.others", role="flat", icon=sign)
        self._others.setCheckable(True)
        self._others.toggled.connect(self._on_toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        name = heading(unit.name)
        name.setObjectName(f"{prefix}.name")
        for part in (name, self._change, self.repairs):
            column.addWidget(part)
        column.addWidget(self._others, alignment=Qt.AlignmentFlag.AlignLeft)
        dress(self, "group")

    def show_unit(self, unit: UnitText, efforts: Mapping[str, int]) -> None:
        """Say what its repairs do; its rows follow by `show_rows`."""
        self._unit, self._efforts = unit, efforts
        self._shown |= unit.advised
        self._change.setText(unit.change)
        self._others.setText(unit.others.replace("&", "&&"))
        self._others.setAccessibleName(unit.others_spoken)
        self._others.setVisible(len(self._shown) < len(unit.repairs))

    def show_rows(self) -> int:
        """Show the repairs that are wanted; how many rows came in or went."""
        wanted = [
            one for one in self._unit.repairs if self._others.isChecked() or one.code in self._shown
        ]
        self.repairs.setVisible(bool(wanted))
        changed = self.repairs.show_rows(wanted, self._efforts)
        self.repairs.show_advised(self._unit.advised)
        return changed

    def editors(self) -> list[QWidget]:
        return [*self.repairs.editors(), self._others]

    def _on_toggled(self) -> None:
        self.show_rows()
        self.unfolded.emit()
