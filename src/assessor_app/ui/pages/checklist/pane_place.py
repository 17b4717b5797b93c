"""The middle of the checklist, where the pane of one indicator after another stands."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Asked, Side
from assessor_app.domain.marks import UNMARKED
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.services.session import Session
from assessor_app.services.trust import names_of_people
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.indicator_pane import IndicatorPane
from assessor_app.ui.pages.checklist.interviewing import Interviewing
from assessor_app.ui.pages.checklist.personal import ask_for_person
from assessor_app.ui.pages.checklist.photos import Goal
from assessor_app.ui.pages.checklist.product_grid import ProductGrid
from assessor_app.ui.pages.checklist.product_rows import product_rows
from assessor_app.ui.pages.checklist.proving import Proving
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.checklist.sections import Around, Sections
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
    conflict_wanted = Signal()
    acted = Signal(str)  # an action of the key table
    left = Signal()  # a field is done with: the keys answer again
    templates_wanted = Signal(object)  # SidePane
    product_named = Signal(str, str)  # its id where it is renamed, its name

    def __init__(
        self,
        desk: Desk,
        session: Session,
        page: QWidget,
        *,
        proving: Proving,
        reasons: ReasonBar,
        recording: Recording,
    ) -> None:
        super().__init__(page)
        self._recording = recording
        self._desk = desk
        self._session = session
        self._page = page
        self._photos = proving.photos
        self._proving = proving
        self._reasons = reasons
        self._interviewing = Interviewing(desk, session)
        self._names: list[str] = []
        self._place: Mapping[str, str] = {}
        self._product = WHOLE_UNIT
        self._stacked = False
        self._spot: Spot | None = None
        self._grid: ProductGrid | None = None
        self._products_shown: bool | None = None  # as the assessor folded them
        self.pane: IndicatorPane | None = None
        # One pane after another stands in it: a widget that a scroll area is given or gives up
        # is styled anew with all that is in it, which took as long as to build it.
        self._held = QWidget()
        self._holding = QVBoxLayout(self._held)
        self._holding.setContentsMargins(0, 0, 0, 0)
        self.area = scrolling(self._held, "checklist.middle")
        self.below = QVBoxLayout()

    def build(self, spot: Spot, *, codes: tuple[str, ...]) -> IndicatorPane:
        """The pane of a spot, in the place of the last one; `codes` are what is asked."""
        self._look_at(spot)
        place = codes.index(spot.code) + 1 if spot.code in codes else 1
        around = Around(self._desk, self._session, spot, self._recording, self._page)
        pane = IndicatorPane(
            self._desk,
            spot.indicator,
            spot.seen(),
            variable=self._desk.words.of(spot.variable()),
            place=self._desk.say("checklist.place", place=place, count=len(codes)),
            subjects=self._names,
            subject=spot.subject,
            sections=Sections(around),
            parent=self._held,
        )
        pane.recorded.connect(lambda side, fields: self.recorded.emit(self._place, side, fields))
        pane.subject_chosen.connect(self.subject_chosen)
        pane.conflict_wanted.connect(self.conflict_wanted)
        pane.acted.connect(self.acted)
        pane.left.connect(self.left)
        pane.products_folded.connect(self._on_products_folded)
        for side_pane in pane.panes.values():
            side_pane.templates_wanted.connect(partial(self.templates_wanted.emit, side_pane))
        pane.set_stacked(stacked=self._stacked)
        self._connect_photos(pane, spot)
        if pane.respondents is not None:
            pane.respondents.introduced.connect(self.introduced)
            pane.respondents.next_question_wanted.connect(self.next_question_wanted)
            pane.respondents.person_wanted.connect(
                lambda name: ask_for_person(self._desk, self._session, self._page, name)
            )
        self._take_away()
        self.pane = pane
        self._holding.addWidget(pane)
        pane.show()
        self._show_products(spot)
        self.below.addWidget(pane.gap)
        for part in (pane, pane.gap):
            part.lower()  # before those that are on their way out, for who looks for it by name
        return pane

    def look_at_another(self, spot: Spot) -> bool:
        """Let the pane be of another respondent of the same indicator; False where it cannot.

        What was typed of the one before must be settled: the same fields show the other's.
        """
        if self.pane is None or self.pane.respondents is None:
            return False
        self._look_at(spot)
        return True

    def set_stacked(self, *, stacked: bool) -> None:
        """Put the sides below each other from now on; what is worked on stays in sight."""
        self._stacked = stacked
        if self.pane is None:
            return
        focused = self._page.focusWidget()
        self.pane.set_stacked(stacked=stacked)
        if focused is not None and self.pane.isAncestorOf(focused):
            QTimer.singleShot(0, self.pane, partial(self.area.ensureWidgetVisible, focused))

    def outdated(self, spot: Spot) -> bool:
        """Whether a respondent was named since, or who or what is looked at is gone by an undo."""
        if spot.indicator.asked is Asked.PER_PRODUCT:
            return spot.product != self._product  # others the grid shows as they are
        return spot.names() != self._names

    def show_seen(self, spot: Spot, *, lacks_evidence: bool, editable: bool) -> None:
        """Show what is recorded now."""
        if self.pane is None:
            return
        if spot.product == self._product:
            self._place = spot.place()  # it may have another name since
        self.pane.show_seen(
            spot.seen(),
            spot.compared(),
            promised=spot.promised(),
            lacks_evidence=lacks_evidence,
            editable=editable,
        )
        conflicts = entities_in_conflict(self._session, spot.code)
        self.pane.show_conflicts(len(conflicts), editable=editable)
        self.pane.head.show_mark(
            self._session.snapshot.marks.get(spot.code, UNMARKED),
            me=self._session.me,
            owner=self._owner,
        )
        if self.pane.respondents is not None:
            self.pane.respondents.show_interviews(self._interviewing.shown(spot))
        self._fill_products(spot)
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

    def _owner(self, assessor: str) -> str:
        known = names_of_people(self._desk.workplace.store)
        return known.get(assessor, self._desk.words("people.unknown"))

    def _show_products(self, spot: Spot) -> None:
        """Products stand beside each other where there are some, unless they were folded away."""
        if self.pane is None or spot.indicator.asked is not Asked.PER_PRODUCT:
            return
        wanted = self._products_shown
        self.pane.show_products(shown=bool(spot.names()) if wanted is None else wanted)
        self._connect_products()

    def _on_products_folded(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._products_shown = shown
        self._connect_products()
        if self._spot is not None:
            self._fill_products(self._spot)

    def _connect_products(self) -> None:
        grid = self.pane.products if self.pane is not None else None
        if grid is None or grid is self._grid:
            return
        self._grid = grid
        grid.chosen.connect(self.subject_chosen)
        grid.named.connect(lambda name: self.product_named.emit("", name))
        grid.renamed.connect(self.product_named)
        grid.answered.connect(self._on_product_answered)

    def _fill_products(self, spot: Spot) -> None:
        grid = self.pane.products if self.pane is not None else None
        if grid is not None and not grid.isHidden():
            grid.show_rows(product_rows(self._desk, self._session, spot), chosen=spot.subject)

    def _on_product_answered(self, product: str, side: str, answer: str) -> None:
        place = {"indicator": self._place["indicator"]}
        named = {"product": product} if product else {}
        self.recorded.emit({**place, **named}, side, {"answer": answer})

    def _look_at(self, spot: Spot) -> None:
        self._names, self._place, self._spot = spot.names(), spot.place(), spot
        self._product = spot.product

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
        pane.web_wanted.connect(lambda side: self.prove(spot.goal(Side(side)), proving.take_web))

    def _take_away(self) -> None:
        """Remove the last pane; the keys go on working where its fields had the focus."""
        focused = self._page.focusWidget()
        left = self.pane
        if left is None:
            return
        left.blockSignals(True)  # it was settled: what its fields say when they go is no entry
        if focused is not None and (left.isAncestorOf(focused) or left.gap.isAncestorOf(focused)):
            self._page.setFocus()
        for part in (left, left.gap):
            part.hide()
            part.resize(0, 0)  # or Qt paints its place once more when it is destroyed
        self._holding.removeWidget(left)
        self.below.removeWidget(left.gap)
        for part in (left, left.gap):
            part.deleteLater()  # not at once: what replaces it may be a click of its own
