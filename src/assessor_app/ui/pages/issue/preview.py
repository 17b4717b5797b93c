"""The document as it will be printed, or as it was issued, page under page."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSizeF, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from assessor_app.domain.documents import Addendum, DocumentKind
from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import ISSUED_STATES, Document, Returned, VisitState
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue import leafing
from assessor_app.ui.pages.issue.leafing import Leafed
from assessor_app.ui.pages.parts.print_job import PrintJob
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import icon_button
from assessor_app.ui.widgets.fields import choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.page_list import THUMB_PX, PageList
from assessor_app.ui.widgets.paper import PaperView


class PreviewPane(QWidget):
    """Draws anew when the document's language is changed; what was asked for last is shown.

    Pages are drawn when they come into sight, so that 150 of them take no more memory than ten.
    """

    printed = Signal()  # the document as it was issued went to a printer

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._asked = 0
        self._document: Document | None = None
        self._kind: DocumentKind | None = None
        self._addendum: Addendum | None = None
        self._read: Leafed | None = None
        self._drawing: set[tuple[int, int]] = set()
        self._tools: dict[str, QToolButton] = {}
        self._language = combo(
            "issue.language",
            [(one.value, desk.say(f"issue.language.{one.value}")) for one in Language],
        )
        choose(self._language, Language.INDONESIAN.value)
        self._language.setAccessibleName(desk.say("issue.language.label"))
        self._language.currentIndexChanged.connect(lambda _: self.refresh())
        self._label = strong("")
        self._label.setBuddy(self._language)
        self._back = icon_button(
            desk.say("handing.back"), "issue.preview.back", icon("back", desk.tokens.ink)
        )
        self._back.clicked.connect(self.refresh)
        self._place = quiet("")
        self._place.setObjectName("issue.page")
        self._notice = Notice(desk.tokens, "issue.preview.notice")
        self._paper = PaperView()
        self._paper.setObjectName("issue.paper")
        self._paper.wanted.connect(self._on_wanted)
        self._paper.turned.connect(self._on_turned)
        self._pages = PageList("issue.pages")
        self._pages.setAccessibleName(desk.say("paper.pages"))
        self._pages.chosen.connect(self._paper.go_to)
        self._job = PrintJob(desk, self._notice, owner=self)
        self._job.printed.connect(self._on_printed)
        self._busy = Busy(self._paper, desk.tokens)
        self._lay_out()

    @property
    def language(self) -> Language:
        """The language that the document is made in."""
        return Language(value_of(self._language))

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._read.sizes) if self._read else 0

    def take_focus(self) -> None:
        self._paper.setFocus()

    def choose_language(self, language: Language) -> None:
        choose(self._language, language.value)

    def show_document(self, document: Document | None) -> None:
        """Show a document as it was issued; without one what would be issued now."""
        self._document, self._kind, self._addendum = document, None, None
        self.refresh()

    def show_draft(self, kind: DocumentKind, addendum: Addendum | None = None) -> None:
        """Show a document of this kind as it would be issued now."""
        self._document, self._kind, self._addendum = None, kind, addendum
        self.refresh()

    def refresh(self) -> None:
        """Draw the document that there is, or the one that would be issued now."""
        self._back.setVisible(False)
        issued = self._issued
        self._language.setVisible(issued is None)
        name = "issued" if issued else "draft"
        self._begin(self._desk.say(f"issue.preview.{name}"))
        self._load(
            leafing.reading(
                self._desk.workplace,
                self._session,
                issued=issued,
                language=self.language,
                kind=self._kind,
                addendum=self._addendum,
            )
        )

    def show_returned(self, item: Returned) -> None:
        """Show what came back of the document; a button leads back to the document itself."""
        self._back.setVisible(True)
        self._language.setVisible(False)
        words = self._desk.words
        self._begin(
            self._desk.say(
                "handing.shown",
                kind=words(f"returned.{item.kind.value}"),
                sender=item.sender,
                moment=words.moment(item.received_at),
            )
        )
        self._load(partial(leafing.what_came_back, self._desk.workplace, item))

    def _load(self, work: Callable[[Tell], Leafed]) -> None:
        self._desk.tasks.run(
            work,
            owner=self,
            done=partial(self._on_read, self._asked),
            failed=partial(self._on_failed, self._asked),
            progress=self._busy.show_progress,
        )

    @property
    def _issued(self) -> Document | None:
        """The document that is shown as it was issued; None where another is to be made."""
        snapshot = self._session.snapshot
        state = snapshot.visit.state
        if self._kind is not None or not (state in ISSUED_STATES or state is VisitState.VOIDED):
            return None
        return self._document or snapshot.latest_document

    def _begin(self, title: str) -> None:
        self._label.setText(title)
        self._paper.setAccessibleName(title)
        self._asked += 1
        focused = QApplication.focusWidget()
        self._busy.begin(self._desk.say("issue.preview.drawing"))
        if focused is not None:  # the veil lies over the paper only: the rest can be used
            focused.setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._label, stretch=1)
        row.addWidget(self._place)
        row.addWidget(self._language)
        tokens = self._desk.tokens
        self._show_pages = icon_button(
            self._desk.say("paper.pages"), "issue.pages.show", icon("list", tokens.ink)
        )
        self._show_pages.setCheckable(True)
        self._show_pages.setChecked(True)
        self._show_pages.toggled.connect(self._on_pages_toggled)
        row.addWidget(self._show_pages)
        for name, sign, act in (
            ("issue.zoom_out", "dash", self._paper.zoom_out),
            ("issue.zoom_in", "add", self._paper.zoom_in),
            ("issue.print", "print", self._on_print),
        ):
            made = icon_button(
                self._desk.say(f"paper.{name.rpartition('.')[2]}"), name, icon(sign, tokens.ink)
            )
            made.clicked.connect(act)
            self._tools[name] = made
            row.addWidget(made)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self._on_print)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self._pages)
        beside.addWidget(self._paper, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._notice)
        column.addLayout(beside, stretch=1)

    # What was read

    def _on_read(self, asked: int, read: Leafed) -> None:
        if asked != self._asked:
            return
        self._read = read
        self._drawing.clear()
        self._busy.end()
        self._notice.clear()
        if read.pdf is None:
            self._paper.show_pages([read.first])
        else:
            self._paper.expect([QSizeF(*size) for size in read.sizes])
            self._paper.show_picture(0, read.first)
        count = len(read.sizes)
        names = [self._told_place(number) for number in range(count)]
        self._pages.show_names(names)
        self._show_pages.setVisible(count > 1)
        self._tools["issue.print"].setEnabled(read.pdf is not None)
        self._on_pages_toggled(self._show_pages.isChecked())
        self._on_turned(0)

    def _on_failed(self, asked: int, problem: Problem) -> None:
        if asked != self._asked:
            return
        self._busy.end()
        self._read = None
        self._paper.clear()
        self._pages.show_names(())
        self._place.setText("")
        self._notice.tell(self._desk.told(problem), Tone.ERROR)

    # Pages

    def _on_wanted(self, index: int, width: int) -> None:
        """Draw a page that came into sight; one at a width is drawn once."""
        if self._read is None or self._read.pdf is None or (index, width) in self._drawing:
            return
        self._drawing.add((index, width))
        self._desk.tasks.run(
            partial(leafing.page, self._read.pdf, index, width),
            owner=self,
            done=partial(self._on_drawn, self._asked, (index, width)),
            failed=partial(self._on_failed, self._asked),
        )

    def _on_drawn(self, asked: int, page: tuple[int, int], picture: QImage) -> None:
        if asked == self._asked:
            self._drawing.discard(page)
            self._paper.show_picture(page[0], picture)

    def _on_turned(self, index: int) -> None:
        self._place.setText(self._told_place(index))
        self._pages.show_current(index)

    def _told_place(self, index: int) -> str:
        return self._desk.say("paper.place", number=index + 1, count=self.pages)

    def _on_pages_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._pages.setVisible(shown and self.pages > 1)
        if self._pages.isVisibleTo(self):
            self._draw_thumb(self._asked, 0)

    def _draw_thumb(self, asked: int, index: int) -> None:
        """The small pages one after another, so that a large one never waits for them long."""
        if self._read is None or self._read.pdf is None:
            return
        if asked != self._asked or index >= self.pages:
            return
        self._desk.tasks.run(
            partial(leafing.page, self._read.pdf, index, THUMB_PX),
            owner=self,
            done=partial(self._on_thumb, asked, index),
            failed=partial(self._on_failed, asked),
        )

    def _on_thumb(self, asked: int, index: int, picture: QImage) -> None:
        if asked == self._asked and self._pages.isVisibleTo(self):
            self._pages.show_thumb(index, picture)
            self._draw_thumb(asked, index + 1)

    # Print

    def _on_print(self) -> None:
        if self._read is not None and self._read.pdf and not self._busy.isVisible():
            self._job.begin(
                self._read.pdf,
                name=self._label.text(),
                pages=self.pages,
                current=self._paper.current,
            )

    def _on_printed(self) -> None:
        if self._issued and not self._back.isVisibleTo(self):
            self.printed.emit()
