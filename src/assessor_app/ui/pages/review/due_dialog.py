"""One due date for all findings of a visit, and who sets it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.change_reason import change_reason
from assessor_app.services.findings import DueBy, set_due_dates
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.fitted import fit_height
from assessor_app.ui.pages.parts.moment import DayEdit
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, combo, value_of
from assessor_app.ui.widgets.labels import body, title
from assessor_app.ui.widgets.notice import Notice, Tone

_NARROWEST = 480  # pixels


class DueDialog(QDialog):
    """Recorded in one action, which one undo takes back; Esc leaves every date as it is."""

    recorded = Signal(int)  # how many findings

    def __init__(self, desk: Desk, session: Session, over: QWidget, *, proposed: date) -> None:
        super().__init__(over)
        self.setObjectName("due_dates")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._session = session
        say = desk.say
        count = len(session.findings())
        self.setWindowTitle(say("due_dates.title"))
        self._due = DayEdit("due_dates.day")
        self._due.show_day(proposed)
        self._field = Field(say("due_dates.day"), with_calendar(desk, self._due))
        self._by = who_combo(desk, "due_dates.by")
        self._notice = Notice(desk.tokens, "due_dates.notice")
        leave = button(say("due_dates.leave"), "due_dates.leave")
        leave.clicked.connect(self.reject)
        go = button(say("due_dates.go", count=count), "due_dates.go", role="primary")
        go.clicked.connect(self._on_go)
        go.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(say("due_dates.title")))
        column.addWidget(body(say("due_dates.told", count=count)))
        column.addWidget(self._field)
        column.addWidget(Field(say("due_dates.by"), self._by))
        column.addWidget(self._notice)
        column.addLayout(row)
        fit_height(self, width=min(_NARROWEST, over.window().width() - 24))
        self._due.setFocus()

    def _on_go(self) -> None:
        day = self._due.day
        if day is None:
            told = self._desk.say("form.day_unreadable", value=self._due.text())
            self._field.show_fault(told)
            return
        findings = [one.id for one in self._session.findings()]
        workplace = self._desk.workplace
        try:
            set_due_dates(
                self._session,
                workplace,
                findings,
                day,
                by=DueBy(value_of(self._by)),
                reason=change_reason(workplace, self._session),
            )
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            fit_height(self, width=self.width())
            return
        self.accept()
        self.recorded.emit(len(findings))


def who_combo(desk: Desk, name: str) -> QComboBox:
    """Who sets a due date: who works here, or the head of the office during the exit talk."""
    own = desk.workplace.profile.name
    return combo(
        name,
        [
            (DueBy.ASSESSOR.value, desk.say("due_dates.assessor", name=own)),
            (DueBy.HEAD.value, desk.say("due_dates.head")),
        ],
    )
