"""Why something is changed after the exit talk: asked once, recorded with every change."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assessor_app.domain.problem import Problem
from assessor_app.services.change_reason import change_reason, keep_change_reason, reason_lacks
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import Space, dress, set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import RestingLine
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.stacking import Stacking

_BESIDE = 700  # pixels below which the ways stand under the line


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A change that is done once there is a reason; `what` is what it is called."""

    what: str
    act: Callable[[], object]


class ReasonBar(Card):
    """Hidden while no reason is needed; without one it keeps the changes until one is given."""

    given = Signal()  # what waited was done
    dropped = Signal()  # what waited is not to be recorded: nothing typed of it stays
    said = Signal(str)
    refused = Signal(object)  # Problem

    def __init__(self, desk: Desk, session: Session, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        dress(self, "gap")
        self._desk = desk
        self._session = session
        self._waiting: dict[object, _Waiting] = {}
        say = desk.say
        self._line = RestingLine(f"{name}.text")
        self._line.setAccessibleName(say("reason.label"))
        self._line.setAccessibleDescription(say("reason.hint"))
        self._line.setToolTip(say("reason.hint"))
        self._line.settled.connect(self._on_settled)
        # Not when it is left: who goes on to the button that drops the change has not agreed to it.
        self._line.returnPressed.connect(self.settle)
        self._told = quiet("")
        self._told.setObjectName(f"{name}.told")
        self._record = button(say("reason.record"), f"{name}.record", role="primary")
        self._record.clicked.connect(self.settle)
        self._drop = button(say("reason.drop"), f"{name}.drop")
        self._drop.clicked.connect(self._on_dropped)
        self._furnish()
        self.show_state()

    @property
    def waits(self) -> bool:
        """Whether a change waits for its reason: it is not recorded."""
        return bool(self._waiting)

    @property
    def lacks(self) -> bool:
        """Whether a change needs a reason that was not given."""
        return reason_lacks(self._desk.workplace, self._session)

    def show_state(self) -> None:
        """Ask for the reason where one is needed now."""
        snapshot = self._session.snapshot
        self.setVisible(snapshot.takes_answers and snapshot.reason_needed)
        if not snapshot.reason_needed:
            return
        place = "reason.place_reopened" if snapshot.visit.reopened else "reason.place"
        self._line.setPlaceholderText(self._desk.say(place))
        self._line.typed.show_text(change_reason(self._desk.workplace, self._session) or "")
        self._show_waiting()

    def wait_with(self, key: object, what: str, act: Callable[[], object]) -> None:
        """Do a change once there is a reason, and take the keyboard to it.

        Another change of the same `key` takes the place of the one before.
        """
        self._waiting[key] = _Waiting(what, act)
        self.show_state()
        self.take_focus()

    def take_over(self, before: "ReasonBar") -> None:
        """Say what waited at the bar of a page that was built anew: it was not recorded."""
        if before.waits:
            self._tell(self._desk.say("reason.dropped", what=before._what()))  # noqa: SLF001 - of the same kind

    def take_focus(self) -> None:
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> bool:
        """Keep what is typed and do what waits for it; False while a reason lacks for that."""
        self._line.typed.settle()
        if self._waiting and self.lacks:
            self.take_focus()
            return False
        self._do_what_waits()
        return not self._waiting

    def _furnish(self) -> None:
        label = quiet(self._desk.say("reason.label"))
        label.setWordWrap(False)
        label.setBuddy(self._line)
        dress(label, "label")
        line, ways = QHBoxLayout(), QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self._line, stretch=1)
        ways.addWidget(self._record)
        ways.addWidget(self._drop)
        row = Stacking(below=_BESIDE, space=Space.SMALL)
        row.addLayout(line, stretch=1)
        row.addLayout(ways)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._told)
        self.body.setContentsMargins(12, 6, 12, 6)
        self.body.addLayout(column)

    def _show_waiting(self) -> None:
        """What is not recorded yet, and the two ways out of that."""
        for way in (self._record, self._drop):
            way.setVisible(self.waits)
        what = self._what() if self.waits else ""
        self._tell(self._desk.say("reason.missing", what=what) if what else "")

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
        dress(self._told, "fault" if text else "quiet")
        set_look(self._line, "fault", bool(text))
        set_look(self, "hue", "red" if text else "yellow")
        self._line.setAccessibleDescription(text or self._desk.say("reason.hint"))

    def _what(self) -> str:
        told = ""
        for one in self._waiting.values():
            told = (
                self._desk.say("reason.together", first=told, more=one.what) if told else one.what
            )
        return told

    def _on_settled(self, text: str) -> None:
        try:
            keep_change_reason(self._desk.workplace, self._session, text)
        except Problem as problem:
            self._line.typed.refuse()
            self.refused.emit(problem)
            return
        if not self.waits:
            self._tell("")

    def _do_what_waits(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for one in waiting.values():
            one.act()
        self._show_waiting()
        if waiting:
            self.given.emit()

    def _on_dropped(self) -> None:
        what = self._what()
        self._waiting.clear()
        self._show_waiting()
        self.said.emit(self._desk.say("reason.dropped", what=what))
        self.dropped.emit()
