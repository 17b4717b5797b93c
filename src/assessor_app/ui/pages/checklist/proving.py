"""The ways by which evidence comes to an indicator: chosen, dropped, pasted; and a look at it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from assessor_app.domain.observation import Evidence
from assessor_app.domain.visit import Snapshot
from assessor_app.services.evidence.editing import About, known_evidence
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.evidence_acts import EvidenceActs
from assessor_app.ui.pages.checklist.photo_view import PhotoView
from assessor_app.ui.pages.checklist.photos import Goal, Photos
from assessor_app.ui.pages.checklist.web_form import WebForm
from assessor_app.ui.widgets.evidence_strip import SUFFIXES


class Proving(QObject):
    """Hands what comes to `photos`, with the observation that it was meant for."""

    said = Signal(str)
    refused = Signal(object)  # Problem
    redacted = Signal(object)  # Done

    def __init__(
        self, desk: Desk, photos: Photos, page: QWidget, *, acts: EvidenceActs | None = None
    ) -> None:
        """With `acts` what is looked at can be described, moved and drawn upon."""
        super().__init__(page)
        self._acts = acts
        self._desk = desk
        self.photos = photos
        self._page = page

    def choose(self, goal: Goal) -> None:
        """Let the assessor choose files."""
        self.take_files(goal, self.ask_for_files())

    def ask_for_files(self) -> list[Path]:
        """The files that are chosen in a dialog; none where it is left."""
        say = self._desk.say
        # A phone's own ending may be none of these: all files can be chosen, the content tells.
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = ";;".join((say("evidence.kinds", kinds=patterns), say("evidence.all_files")))
        names, _ = QFileDialog.getOpenFileNames(self._page, say("evidence.choose"), "", kinds)
        return [Path(name) for name in names]

    def take_files(self, goal: Goal, paths: Sequence[Path]) -> None:
        self.photos.take_files(goal, paths)

    def take_image(self, goal: Goal, image: QImage) -> None:
        self.photos.take_image(goal, image)

    def paste(self, goal: Goal) -> None:
        """Take files or a picture from the clipboard."""
        clipboard = QGuiApplication.clipboard()
        data = clipboard.mimeData()  # None where nothing was ever copied, whatever the stubs say
        urls = data.urls() if data else []
        files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if files:
            self.take_files(goal, files)
        elif not clipboard.image().isNull():
            self.take_image(goal, clipboard.image())
        else:
            self.said.emit(self._desk.say("evidence.nothing_to_paste"))

    def take_web(self, goal: Goal) -> None:
        """Take a page on the web: its address, a screenshot, what of the 14 is seen there."""
        form = WebForm(self._desk, self._page)

        def take(about: About, shot: QImage | Path) -> None:
            self.photos.take_web(goal, shot, about, caption=None)

        form.given.connect(take)
        form.open()

    def open(self, evidence: str) -> None:
        """Look at one as large as the window has room."""
        session = self.photos.session
        item = known_evidence(session.snapshot, evidence)
        view = PhotoView(
            self._desk,
            item,
            self._page,
            session=session,
            acts=self._acts,
            among=_beside(session.snapshot, item),
        )
        view.refused.connect(self.refused)
        view.redacted.connect(self.redacted)
        view.open()


def _beside(snapshot: Snapshot, item: Evidence) -> list[str]:
    """What proves the same side, in the order in which it is shown; the unattached together."""
    if item.attached_to:
        return [one.id for one in snapshot.evidence_for(item.attached_to[0])]
    if item.of_visit:
        return [one.id for one in snapshot.evidence_of_visit]
    return sorted(snapshot.unattached)
