"""What brings visits into the list and out of it: files of colleagues and for them, the sample."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.file_place import BUNDLE_SUFFIX, documents_folder
from assessor_app.ui.pages.parts.waiting import Waiting
from assessor_app.ui.pages.visits.sample_round import loading
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.notice import Tone


class Carrying(QObject):
    """Asks over the page, and says what came of it."""

    came = Signal(str)  # the visit (id) to be shown; empty where only some of it came
    left = Signal()
    visit_wanted = Signal(str)
    told = Signal(str, object)  # what is to be said, Tone

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._waiting = Waiting(
            desk, Busy(page, desk.tokens), owner=page, stopped=self._on_sample_stopped
        )

    def import_file(self, path: Path) -> None:
        """Ask for the passphrase of a colleague's file and take its visit in."""
        from assessor_app.ui.pages.visits.importing import ImportDialog

        dialog = ImportDialog(self._desk, path, self._page)
        dialog.imported.connect(self.came)
        dialog.visit_wanted.connect(self.visit_wanted)
        dialog.open()

    def choose_file(self) -> None:
        """Ask which file, and take its visit in."""
        say = self._desk.say
        kind = say("exchange.kind", kinds=f"*{BUNDLE_SUFFIX}")
        kinds = ";;".join((kind, say("exchange.all_files")))
        title, place = say("exchange.import.choose"), str(documents_folder())
        chosen = QFileDialog.getOpenFileName(self._page, title, place, kinds)[0]
        if chosen:
            self.import_file(Path(chosen))

    def export(self, visit: Visit) -> None:
        """A visit into a file."""
        from assessor_app.ui.pages.visits.exporting import ExportDialog

        dialog = ExportDialog(self._desk, visit, self._page)
        dialog.exported.connect(lambda _: self.left.emit())
        dialog.open()

    def load_sample(self) -> None:
        """Record the sample round as a visit of its own."""
        self._waiting.begin(
            loading(self._desk),
            self._desk.say("visits.sample_recording"),
            done=self._on_sample_loaded,
            failed=self._on_sample_failed,
        )

    def _on_sample_loaded(self, visit: str) -> None:
        self.came.emit(visit)
        self.told.emit(self._desk.say("visits.sample_loaded"), Tone.SUCCESS)

    def _on_sample_stopped(self, _told: str) -> None:
        """What is recorded of a visit stays: it can be gone on with, or voided."""
        self.came.emit("")
        self.told.emit(self._desk.say("visits.sample_stopped"), Tone.INFO)

    def _on_sample_failed(self, problem: Problem) -> None:
        self.came.emit("")
        self.told.emit(self._desk.told(problem), Tone.ERROR)
