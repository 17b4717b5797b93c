"""One piece of evidence as large as the window has room, with what its file claims, and a copy."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.domain.observation import Evidence, EvidenceKind
from assessor_app.domain.problem import Problem
from assessor_app.domain.redaction import on_page
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.copies import file_name, photo, save_copy
from assessor_app.services.evidence.redacting import COVERABLE, may_redact
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.photos import SIGNS
from assessor_app.ui.pages.checklist.redaction_editor import RedactionEditor
from assessor_app.ui.pages.checklist.whole_pictures import pages
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.box_canvas import place_in
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.paper import PaperView

if TYPE_CHECKING:
    from assessor_app.services.enrolment import Workplace

_SHARE = 0.85  # of the window's size
_SHORT_HASH = 16  # hex digits, as the pages print
_SIGN_PX = 72


class PhotoView(QDialog):
    """Esc or the button closes it."""

    refused = Signal(object)  # Problem
    redacted = Signal(object)  # Done

    def __init__(
        self, desk: Desk, item: Evidence, over: QWidget, *, session: Session | None = None
    ) -> None:
        """With a `session` parts of it can be covered, until a document is issued."""
        super().__init__(over)
        self.setObjectName("photo")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._item = item
        self._session = session
        self._title = _title(desk, item)
        self.setWindowTitle(self._title)
        self._notice = Notice(desk.tokens, "photo.notice")
        self._save = button(
            desk.say("photo.save"), "photo.save", icon=icon("save", desk.tokens.ink)
        )
        self._cover = button(
            desk.say("redaction.open"), "photo.cover", icon=icon("eye-off", desk.tokens.ink)
        )
        self._close = button(desk.say("photo.close"), "photo.close")
        self._save.clicked.connect(self._on_save)
        self._cover.clicked.connect(self._on_cover)
        self._covered = quiet("")
        self._close.clicked.connect(self.close)
        self._furnish()
        self._close.setFocus()
        self.resize(over.window().size() * _SHARE)

    def ask_where(self) -> Path | None:
        """Where the copy is to be written, or None where the dialog was left."""
        say = self._desk.say
        proposed = documents_folder() / file_name(self._item, say("photo.file_word"))
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            say("photo.save_title"),
            str(proposed),
            options=QFileDialog.Option.DontConfirmOverwrite,  # it is refused: nothing is replaced
        )
        return Path(chosen) if chosen else None

    # What is shown

    def _furnish(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._notice)
        column.addWidget(self._content(), stretch=1)
        if self._item.caption:
            column.addWidget(body(self._item.caption))
        column.addWidget(self._covered)
        column.addWidget(quiet(self._facts()))
        row = QHBoxLayout()
        row.addWidget(self._save)
        row.addWidget(self._cover)
        self._show_covered()
        row.addStretch(1)
        row.addWidget(self._close)
        column.addLayout(row)

    def _show_covered(self) -> None:
        """What of it the office does not see, and the button to change that."""
        session, item = self._session, self._item
        may = session is not None and may_redact(session.snapshot)
        self._cover.setVisible(may and item.kind in COVERABLE)
        parts = evidence_words.covered_parts(item.layers, self._desk.words)
        self._covered.setText(self._desk.say("redaction.shown", parts=parts))
        self._covered.setVisible(bool(parts))

    def _facts(self) -> str:
        words, item = self._desk.words, self._item
        return self._desk.say(
            "photo.facts",
            facts=evidence_words.facts(item, words),
            made=evidence_words.made_at(item, words),
            hash=item.sha256[:_SHORT_HASH],
        )

    def _content(self) -> QWidget:
        match self._item.kind:
            case EvidenceKind.PHOTO:
                return self._picture()
            case EvidenceKind.DOCUMENT:
                return self._pages()
            case EvidenceKind.AUDIO | EvidenceKind.VIDEO:
                return _recording(self._desk, self._item)

    def _picture(self) -> QWidget:
        self._shown = _Picture(self._item.caption or self._title)
        self._load_picture()
        return self._shown

    def _load_picture(self) -> None:
        """The copy that the office gets; it is made anew where it was covered just now."""
        work = partial(_decoded, self._desk.workplace, self._item)
        self._load(work, self._shown.show_image)

    def _pages(self) -> QWidget:
        paper = PaperView("photo.pages")
        paper.setAccessibleName(self._item.caption or self._title)

        def show(pages: list[QImage]) -> None:
            self._notice.clear()
            paper.show_pages(pages)
            count = self._item.pages or len(pages)
            if len(pages) < count:
                say = self._desk.say
                self._notice.tell(
                    say("photo.pages_left_out", shown=len(pages), count=count), Tone.INFO
                )

        self._notice.tell(self._desk.say("photo.drawing"), Tone.INFO)
        self._load(partial(_drawn, self._desk.workplace, self._item), show)
        return paper

    def _load(self, work: Callable[[Tell], object], show: Callable[..., None]) -> None:
        self._desk.tasks.run(work, owner=self, done=show, failed=self._on_failed)

    # What the assessor did

    def _on_failed(self, problem: Problem) -> None:
        """It cannot be shown: the page tells why, and a copy would fail as well."""
        self.refused.emit(problem)
        self.close()

    def _on_cover(self) -> None:
        if self._session is None:
            return
        editor = RedactionEditor(self._desk, self._session, [self._item], self)
        editor.redacted.connect(self._on_redacted)
        editor.open()

    def _on_redacted(self, done: Done) -> None:
        if self._session is not None:
            self._item = self._session.snapshot.evidence[self._item.id]
        self._show_covered()
        if self._item.kind is EvidenceKind.PHOTO:
            self._load_picture()
        self.redacted.emit(done)

    def _on_save(self) -> None:
        out = self.ask_where()
        if out is None:
            return
        say, workplace, item = self._desk.say, self._desk.workplace, self._item
        self._save.setEnabled(False)
        self._notice.tell(say("photo.saving"), Tone.INFO)

        def saved(_: object) -> None:
            self._save.setEnabled(True)
            told = (say("photo.saved", path=out), say("photo.unprotected"))
            self._notice.tell(" ".join(told), Tone.SUCCESS)

        def failed(problem: Problem) -> None:
            self._save.setEnabled(True)
            self._notice.tell(self._desk.told(problem), Tone.ERROR)

        self._desk.tasks.run(
            lambda _: save_copy(workplace, item, out), owner=self, done=saved, failed=failed
        )


class _Picture(QLabel):
    """A whole picture as large as there is room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._whole = QImage()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(QSize(320, 240))
        self.setAccessibleName(name)

    def show_image(self, image: QImage) -> None:
        self._whole = image
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        self.setPixmap(
            QPixmap.fromImage(self._whole).scaled(
                self.size(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )


def _title(desk: Desk, item: Evidence) -> str:
    names = {
        EvidenceKind.PHOTO: "photo.title",
        EvidenceKind.DOCUMENT: "photo.document",
        EvidenceKind.AUDIO: "photo.audio",
        EvidenceKind.VIDEO: "photo.video",
    }
    return desk.say(names[item.kind])


def _recording(desk: Desk, item: Evidence) -> QWidget:
    """A card in place of a picture: what it is, how long, how large, and how to hear it."""
    card = QWidget()
    card.setObjectName("photo.recording")
    sign = QLabel()
    size = QSize(_SIGN_PX, _SIGN_PX)
    sign.setPixmap(icon(SIGNS[item.kind], desk.tokens.accent, size=_SIGN_PX).pixmap(size))
    column = QVBoxLayout(card)
    column.setSpacing(12)
    column.addStretch(1)
    told = heading(evidence_words.facts(item, desk.words))
    parts: Sequence[QLabel] = (sign, told, quiet(desk.say("photo.play_outside")))
    for part in parts:
        part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(part)
    column.addStretch(1)
    return card


def _decoded(workplace: "Workplace", item: Evidence, _: Tell) -> QImage:
    return QImage.fromData(photo(workplace, item))


def _drawn(workplace: "Workplace", item: Evidence, _: Tell) -> list[QImage]:
    """All pages, covered as the office would see them; the document prints the first."""
    found = pages(workplace, item)
    for number, page in enumerate(found, start=1):
        painter = QPainter(page)
        for box in on_page(item.layers, number):
            painter.fillRect(place_in(page.rect().toRectF(), box), QColor(0, 0, 0))
        painter.end()
    return found
