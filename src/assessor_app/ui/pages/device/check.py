"""Whether all that was recorded is there and unchanged: looked at when asked, told in words."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assessor_app.domain.problem import Problem
from assessor_app.services.visits import all_visits
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State, emptied, row_of
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, quiet, strong
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # pikepdf and the ciphers: imported by the work that needs them
    from assessor_app.services.checking.check import Checked, Stage
    from assessor_app.services.checking.noticed import Noticed
    from assessor_app.ui.tasks import Tell

_SHOWN = 5  # of one kind; the others are counted


class CheckSection(Card):
    """A long check goes on while one looks at something else here; it can be stopped."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.check.title"))
        say = desk.say
        self._desk = desk
        self._cancelled = threading.Event()
        self._verdict: State | None = None
        self._notice = Notice(desk.tokens, "device.check.notice")
        self._go = primary(
            desk, "device.check.go", text=say("device.check.go"), sign="shield-check", act=self.run
        )
        self._stop = button(say("device.check.stop"), "device.check.stop")
        self._stop.clicked.connect(self.stop)
        self._stop.hide()
        self._progress = quiet("")
        self._progress.setObjectName("device.check.progress")
        self._found = QVBoxLayout()
        self._found.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(12)
        for part in (self._go, self._stop):
            row.addWidget(part)
        row.addWidget(self._progress, stretch=1)
        self.body.addWidget(quiet(say("device.check.told")))
        self.body.addLayout(row)
        self.body.addWidget(self._notice)
        self.body.addLayout(self._found)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Nothing is read before it is asked for."""

    def state(self) -> State:
        if not self._go.isEnabled():
            return State(self._desk.say("device.check.state_running"), Tone.INFO)
        return self._verdict or State(self._desk.say("device.check.state_none"), Tone.INFO)

    def run(self) -> None:
        """Check everything, the evidence too."""
        self._cancelled.clear()
        self._notice.clear()
        emptied(self._found)
        self._go.setEnabled(False)
        self._stop.show()
        self._desk.tasks.run(
            partial(_check, self._desk, self._cancelled),
            owner=self,
            done=self._on_checked,
            failed=self._on_refused,
            progress=self._progress.setText,
        )
        self.changed.emit()

    def stop(self) -> None:
        """Break a check off: what was found so far is told."""
        self._cancelled.set()

    def _rest(self) -> None:
        self._go.setEnabled(True)
        self._stop.hide()
        self._progress.clear()

    def _on_refused(self, problem: Problem) -> None:
        self._rest()
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
        self._verdict = State(self._desk.say("device.check.state_refused"), Tone.ERROR)
        self.changed.emit()

    def _on_checked(self, checked: "Checked") -> None:
        from assessor_app.services.checking.noticed import Weight

        self._rest()
        worst = checked.worst
        tones = {None: Tone.SUCCESS, Weight.BROKEN: Tone.ERROR, Weight.UNDETERMINED: Tone.WARNING}
        name = worst.value if worst else "sound"
        say, now = self._desk.say, self._desk.application.clock.now()
        told = say(f"device.check.verdict_{name}")
        counted = say(
            "device.check.looked",
            visits=checked.visits,
            events=checked.events,
            files=checked.files,
            documents=checked.documents,
        )
        self._notice.tell(f"{told}\n{counted}", tones[worst])
        state = say(f"device.check.state_{name}", moment=self._desk.words.moment(now))
        self._verdict = State(state, tones[worst])
        for weight in Weight:
            self._show(checked, weight)
        self.changed.emit()

    def _show(self, checked: "Checked", weight: object) -> None:
        """What was noticed of one weight, and what to do about it."""
        noticed = [one for one in checked.noticed if one.weight is weight]
        if not noticed:
            return
        say = self._desk.say
        self._found.addWidget(strong(say(f"device.check.weight_{noticed[0].weight.value}")))
        for head, lines in _told(self._desk, noticed):
            self._found.addWidget(row_of(self._desk.tokens, "note", head, *lines))
        for remedy in dict.fromkeys(one.remedy.value for one in noticed):
            if remedy != "nothing":
                self._found.addWidget(body(say(f"device.check.next_{remedy}")))


def _told(desk: Desk, noticed: list["Noticed"]) -> Iterator[tuple[str, list[str]]]:
    """Each notice as a sentence, with the visit that it is about and since when."""
    from assessor_app.services.checking.words import Telling

    telling = Telling(desk.workplace.store, desk.application.library, desk.words)
    visits = {one.id: one for one in all_visits(desk.workplace.store)}
    kinds = dict.fromkeys((one.code, one.visit) for one in noticed)
    for code, visit in kinds:
        alike = [one for one in noticed if (one.code, one.visit) == (code, visit)]
        about = visits.get(visit or "")
        for one in alike[:_SHOWN]:
            told = telling.told(one)
            named = (
                [desk.say("bar.visit", unit=about.unit, institution=about.institution)]
                if about
                else []
            )
            yield told.sentence, [*named, *told.since]
        if len(alike) > _SHOWN:
            yield desk.say("device.check.more", count=len(alike) - _SHOWN), []


# In a worker, which knows no widget.


def _check(desk: Desk, cancelled: threading.Event, tell: "Tell") -> "Checked":
    from assessor_app.services.checking.check import check

    def heard(stage: "Stage", done: int, count: int) -> None:
        name = f"device.check.stage_{stage.value}"
        tell(desk.say(name, done=done, count=count) if count else desk.say("device.check.working"))

    return check(
        desk.workplace.store,
        roots=desk.application.roots,
        progress=heard,
        cancelled=cancelled.is_set,
    )
