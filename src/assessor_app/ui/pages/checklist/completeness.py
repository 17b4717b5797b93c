"""Where an instrument gives no score: how much is answered, gaps, findings, and why."""

from collections import Counter

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from assessor_app.domain.gap import GapKind
from assessor_app.domain.progress import progress
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.labels import body, heading, quiet, strong

_BAR_PX = 8  # high


class Completeness(QWidget):
    """Counts, never points: without weights no number may be shown."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._answered = heading("")
        self._bar = QProgressBar()
        self._bar.setObjectName("checklist.completeness")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(_BAR_PX)
        self._gaps = body("")
        self._findings = body("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(strong(desk.say("completeness.title")))
        column.addWidget(quiet(because(desk, session)))
        for part in (self._answered, self._bar, self._gaps, self._findings):
            column.addWidget(part)

    def show_now(self) -> None:
        """Show how the visit stands."""
        say, words, session = self._desk.say, self._desk.words, self._session
        made = progress(session.snapshot, session.compared())
        answered = say("completeness.answered", answered=made.answered, asked=made.asked)
        self._answered.setText(answered)
        self._bar.setRange(0, max(made.asked, 1))
        self._bar.setValue(made.answered)
        self._bar.setAccessibleName(answered)
        kinds = Counter(one.gap.kind for one in session.compared() if one.gap is not None)
        lines = [
            say("completeness.kind", kind=words(f"gap.{kind.value}"), count=kinds[kind])
            for kind in GapKind
            if kinds[kind] and kind is not GapKind.CONSISTENT
        ]
        self._gaps.setText("\n".join(lines) or say("completeness.no_gap"))
        found = len(session.findings())
        self._findings.setText(say("completeness.findings", count=found))


def because(desk: Desk, session: Session) -> str:
    """The instrument's sentence on why there is no number; our own where it has none.

    A follow-up visit has none under any instrument.
    """
    if session.snapshot.followed:
        return desk.words("followed.no_score_because")
    told = session.instrument.unweighted_because
    return desk.words.of(told) if told is not None else desk.say("completeness.unweighted")
