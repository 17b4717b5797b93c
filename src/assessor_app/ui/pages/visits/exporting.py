"""A visit into one file for a colleague's device: a passphrase told by mouth, then the file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.enrolment.strength import PassphraseStrength
from assessor_app.ui.pages.parts.beside import Beside
from assessor_app.ui.pages.parts.file_place import documents_folder, free_path, with_suffix
from assessor_app.ui.pages.parts.fitted import fit_height
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.visits.sizes import size_told
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body, quiet, strong, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # the ciphers: imported by the work that needs them
    from assessor_app.services.exchange import Exported
    from assessor_app.ui.tasks import Tell

BUNDLE_SUFFIX = ".kunjungan"
"""The ending of a file in which a visit travels."""

_OF_PATH = frozenset({"file_exists", "folder_missing", "not_writable", "disk_full"})
_WIDE = 680  # pixels
_SHORT_HASH = 16  # hex digits, as the pages print


class ExportDialog(QDialog):
    """Asks where and with which passphrase; then tells what was written."""

    exported = Signal(object)  # Path

    def __init__(self, desk: Desk, visit: Visit, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("exchange.export.title"))
        self._desk = desk
        self._visit = visit
        self._folder = documents_folder()
        self._passphrase = line_edit("export.passphrase", secret=True)
        self._again = line_edit("export.again", secret=True)
        self._again.returnPressed.connect(self._on_go)
        self._path = line_edit("export.path")
        self._path.setText(str(self._proposed()))
        self._path.setCursorPosition(0)
        self._path.textChanged.connect(self._path.setToolTip)
        self._small = QCheckBox(desk.say("exchange.export.without_evidence"))
        self._small.setObjectName("export.without_evidence")
        self._notice = Notice(desk.tokens, "export.notice")
        self._go_on: QPushButton
        self._asking = self._form()
        self._told = QWidget()
        self._told.hide()
        self._result = QVBoxLayout(self._told)
        self._result.setContentsMargins(0, 0, 0, 0)
        self._result.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(desk.say("exchange.export.title")))
        about = desk.say("exchange.visit", unit=visit.unit, institution=visit.institution)
        column.addWidget(quiet(about))
        column.addWidget(self._notice)
        column.addWidget(self._asking)
        column.addWidget(self._told)
        column.addStretch(1)
        fit_height(self, width=_WIDE)
        self._busy = Busy(self, desk.tokens)
        self._passphrase.setFocus()

    def _form(self) -> QWidget:
        say, tokens = self._desk.say, self._desk.tokens
        self._first = Field(say("exchange.export.passphrase"), self._passphrase)
        self._second = Field(say("exchange.export.again"), self._again)
        strength = PassphraseStrength(
            self._desk, self._passphrase, of_person=lambda: (self._visit.unit,)
        )
        choose = icon_button(
            say("exchange.export.choose"), "export.choose", icon("folder", tokens.ink)
        )
        choose.clicked.connect(self._on_choose)
        self._where = Field(say("exchange.export.path"), Beside(self._path, choose))
        leave = button(say("exchange.cancel"), "export.cancel")
        leave.clicked.connect(self.reject)
        go = primary(
            self._desk, "export.go", text=say("exchange.export.go"), sign="save", act=self._on_go
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(go)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (
            body(say("exchange.export.told")),
            self._first,
            strength,
            self._second,
            self._where,
            self._small,
        ):
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(row)
        return form

    @property
    def path(self) -> Path:
        return with_suffix(self._path.text(), folder=self._folder, suffix=BUNDLE_SUFFIX)

    def reject(self) -> None:
        """Esc does not drop what is being written."""
        if not self._busy.isVisible():
            super().reject()

    def _proposed(self) -> Path:
        visit = self._visit
        arrived = visit.arrival.astimezone(self._desk.workplace.profile.zone)
        name = self._desk.say(
            "issue.path.name", day=f"{arrived:%Y-%m-%d}", id=visit.id[-8:].upper(), unit=visit.unit
        )
        return free_path(self._folder, name, suffix=BUNDLE_SUFFIX)

    def _on_choose(self) -> None:
        chosen = self._ask_where()
        if chosen:
            self._path.setText(chosen)
            self._folder = self.path.parent
            self._where.clear_fault()

    def _ask_where(self) -> str:
        """The path that is chosen, empty where none; what lies there is never replaced."""
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self._desk.say("exchange.export.choose"),
            str(self.path),
            self._desk.say("exchange.kind", kinds=f"*{BUNDLE_SUFFIX}"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        return chosen

    def _on_go(self) -> None:
        for field in (self._first, self._second, self._where):
            field.clear_fault()
        self._notice.clear()
        if not self._passphrase.text():
            self._first.show_fault(self._desk.say("exchange.export.empty"))
            self._passphrase.setFocus()
            return
        if self._passphrase.text() != self._again.text():
            self._second.show_fault(self._desk.say("exchange.export.differs"))
            self._again.setFocus()
            return
        self._path.setText(str(self.path))
        self._export()

    def _export(self) -> None:
        desk = self._desk
        self._busy.begin(desk.say("exchange.export.working", percent=0))
        work = partial(
            _export,
            desk,
            self._visit.id,
            self.path,
            passphrase=self._passphrase.text(),
            evidence=not self._small.isChecked(),
        )
        desk.tasks.run(
            work,
            owner=self,
            done=self._on_exported,
            failed=self._on_refused,
            progress=lambda percent: self._busy.show_progress(
                desk.say("exchange.export.working", percent=percent)
            ),
        )

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        told = self._desk.told(problem)
        if problem.code in _OF_PATH:
            self._where.show_fault(told)
            self._path.setFocus()
        else:
            self._notice.tell(told, Tone.ERROR)

    def _on_exported(self, exported: "Exported") -> None:
        self._busy.end()
        self._passphrase.clear()
        self._again.clear()
        say = self._desk.say
        size = size_told(self._desk, exported.size)
        lines: list[QWidget] = [
            strong(say("exchange.export.file", file=exported.path.name)),
            body(say("exchange.export.folder", folder=exported.path.parent)),
            body(
                say(
                    "exchange.export.holds",
                    size=size,
                    events=exported.events,
                    files=exported.files,
                )
            ),
        ]
        if exported.left_out:
            lines.append(body(say("exchange.export.left_out", count=len(exported.left_out))))
        lines.append(quiet(say("exchange.export.head", head=exported.head[:_SHORT_HASH])))
        for line in lines:
            self._result.addWidget(line)
        self._result.addSpacing(8)
        self._result.addLayout(self._ways_on(exported.path))
        self._notice.tell(say("exchange.export.done"), Tone.SUCCESS)
        self._asking.hide()
        self._told.show()
        fit_height(self, width=_WIDE)
        self._go_on.setFocus()
        self.exported.emit(exported.path)

    def _ways_on(self, path: Path) -> QHBoxLayout:
        say = self._desk.say
        folder = button(
            say("exchange.export.open_folder"),
            "export.open_folder",
            icon=icon("folder", self._desk.tokens.ink),
        )
        folder.clicked.connect(lambda: self._open(path.parent))
        self._go_on = button(self._desk.say("exchange.close"), "export.close", role="primary")
        self._go_on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(folder)
        row.addWidget(self._go_on)
        return row

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            told = self._desk.say("issue.result.not_opened", path=folder)
            self._notice.tell(told, Tone.WARNING)


def percent_of(tell: "Tell") -> Callable[[int, int], None]:
    """Hears of bytes and tells of whole percents, each once."""
    told = -1

    def hear(done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // total if total else 100
        if percent != told:
            told = percent
            tell(str(percent))

    return hear


# In a worker, which knows no widget.


def _export(
    desk: Desk, visit: str, path: Path, tell: "Tell", *, passphrase: str, evidence: bool
) -> "Exported":
    from assessor_app.services.exchange import export_visit

    return export_visit(
        desk.workplace,
        visit,
        path,
        library=desk.application.library,
        passphrase=passphrase,
        cost=desk.application.cost,
        evidence=evidence,
        progress=percent_of(tell),
    )
