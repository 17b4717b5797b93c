"""The photos of what was found at the visit before, to compare with what is before the eyes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from assessor_app.domain.observation import Evidence, EvidenceKind
from assessor_app.domain.problem import Problem
from assessor_app.services.evidence.copies import photo
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

_PICTURED = frozenset({EvidenceKind.PHOTO, EvidenceKind.DOCUMENT})
_SHARE = 0.8  # of the window, in both directions


class PhotosOfThen(QDialog):
    """Shows the copies as the office was given them: what is covered stays covered."""

    def __init__(self, desk: Desk, over: QWidget, items: Sequence[Evidence]) -> None:
        super().__init__(over)
        self.setObjectName("follow_up.then_photos")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        heading = desk.say("follow_up.photos_title")
        self.setWindowTitle(heading)
        self._notice = Notice(desk.tokens, "follow_up.then_photos.notice")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        leave = button(desk.say("follow_up.photos_close"), "follow_up.then_photos.close")
        leave.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(heading))
        column.addWidget(self._notice)
        column.addWidget(scrolling(inner, "follow_up.then_photos.area"), stretch=1)
        column.addWidget(leave, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(over.window().size() * _SHARE)
        shown = [one for one in items if one.kind in _PICTURED]
        self._load(shown)

    def _load(self, items: Sequence[Evidence]) -> None:
        workplace = self._desk.workplace

        def work(_: object) -> list[tuple[Evidence, QImage]]:
            return [(one, QImage.fromData(photo(workplace, one))) for one in items]

        self._desk.tasks.run(work, owner=self, done=self._show, failed=self._on_failed)

    def _show(self, pictures: Sequence[tuple[Evidence, QImage]]) -> None:
        room = max(320, self.width() - 80)
        for item, image in pictures:
            wide = min(room, image.width())
            picture = QLabel()
            picture.setPixmap(
                QPixmap.fromImage(
                    image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
                )
            )
            told = item.caption or self._taken(item)
            picture.setAccessibleName(told)
            self._column.addWidget(picture)
            self._column.addWidget(quiet(told))
        self._column.addStretch(1)

    def _taken(self, item: Evidence) -> str:
        words = self._desk.words
        if item.captured_at is None:
            return words("findings.photo_taken_unknown")
        return self._desk.say("follow_up.taken", when=words.moment(item.captured_at))

    def _on_failed(self, problem: Problem) -> None:
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
