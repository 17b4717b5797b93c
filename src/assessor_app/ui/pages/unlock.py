"""The page that asks for the passphrase."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # the first page is painted without them
    from assessor_app.services.enrolment import Workplace

_WIDTH = 512
_MARGIN = 16
_AT_THE_FIELD = frozenset({"passphrase_wrong", "passphrase_unreadable", "passphrase_empty"})


class UnlockPage(QWidget):
    """Opens the store; says in words why it could not. Whose it is cannot be told before."""

    unlocked = Signal(object)  # the Workplace
    verify_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("unlock")
        self._desk = desk
        self._passphrase = line_edit("unlock.passphrase", secret=True)
        self._passphrase.returnPressed.connect(self._on_asked)
        self._field = Field(desk.say("unlock.passphrase"), self._passphrase)
        self._notice = Notice(desk.tokens, "unlock.notice")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(self._card())
        column.addWidget(self._verify(), 0, Qt.AlignmentFlag.AlignHCenter)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(centred(content, "unlock.scroll", widest=_WIDTH, halfway=True))
        self._busy = Busy(self, desk.tokens)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._passphrase.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._desk.fetch_after(self)

    def _card(self) -> QWidget:
        say = self._desk.say
        card = Card()
        show = tick(say("unlock.show"), "unlock.show")
        show.toggled.connect(self._on_show_toggled)
        go = button(
            say("unlock.open"),
            "unlock.open",
            role="primary",
            icon=icon("lock", self._desk.tokens.on_accent),
        )
        go.clicked.connect(self._on_asked)
        parts = (title(say("unlock.title")), quiet(say("unlock.intro")), self._notice, self._field)
        for part in (*parts, show, go):
            card.body.addWidget(part)
        return card

    def _verify(self) -> QWidget:
        verify = button(
            self._desk.say("unlock.verify"),
            "unlock.verify",
            role="flat",
            icon=icon("shield-check", self._desk.tokens.accent),
        )
        verify.clicked.connect(self.verify_wanted)
        return verify

    def _on_show_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._passphrase.setEchoMode(mode)

    def _on_asked(self) -> None:
        self._field.clear_fault()
        self._notice.clear()
        passphrase = self._passphrase.text()
        if not passphrase:
            self._field.show_fault(self._desk.say("unlock.empty"))
            self._passphrase.setFocus()
            return
        self._busy.begin(self._desk.say("unlock.working"))
        self._desk.tasks.run(
            partial(_opened, self._desk, passphrase),
            owner=self,
            done=self._on_opened,
            failed=self._on_refused,
        )

    def _on_opened(self, workplace: "Workplace") -> None:
        self._busy.end()
        self._passphrase.clear()
        self.unlocked.emit(workplace)

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        sentence = self._desk.told(problem)
        if problem.code in _AT_THE_FIELD:
            self._field.show_fault(sentence)
        else:
            self._notice.tell(sentence, Tone.ERROR)
        self._passphrase.setFocus()
        self._passphrase.selectAll()


def _opened(desk: Desk, passphrase: str, _tell: Tell) -> "Workplace":
    return desk.application.unlock(passphrase)
