"""Typing the passphrase once more before leaving: whether one still knows it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import Beside
from assessor_app.ui.theme import Space
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit

if TYPE_CHECKING:  # imported by the work that needs it
    from assessor_app.services.enrolment import Workplace
    from assessor_app.ui.tasks import Tell


class PassphraseTrial(QWidget):
    """Tries what is typed as the door does; what is typed is kept nowhere."""

    known = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._typed = line_edit("preflight.passphrase.typed", secret=True)
        self._typed.returnPressed.connect(self._on_go)
        self._go = button(desk.say("preflight.try_it"), "preflight.passphrase.try")
        self._go.clicked.connect(self._on_go)
        self._field = Field(desk.say("preflight.type_it"), Beside(self._typed, self._go))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.SMALL, 0, 0)
        column.addWidget(self._field)

    def _on_go(self) -> None:
        self._field.clear_fault()
        if not self._typed.text():
            self._field.show_fault(self._desk.say("preflight.type_first"))
            self._typed.setFocus()
            return
        self._go.setEnabled(False)
        self._desk.tasks.run(
            partial(_try, self._desk.workplace, self._typed.text()),
            owner=self,
            done=self._on_known,
            failed=self._on_refused,
        )

    def _on_known(self, _: None) -> None:
        self._typed.clear()
        self._go.setEnabled(True)
        self.known.emit()

    def _on_refused(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._typed.clear()
        self._field.show_fault(self._desk.told(problem))
        self._typed.setFocus()


# In a worker, which knows no widget.


def _try(workplace: "Workplace", passphrase: str, _tell: "Tell") -> None:
    from assessor_app.services.preflight.remembering import try_passphrase

    try_passphrase(workplace, passphrase)
