"""What became of the indicators since an earlier visit to the same office; hidden without one."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel

from assessor_app.domain.comparison import Since
from assessor_app.domain.problem import Problem
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, heading, quiet, strong

if TYPE_CHECKING:
    from assessor_app.services.comparing import Comparison

_TOLD = (Since.REPAIRED, Since.STILL_OPEN, Since.NEWLY_BROKEN)


class SinceCard(Card):
    """Counted in a worker: the earlier visit has to be read."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("improve.since")
        self._desk = desk
        self._heading = heading("")
        self.body.addWidget(self._heading)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self.setVisible(False)
        desk.tasks.run(
            partial(_compared, desk, session.visit_id),
            owner=self,
            done=self._on_compared,
            failed=self._on_failed,
        )

    def _on_compared(self, found: "Comparison") -> None:
        words = self._desk.words
        when = words.day(found.earlier.visit.arrival.astimezone(words.zone).date())
        self._heading.setText(self._desk.say("improve.since", when=when))
        for row, since in enumerate(_TOLD):
            codes = [one.indicator.code for one in found.traced if one.since is since]
            self._grid.addWidget(body(words(f"since.{since.value}")), row, 0)
            self._grid.addWidget(_plain(strong(str(len(codes)))), row, 1)
            self._grid.addWidget(quiet(", ".join(codes)), row, 2)
        self.setVisible(True)

    def _on_failed(self, _: Problem) -> None:
        """There is no earlier visit, or its instrument is not at hand: nothing to show."""


def _plain(label: QLabel) -> QLabel:
    label.setWordWrap(False)
    return label


def _compared(desk: Desk, visit: str, _tell: Tell) -> "Comparison":
    from assessor_app.services.comparing import compare_to_earlier

    return compare_to_earlier(desk.workplace, desk.application.library, visit)
