"""Before leaving: whether everything is in order, line by line, and the way to mend each."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.domain.listing import Sieve, Sync
from assessor_app.domain.preflight import Check, Grade, Judged, judge, to_mend
from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import VisitState
from assessor_app.services.preflight.telling import as_text, in_order, told, verdict
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import emptied
from assessor_app.ui.pages.parts.centred import centred, let_flow
from assessor_app.ui.pages.parts.print_job import PrintJob
from assessor_app.ui.pages.parts.text_pages import Text, from_markdown
from assessor_app.ui.pages.preflight.passphrase import PassphraseTrial
from assessor_app.ui.pages.preflight.row import CheckRow
from assessor_app.ui.theme import Space, dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import heading, title
from assessor_app.ui.widgets.notice import Notice, Tone, look_of

if TYPE_CHECKING:  # values that are only passed on here
    from assessor_app.domain.preflight import Readings
    from assessor_app.ui.tasks import Tell

_WIDEST = 900
_SIGN = 32
SECTIONS = {
    Check.CERTIFICATE: "identity",
    Check.PHOTO_FOLDER: "photos",
    Check.BACKUP: "backup",
    Check.SECOND_PLACE: "backup",
}
"""The parts of the settings where a line is mended."""
SIEVES = {
    "evidence_awaited": Sieve(sync=frozenset({Sync.AWAITED})),
    "visits_open": Sieve(states=frozenset({VisitState.OPEN, VisitState.EXIT_TALK})),
    "visits_unsigned": Sieve(states=frozenset({VisitState.CLOSED})),
}
"""The visits that a line speaks of, as the list shows them."""


class PreflightPage(QWidget):
    """Measured anew whenever it is gone to: what was mended is seen at once."""

    section_wanted = Signal(str)  # of the settings
    list_wanted = Signal(object)  # Sieve
    new_visit_wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("preflight")
        self._desk = desk
        self._judged: tuple[Judged, ...] = ()
        self._notice = Notice(desk.tokens, "preflight.notice")
        self._sign = QLabel()
        self._verdict = heading(desk.say("preflight.looking"))
        self._verdict.setObjectName("preflight.verdict")
        self._again = button(
            desk.say("preflight.again"), "preflight.again", icon=icon("redo", desk.tokens.ink)
        )
        self._again.clicked.connect(self.look)
        self._print = button(
            desk.say("printing.print"), "preflight.print", icon=icon("print", desk.tokens.ink)
        )
        self._print.clicked.connect(self._on_print)
        self._print.setEnabled(False)
        self._job = PrintJob(desk, self._notice, owner=self)
        self._card = Card()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._card.body.addLayout(self._rows)
        self._lay_out()
        QShortcut(QKeySequence("F5"), self, self.look)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self._on_print)
        QShortcut(QKeySequence("Escape"), self, self.left.emit)
        self.look()

    @property
    def judged(self) -> tuple[Judged, ...]:
        """What was found; nothing before it was measured."""
        return self._judged

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._again.setFocus()

    def look(self) -> None:
        """Measure everything anew."""
        self._notice.clear()
        self._desk.tasks.run(
            partial(_measure, self._desk), owner=self, done=self._show, failed=self._on_refused
        )

    def _lay_out(self) -> None:
        whole = Card()
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._sign)
        row.addWidget(self._verdict, stretch=1)
        row.addWidget(self._again)
        row.addWidget(self._print)
        whole.body.addLayout(row)
        whole.body.setContentsMargins(20, 12, 12, 12)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.MEDIUM)
        for part in (title(self._desk.say("preflight.title")), self._notice, whole, self._card):
            column.addWidget(part)
        self._card.setVisible(False)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.addWidget(centred(content, "preflight.scroll", widest=_WIDEST))

    def _show(self, readings: "Readings") -> None:
        words = self._desk.words
        self._judged = judge(readings)
        emptied(self._rows)
        for one in in_order(self._judged):
            self._rows.addWidget(self._row(one))
        self._card.setVisible(True)
        self._print.setEnabled(True)
        self._verdict.setText(verdict(self._judged, words))
        tone = Tone.WARNING if to_mend(self._judged) else Tone.SUCCESS
        name, hue = look_of(self._desk.tokens, tone)
        self._sign.setPixmap(icon(name, hue.ink, size=_SIGN).pixmap(_SIGN, _SIGN))
        self._verdict.setProperty("tone", tone.value)
        dress(self._verdict, "heading")
        let_flow(self._card)

    def _row(self, judged: Judged) -> CheckRow:
        extra: PassphraseTrial | None = None
        if judged.check is Check.PASSPHRASE:
            extra = PassphraseTrial(self._desk)
            extra.known.connect(self._on_known)
        needs = judged.grade is Grade.ATTENTION or judged.code == "photo_folder_none"
        way = self._way(judged) if needs else ""
        row = CheckRow(told(judged, self._desk.words), self._desk.tokens, way=way, extra=extra)
        row.acted.connect(lambda: self._lead(judged))
        return row

    def _way(self, judged: Judged) -> str:
        """The word of the button that leads to where a line is mended; empty for none."""
        say = self._desk.say
        if judged.code in SIEVES:
            return say("preflight.show_visits")
        if judged.check in SECTIONS:
            return say(f"preflight.way.{SECTIONS[judged.check]}")
        return say("preflight.way.instrument") if judged.check is Check.INSTRUMENT else ""

    def _lead(self, judged: Judged) -> None:
        if judged.code in SIEVES:
            self.list_wanted.emit(SIEVES[judged.code])
        elif judged.check in SECTIONS:
            self.section_wanted.emit(SECTIONS[judged.check])
        else:
            self.new_visit_wanted.emit()

    def _on_print(self) -> None:
        """What was found, on paper: one sheet for the file of the journey."""
        if not self._judged:
            return
        desk = self._desk
        at = desk.words.moment(desk.workplace.store.clock.now())
        name = desk.workplace.profile.name
        head = desk.say("preflight.printed", name=name, at=at)
        html = from_markdown(f"{head}\n\n{as_text(self._judged, desk.words)}")
        self._job.begin_text(Text(desk.say("preflight.title"), html))

    def _on_known(self) -> None:
        self.look()
        self._notice.tell(self._desk.say("preflight.known"), Tone.SUCCESS)

    def _on_refused(self, problem: Problem) -> None:
        self._verdict.setText(self._desk.say("preflight.not_looked"))
        self._notice.tell(self._desk.told(problem), Tone.ERROR)


# In a worker, which knows no widget.


def _measure(desk: Desk, _tell: "Tell") -> "Readings":
    from assessor_app.services.preflight.readings import measure

    return measure(desk.workplace, desk.application.library)
