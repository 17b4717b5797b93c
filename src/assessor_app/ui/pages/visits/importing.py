"""A visit out of a colleague's file: its passphrase, then what came and what is to be settled."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.fitted import fit_height
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.visits.exporting import percent_of
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body, quiet, strong, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # the ciphers: imported by the work that needs them
    from assessor_app.services.exchange import Imported
    from assessor_app.ui.tasks import Tell

_WIDE = 680  # pixels
_OF_PASSPHRASE = frozenset({"bundle_passphrase_wrong"})
_GROUP = 4  # hex digits of a fingerprint that are read aloud at one go
_FINGERPRINT = 32  # hex digits that are compared


class ImportDialog(QDialog):
    """Nothing is taken in before the whole file is verified; then it is told what came."""

    imported = Signal(str)  # the visit
    visit_wanted = Signal(str)

    def __init__(self, desk: Desk, path: Path, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("exchange.import.title"))
        self._desk = desk
        self._path = path
        self._passphrase = line_edit("import.passphrase", secret=True)
        self._passphrase.returnPressed.connect(self._on_go)
        self._notice = Notice(desk.tokens, "import.notice")
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
        column.addWidget(title(desk.say("exchange.import.title")))
        column.addWidget(
            quiet(desk.say("exchange.import.file", file=path.name, folder=path.parent))
        )
        column.addWidget(self._notice)
        column.addWidget(self._asking)
        column.addWidget(self._told)
        column.addStretch(1)
        fit_height(self, width=_WIDE)
        self._busy = Busy(self, desk.tokens)
        self._passphrase.setFocus()

    def reject(self) -> None:
        """Esc does not leave what is being taken in."""
        if not self._busy.isVisible():
            super().reject()

    def _form(self) -> QWidget:
        say = self._desk.say
        self._field = Field(say("exchange.import.passphrase"), self._passphrase)
        leave = button(say("exchange.cancel"), "import.cancel")
        leave.clicked.connect(self.reject)
        go = primary(
            self._desk, "import.go", text=say("exchange.import.go"), sign="next", act=self._on_go
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(go)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(body(say("exchange.import.told")))
        column.addWidget(self._field)
        column.addSpacing(8)
        column.addLayout(row)
        return form

    def _on_go(self) -> None:
        self._field.clear_fault()
        self._notice.clear()
        if not self._passphrase.text():
            self._field.show_fault(self._desk.say("exchange.import.empty"))
            self._passphrase.setFocus()
            return
        say = self._desk.say
        self._busy.begin(say("exchange.import.working", percent=0))
        self._desk.tasks.run(
            partial(_import, self._desk, self._path, self._passphrase.text()),
            owner=self,
            done=self._on_imported,
            failed=self._on_refused,
            progress=lambda percent: self._busy.show_progress(
                say("exchange.import.working", percent=percent)
            ),
        )

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        told = self._desk.told(problem)
        if problem.code in _OF_PASSPHRASE:
            self._field.show_fault(told)
            self._passphrase.setFocus()
            self._passphrase.selectAll()
        else:
            self._notice.tell(told, Tone.ERROR)

    def _on_imported(self, imported: "Imported") -> None:
        self._busy.end()
        self._passphrase.clear()
        say, visit = self._desk.say, imported.snapshot.visit
        about = say("exchange.visit", unit=visit.unit, institution=visit.institution)
        self._result.addWidget(strong(about))
        for line in _told(self._desk, imported):
            self._result.addWidget(body(line))
        self._result.addSpacing(8)
        self._result.addLayout(self._ways_on(imported))
        if imported.nothing_new:
            self._notice.tell(say("exchange.import.nothing_new"), Tone.INFO)
        elif imported.conflicts:
            told = say("exchange.import.conflicts", count=imported.conflicts)
            self._notice.tell(told, Tone.WARNING)
        else:
            self._notice.tell(say("exchange.import.done"), Tone.SUCCESS)
        self._asking.hide()
        self._told.show()
        fit_height(self, width=_WIDE)
        self._go_on.setFocus()
        self.imported.emit(imported.visit)

    def _ways_on(self, imported: "Imported") -> QHBoxLayout:
        say = self._desk.say
        close = button(say("exchange.close"), "import.close")
        close.clicked.connect(self.accept)
        name = "settle" if imported.conflicts else "open"
        self._go_on = button(say(f"exchange.import.{name}"), "import.open", role="primary")
        self._go_on.clicked.connect(lambda: self._open(imported.visit))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self._go_on)
        return row

    def _open(self, visit: str) -> None:
        self.accept()
        self.visit_wanted.emit(visit)


def _told(desk: Desk, imported: "Imported") -> Iterator[str]:
    """What came, what is still to come, and who is new."""
    say, words, manifest = desk.say, desk.words, imported.manifest
    yield say(
        "exchange.import.from",
        author=imported.made_by.name,
        moment=words.moment(manifest.made_at),
    )
    yield say("exchange.import.came", events=imported.new, files=imported.files)
    if imported.late:
        yield say("late.count", count=imported.late)
    if imported.missing:
        yield say("exchange.import.missing", count=len(imported.missing))
    if imported.former:
        codes = ", ".join(sorted({key.indicator for key in imported.former}))
        yield say("exchange.import.former", indicators=codes)
    for person in imported.people:
        yield say("exchange.import.person", name=person.name, office=person.office)
    for device in imported.devices:
        yield say(
            "exchange.import.device",
            device=device.device[-8:],
            fingerprint=_grouped(device.fingerprint[:_FINGERPRINT]),
        )


def _grouped(digits: str) -> str:
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


# In a worker, which knows no widget.


def _import(desk: Desk, path: Path, passphrase: str, tell: "Tell") -> "Imported":
    from assessor_app.services.exchange import import_visit

    return import_visit(
        desk.workplace,
        path,
        library=desk.application.library,
        secret=passphrase,
        progress=percent_of(tell),
    )
