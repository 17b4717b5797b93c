"""The review: what is missing, what was found, who receives it; then the visit is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Declaration, Outcome, VisitKind, VisitState
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.leading import AfterClosing, ask_to_lead
from assessor_app.ui.pages.parts.reason_bar import ReasonBar
from assessor_app.ui.pages.parts.rest import rest_of
from assessor_app.ui.pages.review.carried import CarriedSection
from assessor_app.ui.pages.review.closing import ClosingBar
from assessor_app.ui.pages.review.covering import CoveringHint
from assessor_app.ui.pages.review.findings import FindingsSection
from assessor_app.ui.pages.review.looking import Looking
from assessor_app.ui.pages.review.missing import MissingSection
from assessor_app.ui.pages.review.receiver import ReceiverSection
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.notice import Notice, Tone

_MISSING, _FINDINGS, _RECEIVER, _CARRIED = range(4)
_NARROW = 960  # pixels: less does not hold two columns
_DRAFT = "closing"
_TABS = ("review.tab.missing_tip", "review.tab.findings_tip", "review.tab.receiver_tip")
_DEPARTURE_FAULTS = frozenset(
    {
        "instant_in_future",
        "instant_unreadable",
        "departure_before_arrival",
        "departure_before_session",
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page that is built anew has to be told."""

    tab: int
    finding: str | None
    declared: Declaration | None


class ReviewPage(QWidget):
    """Sections behind tabs, and at the foot the closing of the visit.

    What a visit before left open has a tab of its own, where there is any.
    """

    indicator_wanted = Signal(str)  # its code
    closed = Signal()
    way_wanted = Signal()  # what to repair for a better zone
    interviews_wanted = Signal()
    trials_wanted = Signal()
    left = Signal()  # back to the checklist
    reopened = Signal()  # the closed visit takes answers again
    moved = Signal()  # to another instrument: the session is to be opened anew
    said = Signal(str)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("review")
        self._desk = desk
        self._session = session
        self._notice = Notice(desk.tokens, "review.problem")
        self._missing = MissingSection(desk, session)
        self._covering = CoveringHint(desk, session)
        self._findings = FindingsSection(desk, session)
        self._receiver = ReceiverSection(desk, session)
        self._carried = CarriedSection(desk, session)
        self._closing = ClosingBar(desk, session)
        self._reasons = ReasonBar(desk, session, "review.reason")
        self._after = AfterClosing(desk, session, "review.after")
        self._looking = Looking(desk, session, self, settle=self.settle)
        self._sections = QStackedWidget()
        self._tabs = self._tab_bar()
        self._furnish()
        self._put_back()
        self._rest = rest_of(self, self._keep)
        self._connect()
        self._refresh()
        if session.snapshot.paused:
            self._notice.tell(desk.say("review.paused"), Tone.INFO)

    def settle(self) -> bool:
        """Record or keep what was typed; False, with the fault shown, where that failed."""
        reasoned = self._reasons.settle()
        settled = (self._findings.settle(), self._receiver.settle(), self._keep())
        for place, well in zip((_FINDINGS, _RECEIVER), settled, strict=False):
            if not well:
                self._tabs.setCurrentIndex(place)
                break
        return reasoned and all(settled)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._tabs.setFocus()

    @property
    def standing(self) -> Standing:
        """What is chosen here and recorded nowhere."""
        return Standing(self._tabs.currentIndex(), self._findings.chosen, self._receiver.declared)

    def take_over(self, before: "ReviewPage") -> None:
        """Stand where another page of this visit stood (another language or scheme)."""
        stood = before.standing
        self._tabs.setCurrentIndex(stood.tab)
        self._findings.choose(stood.finding)
        self._receiver.choose(stood.declared)

    def _furnish(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(8)
        head.addWidget(self._tabs)
        head.addStretch()
        self._head = head
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addStretch()
        head.addLayout(ways)
        back = button(
            self._desk.say("review.back"),
            "review.back",
            role="flat",
            icon=icon("back", self._desk.tokens.accent),
        )
        back.clicked.connect(self.left)
        way = button(
            self._desk.say("review.way"),
            "review.way",
            role="flat",
            icon=icon("next", self._desk.tokens.accent),
        )
        way.clicked.connect(self.way_wanted)
        if self._session.snapshot.followed:  # there is no score to improve
            way.hide()
        past = icon_button(
            self._desk.say("history.open_visit"),
            "review.history",
            icon("history", self._desk.tokens.accent),
        )
        past.clicked.connect(self._looking.look_back)
        for leading in (past, way, back):
            ways.addWidget(leading)
        for section in (self._missing, self._findings, self._receiver, self._carried):
            self._sections.addWidget(section)
        column.addLayout(head)
        for bar in (self._notice, self._after, self._reasons, self._covering):
            column.addWidget(bar)
        column.addWidget(self._sections, stretch=1)
        column.addWidget(self._closing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside each other, the parts stand below each other."""
        super().resizeEvent(event)
        size = event.size()
        narrow = size.width() < grown(_NARROW)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(below if narrow else beside)
        # With large letters on a wide screen there is even less room below than beside.
        upright = size.width() < _NARROW or (narrow and size.height() > size.width())
        for section in (self._findings, self._receiver):
            section.set_narrow(narrow=upright)

    def _connect(self) -> None:
        self._missing.indicator_wanted.connect(self.indicator_wanted)
        self._missing.interviews_wanted.connect(self.interviews_wanted)
        self._missing.trials_wanted.connect(self.trials_wanted)
        self._carried.indicator_wanted.connect(self.indicator_wanted)
        self._missing.receiver_wanted.connect(lambda: self._go_to(_RECEIVER))
        self._missing.finding_wanted.connect(self._on_finding_wanted)
        self._missing.move_wanted.connect(self._looking.move)
        self._looking.moved.connect(self.moved)
        self._looking.resolved.connect(self._on_resolved)
        self._looking.said.connect(self.said)
        self._missing.outcome_chosen.connect(self._refresh)
        self._missing.outcome_chosen.connect(self._rest.start)
        self._closing.changed.connect(self._rest.start)
        self._findings.said.connect(self.said)
        self._findings.refused.connect(self._on_refused)
        self._findings.reason_wanted.connect(self._on_reason_wanted)
        self._receiver.reason_wanted.connect(self._on_recording_waits)
        self._reasons.refused.connect(self._on_refused)
        self._reasons.said.connect(self.said)
        self._reasons.dropped.connect(self._findings.show_recorded)
        self._missing.conflict_wanted.connect(self._looking.compare)
        self._after.reopened.connect(self.reopened)
        self._receiver.said.connect(self.said)
        self._covering.said.connect(self.said)
        self._receiver.recorded.connect(self._refresh)
        self._receiver.exit_talk_begun.connect(self._reasons.show_state)
        self._closing.close_wanted.connect(self._on_close_wanted)
        self._closing.confirmed.connect(self._on_confirmed)

    def _tab_bar(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setObjectName("review.tabs")
        tabs.setAccessibleName(self._desk.say("review.tabs"))
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideRight)  # else what does not fit is cut
        names = (*_TABS, "follow_up.tab_tip") if self._carried.wanted else _TABS
        for place, name in enumerate(names):
            tabs.addTab("")
            tabs.setTabToolTip(place, self._desk.say(name))
            keys = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(partial(self._go_to, place))
        tabs.currentChanged.connect(self._sections.setCurrentIndex)
        tabs.currentChanged.connect(lambda place: self._covering.look(here=place == _MISSING))
        return tabs

    def _put_back(self) -> None:
        """Show how the visit was said to have ended, where it was typed before and not closed."""
        if not self._session.snapshot.visit.answerable:
            return
        kept = draft(self._desk.workplace, self._session.visit_id, name=_DRAFT)
        if not kept:
            return
        left = kept["departure"]
        self._missing.choose(kept["outcome"])
        departure = datetime.fromisoformat(left) if left else None
        self._closing.show_typed(kept["account"], departure)

    def _keep(self) -> bool:
        """Keep how the visit is said to have ended until it is closed; False where that failed."""
        self._rest.stop()
        try:
            keep_draft(
                self._desk.workplace, self._session.visit_id, name=_DRAFT, value=self._typed()
            )
        except Problem as problem:
            self._on_refused(problem)
            return False
        return True

    def _typed(self) -> dict[str, str]:
        """What closing would record; nothing where nobody chose or typed, or once it is closed."""
        left = self._closing.chosen_departure
        outcome, account = self._missing.outcome, self._closing.account
        nothing = outcome is Outcome.COMPLETED and not account and left is None
        if nothing or not self._session.snapshot.visit.answerable:
            return {}
        departure = left.isoformat() if left else ""
        return {"outcome": outcome.value, "account": account, "departure": departure}

    def _on_finding_wanted(self, finding: str) -> None:
        self._findings.choose(finding)
        self._go_to(_FINDINGS)

    def _go_to(self, place: int) -> None:
        self._tabs.setCurrentIndex(place)
        self._tabs.setFocus()

    def _refresh(self) -> None:
        say = self._desk.say
        open_ = self._missing.refresh()
        found = self._findings.refresh()
        self._covering.refresh()
        told = "done" if self._session.snapshot.receiver else "open"
        texts = (
            say("review.tab.missing", count=open_),
            say("review.tab.findings", count=found),
            say(f"review.tab.receiver_{told}"),
        )
        for place, text in enumerate(texts):
            self._tabs.setTabText(place, text)
        count = self._carried.refresh()
        if self._tabs.count() > _CARRIED:
            name = "tab" if self._session.snapshot.followed else "carried_tab"
            self._tabs.setTabText(_CARRIED, say(f"follow_up.{name}", count=count))
        self._closing.show_outcome(self._missing.outcome)

    def _on_reason_wanted(self, code: str) -> None:
        """What is typed in a finding is recorded once there is a reason."""
        what = self._desk.say("reason.finding", code=code)
        self._reasons.wait_with(code, what, self._findings.settle)

    def _on_resolved(self) -> None:
        self._refresh()
        self._reasons.show_state()

    def _on_recording_waits(self, attach: Callable[[], object]) -> None:
        """A recording of the response is taken in once there is a reason."""
        self._reasons.wait_with("dictation", self._desk.say("dictation.what"), attach)

    def _on_refused(self, problem: Problem) -> None:
        self._notice.tell(self._desk.told(problem), Tone.ERROR)

    def _on_close_wanted(self) -> None:
        self._notice.clear()
        if not self.settle():
            return
        self._refresh()
        if self._missing.must:
            self._tabs.setCurrentIndex(_MISSING)
            self._missing.tell_open()
            return
        if not self._session.is_led_here:
            ask_to_lead(self._desk, self._session, self, taken=self._on_lead_taken)
            return
        if self._missing.outcome is not Outcome.COMPLETED and not self._closing.account:
            self._closing.miss_account()
            return
        try:
            departure = self._closing.departure()
        except Problem as problem:
            self._closing.show_fault(self._desk.told(problem))
            return
        self._closing.ask(departure, thoughts=self._thoughts())

    def _on_lead_taken(self) -> None:
        self._closing.show_lead()
        self._on_close_wanted()

    def _thoughts(self) -> list[str]:
        """What closing makes final although something is to be said about it."""
        say, snapshot = self._desk.say, self._session.snapshot
        found: list[str] = []
        visit = snapshot.visit
        if count := self._missing.doubts:
            found.append(say("review.close.doubts", count=count))
        if self._missing.outcome is Outcome.COMPLETED:
            if snapshot.receiver is None and visit.kind is not VisitKind.MYSTERY:
                found.append(say("review.close.no_receiver"))
            if visit.state is VisitState.OPEN and visit.kind is not VisitKind.MYSTERY:
                found.append(say("review.close.no_exit_talk"))
        return found

    def _on_confirmed(self, departure: datetime) -> None:
        outcome = self._missing.outcome
        account = None if outcome is Outcome.COMPLETED else self._closing.account
        try:
            close_visit(
                self._session,
                self._desk.workplace,
                outcome,
                departure=departure,
                account=account,
            )
        except Problem as problem:
            self._closing.unask()
            if problem.code in _DEPARTURE_FAULTS:
                self._closing.show_fault(self._desk.told(problem))
            else:
                self._on_refused(problem)
            return
        self._keep()
        self.said.emit(self._desk.say("review.close.done"))
        self.closed.emit()
