"""A store out of a backup: where it lies, which one, its passphrase; then what came back."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import body, quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # the first page is painted without them
    from assessor_app.services.backup import Listed, Restored, Stage
    from assessor_app.services.enrolment import Workplace
    from assessor_app.ui.tasks import Tell

_WIDE = 680  # pixels
_INCOMPLETE = "backup_incomplete"
_AT_THE_FIELD = frozenset({"passphrase_wrong", "passphrase_wait", "passphrase_unreadable"})


@dataclass(frozen=True, slots=True)
class Back:
    """What came back, and the store that was opened with it."""

    restored: "Restored"
    workplace: "Workplace"


class RestoreDialog(QDialog):
    """Nothing is put in place before the whole backup is verified; nothing is deleted at all."""

    restored = Signal(object)  # the Workplace

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("restore")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("restore.title"))
        self._desk = desk
        self._back: Back | None = None
        self._notice = Notice(desk.tokens, "restore.notice")
        self._place = quiet("")
        self._place.setObjectName("restore.place")
        self._which = combo("restore.which", [])
        self._passphrase = line_edit("restore.passphrase", secret=True)
        self._passphrase.returnPressed.connect(self._on_go)
        self._field = Field(desk.say("restore.passphrase"), self._passphrase)
        self._incomplete = tick(desk.say("restore.incomplete"), "restore.incomplete")
        self._incomplete.hide()
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._form())
        self._result = QVBoxLayout()
        done = QWidget()
        done.setLayout(self._result)
        self._rooms.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(desk.say("restore.title")))
        column.addWidget(self._notice)
        column.addWidget(self._rooms, stretch=1)
        self.resize(_WIDE, self.sizeHint().height())
        self._busy = Busy(self, desk.tokens)
        self.look_in(desk.home)

    def look_in(self, place: Path) -> None:
        """List the backups of a place; no passphrase is needed for that."""
        from assessor_app.services.backup import list_backups  # noqa: PLC0415 - when wanted

        self._notice.clear()
        self._place.setText(self._desk.say("restore.in_place", place=place))
        try:
            found = list_backups(place)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            found = ()
        self._which.clear()
        for one in found:
            self._which.addItem(self._told(one), str(one.folder))
        self._which.setEnabled(bool(found))
        if not found and not self._notice.isVisible():
            self._notice.tell(self._desk.say("restore.none"), Tone.INFO)
        (self._passphrase if found else self._choose).setFocus()

    def reject(self) -> None:
        """Esc does not leave what is being put in place, nor a store that is open already."""
        if self._busy.isVisible():
            return
        if self._back is not None:
            self._on_open()
            return
        super().reject()

    def _told(self, one: "Listed") -> str:
        from assessor_app.services.evidence_words import size  # noqa: PLC0415 - as above

        words = self._desk.words
        return self._desk.say(
            "restore.one", moment=words.moment(one.made_at), size=size(one.size, words)
        )

    def _form(self) -> QWidget:
        say, tokens = self._desk.say, self._desk.tokens
        self._choose = button(
            say("restore.choose"), "restore.choose", icon=icon("folder", tokens.ink)
        )
        self._choose.clicked.connect(self._on_choose)
        place = QHBoxLayout()
        place.addWidget(self._place, stretch=1)
        place.addWidget(self._choose)
        leave = button(say("restore.cancel"), "restore.cancel")
        leave.clicked.connect(self.reject)
        go = primary(self._desk, "restore.go", text=say("restore.go"), sign="next", act=self._on_go)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(go)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(body(say("restore.aside" if self._desk.enrolled else "restore.told")))
        column.addLayout(place)
        column.addWidget(Field(say("restore.which"), self._which))
        column.addWidget(self._field)
        column.addWidget(self._incomplete)
        column.addStretch(1)
        column.addLayout(row)
        return form

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
            self._field.show_fault(self._desk.say("restore.empty"))
            self._passphrase.setFocus()
            return
        self._notice.clear()
        self._busy.begin(self._desk.say("restore.working"))
        self._desk.tasks.run(
            partial(
                _restore,
                self._desk,
                Path(value_of(self._which)),
                self._passphrase.text(),
                incomplete=self._incomplete.isChecked(),
            ),
            owner=self,
            done=self._on_restored,
            failed=self._on_refused,
            progress=self._busy.show_progress,
        )

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        told = self._desk.told(problem)
        if problem.code in _AT_THE_FIELD:
            self._field.show_fault(told)
            self._passphrase.setFocus()
            self._passphrase.selectAll()
            return
        self._incomplete.setVisible(problem.code == _INCOMPLETE or self._incomplete.isChecked())
        self._notice.tell(told, Tone.ERROR)

    def _on_restored(self, back: Back) -> None:
        self._busy.end()
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
        for line in lines:
            self._result.addWidget(body(line))
        self._result.addStretch(1)
        go = primary(
            self._desk, "restore.open", text=say("restore.open"), sign="next", act=self._on_open
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(go)
        self._result.addLayout(row)
        self._notice.tell(say("restore.done"), Tone.WARNING if done.missing else Tone.SUCCESS)
        self._rooms.setCurrentIndex(1)
        go.setFocus()

    def _on_open(self) -> None:
        back, self._back = self._back, None
        self.accept()
        if back is not None:
            self.restored.emit(back.workplace)


# In a worker, which knows no widget.


def _restore(desk: Desk, source: Path, passphrase: str, tell: "Tell", *, incomplete: bool) -> Back:
    from assessor_app.services.backup import restore  # noqa: PLC0415 - when wanted

    def heard(stage: "Stage", done: int, count: int) -> None:
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
