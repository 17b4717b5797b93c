"""Name and contact of a respondent: kept apart from the record, for a while, and erasable."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.people import (
    Erased,
    Person,
    erase_person,
    keep_person,
    person,
    respondent_called,
)
from assessor_app.services.retention import terms
from assessor_app.services.session import Session
from assessor_app.services.store_settings import settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.parts.erasing import ask_to_erase
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body, quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

_WIDE = 640  # pixels
_PARTS = ("name", "contact", "note")


def ask_for_person(desk: Desk, session: Session, over: QWidget, pseudonym: str) -> None:
    """Show what is kept of a respondent, and let it be kept, changed or erased."""
    PersonDialog(desk, session.visit_id, over, pseudonym=pseudonym).open()


class PersonDialog(QDialog):
    """Says where it is kept and how long, before anything is typed."""

    def __init__(self, desk: Desk, visit: str, over: QWidget, *, pseudonym: str) -> None:
        super().__init__(over)
        self.setObjectName("person")
        self._desk = desk
        self._visit = visit
        self._pseudonym = pseudonym
        self._respondent = respondent_called(desk.workplace, visit, pseudonym=pseudonym)
        self._notice = Notice(desk.tokens, "person.notice")
        self._lines = {part: line_edit(f"person.{part}") for part in _PARTS}
        self._fields = {
            part: Field(desk.say(f"people.{part}"), line) for part, line in self._lines.items()
        }
        self._until = quiet("")
        self._furnish()
        self._show()

    def _furnish(self) -> None:
        say = self._desk.say
        self.setWindowTitle(say("people.title", pseudonym=self._pseudonym))
        self._erase = button(say("people.erase"), "person.erase", role="danger")
        self._erase.clicked.connect(self._on_erase)
        leave = button(say("step.cancel"), "person.cancel")
        leave.clicked.connect(self.reject)
        keep = button(say("people.keep"), "person.keep", role="primary")
        keep.clicked.connect(self._on_keep)
        keep.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self._erase)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(keep)
        days = settings(self._desk.workplace).retention_days
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(say("people.title", pseudonym=self._pseudonym)))
        column.addWidget(body(say("people.told", days=days)))
        column.addWidget(self._notice)
        for field in self._fields.values():
            column.addWidget(field)
        column.addWidget(self._until)
        column.addStretch(1)
        column.addLayout(row)
        self.setMinimumWidth(_WIDE)
        let_flow(self)

    def _show(self) -> None:
        """What is kept now."""
        desk = self._desk
        try:
            found = person(desk.workplace, self._respondent)
        except Problem as problem:
            self._notice.tell(desk.told(problem), Tone.ERROR)
            self._erase.setVisible(True)
            return
        self._erase.setVisible(isinstance(found, Person))
        self._until.setText(self._told_until() if isinstance(found, Person) else "")
        match found:
            case Person(name, contact, note):
                for part, text in zip(_PARTS, (name, contact, note), strict=True):
                    self._lines[part].setText(text or "")
            case Erased(at=at):
                told = desk.say("people.was_erased", moment=desk.words.moment(at))
                self._notice.tell(told, Tone.INFO)
        self._lines["name"].setFocus()

    def _told_until(self) -> str:
        for one in terms(self._desk.workplace):
            if one.respondent == self._respondent:
                day = self._desk.words.moment(one.until)
                return self._desk.say("people.until", day=day)
        return ""

    def _on_keep(self) -> None:
        texts = {part: line.text().strip() for part, line in self._lines.items()}
        if not texts["name"]:
            self._fields["name"].show_fault(self._desk.say("people.nameless"))
            self._lines["name"].setFocus()
            return
        kept = Person(texts["name"], texts["contact"] or None, texts["note"] or None)
        try:
            keep_person(self._desk.workplace, self._visit, pseudonym=self._pseudonym, person=kept)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self.accept()

    def _on_erase(self) -> None:
        def act(reason: str) -> None:
            erase_person(self._desk.workplace, self._respondent, reason=reason)

        ask_to_erase(self._desk, self, self._pseudonym, act=act, done=self._on_erased)

    def _on_erased(self) -> None:
        for line in self._lines.values():
            line.clear()
        self._show()
