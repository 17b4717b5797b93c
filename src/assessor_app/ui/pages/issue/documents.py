"""The documents that a visit has: which one is looked at, a further one, and a change of mind."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.domain.documents import due
from assessor_app.domain.visit import ISSUED_STATES, Document, VisitState
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.amending import AmendDialog
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of

_AMENDABLE = (VisitState.ISSUED, VisitState.HANDED_OVER)


class DocumentsStep(Card):
    """What is done next on this page concerns the document that is chosen here."""

    chosen = Signal()  # another document
    making = Signal()  # whether a further one is to be made has changed
    amended = Signal()  # the receiver was changed: the documents are to be made anew

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk.say("documents.title"))
        self._desk = desk
        self._session = session
        self._which = combo("issue.document", ())
        self._which.currentIndexChanged.connect(lambda _: self.chosen.emit())
        self._which_field = Field(desk.say("documents.which"), self._which)
        self._further = button(
            desk.say("documents.further"),
            "issue.further",
            icon=icon("add", desk.tokens.ink),
        )
        self._further.setCheckable(True)
        self._further.toggled.connect(lambda _: self.making.emit())
        self._amend = button(
            desk.say("documents.amend"), "issue.amend", icon=icon("person", desk.tokens.ink)
        )
        self._amend.clicked.connect(self._on_amend)
        for part in (self._which_field, self._further, self._amend):
            self.body.addWidget(part)
        self.refresh()

    @property
    def document(self) -> Document | None:
        """The document that is looked at; the one that was made last, where none was chosen."""
        snapshot = self._session.snapshot
        return snapshot.documents.get(value_of(self._which)) or snapshot.latest_document

    @property
    def makes_another(self) -> bool:
        """Whether a further document of the issued visit is to be made now."""
        return self._further.isChecked()

    def choose(self, document: Document | None, *, makes_another: bool) -> None:
        """Stand where another page of this visit stood."""
        with QSignalBlocker(self._which), QSignalBlocker(self._further):
            choose(self._which, document.id if document else "")
            self._further.setChecked(makes_another)

    def refresh(self, *, latest: bool = False) -> None:
        """List the documents there are; the `latest` is chosen where one was just made."""
        snapshot, before = self._session.snapshot, value_of(self._which)
        documents = sorted(snapshot.documents.values(), key=lambda one: (one.round, one.id))
        with QSignalBlocker(self._which):
            self._which.clear()
            for one in reversed(documents):
                kind = self._desk.say(f"documents.kind.{one.kind}")
                told = self._desk.say("documents.one", kind=kind, number=one.number)
                self._which.addItem(told, one.id)
            known = before in snapshot.documents and not latest
            if documents:
                choose(self._which, before if known else documents[-1].id)
        self._which_field.setVisible(len(documents) > 1)
        state = snapshot.visit.state
        is_out = state in ISSUED_STATES and bool(documents)
        if not is_out or latest:
            with QSignalBlocker(self._further):
                self._further.setChecked(False)
        self._further.setVisible(is_out and bool(due(snapshot)))
        self._amend.setVisible(is_out and state in _AMENDABLE and self._session.is_led_here)
        self.setVisible(is_out or len(documents) > 1)

    def _on_amend(self) -> None:
        dialog = AmendDialog(self._desk, self._session, self._over())
        dialog.done_so.connect(self.amended)
        dialog.open()

    def _over(self) -> QWidget:
        return self.window()
