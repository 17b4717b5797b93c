"""Wiping the device: what would be lost is shown first; then a typed word and the passphrase."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.evidence.words import size
from assessor_app.services.wiping import WipePreview, WipeStage, wipe, wipe_preview
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.dialogs import furnish
from assessor_app.ui.pages.device.parts import emptied, row_of
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.pages.parts.waiting import Waiting
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import strong
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # values that are only passed on here
    from pathlib import Path

    from assessor_app.domain.visit import Visit
    from assessor_app.ui.tasks import Tell

_NAMED = 4  # visits that are named; the others are counted
_STAGES = {
    WipeStage.CHECKING.value: "stopping.checking_wipe",
    WipeStage.DESTROYING.value: "device.wipe.working",
}
_OF_PASSPHRASE = frozenset({"passphrase_wrong", "passphrase_wait", "passphrase_unreadable"})


class WipeDialog(QDialog):
    """Esc leaves everything as it is; so does Enter before both lines are filled."""

    wiped = Signal(tuple)  # the Paths of what is still there

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("wipe")
        self._desk = desk
        say = desk.say
        self._lost = QVBoxLayout()
        self._lost.setSpacing(4)
        lost = QWidget()
        lost.setLayout(self._lost)
        self._confirmation = line_edit("wipe.confirmation")
        self._confirmation_field = Field(say("device.wipe.word"), self._confirmation)
        self._confirm = strong("")
        self._passphrase = line_edit("wipe.passphrase", secret=True)
        self._passphrase_field = Field(say("device.wipe.passphrase"), self._passphrase)
        self._backups = tick(say("device.wipe.backups"), "wipe.backups")
        self._notice = furnish(
            self,
            desk,
            lost,
            self._backups,
            self._confirm,
            self._confirmation_field,
            self._passphrase_field,
            heading=say("device.wipe.heading"),
            told=say("device.wipe.final"),
            go=say("device.wipe.go"),
            act=self._on_go,
            role="danger",
        )
        self._busy = Busy(self, desk.tokens)
        self._waiting = Waiting(desk, self._busy, owner=self, stopped=self._on_stopped)
        self._look()

    def reject(self) -> None:
        """Esc does not leave what is being destroyed."""
        if not self._busy.isVisible():
            super().reject()

    def _look(self) -> None:
        self._busy.begin(self._desk.say("device.wipe.looking"))
        self._desk.tasks.run(
            lambda _tell: wipe_preview(self._desk.workplace),
            owner=self,
            done=self._show,
            failed=self._on_not_looked,
        )

    def _on_not_looked(self, problem: Problem) -> None:
        self._busy.end()
        self._on_refused(problem)

    def _show(self, preview: WipePreview) -> None:
        self._busy.end()
        desk = self._desk
        emptied(self._lost)
        for sign, head, lines in _told(desk, preview):
            self._lost.addWidget(row_of(desk.tokens, sign, head, *lines))
        self._backups.setVisible(bool(preview.backups))
        told = desk.say("device.wipe.confirm", word=preview.confirmation)
        self._confirm.setText(told)
        self._confirmation.setFocus()
        self.adjustSize()

    def _on_go(self) -> None:
        self._notice.clear()
        for line, field in (
            (self._confirmation, self._confirmation_field),
            (self._passphrase, self._passphrase_field),
        ):
            if not line.text().strip():
                field.show_fault(self._desk.say("device.wipe.empty"))
                line.setFocus()
                return
        say = self._desk.say
        self._waiting.begin(
            partial(
                _wipe,
                self._desk,
                self._passphrase.text(),
                confirmed=self._confirmation.text(),
                backups=self._backups.isChecked(),
            ),
            say("stopping.checking_wipe"),
            done=self._on_done,
            failed=self._on_refused,
            worded=lambda stage: say(_STAGES[stage]),
            binding=WipeStage.DESTROYING,
        )

    def _on_stopped(self, _told: str) -> None:
        self._passphrase.clear()
        self._passphrase.setFocus()
        self._notice.tell(self._desk.say("stopping.not_wiped"), Tone.INFO)

    def _on_done(self, left: "tuple[Path, ...]") -> None:
        self._passphrase.clear()
        self.accept()
        self.wiped.emit(left)

    def _on_refused(self, problem: Problem) -> None:
        told = self._desk.told(problem)
        if problem.code in _OF_PASSPHRASE:
            self._passphrase_field.show_fault(told)
            self._passphrase.setFocus()
            self._passphrase.selectAll()
        elif problem.code == "wipe_not_confirmed":
            self._confirmation_field.show_fault(told)
            self._confirmation.setFocus()
        else:
            self._notice.tell(told, Tone.ERROR)


def _told(desk: Desk, preview: WipePreview) -> Iterator[tuple[str, str, list[str]]]:
    """What would go, what of it nobody else has, and what would be left of it."""
    say, words = desk.say, desk.words
    yield (
        "trash",
        say("device.wipe.visits", visits=preview.visits, events=preview.events),
        [
            say(
                "device.wipe.files",
                files=preview.evidence_files,
                size=size(preview.evidence_bytes, words),
            ),
            say("device.wipe.people", count=preview.people),
        ],
    )
    if preview.unsent:
        told = say("device.wipe.unsent", count=len(preview.unsent))
        yield "warning", told, _named(desk, preview.unsent)
    if preview.unreached:
        told = say("device.wipe.unreached")
        yield "warning", told, [str(folder) for folder in preview.unreached]
    newest = preview.newest
    if newest is None:
        yield "warning", say("device.wipe.no_backup"), []
        return
    moment = words.moment(newest.made_at)
    backup = say("device.wipe.backup", moment=moment)
    if newest.lacking:
        told = say("device.wipe.lacking", count=len(newest.lacking))
        yield "warning", backup, [str(newest.folder), told, *_named(desk, newest.lacking)]
    else:
        yield "ok", backup, [str(newest.folder), say("device.wipe.whole")]


def _named(desk: Desk, visits: tuple["Visit", ...]) -> list[str]:
    lines = [
        desk.say("bar.visit", unit=one.unit, institution=one.institution) for one in visits[:_NAMED]
    ]
    if len(visits) > _NAMED:
        lines.append(desk.say("device.wipe.others", count=len(visits) - _NAMED))
    return lines


# In a worker, which knows no widget.


def _wipe(
    desk: Desk, passphrase: str, tell: "Tell", *, confirmed: str, backups: bool
) -> "tuple[Path, ...]":
    return wipe(
        desk.workplace,
        passphrase,
        confirmed=confirmed,
        backups=backups,
        progress=lambda stage: tell(stage.value),
    )
