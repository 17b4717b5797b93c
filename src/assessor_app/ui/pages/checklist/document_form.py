"""The details of a document by which an office claims something; each is recorded when it rests."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from assessor_app.domain.observation import DocumentSeen, WhereSeen
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.fields import Field, choose, combo, line_edit, value_of

_DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")


class DocumentForm(QWidget):
    """Kind, number, date, signatory, and where it was seen."""

    settled = Signal(object)  # dict: the fields that changed, as `entry_from` takes them

    def __init__(self, desk: Desk, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._shown = DocumentSeen()
        self._kind = self._line(f"{prefix}.kind")
        self._number = self._line(f"{prefix}.number")
        self._day = self._line(f"{prefix}.date", placeholder=desk.say("document.day_form"))
        self._signatory = self._line(f"{prefix}.signatory")
        places = [("", desk.say("document.where_open"))]
        places += [(one.value, desk.words(f"where_seen.{one.value}")) for one in WhereSeen]
        self._where: QComboBox = combo(f"{prefix}.where_seen", places)
        self._where.activated.connect(lambda _: self.settle())
        words = desk.words
        self._day_field = Field(words("fact.document_date"), self._day)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.addWidget(Field(words("fact.document_kind"), self._kind), 0, 0, 1, 2)
        grid.addWidget(Field(words("fact.document_number"), self._number), 1, 0)
        grid.addWidget(self._day_field, 1, 1)
        grid.addWidget(Field(words("fact.document_signatory"), self._signatory), 2, 0)
        grid.addWidget(Field(words("fact.document_where_seen"), self._where), 2, 1)

    def show_document(self, document: DocumentSeen) -> None:
        """Show what is recorded; a field that is being typed in keeps what is typed."""
        self._shown = document
        texts = (
            (self._kind, document.kind),
            (self._number, document.number),
            (self._signatory, document.signatory),
            (self._day, f"{document.dated:%d/%m/%Y}" if document.dated else None),
        )
        for editor, text in texts:
            if not editor.hasFocus():
                editor.setText(text or "")
        choose(self._where, document.where_seen.value if document.where_seen else "")

    def settle(self) -> None:
        """Report what differs from what is recorded; a date that is none is said and kept."""
        recorded = self._shown
        day = _day_of(self._day.text())
        if day is None:
            self._day_field.show_fault(self._desk.say("document.day_unreadable"))
            day = recorded.dated.isoformat() if recorded.dated else ""
        else:
            self._day_field.clear_fault()
        typed = {
            "kind": self._kind.text().strip(),
            "number": self._number.text().strip(),
            "date": day,
            "signatory": self._signatory.text().strip(),
            "where_seen": value_of(self._where),
        }
        known = {
            "kind": recorded.kind or "",
            "number": recorded.number or "",
            "date": recorded.dated.isoformat() if recorded.dated else "",
            "signatory": recorded.signatory or "",
            "where_seen": recorded.where_seen.value if recorded.where_seen else "",
        }
        changed = {name: value for name, value in typed.items() if value != known[name]}
        if changed:
            self.settled.emit({"document": changed})

    def _line(self, name: str, *, placeholder: str = "") -> QLineEdit:
        editor = line_edit(name, placeholder=placeholder)
        editor.editingFinished.connect(self.settle)
        return editor


def _day_of(text: str) -> str | None:
    """The day as it is recorded, empty for none; None where it cannot be read."""
    typed = text.strip()
    if not typed:
        return ""
    for form in _DAY_FORMS:
        try:
            # A day alone: it has no time and so no zone.
            day: date = datetime.strptime(typed, form).date()  # noqa: DTZ007 - as said above
        except ValueError:
            continue
        return day.isoformat()
    return None
