"""Which document is made: findings, minutes, or an addendum with what it states."""

from contextlib import suppress

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.documents import (
    Addendum,
    DocumentKind,
    due,
    kind_for,
    next_revision,
    replaced_by,
)
from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Document
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.rest import rest_of
from assessor_app.ui.widgets.fields import Field, NoteEdit, choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet

_DRAFT = "addendum"
_SHORT_HASH = 16  # hex digits, as the pages print


class Making(QWidget):
    """Asks where there is a choice; what is typed of an addendum is kept until it is issued."""

    changed = Signal()  # another document, or other words in it, typing at rest

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._to: Document | None = None
        self._supersedes = quiet("")
        self._supersedes.setObjectName("issue.supersedes")
        self._kind = combo("issue.kind", ())
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._kind_field = Field(desk.say("documents.make"), self._kind)
        self._statement = NoteEdit("issue.addendum")
        self._statement.setPlainText(self._kept())
        self._statement_field = Field(
            desk.say("documents.statement"),
            self._statement,
            hint=desk.say("documents.statement_hint"),
        )
        self._rest = rest_of(self, self._on_rest)
        self._statement.textChanged.connect(self._rest.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._supersedes)
        column.addWidget(self._kind_field)
        column.addWidget(self._statement_field)
        self.refresh()

    @property
    def kind(self) -> DocumentKind:
        """What is to be made; before the visit is closed, what it is meant to end in."""
        return DocumentKind(value_of(self._kind))

    @property
    def addendum(self) -> Addendum | None:
        """What is to be added and to which document, where an addendum is made."""
        if self.kind is not DocumentKind.ADDENDUM:
            return None
        return Addendum(self._statement.toPlainText().strip(), to=self._to)

    @property
    def statement(self) -> str:
        """What is typed of an addendum, whether one is to be made now or not."""
        return self._statement.toPlainText()

    def choose(self, kind: DocumentKind, *, statement: str) -> None:
        """Stand where another page of this visit stood, with what was typed there."""
        with QSignalBlocker(self._kind), QSignalBlocker(self._statement):
            choose(self._kind, kind.value)
            self._statement.setPlainText(statement)
        self._show_parts()

    def refresh(self) -> None:
        """Offer what can be made of the visit as it stands, what it is meant to end in first."""
        snapshot, chosen = self._session.snapshot, value_of(self._kind)
        kinds = due(snapshot) or (kind_for(snapshot.visit),)
        before = [self._kind.itemData(place) for place in range(self._kind.count())]
        with QSignalBlocker(self._kind):
            self._kind.clear()
            for kind in kinds:
                self._kind.addItem(self._desk.say(f"documents.kind.{kind.value}"), kind.value)
            same = before == [one.value for one in kinds]
            choose(self._kind, chosen if same else kinds[0].value)
        self._kind_field.setVisible(len(kinds) > 1)
        self._show_parts()

    def add_to(self, document: Document | None) -> None:
        """An addendum adds to this document, where it can be added to."""
        addendum = DocumentKind.ADDENDUM
        self._to = None if document is None or document.kind == addendum else document

    def complain(self) -> bool:
        """Say that an addendum states nothing; False where there is nothing to say."""
        self._statement_field.clear_fault()
        addendum = self.addendum
        if addendum is None or addendum.statement:
            return False
        self._statement_field.show_fault(self._desk.say("documents.empty"))
        self._statement.setFocus()
        return True

    def forget(self) -> None:
        """The addendum was issued: the next one is another."""
        if self._statement.toPlainText():
            self._statement.clear()
            self._keep()

    def _show_parts(self) -> None:
        """What belongs to the kind: the statement of an addendum, and whose place is taken."""
        self._statement_field.setVisible(self.kind is DocumentKind.ADDENDUM)
        snapshot = self._session.snapshot
        before = replaced_by(snapshot, self.kind)
        self._supersedes.setVisible(before is not None)
        if before is not None:
            self._supersedes.setText(
                self._desk.say(
                    "issue.supersedes",
                    revision=next_revision(snapshot, self.kind),
                    number=before.number,
                    hash=before.sha256[:_SHORT_HASH],
                )
            )

    def _on_kind(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _on_rest(self) -> None:
        self._keep()
        if self.kind is DocumentKind.ADDENDUM:
            self.changed.emit()

    def _kept(self) -> str:
        kept = draft(self._desk.workplace, self._session.visit_id, name=_DRAFT)
        return kept.get("statement", "")

    def _keep(self) -> None:
        self._rest.stop()
        told = self._statement.toPlainText()
        value = {"statement": told} if told else {}
        with suppress(Problem):  # it stays typed; what is issued does not depend on it
            keep_draft(self._desk.workplace, self._session.visit_id, name=_DRAFT, value=value)
