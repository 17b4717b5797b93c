"""The page of sending: how it stands with headquarters, what goes there, and what came."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.sync.standing import Standing, VisitStanding, standing
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.sending.details import SendingDetails
from assessor_app.ui.pages.sending.head import SendingHead
from assessor_app.ui.pages.sending.told import letter_row, reason_told, verdict, visit_row
from assessor_app.ui.sending import Going, Sender
from assessor_app.ui.theme import Space, grown
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, heading, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

if TYPE_CHECKING:  # values that are only passed on here
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.sync.queue import Resent
    from assessor_app.ui.tasks import Tell

_BESIDE = 880  # pixels from which the chosen visit stands beside the list
_AGAIN_MS = 600  # between two looks at the queue while it is being sent
_KEPT = "sending"


class SendingPage(QWidget):
    """What is being sent goes on when the page is left; here it is only looked at."""

    section_wanted = Signal(str)  # of the settings
    visit_opened = Signal(str)
    left = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, sender: Sender, *, visit: str | None = None) -> None:
        """`visit` is the one that is chosen; without it, the one that was chosen last."""
        super().__init__()
        self.setObjectName("sending")
        self._desk = desk
        self._sender = sender
        self._found: Standing | None = None
        kept = desk.standing.get(_KEPT)
        self._chosen = visit or (kept if isinstance(kept, str) else None)
        self._head = SendingHead(desk)
        self._notice = Notice(desk.tokens, "sending.notice")
        self._list = RowView("sending.visits", desk.tokens, spoken=desk.say("sending.visits"))
        self._letters = RowView("sending.letters", desk.tokens, spoken=desk.say("sending.letters"))
        self._none, self._no_letters = body(""), body(desk.say("sending.no_letters"))
        self._none.setObjectName("sending.none")
        self._no_letters.setObjectName("sending.no_letters")
        self._details = SendingDetails(desk)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AGAIN_MS)
        self._soon.timeout.connect(self.look)
        self._lay_out()
        self._connect()
        self.look()

    @property
    def found(self) -> Standing | None:
        """How it stands; None before it was read."""
        return self._found

    @property
    def chosen(self) -> str | None:
        """The visit whose parts are told."""
        return self._chosen

    def take_over(self, before: QWidget) -> None:
        """Keep the chosen visit of the same page in another language or other colours."""
        if isinstance(before, SendingPage):
            self._chosen = before.chosen

    def look(self) -> None:
        """Read how it stands, in a worker."""
        self._desk.background.run(
            partial(_read, self._desk.workplace),
            owner=self,
            done=self._show,
            failed=self._on_refused,
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._head.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        beside = event.size().width() >= grown(_BESIDE)
        self._halves.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    # How it is laid out

    def _lay_out(self) -> None:
        say = self._desk.say
        visits, letters = Card(), Card()
        visits.setObjectName("sending.visits_card")
        letters.setObjectName("sending.letters_card")
        for card, name, rows, empty in (
            (visits, "sending.visits", self._list, self._none),
            (letters, "sending.letters", self._letters, self._no_letters),
        ):
            card.body.setContentsMargins(12, 12, 8, 8)
            card.body.setSpacing(6)
            card.body.addWidget(heading(say(name)))
            empty.setAlignment(Qt.AlignmentFlag.AlignTop)
            card.body.addWidget(empty, stretch=1)
            card.body.addWidget(rows, stretch=1)
            rows.setMinimumHeight(72)
        self._beside = QWidget()
        side = QVBoxLayout(self._beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(Space.MEDIUM)
        side.addWidget(self._details)
        side.addWidget(letters, stretch=1)
        content = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(Space.MEDIUM)
        self._halves.addWidget(visits, stretch=6)
        self._halves.addWidget(self._beside, stretch=5)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(Space.SMALL)
        for part in (title(say("sending.title")), self._notice, self._head):
            column.addWidget(part)
        let_flow(content)
        column.addWidget(scrolling(content, "sending.scroll"), stretch=1)

    def _connect(self) -> None:
        head, sender = self._head, self._sender
        head.send_wanted.connect(self._on_send)
        head.pause_wanted.connect(self._on_pause)
        head.go_on_wanted.connect(self._on_go_on)
        head.fetch_wanted.connect(self._on_fetch)
        head.way_wanted.connect(self.section_wanted)
        self._list.chosen.connect(self._on_chosen)
        self._list.followed.connect(self._on_chosen)
        self._details.resend_wanted.connect(self._on_resend)
        self._details.open_wanted.connect(self.visit_opened)
        sender.moved.connect(self._on_moved)
        sender.rested.connect(self._on_rested)
        QShortcut(QKeySequence("F5"), self, head.press_send)
        QShortcut(QKeySequence("Escape"), self, self.left.emit)

    # What is shown

    def _show(self, found: Standing) -> None:
        self._found = found
        self._list.rows.show_rows([visit_row(self._desk, one) for one in found.visits])
        self._none.setText("" if found.visits else self._desk.say("sending.no_visits"))
        self._none.setVisible(not found.visits)
        self._list.setVisible(bool(found.visits))
        self._letters.rows.show_rows([letter_row(self._desk, one, found) for one in found.letters])
        self._letters.setVisible(bool(found.letters))
        self._no_letters.setVisible(not found.letters)
        self._beside.setVisible(bool(found.visits or found.letters))
        if self._list.currentIndex().row() < 0:
            self._list.choose(self._chosen or "")
        self._details.show_visit(self._visit())
        self._show_head()

    def _show_head(self) -> None:
        if self._found is None:
            return
        sender = self._sender
        told = verdict(self._desk, self._found, sender.going, sender.ended)
        self._head.show_verdict(told, self._found, running=sender.running)

    def _visit(self) -> VisitStanding | None:
        visits = self._found.visits if self._found is not None else ()
        return next((one for one in visits if one.visit.id == self._chosen), None)

    # What happens

    def _on_chosen(self, visit: str) -> None:
        self._chosen = visit
        self._desk.standing[_KEPT] = visit
        self._details.show_visit(self._visit())

    def _on_send(self) -> None:
        self._notice.clear()
        self._sender.send()
        self._show_head()

    def _on_fetch(self) -> None:
        self._notice.clear()
        self._sender.fetch()
        self._show_head()

    def _on_pause(self) -> None:
        try:
            self._sender.pause()
        except Problem as problem:
            self._on_refused(problem)
            return
        if self._sender.running:
            self.said.emit(self._desk.say("sending.waiting_for_stop"))
        self.look()

    def _on_go_on(self) -> None:
        self._notice.clear()
        try:
            self._sender.go_on()
        except Problem as problem:
            self._on_refused(problem)
            return
        self.look()

    def _on_resend(self, visit: str) -> None:
        self._desk.tasks.run(
            partial(_resend, self._desk, visit),
            owner=self,
            done=self._on_resent,
            failed=self._on_refused,
        )

    def _on_resent(self, done: "Resent") -> None:
        any_ = bool(done.items or done.visits)
        name = "sending.resent" if any_ else "sending.nothing_resent"
        self._notice.tell(self._desk.say(name), Tone.SUCCESS if any_ else Tone.INFO)
        self.look()

    def _on_moved(self, _going: Going) -> None:
        self._show_head()
        if not self._soon.isActive():
            self._soon.start()

    def _on_rested(self) -> None:
        """A run has come to its end: what could not be sealed, and how many letters came."""
        self._soon.stop()
        ended = self._sender.ended
        if ended is not None:
            units = (
                {one.visit.id: one.visit.unit for one in self._found.visits}
                if (self._found is not None)
                else {}
            )
            lines = [
                self._desk.say(
                    "sending.unsealed",
                    unit=units.get(visit, visit[-4:]),
                    why=reason_told(self._desk, problem),
                )
                for visit, problem in ended.refused
            ]
            if lines:
                self._notice.tell("\n".join(lines), Tone.ERROR)
            elif ended.pulled is not None:
                count = len(ended.pulled.letters)
                name = "sending.fetched" if count else "sending.fetched_none"
                self.said.emit(self._desk.say(name, count=count))
        self.look()

    def _on_refused(self, problem: Problem) -> None:
        self._notice.tell(self._desk.told(problem), Tone.ERROR)


# In a worker, which knows no widget.


def _read(workplace: "Workplace", _tell: "Tell") -> Standing:
    return standing(workplace)


def _resend(desk: Desk, visit: str, _tell: "Tell") -> "Resent":
    from assessor_app.services.sync.queue import resend

    return resend(desk.workplace, library=desk.application.library, visits=[visit])
