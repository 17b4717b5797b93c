"""Pictures of the door that stayed shut: taken in while the form is filled, kept with the visit."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.problem import Problem
from assessor_app.services.evidence.editing import About
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.evidence_strip import EvidenceStrip, Thumb
from assessor_app.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from assessor_app.services.evidence.taken import TakenIn

_FEW = 6  # pictures of one door


class DoorPhotos(QWidget):
    """They are held in memory until the visit is made, since there is none yet to keep them in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("refused.photos")
        self._desk = desk
        self._taken: list[TakenIn] = []
        self._pending = 0
        say = desk.say
        self._strip = EvidenceStrip(
            "refused.evidence", desk.tokens, add=say("door.add"), empty=say("door.empty")
        )
        self._strip.setAccessibleName(say("door.photos"))
        self._strip.add_wanted.connect(lambda: self.take_files(self.ask_for_files()))
        self._strip.dropped.connect(self.take_files)
        self._strip.pasted.connect(self._take_image)
        self._fault = quiet("")
        self._fault.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._strip)
        column.addWidget(self._fault)

    @property
    def count(self) -> int:
        """How many pictures are there, those that are still being read included."""
        return len(self._taken) + self._pending

    @property
    def busy(self) -> bool:
        return self._pending > 0

    def ask_for_files(self) -> list[Path]:
        """The files that are chosen in a dialog; none where it is left."""
        names, _ = QFileDialog.getOpenFileNames(self, self._desk.say("door.add"))
        return [Path(name) for name in names]

    def take_files(self, paths: Sequence[Path]) -> None:
        """Read pictures in a worker; what is none is said, and the others stay."""
        for path in paths[: max(0, _FEW - self.count)]:
            self._begin(partial(_from_file, self._desk, path))

    def attach_to(self, session: Session) -> None:
        """Keep them with a visit that was made; what a first try kept already is not kept twice.

        Raises Problem as `Session.attach_to_visit`.
        """
        known = {one.sha256 for one in session.snapshot.evidence.values()}
        for taken in self._taken:
            if taken.sha256 not in known:
                about = About(file_name=Path(taken.name).name)
                session.attach_to_visit(taken, source=EvidenceSource.FILE, about=about)
                known.add(taken.sha256)

    def _take_image(self, image: QImage) -> None:
        name = self._desk.say("evidence.clipboard")
        self._begin(partial(_from_image, self._desk, image, name))

    def _begin(self, work: "partial[TakenIn]") -> None:
        self._pending += 1
        self._fault.setVisible(False)
        self._desk.tasks.run(work, owner=self, done=self._on_taken, failed=self._on_failed)
        self._show()

    def _on_taken(self, taken: "TakenIn") -> None:
        self._pending -= 1
        if taken not in self._taken:
            self._taken.append(taken)
        self._show()

    def _on_failed(self, problem: Problem) -> None:
        self._pending -= 1
        self._fault.setText(self._desk.told(problem))
        self._fault.setVisible(True)
        self._show()

    def _show(self) -> None:
        thumbs = [
            Thumb(one.sha256, QImage.fromData(one.thumbnail), Path(one.name).name)
            for one in self._taken
        ]
        self._strip.show_thumbs(thumbs)
        self._strip.show_pending(self._pending)


def _from_file(desk: Desk, path: Path, _: Tell) -> "TakenIn":
    return desk.decoder.take_in(path, zone=desk.workplace.profile.zone)


def _from_image(desk: Desk, image: QImage, name: str, _: Tell) -> "TakenIn":
    from assessor_app.ui.pages.checklist.photos import png_of

    return desk.decoder.take_in_bytes(png_of(image), name=name, zone=desk.workplace.profile.zone)
