"""Drawing over a photo or a document's page: saved as one action, the file stays as it is."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor_app.domain.annotation import Annotation, Shape, Spot
from assessor_app.domain.observation import Evidence, EvidenceKind
from assessor_app.domain.problem import Problem
from assessor_app.domain.redaction import on_page
from assessor_app.services.evidence import words as evidence_words
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.annotation_panel import WIDE, AnnotationPanel
from assessor_app.ui.pages.checklist.drawn_steps import DrawnSteps
from assessor_app.ui.pages.checklist.whole_pictures import PAGE_PX, whole_pictures
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.on_picture import place_in
from assessor_app.ui.widgets.sign_canvas import SignCanvas
from assessor_app.ui.widgets.stacking import Stacking

if TYPE_CHECKING:
    from assessor_app.services.enrolment import Workplace

_NARROW = 600  # pixels below which the panel stands under the picture
_SHARE = 0.96  # of the window's size: the picture needs the room


class AnnotationEditor(QDialog):
    """What was drawn and not saved goes with the dialog, which asks once."""

    saved = Signal(object)  # Annotations
    refused = Signal(object)  # Problem

    def __init__(self, desk: Desk, item: Evidence, over: QWidget, *, page: int = 1) -> None:
        super().__init__(over)
        self.setObjectName("annotation")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("annotation.title"))
        self._desk, self._item = desk, item
        self._page, self._pages = page, item.pages or 1
        self._steps = DrawnSteps(item.annotations)
        self._warned = False
        self._spot: Spot | None = None  # where words are to stand
        self._notice = Notice(desk.tokens, "annotation.notice")
        self._told = quiet("")
        self._canvas = SignCanvas("annotation.canvas", desk.tokens)
        self._canvas.setAccessibleName(evidence_words.name_of(item, 1, desk.words))
        self._canvas.setAccessibleDescription(desk.say("annotation.keys"))
        self._panel = AnnotationPanel(desk)
        self._furnish()
        self._connect()
        self.resize(over.window().size() * _SHARE)
        self._load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z and Ctrl+Y, and the numbers of the shapes, wherever the focus is."""
        shapes = list(Shape)
        if event.matches(QKeySequence.StandardKey.Undo):
            self._turn(self._steps.undo)
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._turn(self._steps.redo)
        elif event.text() in map(str, range(1, len(shapes) + 1)):
            self._panel.choose(shapes[int(event.text()) - 1])
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Esc, or the window's own button: what was drawn is not lost at the first of them."""
        if not self._warned and self._steps.changed:
            self._warned = True
            self._notice.tell(self._desk.say("annotation.unsaved"), Tone.WARNING)
            return
        super().reject()

    def _furnish(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(heading(self._desk.say("annotation.title")))
        column.addWidget(self._notice)
        row = Stacking(below=_NARROW)
        row.addWidget(self._canvas, stretch=1)
        row.addWidget(self._panel)
        row.hold(self._panel, grown(WIDE))
        column.addLayout(row, stretch=1)
        column.addWidget(self._told)

    def _connect(self) -> None:
        canvas, panel = self._canvas, self._panel
        canvas.drawn.connect(lambda sign: self._turn(lambda: self._steps.add(sign)))
        canvas.altered.connect(lambda sign: self._turn(lambda: self._steps.alter(sign)))
        canvas.removed.connect(lambda: self._turn(self._steps.remove))
        canvas.chosen.connect(self._on_chosen)
        canvas.words_wanted.connect(self._on_words_wanted)
        panel.tool_chosen.connect(self._on_tool)
        panel.words_given.connect(self._on_words)
        panel.undo_wanted.connect(lambda: self._turn(self._steps.undo))
        panel.redo_wanted.connect(lambda: self._turn(self._steps.redo))
        panel.removal_wanted.connect(lambda: self._turn(self._steps.remove))
        panel.page_wanted.connect(self._on_page_wanted)
        panel.save_wanted.connect(self._on_save)
        panel.left.connect(self.reject)

    # What is shown

    def _load(self) -> None:
        """The picture as it was taken, what is covered of it black; decoded by a worker."""
        page = self._page
        self._told.setText(self._desk.say("redaction.drawing"))

        def done(image: QImage) -> None:
            if page == self._page:
                self._canvas.show_image(image, page=page)
                self._show()
                self._canvas.setFocus()

        def failed(problem: Problem) -> None:
            self.refused.emit(problem)
            super(AnnotationEditor, self).reject()

        work = partial(_decoded, self._desk.workplace, self._item, page)
        self._desk.tasks.run(work, owner=self, done=done, failed=failed)
        self._show()

    def _show(self) -> None:
        """Signs, buttons and the sentence at the foot as they are now."""
        steps = self._steps
        here = steps.on_page(self._page)
        chosen = here.index(steps.chosen) if steps.chosen in here else -1
        self._canvas.show_tool(self._panel.shape, self._panel.ink)
        self._canvas.show_signs(here, chosen=chosen)
        self._panel.show_steps(steps, pages=self._pages, page=self._page)
        parts = evidence_words.drawn_parts(steps.drawn, self._desk.words)
        say = self._desk.say
        self._told.setText(
            say("annotation.drawn", parts=parts) if parts else say("annotation.none")
        )

    # What the assessor did

    def _turn(self, act: Callable[[], None]) -> None:
        act()
        if self._warned:
            self._warned = False
            self._notice.clear()
        self._show()

    def _on_chosen(self, number: int) -> None:
        here = self._steps.on_page(self._page)
        self._steps.chosen = here[number] if 0 <= number < len(here) else None
        self._show()

    def _on_tool(self) -> None:
        """Another colour holds for the chosen sign, and for the next."""
        chosen, ink = self._steps.chosen, self._panel.ink
        if chosen is not None and chosen.ink is not ink:
            self._turn(lambda: self._steps.alter(chosen._replace(ink=ink)))
        else:
            self._show()

    def _on_words_wanted(self, spot: Spot) -> None:
        """Words that are typed already stand there at once; else they are asked for."""
        self._steps.chosen = None
        if self._panel.words.strip():
            self._write(spot, self._panel.words)
            return
        self._spot = spot
        self._notice.tell(self._desk.say("annotation.type_words"), Tone.INFO)
        self._panel.ask_for_words()

    def _on_words(self, text: str) -> None:
        """Words for the place that was tapped, or other words for those that are chosen."""
        told, chosen = text.strip(), self._steps.chosen
        if not told:
            return
        if chosen is not None and chosen.shape is Shape.TEXT:
            self._turn(lambda: self._steps.alter(chosen._replace(text=told)))
        else:
            self._write(self._spot or Spot(500, 500), told)
        self._canvas.setFocus()

    def _write(self, spot: Spot, text: str) -> None:
        sign = Annotation(self._page, Shape.TEXT, (spot,), self._panel.ink, text.strip())
        self._spot = None
        self._notice.clear()
        self._turn(lambda: self._steps.add(sign))

    def _on_page_wanted(self, page: int) -> None:
        self._page = min(max(page, 1), self._pages)
        self._steps.chosen = None
        self._canvas.show_image(QImage(), page=self._page)
        self._load()

    def _on_save(self) -> None:
        signs = self._steps.drawn
        self.accept()
        self.saved.emit(signs)


def _decoded(workplace: "Workplace", item: Evidence, page: int, _: Tell) -> QImage:
    """What the office will not see is black here too: nobody points at what is covered."""
    if item.kind is EvidenceKind.DOCUMENT:
        from assessor_app.services.evidence.derived import some_pages

        one = some_pages(workplace.store.vault, item, [page], width=PAGE_PX)[page]
        form = QImage.Format.Format_BGR888
        image = QImage(one.pixels, one.width, one.height, one.stride, form).copy()
    else:
        (image,) = whole_pictures(workplace, item)
    painter = QPainter(image)
    for box in on_page(item.layers, page):
        place = place_in(QRectF(image.rect()), box)
        painter.fillRect(place.toAlignedRect(), QColor(0, 0, 0))
    painter.end()
    return image
