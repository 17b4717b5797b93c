"""Covering parts of photos and documents: boxes are drawn over them, one piece after another."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor_app.domain.observation import Evidence
from assessor_app.domain.problem import Problem
from assessor_app.domain.redaction import Box, Layer, Layers, Why
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.drawn_steps import DrawnSteps
from assessor_app.ui.pages.checklist.redaction_panel import WIDE, RedactionPanel
from assessor_app.ui.pages.checklist.whole_pictures import whole_pictures
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.box_canvas import BoxCanvas, Covered
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.stacking import Stacking

if TYPE_CHECKING:
    from assessor_app.services.enrolment import Workplace

_NARROW = 600  # pixels below which the panel stands under the picture
_SHARE = 0.94  # of the window's size: the picture needs the room


class RedactionEditor(QDialog):
    """Saves each piece as one action; what was drawn and not saved goes with the dialog."""

    redacted = Signal(object)  # Done
    refused = Signal(object)  # Problem

    def __init__(
        self, desk: Desk, session: Session, items: Sequence[Evidence], over: QWidget
    ) -> None:
        super().__init__(over)
        self.setObjectName("redaction")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("redaction.title"))
        self._desk = desk
        self._session = session
        self._items = list(items)
        self._place = 0
        self._page = 1
        self._pages: list[QImage] = []
        self._history: DrawnSteps[Layer] = DrawnSteps(())
        self._warned = False
        self._notice = Notice(desk.tokens, "redaction.notice")
        self._title = heading("")
        self._told = quiet("")
        self._canvas = BoxCanvas("redaction.canvas", desk.tokens)
        self._canvas.setAccessibleDescription(desk.say("redaction.keys"))
        self._panel = RedactionPanel(desk)
        self._furnish()
        self._connect()
        self.resize(_main_window(over).size() * _SHARE)
        self._begin()

    @property
    def _item(self) -> Evidence:
        return self._items[self._place]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z and Ctrl+Y, and the numbers of the reasons, wherever the focus is."""
        whys = list(Why)
        if event.matches(QKeySequence.StandardKey.Undo):
            self._turn(self._history.undo)
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._turn(self._history.redo)
        elif event.text() in map(str, range(1, len(whys) + 1)):
            self._on_why(whys[int(event.text()) - 1])
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Esc, or the window's own button: what was drawn is not lost at the first of them."""
        if not self._kept_from("redaction.unsaved"):
            super().reject()

    def _kept_from(self, told: str) -> bool:
        """Whether something drawn would be lost; it is said once, and again after a next step."""
        if self._warned or not self._history.changed:
            return False
        self._warned = True
        self._notice.tell(self._desk.say(told), Tone.WARNING)
        return True

    def _furnish(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._notice)
        row = Stacking(below=_NARROW)
        row.addWidget(self._canvas, stretch=1)
        row.addWidget(self._panel)
        row.hold(self._panel, grown(WIDE))
        column.addLayout(row, stretch=1)
        column.addWidget(self._told)

    def _connect(self) -> None:
        self._canvas.drawn.connect(self._on_drawn)
        self._canvas.altered.connect(self._on_altered)
        self._canvas.chosen.connect(self._on_chosen)
        self._canvas.removed.connect(self._on_removed)
        panel = self._panel
        panel.why_chosen.connect(self._on_why)
        panel.undo_wanted.connect(lambda: self._turn(self._history.undo))
        panel.redo_wanted.connect(lambda: self._turn(self._history.redo))
        panel.removal_wanted.connect(lambda: self._turn(self._history.remove))
        panel.page_wanted.connect(self._on_page_wanted)
        panel.preview_wanted.connect(self._on_preview_wanted)
        panel.save_wanted.connect(self._on_save)
        panel.skip_wanted.connect(self._on_skip)
        panel.left.connect(self.reject)

    # What is shown

    def _begin(self) -> None:
        """Take up the next piece; its picture is decoded by a worker."""
        item, say = self._item, self._desk.say
        self._page, self._pages, self._warned = 1, [], False
        self._history = DrawnSteps(item.layers)
        name = evidence_words.name_of(item, self._place + 1, self._desk.words)
        several = len(self._items) > 1
        self._title.setText(
            say("redaction.of", number=self._place + 1, count=len(self._items), name=name)
            if several
            else name
        )
        self._canvas.setAccessibleName(name)
        self._canvas.show_image(QImage())
        self._panel.show_several(several=several, last=self._place == len(self._items) - 1)
        self._notice.clear()
        self._show()
        self._told.setText(say("redaction.drawing"))

        def done(pages: list[QImage]) -> None:
            if self._item is item:  # and not skipped meanwhile: no box may go over another picture
                self._pages = pages
                self._show_page()
                self._canvas.setFocus()

        def failed(problem: Problem) -> None:
            if self._item is item:
                self._on_failed(problem)

        work = partial(_decoded, self._desk.workplace, item)
        self._desk.tasks.run(work, owner=self, done=done, failed=failed)

    def _show_page(self) -> None:
        self._canvas.show_image(self._pages[self._page - 1])
        self._show()

    def _show(self) -> None:
        """Boxes, buttons and the sentence at the foot as the layers are now."""
        history, words = self._history, self._desk.words
        here = history.on_page(self._page)
        chosen = here.index(history.chosen) if history.chosen in here else -1
        boxes = [Covered(one.box, words(f"redaction_why.{one.why.value}")) for one in here]
        self._canvas.show_boxes(boxes, chosen=chosen)
        self._panel.show_history(history, pages=len(self._pages), page=self._page)
        covered = evidence_words.covered_parts(history.drawn, words)
        say = self._desk.say
        self._told.setText(
            say("redaction.covered", parts=covered) if covered else say("redaction.nothing")
        )

    # What the assessor did

    def _on_drawn(self, box: Box) -> None:
        self._turn(lambda: self._history.add(Layer(self._page, box, self._panel.why)))

    def _on_altered(self, _: int, box: Box) -> None:
        self._turn(lambda: self._alter(lambda chosen: chosen._replace(box=box)))

    def _on_chosen(self, number: int) -> None:
        here = self._history.on_page(self._page)
        self._history.chosen = here[number] if 0 <= number < len(here) else None
        self._show()

    def _on_removed(self, _: int) -> None:
        self._turn(self._history.remove)

    def _on_why(self, why: Why) -> None:
        self._panel.show_why(why)
        self._turn(lambda: self._alter(lambda chosen: chosen._replace(why=why)))

    def _alter(self, altered: Callable[[Layer], Layer]) -> None:
        if self._history.chosen is not None:
            self._history.alter(altered(self._history.chosen))

    def _on_page_wanted(self, page: int) -> None:
        self._page = min(max(page, 1), len(self._pages))
        self._history.chosen = None
        self._show_page()

    def _on_preview_wanted(self, wanted: bool) -> None:  # noqa: FBT001 - as a button tells it
        self._canvas.show_solid(solid=wanted)
        self._canvas.lock(locked=wanted)
        self._show()

    def _turn(self, act: Callable[[], None]) -> None:
        act()
        if self._warned:
            self._warned = False
            self._notice.clear()
        self._show()

    def _on_skip(self) -> None:
        if not self._kept_from("redaction.unsaved_skip"):
            self._go_on()

    def _on_save(self) -> None:
        layers: Layers = self._history.drawn
        try:
            done: Done = self._session.redact(self._item.id, layers)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self.redacted.emit(done)
        self._go_on()

    def _go_on(self) -> None:
        """To the next piece, or out after the last."""
        if self._place == len(self._items) - 1:
            self.accept()
            return
        self._place += 1
        self._panel.end_preview()
        self._begin()

    def _on_failed(self, problem: Problem) -> None:
        """It cannot be shown, so that nobody can say what is on it."""
        self.refused.emit(problem)
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
        if len(self._items) == 1:
            self.accept()


def _main_window(widget: QWidget) -> QWidget:
    """The window that all dialogs stand over: the one below a view has the most room."""
    window = widget.window()
    parent = window.parentWidget()
    return window if parent is None else _main_window(parent)


def _decoded(workplace: "Workplace", item: Evidence, _: Tell) -> list[QImage]:
    return whole_pictures(workplace, item)
