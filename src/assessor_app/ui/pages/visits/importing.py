"""A visit out of a colleague's file: its passphrase, then what came and what is to be settled."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from assessor_app.domain.numbers import in_fours
from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.asking import AskingDialog, percents, show_fault
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body, strong
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # the ciphers: imported by the work that needs them
    from assessor_app.services.exchange.importing import Imported
    from assessor_app.ui.tasks import Tell

_OF_PASSPHRASE = frozenset({"bundle_passphrase_wrong"})
_FINGERPRINT = 32  # hex digits that are compared


class ImportDialog(AskingDialog):
    """Nothing is taken in before the whole file is verified; then it is told what came."""

    imported = Signal(str)  # the visit
    visit_wanted = Signal(str)

    def __init__(self, desk: Desk, path: Path, over: QWidget) -> None:
        say = desk.say
        about = say("exchange.import.file", file=path.name, folder=path.parent)
        heading = say("exchange.import.title")
        super().__init__(desk, over, name="import", heading=heading, about=about)
        self._path = path
        self._passphrase = line_edit("import.passphrase", secret=True)
        self._passphrase.returnPressed.connect(self._on_go)
        self._field = Field(say("exchange.import.passphrase"), self._passphrase)
        go = say("exchange.import.go")
        self._ask(
            body(say("exchange.import.told")),
            self._field,
            cancel=say("exchange.cancel"),
            go=primary(desk, "import.go", text=go, sign="next", act=self._on_go),
        )
        self._passphrase.setFocus()

    def _on_go(self) -> None:
        self._field.clear_fault()
        if not self._passphrase.text():
            self._notice.clear()
            show_fault(self._field, self._passphrase, self._desk.say("exchange.import.empty"))
            return
        work = partial(_import, self._desk, self._path, self._passphrase.text())
        self._work(work, working=self._working, done=self._on_imported, failed=self._on_refused)

    def _working(self, percent: str) -> str:
        return self._desk.say("exchange.import.working", percent=percent or 0)

    def _on_refused(self, problem: Problem) -> None:
        told = self._desk.told(problem)
        if problem.code in _OF_PASSPHRASE:
            show_fault(self._field, self._passphrase, told)
        else:
            self._notice.tell(told, Tone.ERROR)

    def _on_imported(self, imported: "Imported") -> None:
        self._passphrase.clear()
        say, visit = self._desk.say, imported.snapshot.visit
        if imported.nothing_new:
            self._notice.tell(say("exchange.import.nothing_new"), Tone.INFO)
        elif imported.conflicts:
            told = say("exchange.import.conflicts", count=imported.conflicts)
            self._notice.tell(told, Tone.WARNING)
        else:
            self._notice.tell(say("exchange.import.done"), Tone.SUCCESS)
        about = strong(say("exchange.visit", unit=visit.unit, institution=visit.institution))
        lines = (body(line) for line in _told(self._desk, imported))
        self._tell_result((about, *lines), *self._ways_on(imported))
        self.imported.emit(imported.visit)

    def _ways_on(self, imported: "Imported") -> tuple[QPushButton, QPushButton]:
        say = self._desk.say
        close = button(say("exchange.close"), "import.close")
        close.clicked.connect(self.accept)
        name = "settle" if imported.conflicts else "open"
        go_on = button(say(f"exchange.import.{name}"), "import.open", role="primary")
        go_on.clicked.connect(lambda: self._open(imported.visit))
        return close, go_on

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
            fingerprint=in_fours(device.fingerprint[:_FINGERPRINT]),
        )


# In a worker, which knows no widget.


def _import(desk: Desk, path: Path, passphrase: str, tell: "Tell") -> "Imported":
    from assessor_app.services.exchange.importing import import_visit

    return import_visit(
        desk.workplace,
        path,
        library=desk.application.library,
        secret=passphrase,
        progress=percents(tell),
    )
