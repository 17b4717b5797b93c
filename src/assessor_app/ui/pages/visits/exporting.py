"""A visit into one file for a colleague's device: a passphrase told by mouth, then the file."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPushButton, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Visit
from assessor_app.services.evidence.words import size
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.enrolment.strength import PassphraseStrength
from assessor_app.ui.pages.parts.asking import AskingDialog, percents, show_fault
from assessor_app.ui.pages.parts.beside import Beside
from assessor_app.ui.pages.parts.file_place import (
    BUNDLE_SUFFIX,
    documents_folder,
    free_path,
    with_suffix,
)
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body, quiet, strong
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # the ciphers: imported by the work that needs them
    from assessor_app.services.exchange.exporting import Exported
    from assessor_app.ui.tasks import Tell

_OF_PATH = frozenset({"file_exists", "folder_missing", "not_writable", "disk_full"})
_SHORT_HASH = 16  # hex digits, as the pages print


class ExportDialog(AskingDialog):
    """Asks where and with which passphrase; then tells what was written."""

    exported = Signal(object)  # Path

    def __init__(self, desk: Desk, visit: Visit, over: QWidget) -> None:
        about = desk.say("exchange.visit", unit=visit.unit, institution=visit.institution)
        heading = desk.say("exchange.export.title")
        super().__init__(desk, over, name="export", heading=heading, about=about)
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
        self._ask_for_all()
        self._passphrase.setFocus()

    def _ask_for_all(self) -> None:
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
        self._ask(
            body(say("exchange.export.told")),
            self._first,
            strength,
            self._second,
            self._where,
            self._small,
            cancel=say("exchange.cancel"),
            go=primary(
                self._desk,
                "export.go",
                text=say("exchange.export.go"),
                sign="save",
                act=self._on_go,
            ),
        )

    @property
    def path(self) -> Path:
        return with_suffix(self._path.text(), folder=self._folder, suffix=BUNDLE_SUFFIX)

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
            show_fault(self._first, self._passphrase, self._desk.say("exchange.export.empty"))
            return
        if self._passphrase.text() != self._again.text():
            show_fault(self._second, self._again, self._desk.say("exchange.export.differs"))
            return
        self._path.setText(str(self.path))
        work = partial(
            _export,
            self._desk,
            self._visit.id,
            self.path,
            passphrase=self._passphrase.text(),
            evidence=not self._small.isChecked(),
        )
        self._work(work, working=self._working, done=self._on_exported, failed=self._on_refused)

    def _working(self, percent: str) -> str:
        return self._desk.say("exchange.export.working", percent=percent or 0)

    def _on_refused(self, problem: Problem) -> None:
        told = self._desk.told(problem)
        if problem.code in _OF_PATH:
            show_fault(self._where, self._path, told)
        else:
            self._notice.tell(told, Tone.ERROR)

    def _on_exported(self, exported: "Exported") -> None:
        self._passphrase.clear()
        self._again.clear()
        self._notice.tell(self._desk.say("exchange.export.done"), Tone.SUCCESS)
        self._tell_result(_told(self._desk, exported), *self._ways_on(exported.path))
        self.exported.emit(exported.path)

    def _ways_on(self, path: Path) -> tuple[QPushButton, QPushButton]:
        say = self._desk.say
        folder = button(
            say("exchange.export.open_folder"),
            "export.open_folder",
            icon=icon("folder", self._desk.tokens.ink),
        )
        folder.clicked.connect(lambda: self._open(path.parent))
        close = button(say("exchange.close"), "export.close", role="primary")
        close.clicked.connect(self.accept)
        return folder, close

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            told = self._desk.say("issue.result.not_opened", path=folder)
            self._notice.tell(told, Tone.WARNING)


def _told(desk: Desk, exported: "Exported") -> Iterator[QWidget]:
    """Where the file lies, and what is in it."""
    say = desk.say
    yield strong(say("exchange.export.file", file=exported.path.name))
    yield body(say("exchange.export.folder", folder=exported.path.parent))
    yield body(
        say(
            "exchange.export.holds",
            size=size(exported.size, desk.words),
            events=exported.events,
            files=exported.files,
        )
    )
    if exported.left_out:
        yield body(say("exchange.export.left_out", count=len(exported.left_out)))
    yield quiet(say("exchange.export.head", head=exported.head[:_SHORT_HASH]))


# In a worker, which knows no widget.


def _export(
    desk: Desk, visit: str, path: Path, tell: "Tell", *, passphrase: str, evidence: bool
) -> "Exported":
    from assessor_app.services.exchange.exporting import export_visit

    return export_visit(
        desk.workplace,
        visit,
        path,
        library=desk.application.library,
        passphrase=passphrase,
        cost=desk.application.cost,
        evidence=evidence,
        progress=percents(tell),
    )
