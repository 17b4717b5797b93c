"""The frame of a form that fills a page: title, notices, cards, and the way on."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

MARGIN = 16
_WIDEST = 1334


class FormFrame(QWidget):
    """Ctrl+Enter goes on. Esc and the bar's Back leave, and ask first where something is typed."""

    wanted = Signal()  # to go on with what is typed
    left = Signal()
    discarded = Signal()  # what is typed is thrown away

    def __init__(
        self,
        desk: Desk,
        prefix: str,
        *,
        content: QWidget,
        act: str,
        sign: str,
        filled: Callable[[], bool],
    ) -> None:
        """`act` names the button that goes on and its text, `sign` its icon."""
        super().__init__()
        self._desk = desk
        self._prefix = prefix
        self._filled = filled
        self._discarded = False
        self._before: QWidget | None = None  # had the focus when it was asked
        self.notice = Notice(desk.tokens, f"{prefix}.notice")
        self._question = Notice(desk.tokens, f"{prefix}.leave")
        self._question.acted.connect(self._on_discarded)
        self._intro = quiet("")
        self._go = self._on(act, sign)
        self._lay_out(content, self._go)
        for keys, do in (
            ("Ctrl+Return", self._on_wanted),
            ("Ctrl+Enter", self._on_wanted),
            ("Escape", self._on_escape),
        ):
            QShortcut(QKeySequence(keys), self, do)

    def show_intro(self, text: str) -> None:
        """Say under the title what the form is for."""
        self._intro.setText(text)

    def take_focus(self) -> None:
        """Give the keyboard to the button that goes on: Enter presses it."""
        self._go.setFocus()

    def may_leave(self) -> bool:
        """Whether leaving loses nothing that is typed; otherwise it is asked here."""
        if self._discarded or not self._filled():
            return True
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused) and not self._question.isVisible():
            self._before = focused
        say = self._desk.say
        self._question.tell(say("form.unsaved"), Tone.WARNING, action=say("form.discard"))
        discard = self._question.findChild(QPushButton)
        if discard is not None:
            discard.setFocus()
        return False

    def _lay_out(self, content: QWidget, on: QPushButton) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(title(self._desk.say(f"{self._prefix}.title")))
        column.addWidget(self._intro)
        column.addWidget(self._question)
        column.addWidget(self.notice)
        column.addWidget(centred(content, f"{self._prefix}.scroll", widest=_WIDEST), 1)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(on)
        column.addLayout(foot)

    def _on(self, act: str, sign: str) -> QPushButton:
        name = f"{self._prefix}.{act}"
        say = self._desk.say
        return primary(
            self._desk, name, text=say(name), sign=sign, act=self._on_wanted, tip=say(f"{name}_tip")
        )

    def _on_wanted(self) -> None:
        self._question.clear()
        self.notice.clear()
        self.wanted.emit()

    def _on_escape(self) -> None:
        """Leave, or think better of it where it was asked already."""
        if self._question.isVisible():
            self._question.clear()
            (self._before or self).setFocus()
        elif self.may_leave():
            self.left.emit()

    def _on_discarded(self) -> None:
        self._discarded = True
        self.discarded.emit()
        self.left.emit()
