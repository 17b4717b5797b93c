"""The middle of the checklist, where the pane of one indicator after another stands."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Side
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.indicator_pane import IndicatorPane
from assessor_app.ui.pages.checklist.interviewing import Interviewing
from assessor_app.ui.pages.checklist.personal import ask_for_person
from assessor_app.ui.pages.checklist.photos import Goal
from assessor_app.ui.pages.checklist.proving import Proving
from assessor_app.ui.pages.checklist.spot import Spot
from assessor_app.ui.pages.conflict.dialog import entities_in_conflict
from assessor_app.ui.pages.parts.reason_bar import ReasonBar
from assessor_app.ui.widgets.scrolling import scrolling


class PanePlace(QObject):
    """Builds the pane of a spot and shows in it what is recorded there.

    `area` scrolls the pane; its gap bar stands in `below`, where it does not scroll away.
    """

    recorded = Signal(object, str, object)  # place as an entry names it, side, dict of fields
    subject_chosen = Signal(str)
    introduced = Signal(str, str, bool)  # pseudonym, code of the post, whether a substitute
    next_question_wanted = Signal()
    history_wanted = Signal()
    conflict_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        session: Session,
        page: QWidget,
        *,
        proving: Proving,
        reasons: ReasonBar,
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._session = session
        self._page = page
        self._photos = proving.photos
        self._proving = proving
        self._reasons = reasons
        self._interviewing = Interviewing(desk, session)
        self._names: list[str] = []
        self._place: Mapping[str, str] = {}
        self.pane: IndicatorPane | None = None
        self.area = scrolling(QWidget(), "checklist.middle")
        self.below = QVBoxLayout()

    def build(self, spot: Spot, *, codes: tuple[str, ...]) -> IndicatorPane:
        """The pane of a spot, in the place of the last one; `codes` are what is asked."""
        self._look_at(spot)
        place = codes.index(spot.code) + 1 if spot.code in codes else 1
        pane = IndicatorPane(
            self._desk,
            spot.indicator,
            spot.seen(),
            variable=self._desk.words.of(spot.variable()),
            place=self._desk.say("checklist.place", place=place, count=len(codes)),
            subjects=self._names,
            subject=spot.subject,
        )
        pane.recorded.connect(lambda side, fields: self.recorded.emit(self._place, side, fields))
        pane.subject_chosen.connect(self.subject_chosen)
        pane.history_wanted.connect(self.history_wanted)
        pane.conflict_wanted.connect(self.conflict_wanted)
        self._connect_photos(pane, spot)
        if pane.respondents is not None:
            pane.respondents.introduced.connect(self.introduced)
            pane.respondents.next_question_wanted.connect(self.next_question_wanted)
            pane.respondents.person_wanted.connect(
                lambda name: ask_for_person(self._desk, self._session, self._page, name)
            )
        self._take_away()
        self.pane = pane
        self.area.setWidget(pane)
        self.below.addWidget(pane.gap)
        return pane

    def look_at_another(self, spot: Spot) -> bool:
        """Let the pane be of another respondent of the same indicator; False where it cannot.

        What was typed of the one before must be settled: the same fields show the other's.
        """
        if self.pane is None or self.pane.respondents is None:
            return False
        self._look_at(spot)
        return True

    def outdated(self, spot: Spot) -> bool:
        """Whether a product or respondent was named since, or is gone by an undo."""
        return spot.names() != self._names

    def show_seen(self, spot: Spot, *, lacks_evidence: bool, editable: bool) -> None:
        """Show what is recorded now."""
        if self.pane is None:
            return
        self.pane.show_seen(
            spot.seen(),
            spot.compared(),
            promised=spot.promised(),
            lacks_evidence=lacks_evidence,
            editable=editable,
        )
        conflicts = entities_in_conflict(self._session, spot.code)
        self.pane.show_conflicts(len(conflicts), editable=editable)
        if self.pane.respondents is not None:
            self.pane.respondents.show_interviews(self._interviewing.shown(spot))
        self.show_photos(spot)

    def show_photos(self, spot: Spot) -> None:
        """Show the photos of both sides, and how many are still being taken in."""
        if self.pane is None:
            return
        for side in spot.indicator.sides:
            items = self._session.snapshot.evidence_for(spot.key(side))
            pending = self._photos.pending(spot.goal(side))
            self.pane.show_thumbs(side, self._photos.thumbs(items), pending=pending)

    def prove(self, goal: Goal, take: Callable[[Goal], None]) -> None:
        """Take evidence to an observation; where the change needs a reason, once there is one."""
        if not self._reasons.lacks:
            take(goal)
            return
        say, words = self._desk.say, self._desk.words
        side = words(f"side_within.{goal.side.value}")
        what = say("reason.evidence", place=goal.indicator, side=side)
        self._reasons.wait_with(object(), what, lambda: take(goal))

    def _look_at(self, spot: Spot) -> None:
        self._names, self._place = spot.names(), spot.place()

    def _connect_photos(self, pane: IndicatorPane, spot: Spot) -> None:
        proving = self._proving
        pane.photos_wanted.connect(lambda side: self.prove(spot.goal(Side(side)), proving.choose))
        pane.files_dropped.connect(
            lambda side, files: self.prove(
                spot.goal(Side(side)), lambda goal: proving.take_files(goal, files)
            )
        )
        pane.image_pasted.connect(
            lambda side, image: self.prove(
                spot.goal(Side(side)), lambda goal: proving.take_image(goal, image)
            )
        )
        pane.photo_opened.connect(proving.open)

    def _take_away(self) -> None:
        """Remove the last pane; the keys go on working where its fields had the focus."""
        focused = self._page.focusWidget()
        left = self.area.takeWidget()
        if not isinstance(left, IndicatorPane):  # the first: an empty place
            left.deleteLater()
            return
        left.blockSignals(True)  # it was settled: what its fields say when they go is no entry
        if focused is not None and (left.isAncestorOf(focused) or left.gap.isAncestorOf(focused)):
            self._page.setFocus()
        self.below.removeWidget(left.gap)
        left.gap.hide()
        for part in (left, left.gap):
            part.deleteLater()  # not at once: what replaces it may be a click of its own
