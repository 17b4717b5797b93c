"""A store out of a backup: where it lies, which one, its passphrase; then what came back."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.backup import Listed, Restored, Stage, list_backups, restore
from assessor_app.services.evidence.words import size
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.asking import AskingDialog, show_fault
from assessor_app.ui.pages.parts.beside import Beside
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import body, quiet
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # values that are only passed on here
    from assessor_app.services.enrolment import Workplace
    from assessor_app.ui.tasks import Tell

_INCOMPLETE = "backup_incomplete"
_AT_THE_FIELD = frozenset({"passphrase_wrong", "passphrase_wait", "passphrase_unreadable"})


@dataclass(frozen=True, slots=True)
class Back:
    """What came back, and the store that was opened with it."""

    restored: Restored
    workplace: "Workplace"


class RestoreDialog(AskingDialog):
    """Nothing is put in place before the whole backup is verified; nothing is deleted at all."""

    restored = Signal(object)  # the Workplace

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(desk, over, name="restore", heading=desk.say("restore.title"))
        self._back: Back | None = None
        self._place = quiet("")
        self._place.setObjectName("restore.place")
        self._which = combo("restore.which", [])
        self._passphrase = line_edit("restore.passphrase", secret=True)
        self._passphrase.returnPressed.connect(self._on_go)
        self._field = Field(desk.say("restore.passphrase"), self._passphrase)
        self._incomplete = tick(desk.say("restore.incomplete"), "restore.incomplete")
        self._incomplete.hide()
        self._choose = button(
            desk.say("restore.choose"), "restore.choose", icon=icon("folder", desk.tokens.ink)
        )
        self._choose.clicked.connect(self._on_choose)
        self._ask(
            body(desk.say("restore.aside" if desk.enrolled else "restore.told")),
            Beside(self._place, self._choose),
            Field(desk.say("restore.which"), self._which),
            self._field,
            self._incomplete,
            cancel=desk.say("restore.cancel"),
            go=primary(
                desk, "restore.go", text=desk.say("restore.go"), sign="next", act=self._on_go
            ),
        )
        self.look_in(desk.home)

    def look_in(self, place: Path) -> None:
        """List the backups of a place; no passphrase is needed for that."""
        self._notice.clear()
        self._place.setText(self._desk.say("restore.in_place", place=place))
        try:
            found = list_backups(place)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            found = ()
        self._which.clear()
        for one in found:
            self._which.addItem(self._said_of(one), str(one.folder))
        self._which.setEnabled(bool(found))
        if not found and not self._notice.isVisible():
            self._notice.tell(self._desk.say("restore.none"), Tone.INFO)
        (self._passphrase if found else self._choose).setFocus()

    def reject(self) -> None:
        """Esc does not leave a store that is open already."""
        if self._back is not None:
            self._on_open()
        else:
            super().reject()

    def _said_of(self, one: Listed) -> str:
        words = self._desk.words
        return self._desk.say(
            "restore.one", moment=words.moment(one.made_at), size=size(one.size, words)
        )

    def _on_choose(self) -> None:
        told = QFileDialog.getExistingDirectory(
            self, self._desk.say("restore.choose"), str(documents_folder())
        )
        if told:
            self.look_in(Path(told))

    def _on_go(self) -> None:
        self._field.clear_fault()
        if not value_of(self._which):
            self._choose.setFocus()
            return
        if not self._passphrase.text():
            show_fault(self._field, self._passphrase, self._desk.say("restore.empty"))
            return
        work = partial(
            _restore,
            self._desk,
            Path(value_of(self._which)),
            self._passphrase.text(),
            incomplete=self._incomplete.isChecked(),
        )
        self._work(work, working=self._working, done=self._on_restored, failed=self._on_refused)

    def _working(self, told: str) -> str:
        return told or self._desk.say("restore.working")

    def _on_refused(self, problem: Problem) -> None:
        told = self._desk.told(problem)
        if problem.code in _AT_THE_FIELD:
            show_fault(self._field, self._passphrase, told)
            return
        self._incomplete.setVisible(problem.code == _INCOMPLETE or self._incomplete.isChecked())
        self._notice.tell(told, Tone.ERROR)

    def _on_restored(self, back: Back) -> None:
        self._back = back
        self._passphrase.clear()
        say, words, done = self._desk.say, self._desk.words, back.restored
        lines = [
            say("restore.came", visits=done.visits, evidence=done.evidence),
            say("restore.since", moment=words.moment(done.made_at)),
        ]
        if done.missing:
            lines.append(say("restore.missing", count=len(done.missing)))
        if done.aside is not None:
            lines.append(say("restore.moved", path=done.aside))
        self._notice.tell(say("restore.done"), Tone.WARNING if done.missing else Tone.SUCCESS)
        go = primary(
            self._desk, "restore.open", text=say("restore.open"), sign="next", act=self._on_open
        )
        self._tell_result(map(body, lines), go)

    def _on_open(self) -> None:
        back, self._back = self._back, None
        self.accept()
        if back is not None:
            self.restored.emit(back.workplace)


# In a worker, which knows no widget.


def _restore(desk: Desk, source: Path, passphrase: str, tell: "Tell", *, incomplete: bool) -> Back:
    def heard(stage: Stage, done: int, count: int) -> None:
        tell(desk.say(f"restore.stage.{stage.value}", done=done, count=count))

    application = desk.application
    restored = restore(
        source,
        desk.home,
        passphrase,
        clock=application.clock,
        new_id=application.new_id,
        replace=True,  # the dialog has said that what is there is moved aside
        incomplete=incomplete,
        progress=heard,
    )
    return Back(restored, application.unlock(passphrase))
