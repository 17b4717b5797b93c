"""Where the copies of the store are, how old they are, and making one now."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem, StoreProblem
from assessor_app.services.backup import Backups, Stage, back_up, backup_places, list_backups
from assessor_app.services.evidence.words import size
from assessor_app.services.store_settings import change_settings, settings
from assessor_app.services.wiping import wipe_preview
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State, emptied, row_of
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.tasks import BreakingOff
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # values that are only passed on here
    from assessor_app.services.enrolment import Workplace
    from assessor_app.ui.tasks import Tell


@dataclass(frozen=True, slots=True)
class Copies:
    """This store's backups in one place, the newest first; None where it cannot be reached."""

    place: Path
    made: tuple[tuple[datetime, int], ...] | None


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is known of the copies: the places in order, and how many visits none holds."""

    places: tuple[Copies, ...]
    lacking: int


class BackupSection(Card):
    """Read in a worker: a medium that sleeps takes its time."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.backup.title"))
        self._desk = desk
        self._kept: Kept | None = None
        self._notice = Notice(desk.tokens, "device.backup.notice")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.addWidget(quiet(desk.say("device.backup.told")))
        self.body.addWidget(self._notice)
        self.body.addLayout(self._rows)
        self.body.addLayout(self._acts())
        self.body.addStretch(1)
        self._breaking = BreakingOff()
        self._busy = Busy(self, desk.tokens)
        self._busy.cancelled.connect(self._on_cancelled)

    def refresh(self) -> None:
        """Look at the places anew."""
        self._forget.setVisible(settings(self._desk.workplace).backup_place is not None)
        self._desk.tasks.run(
            partial(_look, self._desk.workplace),
            owner=self,
            done=self._show,
            failed=lambda problem: self._notice.tell(self._desk.told(problem), Tone.ERROR),
        )

    def state(self) -> State:
        say = self._desk.say
        if self._kept is None:
            return State(say("device.backup.looking"), Tone.INFO)
        newest = max((one.made[0][0] for one in self._kept.places if one.made), default=None)
        if newest is None:
            return State(say("device.backup.state_none"), Tone.ERROR)
        moment = self._desk.words.moment(newest)
        if len(self._kept.places) == 1:
            return State(say("device.backup.state_one_place", moment=moment), Tone.WARNING)
        behind = not self._kept.places[1].made or self._kept.places[1].made[0][0] < newest
        name = "behind" if behind else "both"
        tone = Tone.WARNING if behind or self._kept.lacking else Tone.SUCCESS
        return State(say(f"device.backup.state_{name}", moment=moment), tone)

    def _acts(self) -> QHBoxLayout:
        say, tokens = self._desk.say, self._desk.tokens
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(
            primary(
                self._desk,
                "device.backup.now",
                text=say("device.backup.now"),
                sign="save",
                act=self._on_now,
            )
        )
        second = button(
            say("device.backup.second"), "device.backup.second", icon=icon("folder", tokens.ink)
        )
        second.clicked.connect(self._on_second)
        self._forget: QPushButton = button(
            say("device.backup.forget"), "device.backup.forget", role="flat"
        )
        self._forget.clicked.connect(lambda: self._set_second(None))
        row.addWidget(second)
        row.addWidget(self._forget)
        row.addStretch(1)
        return row

    def _show(self, kept: Kept) -> None:
        self._kept = kept
        emptied(self._rows)
        for number, one in enumerate(kept.places):
            self._rows.addWidget(self._row(one, first=number == 0))
        if len(kept.places) == 1:
            self._rows.addWidget(quiet(self._desk.say("device.backup.no_second")))
        if kept.lacking:
            told = self._desk.say("device.backup.lacking", count=kept.lacking)
            self._rows.addWidget(quiet(told))
        self.changed.emit()

    def _row(self, one: Copies, *, first: bool) -> QWidget:
        say, words = self._desk.say, self._desk.words
        head = say("device.backup.first" if first else "device.backup.other")
        if one.made is None:
            lines = [say("device.backup.unreached")]
        elif not one.made:
            lines = [say("device.backup.empty")]
        else:
            lines = [
                say("device.backup.one", moment=words.moment(at), size=size(count, words))
                for at, count in one.made
            ]
        return row_of(self._desk.tokens, "drawer", head, str(one.place), *lines)

    def _on_now(self) -> None:
        self._notice.clear()
        breaking = self._breaking = BreakingOff()
        working = self._desk.say("device.backup.working")
        self._busy.begin(working, cancel=self._desk.say("step.cancel"))
        self._desk.tasks.run(
            lambda tell: _back_up(self._desk, breaking.heard(tell)),
            owner=self,
            done=self._on_made,
            failed=self._on_refused,
            progress=self._busy.show_progress,
        )

    def _on_cancelled(self) -> None:
        self._breaking.break_off()

    def _on_made(self, done: Backups) -> None:
        self._busy.end()
        say = self._desk.say
        missed = [
            say("background.missed", place=one.place, why=self._desk.told(one.problem))
            for one in done.missed
        ]
        made = [say("device.backup.made", place=one.place) for one in done.made]
        self._notice.tell("\n".join([*made, *missed]), Tone.WARNING if missed else Tone.SUCCESS)
        self.refresh()

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        self._notice.tell(self._desk.told(problem), Tone.ERROR)

    def _on_second(self) -> None:
        told = QFileDialog.getExistingDirectory(
            self, self._desk.say("device.backup.second"), str(documents_folder())
        )
        if told:
            self._set_second(Path(told))

    def _set_second(self, place: Path | None) -> None:
        self._notice.clear()
        try:
            change_settings(self._desk.workplace, backup_place=place)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self.refresh()


# In a worker, which knows no widget.


def _look(workplace: "Workplace", _tell: "Tell") -> Kept:
    preview = wipe_preview(workplace)
    places = tuple(_copies(place, preview.backups) for place in backup_places(workplace))
    lacking = len(preview.newest.lacking) if preview.newest else preview.visits
    return Kept(places, lacking)


def _copies(place: Path, own: tuple[Path, ...]) -> Copies:
    """Those of this store: a place can hold other stores' too."""
    folders = [one for one in own if one.parent == place]
    try:
        listed = [one for folder in folders for one in list_backups(folder)]
    except StoreProblem:
        return Copies(place, None)
    if not place.is_dir() and not folders:
        return Copies(place, () if place.parent.is_dir() and place.name == "backups" else None)
    return Copies(place, tuple((one.made_at, one.size) for one in listed))


def _back_up(desk: Desk, tell: "Tell") -> Backups:
    def heard(stage: Stage, done: int, count: int) -> None:
        tell(desk.say(f"restore.stage.{stage.value}", done=done, count=count))

    return back_up(desk.workplace, progress=heard)
