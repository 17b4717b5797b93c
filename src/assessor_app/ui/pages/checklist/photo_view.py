"""One piece of evidence as large as the window has room, and what can be said and done of it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from assessor_app.domain.annotation import Annotations
from assessor_app.domain.observation import Evidence, EvidenceKind, ObservationKey
from assessor_app.domain.problem import Problem
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.copies import file_name, save_copy
from assessor_app.services.evidence.editing import DRAWABLE, captions
from assessor_app.services.evidence.redacting import COVERABLE, may_redact
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.annotation_editor import AnnotationEditor
from assessor_app.ui.pages.checklist.evidence_acts import EvidenceActs
from assessor_app.ui.pages.checklist.photo_details import WIDE, PhotoDetails
from assessor_app.ui.pages.checklist.photo_looks import (
    as_fine_as_it_is,
    as_handed_out,
    recording_card,
)
from assessor_app.ui.pages.checklist.photo_pages import PhotoPages
from assessor_app.ui.pages.checklist.photo_tools import PhotoTools
from assessor_app.ui.pages.checklist.photos import Goal
from assessor_app.ui.pages.checklist.redaction_editor import RedactionEditor
from assessor_app.ui.pages.checklist.web_form import WebForm
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.stacking import Stacking
from assessor_app.ui.widgets.zoom_view import ZoomView

_SHARE = 0.94  # of the window's size: what is looked at needs the room
_NARROW = 600  # pixels below which what is said of it stands under the picture


class PhotoView(QDialog):
    """Esc or the button closes it; what was said of the evidence is recorded as it is said."""

    refused = Signal(object)  # Problem
    redacted = Signal(object)  # Done

    def __init__(
        self,
        desk: Desk,
        item: Evidence,
        over: QWidget,
        *,
        session: Session | None = None,
        acts: EvidenceActs | None = None,
        among: Sequence[str] = (),
    ) -> None:
        """With a `session` parts of it can be covered, with `acts` the rest of it be changed.

        `among` are the ids of what can be gone on to from here, in their order.
        """
        super().__init__(over)
        self.setObjectName("photo")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._item = desk, item
        self._session, self._acts = session, acts
        self._among = list(among) or [item.id]
        self._fine = False
        self._content: QWidget | None = None
        self._notice = Notice(desk.tokens, "photo.notice")
        self._covered = quiet("")
        self._details = PhotoDetails(desk)
        self._tools = PhotoTools(desk)
        self._place = QVBoxLayout()
        self._furnish()
        self._connect()
        self._show_item()
        self._tools.leave.setFocus()
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

    def done(self, result: int) -> None:
        """What is typed is recorded before it is left."""
        self._details.settle()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 gives it the whole screen, and takes it back."""
        if event.key() == Qt.Key.Key_F11:
            self._on_full()
        else:
            super().keyPressEvent(event)

    # What is shown

    def _furnish(self) -> None:
        row = Stacking(below=_NARROW)
        row.addLayout(self._place, stretch=1)
        beside = scrolling(self._details, "photo.beside")
        row.addWidget(beside)
        row.hold(beside, grown(WIDE) + 16)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self._notice)
        column.addLayout(row, stretch=1)
        column.addWidget(self._covered)
        column.addWidget(self._tools)

    def _connect(self) -> None:
        tools, details = self._tools, self._details
        tools.save.clicked.connect(self._on_save)
        tools.cover.clicked.connect(self._on_cover)
        tools.draw.clicked.connect(self._on_draw)
        tools.leave.clicked.connect(self.close)
        tools.full.clicked.connect(self._on_full)
        tools.stepped.connect(self._step)
        tools.zoom_wanted.connect(self._zoom)
        tools.turn_wanted.connect(self._on_turn)
        details.caption_given.connect(lambda text: self._say_otherwise(caption=text or None))
        details.web_wanted.connect(self._on_web)
        details.move_wanted.connect(partial(self._ask_where_to, "proof.move", self._move))
        details.share_wanted.connect(partial(self._ask_where_to, "proof.share", self._share))
        details.detach_wanted.connect(self._on_detach)

    def _show_item(self) -> None:
        """Another piece of evidence."""
        name = _title(self._desk, self._item)
        self.setWindowTitle(name)
        self._notice.clear()
        self._fine = False
        if self._content is not None:
            self._place.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = self._made_content()
        self._place.addWidget(self._content, stretch=1)
        self._show_told()
        view = self._view
        if view is not None and not self._content.isAncestorOf(self.focusWidget() or self):
            view.setFocus()

    def _show_told(self) -> None:
        """What is recorded of it, and what can be done now."""
        session, item = self._session, self._item
        editable = self._acts is not None and session is not None
        editable = editable and session is not None and session.snapshot.takes_answers
        known = captions(session.snapshot) if session is not None else ()
        self._details.show_item(item, captions=known, editable=editable)
        may_cover = session is not None and may_redact(session.snapshot)
        self._tools.show_acts(
            zoom=self._view is not None,
            cover=may_cover and item.kind in COVERABLE,
            draw=editable and item.kind in DRAWABLE,
        )
        at = self._among.index(item.id) if item.id in self._among else 0
        self._tools.show_place(at + 1, len(self._among))
        parts = evidence_words.covered_parts(item.layers, self._desk.words)
        self._covered.setText(self._desk.say("redaction.shown", parts=parts))
        self._covered.setVisible(bool(parts))

    def _made_content(self) -> QWidget:
        match self._item.kind:
            case EvidenceKind.PHOTO:
                view = ZoomView("photo.picture", self._desk.tokens)
                view.setAccessibleName(self._item.caption or _title(self._desk, self._item))
                view.closer_wanted.connect(self._load_finer)
                view.stepped.connect(self._step)
                self._load(view)
                return view
            case EvidenceKind.DOCUMENT:
                editable = self._acts is not None
                pages = PhotoPages(self._desk, self._item, editable=editable)
                pages.failed.connect(self._on_failed)
                pages.proving_page.connect(lambda page: self._say_otherwise(page=page))
                return pages
            case EvidenceKind.AUDIO | EvidenceKind.VIDEO:
                return recording_card(self._desk, self._item)

    @property
    def _view(self) -> ZoomView | None:
        """What can be made larger; nothing of a recording."""
        match self._content:
            case ZoomView():
                return self._content
            case PhotoPages():
                return self._content.view
            case _:
                return None

    def _load(self, view: ZoomView) -> None:
        """The copy that the office gets; it is made anew where it was changed just now."""
        self._run(partial(as_handed_out, self._desk.workplace, self._item), view.show_image)

    def _load_finer(self) -> None:
        """The same with as many pixels as it has, once it is looked at closely."""
        view = self._view
        if self._fine or view is None or self._item.kind is not EvidenceKind.PHOTO:
            return
        self._fine = True
        self._run(partial(as_fine_as_it_is, self._desk.workplace, self._item), view.show_finer)

    def _run(self, work: Callable[[Tell], QImage], show: Callable[[QImage], None]) -> None:
        item = self._item

        def done(image: QImage) -> None:
            if self._item is item:  # and another was not gone on to meanwhile
                show(image)

        self._desk.tasks.run(work, owner=self, done=done, failed=self._on_failed)

    # What the assessor did

    def _step(self, by: int) -> None:
        """To the evidence before or after, where it is still there."""
        if self._session is None or self._item.id not in self._among:
            return
        self._details.settle()
        at = self._among.index(self._item.id) + by
        if 0 <= at < len(self._among):
            snapshot = self._session.snapshot
            id_ = self._among[at]
            found = snapshot.evidence.get(id_) or snapshot.unattached.get(id_)
            if found is not None:
                self._item = found
                self._show_item()

    def _zoom(self, factor: float) -> None:
        view = self._view
        if view is not None:
            if factor:
                view.zoom_by(factor)
            else:
                view.fit()

    def _on_turn(self) -> None:
        view = self._view
        if view is not None:
            view.turn()

    def _on_full(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

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
        self._take_over(redrawn=True)
        self.redacted.emit(done)

    def _on_draw(self) -> None:
        if self._acts is None:
            return
        page = self._content.page if isinstance(self._content, PhotoPages) else 1
        editor = AnnotationEditor(self._desk, self._item, self, page=page)
        editor.saved.connect(self._on_drawn)
        editor.refused.connect(self._on_failed)
        editor.open()

    def _on_drawn(self, annotations: Annotations) -> None:
        if self._acts is not None:
            self._acts.draw(self._item.id, annotations)
        self._take_over(redrawn=True)

    def _say_otherwise(self, **values: object) -> None:
        if self._acts is not None:
            self._acts.say_otherwise(self._item.id, **values)
        self._take_over(redrawn=False)

    def _on_web(self) -> None:
        form = WebForm(self._desk, self, item=self._item)
        form.given.connect(
            lambda about, _: self._say_otherwise(url=about.url, components=about.components)
        )
        form.open()

    def _ask_where_to(self, title: str, act: Callable[[Goal], None]) -> None:
        if self._acts is not None:
            self._acts.ask_where(self, title=self._desk.say(title), act=act)

    def _move(self, goal: Goal) -> None:
        if self._acts is not None:
            self._acts.move([self._item.id], goal)
        self._take_over(redrawn=False)

    def _share(self, goal: Goal) -> None:
        if self._acts is not None:
            self._acts.share(self._item.id, goal)
        self._take_over(redrawn=False)

    def _on_detach(self, key: ObservationKey | None) -> None:
        if self._acts is not None:
            self._acts.detach([self._item.id], away_from=key or "visit")
        self._take_over(redrawn=False)

    def _take_over(self, *, redrawn: bool) -> None:
        """Show the evidence as it is recorded now."""
        if self._session is None:
            return
        snapshot, id_ = self._session.snapshot, self._item.id
        self._item = snapshot.evidence.get(id_) or snapshot.unattached.get(id_) or self._item
        match self._content:
            case ZoomView() if redrawn:
                self._fine = False
                self._load(self._content)
            case PhotoPages():
                self._content.show_item(self._item)
        self._show_told()

    def _on_save(self) -> None:
        out = self.ask_where()
        if out is None:
            return
        say, workplace, item = self._desk.say, self._desk.workplace, self._item
        self._tools.save.setEnabled(False)
        self._notice.tell(say("photo.saving"), Tone.INFO)

        def saved(_: object) -> None:
            self._tools.save.setEnabled(True)
            told = (say("photo.saved", path=out), say("photo.unprotected"))
            self._notice.tell(" ".join(told), Tone.SUCCESS)

        def failed(problem: Problem) -> None:
            self._tools.save.setEnabled(True)
            self._notice.tell(self._desk.told(problem), Tone.ERROR)

        self._desk.tasks.run(
            lambda _: save_copy(workplace, item, out), owner=self, done=saved, failed=failed
        )


def _title(desk: Desk, item: Evidence) -> str:
    names = {
        EvidenceKind.PHOTO: "photo.title",
        EvidenceKind.DOCUMENT: "photo.document",
        EvidenceKind.AUDIO: "photo.audio",
        EvidenceKind.VIDEO: "photo.video",
    }
    return desk.say(names[item.kind])
