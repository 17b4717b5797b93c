"""How hard the typed passphrase is to guess, told while it is typed; a weak one is taken."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.strength import StrengthMeter

_WEAK = 1  # of 0 to 4


class PassphraseStrength(QWidget):
    """A meter under the line of a new passphrase.

    It is estimated in a worker, one at a time: a long passphrase takes longer than a key press.
    """

    def __init__(
        self, desk: Desk, line: QLineEdit, *, of_person: Callable[[], Sequence[str]]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._line = line
        self._of_person = of_person
        self._judged = ""
        self._running = False
        self._meter = StrengthMeter(desk.tokens)
        self._advice = quiet("")
        self._advice.setObjectName("enrol.advice")
        self._advice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._meter)
        column.addWidget(self._advice)
        self._meter.show_strength(0, "")
        line.textChanged.connect(self._on_typed)

    def _on_typed(self) -> None:
        if not self._running:
            self._judge()

    def _judge(self) -> None:
        passphrase, of_person = self._line.text(), self._of_person()

        def judged(_tell: Tell) -> int:
            from assessor_app.domain.passphrase import strength

            return strength(passphrase, known=of_person)

        self._running = True
        self._judged = passphrase
        self._desk.tasks.run(judged, owner=self, done=self._on_judged, failed=self._on_failed)

    def _on_judged(self, score: int) -> None:
        self._running = False
        if self._judged != self._line.text():
            self._judge()
            return
        empty = not self._judged
        self._meter.show_strength(score, "" if empty else self._desk.say(f"enrol.strength_{score}"))
        advice = "" if empty else self._advised(score)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))

    def _advised(self, score: int) -> str:
        from assessor_app.services.enrolment import (
            COMFORTABLE_PASSPHRASE,  # the device's time zone has fetched it long before
        )

        if score <= _WEAK:
            return self._desk.say("enrol.weak")
        if len(self._judged) < COMFORTABLE_PASSPHRASE:
            return self._desk.say("enrol.short", length=COMFORTABLE_PASSPHRASE)
        return ""

    def _on_failed(self, _problem: Problem) -> None:
        """No estimate is no reason to stop anybody: the meter stays as it was."""
        self._running = False
