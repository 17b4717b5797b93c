"""When the store locks itself, and whether the system's keyring may open it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from assessor_app.domain.problem import Problem
from assessor_app.services.keys import access
from assessor_app.services.store_settings import change_settings, settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone

_MINUTES = (1, 2, 5, 10, 15, 30, 60)
_NEVER = 0


class LockSection(Card):
    """What is chosen is kept at once; the window obeys it from then on."""

    changed = Signal()
    rules_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.lock.title"))
        say = desk.say
        self._desk = desk
        self._notice = Notice(desk.tokens, "device.lock.notice")
        self._idle = combo("device.lock.idle", [])
        self._idle.activated.connect(self._on_idle)
        self._suspend = tick(say("device.lock.suspend"), "device.lock.suspend")
        self._suspend.clicked.connect(self._on_suspend)
        self._keyring = tick(say("device.keyring.tick"), "device.keyring.tick")
        self._keyring.clicked.connect(self._on_keyring)
        for part in (
            quiet(say("device.lock.told")),
            self._notice,
            Field(say("device.lock.idle"), self._idle),
            self._suspend,
            heading(say("device.keyring.title")),
            quiet(say("device.keyring.warning")),
            self._keyring,
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._busy = Busy(self, desk.tokens)

    def refresh(self) -> None:
        """Show what is set."""
        chosen = settings(self._desk.workplace)
        _fill(self._desk, self._idle, chosen.idle_minutes)
        self._suspend.setChecked(chosen.lock_on_suspend)
        self._keyring.setChecked(self._in_keyring())

    def state(self) -> State:
        minutes = settings(self._desk.workplace).idle_minutes
        say = self._desk.say
        if self._in_keyring():
            return State(say("device.lock.state_keyring"), Tone.WARNING)
        if minutes == _NEVER:
            return State(say("device.lock.state_never"), Tone.WARNING)
        return State(say("device.lock.state", minutes=minutes), Tone.SUCCESS)

    def _in_keyring(self) -> bool:
        people = access.assessors(self._desk.workplace)
        return any(one.in_keyring for one in people if one.is_self)

    def _on_idle(self) -> None:
        self._set(idle_minutes=int(value_of(self._idle)))

    def _on_suspend(self) -> None:
        self._set(lock_on_suspend=self._suspend.isChecked())

    def _set(self, **values: object) -> None:
        self._notice.clear()
        try:
            change_settings(self._desk.workplace, **values)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
        self.refresh()
        self.changed.emit()
        self.rules_changed.emit()

    def _on_keyring(self) -> None:
        """The system may ask its user something meanwhile: not in the thread of the window."""
        wanted = self._keyring.isChecked()
        workplace = self._desk.workplace
        act: Callable[[], None] = (
            (lambda: access.keep_in_keyring(workplace))
            if wanted
            else (lambda: access.forget_keyring(workplace))
        )
        self._notice.clear()
        self._busy.begin(self._desk.say("device.keyring.working"))
        self._desk.tasks.run(
            lambda _tell: act(),
            owner=self,
            done=lambda _: self._on_kept("on" if wanted else "off"),
            failed=self._on_refused,
        )

    def _on_kept(self, name: str) -> None:
        self._busy.end()
        self.refresh()
        tone = Tone.WARNING if name == "on" else Tone.SUCCESS
        self._notice.tell(self._desk.say(f"device.keyring.{name}"), tone)
        self.changed.emit()

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        self.refresh()
        self._notice.tell(self._desk.told(problem), Tone.ERROR)


def _fill(desk: Desk, box: QComboBox, chosen: int) -> None:
    """The usual choices, and the one that is set where it is none of them."""
    box.clear()
    for minutes in sorted({*_MINUTES, chosen} - {_NEVER}):
        box.addItem(desk.say("device.lock.minutes", minutes=minutes), str(minutes))
    box.addItem(desk.say("device.lock.never"), str(_NEVER))
    choose(box, str(chosen))
