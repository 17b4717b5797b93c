"""The details of a document by which an office claims something; each is recorded when it rests."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from assessor_app.domain.observation import DocumentSeen, WhereSeen
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.typed_day import day_meant
from assessor_app.ui.pages.parts.typed_time import day_text
from assessor_app.ui.widgets.fields import (
    Field,
    RestingLine,
    choose,
    combo,
    line_edit,
    value_of,
)


class DocumentForm(QWidget):
    """Kind, number, date, signatory, and where it was seen."""

    settled = Signal(object)  # dict: the fields that changed, as `entry_from` takes them

    def __init__(self, desk: Desk, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._shown = DocumentSeen()
        self.lines = {
            name: RestingLine(f"{prefix}.{name}") for name in ("kind", "number", "signatory")
        }
        for name, line in self.lines.items():
            line.settled.connect(partial(self._tell, name))
        self._day = line_edit(f"{prefix}.date", placeholder=desk.say("document.day_form"))
        self._day.editingFinished.connect(self._on_day)
        places = [("", desk.say("document.where_open"))]
        places += [(one.value, desk.words(f"where_seen.{one.value}")) for one in WhereSeen]
        self._where: QComboBox = combo(f"{prefix}.where_seen", places)
        self._where.activated.connect(self._on_where)
        words = desk.words
        self._day_field = Field(words("fact.document_date"), self._day)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.addWidget(Field(words("fact.document_kind"), self.lines["kind"]), 0, 0, 1, 2)
        grid.addWidget(Field(words("fact.document_number"), self.lines["number"]), 1, 0)
        grid.addWidget(self._day_field, 1, 1)
        grid.addWidget(Field(words("fact.document_signatory"), self.lines["signatory"]), 2, 0)
        grid.addWidget(Field(words("fact.document_where_seen"), self._where), 2, 1)

    def show_document(self, document: DocumentSeen) -> None:
        """Show what is recorded; a field with something typed in it keeps that."""
        day_pending = self._day.text().strip() != _told_day(self._shown)
        self._shown = document
        for name, line in self.lines.items():
            line.typed.show_text(getattr(document, name) or "")
        if not day_pending:
            self._day.setText(_told_day(document))
        choose(self._where, document.where_seen.value if document.where_seen else "")

    def settle(self) -> bool:
        """Report what is typed and not recorded; False where a date is none."""
        for line in self.lines.values():
            line.typed.settle()
        return self._on_day()

    def _on_day(self) -> bool:
        text = self._day.text().strip()
        day = day_meant(text, self._desk)
        if day is None:
            self._day_field.show_fault(self._desk.say("document.day_unreadable"))
            return False
        self._day_field.clear_fault()
        if text != _told_day(self._shown):
            self._tell("date", day)
            dated = self._shown.dated
            if day == (dated.isoformat() if dated else ""):  # recorded: shown in one form
                self._day.setText(_told_day(self._shown))
        return True

    def _on_where(self) -> None:
        self._tell("where_seen", value_of(self._where))

    def _tell(self, name: str, value: str) -> None:
        self.settled.emit({"document": {name: value}})


def _told_day(document: DocumentSeen) -> str:
    return day_text(document.dated) if document.dated else ""
