"""Issuing: the document before the eyes, signed, saved and handed over."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.documents import DocumentKind
from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import (
    ISSUED_STATES,
    Document,
    HandoverWay,
    Visit,
    VisitKind,
    VisitState,
)
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue import work
from assessor_app.ui.pages.issue.documents import DocumentsStep
from assessor_app.ui.pages.issue.handover import WHOLE, Handover, HandoverStep, handover_work
from assessor_app.ui.pages.issue.preview import PreviewPane
from assessor_app.ui.pages.issue.result import ResultStep
from assessor_app.ui.pages.issue.returned import ReturnedStep
from assessor_app.ui.pages.issue.signing import Asked, SigningStep
from assessor_app.ui.pages.issue.written import remember, written
from assessor_app.ui.pages.parts.history import show_visit_history
from assessor_app.ui.pages.parts.leading import AfterClosing
from assessor_app.ui.pages.parts.waiting import Waiting
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.side_tabs import SideTabs

if TYPE_CHECKING:  # ReportLab and pyHanko: imported by the work that needs them
    from assessor_app.services.issuing import Issued

SIGNING = "sign"
"""From this step of issuing on it goes to its end (its name in services/issuing.Stage)."""

_BOTH_PX = 960  # of the paper and the steps beside each other
_COLUMN_PX = 376  # the steps, and the scroll bar beside them


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page that is built anew has to be told."""

    language: Language
    path: Path | None
    document: Document | None
    makes_another: bool
    kind: DocumentKind
    statement: str


class IssuePage(QWidget):
    """The paper at the left; at the right what is to be done next with it."""

    verify_wanted = Signal(object)  # Path
    next_office_wanted = Signal()
    following_wanted = Signal(object)  # the VisitKind of the visit that follows this one
    review_wanted = Signal()
    reopened = Signal()  # the closed visit takes answers again
    left = Signal()  # to the list of visits
    said = Signal(str)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("issue")
        self._desk = desk
        self._session = session
        self._notice = Notice(desk.tokens, "issue.notice")
        self._notice.acted.connect(self.review_wanted)
        self._preview = PreviewPane(desk, session)
        self._documents = DocumentsStep(desk, session)
        self._signing = SigningStep(desk, session)
        self._result = ResultStep(desk)
        self._handover = HandoverStep(desk, session)
        self._returned = ReturnedStep(desk, session)
        self._after = AfterClosing(desk, session, "issue.after")
        self._after.reopened.connect(self.reopened)
        self._furnish()
        self._busy = Busy(self, desk.tokens)
        self._waiting = Waiting(desk, self._busy, owner=self, stopped=self._on_sign_stopped)
        self._handing = Waiting(desk, self._busy, owner=self, stopped=self._handover.show_stopped)
        self._signing.sign_wanted.connect(self._on_sign)
        self._signing.spoke.connect(self._bring)
        self._handover.spoke.connect(self._bring)
        self._returned.spoke.connect(self._bring)
        self._returned.view_wanted.connect(self._preview.show_returned)
        self._returned.attached.connect(lambda: self.said.emit(desk.say("handing.returned.said")))
        self._preview.printed.connect(lambda: self._handover.propose(HandoverWay.PRINT))
        self._documents.chosen.connect(self._on_chosen)
        self._documents.making.connect(self._on_making)
        self._documents.amended.connect(self._on_amended)
        self._signing.making.changed.connect(self._show_paper)
        self._result.copy_wanted.connect(self._on_copy)
        self._result.verify_wanted.connect(self.verify_wanted)
        self._handover.handover_wanted.connect(self._on_handover)
        self._handover.next_office_wanted.connect(self.next_office_wanted)
        self._handover.following_wanted.connect(self.following_wanted)
        self._show_state(self._written())
        self._show_paper()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        first = self._signing if self._signing.isVisible() else self._preview
        first.take_focus()

    @property
    def standing(self) -> Standing:
        """What was chosen here, and where the document was written."""
        making = self._signing.making
        return Standing(
            self._preview.language,
            self._result.path,
            document=self._documents.document,
            makes_another=self._documents.makes_another,
            kind=making.kind,
            statement=making.statement,
        )

    def take_over(self, before: "IssuePage") -> None:
        """Stand where another page of this visit stood (another language or scheme)."""
        stood = before.standing
        self._documents.choose(stood.document, makes_another=stood.makes_another)
        self._signing.making.choose(stood.kind, statement=stood.statement)
        self._preview.choose_language(stood.language)
        self._show_state(stood.path or self._written())
        self._show_paper()

    def _furnish(self) -> None:
        column = QWidget()
        steps = QVBoxLayout(column)
        steps.setContentsMargins(0, 0, 8, 0)
        steps.setSpacing(12)
        for part in (
            self._documents,
            self._signing,
            self._result,
            self._handover,
            self._returned,
        ):
            steps.addWidget(part)
        steps.addStretch()
        past = button(
            self._desk.say("history.open_visit"),
            "issue.history",
            role="flat",
            icon=icon("history", self._desk.tokens.accent),
        )
        past.clicked.connect(lambda: show_visit_history(self._desk, self._session, self))
        steps.addWidget(past)
        back = button(
            self._desk.say("issue.left"),
            "issue.left",
            role="flat",
            icon=icon("list", self._desk.tokens.accent),
        )
        back.clicked.connect(self.left)
        steps.addWidget(back)
        self._steps = scrolling(column, "issue.steps")
        say = self._desk.say
        parts = ((say("issue.part.paper"), self._preview), (say("issue.part.steps"), self._steps))
        self._parts = SideTabs("issue.parts", parts, second=_COLUMN_PX, below=_BOTH_PX)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addWidget(self._notice)
        whole.addWidget(self._after)
        whole.addWidget(self._parts, stretch=1)

    def _show_state(self, path: Path | None) -> None:
        """Offer what the visit's state allows; `path` is where its document was written."""
        visit = self._session.snapshot.visit
        state = visit.state
        self._documents.refresh()
        document = self._documents.document
        closed, makes_another = state is VisitState.CLOSED, self._documents.makes_another
        self._after.show_state()
        self._parts.show_second(shown=not visit.answerable)
        self._signing.setVisible(closed or makes_another)
        self._signing.refresh()
        self._signing.making.add_to(document)
        stands = document is not None and state in ISSUED_STATES and not makes_another
        self._result.setVisible(stands)
        self._handover.setVisible(stands)
        self._returned.setVisible(stands)
        self._returned.document = document
        if document is not None:
            self._result.show_document(document, path)
        self._tell_state(visit)

    def _show_paper(self) -> None:
        """Show the document that is chosen, or the one that is to be made now."""
        making = self._signing.making
        addendum = making.addendum
        signing = not self._signing.isHidden()
        if signing and (addendum is None or addendum.statement):
            self._preview.show_draft(making.kind, addendum)
        else:
            self._preview.show_document(self._documents.document)

    def _written(self) -> Path | None:
        """Where the document that is chosen was written last."""
        return written(self._desk, self._session, self._documents.document)

    def _bring(self, action: QWidget) -> None:
        """Bring a step's button into sight, once the column has the height of what was told."""
        self._parts.go_to(self._steps)
        QTimer.singleShot(0, self._steps, lambda: self._steps.ensureWidgetVisible(action))

    def _tell_state(self, visit: Visit) -> None:
        say = self._desk.say
        if visit.state is VisitState.VOIDED:
            self._notice.tell(say("issue.notice.voided"), Tone.WARNING)
        elif visit.answerable:
            action = say("issue.notice.to_review")
            self._notice.tell(say("issue.notice.open"), Tone.INFO, action=action)
        elif self._is_receiver_missing(visit):
            action = say("issue.notice.to_receiver")
            self._notice.tell(say("issue.notice.no_receiver"), Tone.WARNING, action=action)
        else:
            self._notice.clear()

    def _is_receiver_missing(self, visit: Visit) -> bool:
        """Whether there should be one: nobody receives at once what nobody there knows of."""
        in_secret = visit.kind is VisitKind.MYSTERY
        recorded = self._session.snapshot.receiver is not None
        return visit.state is VisitState.CLOSED and not recorded and not in_secret

    # Which document

    def _on_chosen(self) -> None:
        self._show_state(self._written())
        self._show_paper()

    def _on_making(self) -> None:
        self._show_state(self._written())
        self._show_paper()
        if self._documents.makes_another:
            self._signing.propose_path()
            self._signing.take_focus()

    def _on_amended(self) -> None:
        self._show_state(None)
        self._signing.propose_path()
        self._show_paper()
        self.said.emit(self._desk.say("documents.amended"))

    # Sign

    def _on_sign(self, asked: Asked) -> None:
        self._waiting.begin(
            partial(
                work.issue,
                self._session,
                self._desk.workplace,
                asked.passphrase,
                asked.path,
                others=asked.others,
                kind=asked.kind,
                addendum=asked.addendum,
                language=self._preview.language,
            ),
            self._desk.say("issue.progress.open"),
            done=self._on_issued,
            failed=self._on_sign_refused,
            worded=lambda step: self._desk.say(f"issue.progress.{step}"),
            binding=SIGNING,
        )

    def _on_issued(self, issued: "Issued") -> None:
        self._signing.forget()
        self._documents.refresh(latest=True)
        remember(self._desk, self._session, self._documents.document, issued.path)
        self._show_state(issued.path)
        self._parts.go_to(self._steps)
        self._result.take_focus()
        self._steps.verticalScrollBar().setValue(0)
        self._show_paper()
        self.said.emit(self._desk.say("issue.sign.done", number=issued.number))

    def _on_sign_stopped(self, told: str) -> None:
        self._signing.show_stopped(told)

    def _on_sign_refused(self, problem: Problem) -> None:
        self._signing.show_refusal(problem)
        if problem.code == "issued_already":  # signed meanwhile by what an earlier page had begun
            self._documents.refresh(latest=True)
            self._show_state(self._written())
            self._show_paper()

    # Copy

    def _on_copy(self, path: Path) -> None:
        document = self._documents.document
        if document is None:
            return
        self._result.clear()
        self._busy.begin(self._desk.say("issue.progress.copy"))
        self._desk.tasks.run(
            partial(work.write_copy, self._session, self._desk.workplace, document, path),
            owner=self,
            done=self._on_copied,
            failed=self._on_copy_refused,
        )

    def _on_copied(self, issued: "Issued") -> None:
        self._busy.end()
        remember(self._desk, self._session, self._documents.document, issued.path)
        self._show_state(issued.path)
        told = self._desk.say("issue.result.copied", file=issued.path.name)
        self._result.tell(told, Tone.SUCCESS)

    def _on_copy_refused(self, problem: Problem) -> None:
        self._busy.end()
        self._result.tell(self._desk.told(problem), Tone.ERROR)

    # Hand over

    def _on_handover(self, asked: Handover) -> None:
        handover = replace(asked, document=self._documents.document)
        say = self._desk.say
        self._handing.begin(
            handover_work(self._desk, self._session, handover),
            say("handing.writing" if handover.onto else "issue.progress.handover"),
            done=partial(self._on_handed_over, handover),
            failed=self._handover.show_refusal,
            worded=lambda percent: say("stopping.writing", percent=percent),
            binding=WHOLE,
        )
        if handover.onto is None:  # one event: over before it could be broken off
            self._busy.bind()

    def _on_handed_over(self, handover: Handover, folder: Path | None) -> None:
        self._handover.show_recorded(handover, folder)
        self.said.emit(self._desk.say("issue.handover.said"))
