"""Issuing: the document before the eyes, signed, saved and handed over."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Document, HandoverWay, Visit, VisitState
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue import work
from assessor_app.ui.pages.issue.handover import HandoverStep
from assessor_app.ui.pages.issue.preview import PreviewPane
from assessor_app.ui.pages.issue.result import ResultStep
from assessor_app.ui.pages.issue.signing import SigningStep
from assessor_app.ui.pages.parts.history import show_visit_history
from assessor_app.ui.pages.parts.leading import AfterClosing
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

if TYPE_CHECKING:  # ReportLab and pyHanko: imported by the work that needs them
    from assessor_app.services.issuing import Issued

_DRAFT = "document"
_SHORT_HASH = 16  # hex digits, as the pages print
_COLUMN_PX = 376  # the steps, and the scroll bar beside them


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page that is built anew has to be told."""

    language: Language
    path: Path | None


class IssuePage(QWidget):
    """The paper at the left; at the right what is to be done next with it."""

    verify_wanted = Signal(object)  # Path
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
        self._signing = SigningStep(desk, session)
        self._result = ResultStep(desk)
        self._handover = HandoverStep(desk, session)
        self._after = AfterClosing(desk, session, "issue.after")
        self._after.reopened.connect(self.reopened)
        self._supersedes = quiet("")
        self._supersedes.setObjectName("issue.supersedes")
        self._furnish()
        self._busy = Busy(self, desk.tokens)
        self._signing.sign_wanted.connect(self._on_sign)
        self._signing.spoke.connect(self._bring)
        self._handover.spoke.connect(self._bring)
        self._result.copy_wanted.connect(self._on_copy)
        self._result.verify_wanted.connect(self.verify_wanted)
        self._handover.handover_wanted.connect(self._on_handover)
        self._show_state(self._written())
        self._preview.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        first = self._signing if self._signing.isVisible() else self._preview
        first.take_focus()

    @property
    def standing(self) -> Standing:
        """What was chosen here, and where the document was written."""
        return Standing(self._preview.language, self._result.path)

    def take_over(self, before: "IssuePage") -> None:
        """Stand where another page of this visit stood (another language or scheme)."""
        stood = before.standing
        self._preview.choose_language(stood.language)
        self._show_state(stood.path or self._written())

    def _furnish(self) -> None:
        column = QWidget()
        steps = QVBoxLayout(column)
        steps.setContentsMargins(0, 0, 8, 0)
        steps.setSpacing(12)
        for part in (self._supersedes, self._signing, self._result, self._handover):
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
        self._steps.setFixedWidth(_COLUMN_PX)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._preview, stretch=1)
        row.addWidget(self._steps)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addWidget(self._notice)
        whole.addWidget(self._after)
        whole.addLayout(row, stretch=1)

    def _show_state(self, path: Path | None) -> None:
        """Offer what the visit's state allows; `path` is where its document was written."""
        visit = self._session.snapshot.visit
        state = visit.state
        document = self._document()
        voided = state is VisitState.VOIDED
        again = state is VisitState.CLOSED and document is not None
        self._after.show_state()
        self._show_superseded(document if again else None)
        self._steps.setVisible(not visit.answerable)
        self._signing.setVisible(state is VisitState.CLOSED)
        stands = document is not None and not voided and not again
        self._result.setVisible(stands)
        self._handover.setVisible(stands)
        if document is not None:
            self._result.show_document(document, path)
        self._tell_state(visit)

    def _show_superseded(self, document: Document | None) -> None:
        """Say which document the next one takes the place of, where the visit was reopened."""
        self._supersedes.setVisible(document is not None)
        if document is not None:
            self._supersedes.setText(
                self._desk.say(
                    "issue.supersedes",
                    revision=document.revision + 1,
                    number=document.number,
                    hash=document.sha256[:_SHORT_HASH],
                )
            )

    def _written(self) -> Path | None:
        """Where the document was written last, as far as this device remembers."""
        kept = draft(self._desk.workplace, self._session.visit_id, name=_DRAFT).get("path")
        return Path(kept) if kept else None

    def _remember(self, path: Path) -> None:
        """Keep where the document lies; that it was issued does not depend on it."""
        value = {"path": str(path.absolute())}
        with suppress(Problem):
            keep_draft(self._desk.workplace, self._session.visit_id, name=_DRAFT, value=value)

    def _bring(self, action: QWidget) -> None:
        """Bring a step's button into sight, once the column has the height of what was told."""
        QTimer.singleShot(0, self._steps, lambda: self._steps.ensureWidgetVisible(action))

    def _tell_state(self, visit: Visit) -> None:
        say = self._desk.say
        if visit.state is VisitState.VOIDED:
            self._notice.tell(say("issue.notice.voided"), Tone.WARNING)
        elif visit.answerable:
            action = say("issue.notice.to_review")
            self._notice.tell(say("issue.notice.open"), Tone.INFO, action=action)
        elif visit.state is VisitState.CLOSED and self._session.snapshot.receiver is None:
            action = say("issue.notice.to_receiver")
            self._notice.tell(say("issue.notice.no_receiver"), Tone.WARNING, action=action)
        else:
            self._notice.clear()

    def _document(self) -> Document | None:
        """The latest, as services.issuing tells it, whose import takes half a second."""
        documents = self._session.snapshot.documents.values()
        return max(documents, key=lambda one: one.revision, default=None)

    # Sign

    def _on_sign(self, passphrase: str, path: Path) -> None:
        self._busy.begin(self._desk.say("issue.progress.open"))
        self._desk.tasks.run(
            partial(
                work.issue,
                self._session,
                self._desk.workplace,
                passphrase,
                path,
                language=self._preview.language,
            ),
            owner=self,
            done=self._on_issued,
            failed=self._on_sign_refused,
            progress=self._on_progress,
        )

    def _on_progress(self, step: str) -> None:
        self._busy.show_progress(self._desk.say(f"issue.progress.{step}"))

    def _on_issued(self, issued: "Issued") -> None:
        self._busy.end()
        self._signing.forget()
        self._remember(issued.path)
        self._show_state(issued.path)
        self._result.take_focus()
        self._steps.verticalScrollBar().setValue(0)
        self._preview.refresh()
        self.said.emit(self._desk.say("issue.sign.done", number=issued.number))

    def _on_sign_refused(self, problem: Problem) -> None:
        self._busy.end()
        self._signing.show_refusal(problem)
        if self._document() is not None:  # signed meanwhile by what an earlier page had begun
            self._show_state(self._written())
            self._preview.refresh()

    # Copy

    def _on_copy(self, path: Path) -> None:
        self._result.clear()
        self._busy.begin(self._desk.say("issue.progress.copy"))
        self._desk.tasks.run(
            partial(work.write_again, self._session, self._desk.workplace, path),
            owner=self,
            done=self._on_copied,
            failed=self._on_copy_refused,
        )

    def _on_copied(self, issued: "Issued | None") -> None:
        self._busy.end()
        if issued is None:
            return
        self._remember(issued.path)
        self._show_state(issued.path)
        told = self._desk.say("issue.result.copied", file=issued.path.name)
        self._result.tell(told, Tone.SUCCESS)

    def _on_copy_refused(self, problem: Problem) -> None:
        self._busy.end()
        self._result.tell(self._desk.told(problem), Tone.ERROR)

    # Hand over

    def _on_handover(self, to: str, way: HandoverWay, when: datetime) -> None:
        self._busy.begin(self._desk.say("issue.progress.handover"))
        self._desk.tasks.run(
            partial(work.hand_over, self._session, self._desk.workplace, to, way, when),
            owner=self,
            done=lambda _: self._on_handed_over(to, way, when),
            failed=self._on_handover_refused,
        )

    def _on_handed_over(self, to: str, way: HandoverWay, when: datetime) -> None:
        self._busy.end()
        self._handover.show_recorded(to, way, when)
        self.said.emit(self._desk.say("issue.handover.said"))

    def _on_handover_refused(self, problem: Problem) -> None:
        self._busy.end()
        self._handover.show_refusal(problem)
