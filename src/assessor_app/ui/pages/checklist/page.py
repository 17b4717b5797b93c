"""The checklist of the open visit: every answer is recorded the moment it is given."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import Problem
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline_row import MatrixCell
from assessor_app.ui.pages.checklist.actions import ActionBar
from assessor_app.ui.pages.checklist.active_side import ActiveSide
from assessor_app.ui.pages.checklist.acts import acts
from assessor_app.ui.pages.checklist.columns import Columns, Room
from assessor_app.ui.pages.checklist.evidence_acts import EvidenceActs
from assessor_app.ui.pages.checklist.follow_up_adding import Adding
from assessor_app.ui.pages.checklist.gathering import Gathering
from assessor_app.ui.pages.checklist.indicator_pane import IndicatorPane
from assessor_app.ui.pages.checklist.introducing import Introducing
from assessor_app.ui.pages.checklist.keys import Keys
from assessor_app.ui.pages.checklist.landing_ways import landing_of
from assessor_app.ui.pages.checklist.looking import Looking
from assessor_app.ui.pages.checklist.marking import Marking
from assessor_app.ui.pages.checklist.outline_panel import OutlinePanel
from assessor_app.ui.pages.checklist.pane_place import PanePlace
from assessor_app.ui.pages.checklist.pausing import PauseBar
from assessor_app.ui.pages.checklist.photos import Photos
from assessor_app.ui.pages.checklist.proving import Proving
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.checklist.rows import OutlineRows
from assessor_app.ui.pages.checklist.score_panel import ScorePanel
from assessor_app.ui.pages.checklist.score_strip import ScoreStrip
from assessor_app.ui.pages.checklist.spot import Spot
from assessor_app.ui.pages.checklist.subjects import Subjects
from assessor_app.ui.pages.checklist.templates import Templates
from assessor_app.ui.pages.checklist.walking import Walking
from assessor_app.ui.pages.parts.reason_bar import ReasonBar
from assessor_app.ui.widgets.notice import Notice, Tone


class ChecklistPage(QWidget):
    """Outline, indicator and score; holds which indicator, side and subject are looked at.

    What its keys do stands in acts.py; what leads on is wired in `_connect_ways`.
    """

    review_wanted = Signal()
    interviews_wanted = Signal()
    trials_wanted = Signal()
    pictures_wanted = Signal()
    indicator_shown = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        indicator: str | None,
        *,
        photos: Photos | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`photos` outlives the page where it is given: what is being taken in is not dropped.

        What is built within `parent` from the start is not styled again when it comes there.
        """
        super().__init__(parent)
        self.setObjectName("checklist")
        self._desk = desk
        self._session = session
        self._refused = False
        self.reasons = ReasonBar(desk, session, "checklist.reason")
        self.recording = Recording(desk, session, self, reasons=self.reasons)
        self._photos = photos or Photos(desk, session, self)
        self.evidence_acts = EvidenceActs(desk, session, self.recording)
        self.proving = Proving(desk, self._photos, self, acts=self.evidence_acts)
        self.place = PanePlace(
            desk,
            session,
            self,
            proving=self.proving,
            reasons=self.reasons,
            recording=self.recording,
        )
        self.looking = Looking(desk, session, self)
        self.active = ActiveSide(self.place, self.recording)
        self._rows = OutlineRows(desk, session)
        self.outline = OutlinePanel(desk, list(self._rows.groups()))
        self.walking = Walking(desk, session, self.outline)
        self.marking = Marking(desk, session, self.recording, parent=self)
        self.templates = Templates(desk, self)
        self._score = ScorePanel(desk, session)
        self._notice = Notice(desk.tokens, "checklist.notice")
        self.landing = landing_of(self, self._photos)
        self._pause = PauseBar(desk, session)
        self.actions_bar = ActionBar(desk)
        self._strip = ScoreStrip(desk, session)
        self.introducing = Introducing(self)
        self.subjects = Subjects(self)
        self._connect_record()
        self._furnish()
        self._connect_ways()
        Keys(self, acts(self))
        self.hint = desk.say("checklist.keys")
        known = indicator in self.outline.codes
        self._spot = Spot(session, indicator if known and indicator else self.walking.first())
        if self._photos.waits:
            self._on_photo_waits()
        self.show_indicator(self._spot.code)

    @property
    def pane(self) -> IndicatorPane | None:
        """The pane of the indicator that is looked at; None before the first."""
        return self.place.pane

    def _connect_record(self) -> None:
        """What is done to the record, and what is said of it."""
        self.recording.changed.connect(self._renew)
        gathering = Gathering(self)
        self._photos.attached.connect(gathering.add)
        gathering.told.connect(self.recording.tell_saved)
        self.proving.redacted.connect(self.recording.tell_saved)
        self._photos.changed.connect(self._show_photos)
        self._pause.changed.connect(self._on_pause_changed)
        self.place.recorded.connect(self._on_recorded)
        self.place.introduced.connect(self.introducing.introduce)
        self._photos.reason_wanted.connect(self._on_photo_waits)
        self.reasons.given.connect(self._on_reason_given)
        self.reasons.dropped.connect(self.build_pane)
        both = (self.recording, self.proving, self._pause, self.reasons)
        self._photos.refused.connect(self._tell_of_photo)
        for refusing in (*both, self.marking, self.templates):
            refusing.refused.connect(self._tell)
        for saying in (*both, self.walking, self.templates):
            saying.said.connect(self.said)

    def _connect_ways(self) -> None:
        """What leads on from here."""
        self.outline.chosen.connect(self._on_chosen)
        self.walking.wanted.connect(self.show_indicator)
        self._score.review_wanted.connect(self.review_wanted)
        Adding(self._desk, self._session, self, panel=self._score)
        self._score.cell_chosen.connect(self.filter_class)
        self.outline.narrowed.connect(lambda wanted: self._score.show_cell(wanted.cell))
        self.columns.room_changed.connect(self._on_room)
        self.looking.resolved.connect(self.recording.tell_saved)
        place, doing = self.place, acts(self)
        place.subject_chosen.connect(self.subjects.choose)
        place.next_question_wanted.connect(self.introducing.next_question)
        place.conflict_wanted.connect(self._on_conflict)
        place.left.connect(self.setFocus)
        place.templates_wanted.connect(self.templates.ask)
        place.product_named.connect(self.subjects.name_product)
        for wanted in (place.acted, self.actions_bar.acted):
            wanted.connect(lambda name: doing[name](""))

    def _furnish(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(8)
        for bar in (self._pause, self._notice, self.reasons, self.landing):
            middle.addWidget(bar)
        head = QHBoxLayout()
        head.setSpacing(8)
        middle.addLayout(head)
        middle.addWidget(self.place.area, stretch=1)
        middle.addLayout(self.place.below)
        middle.addWidget(self.actions_bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.columns = Columns(
            self._desk, self.outline, middle, score=self._score, strip=self._strip, parent=self
        )
        head.addWidget(self.columns.menu)
        head.addWidget(self._strip, stretch=1)
        whole.addWidget(self.columns)

    # Where the assessor is

    @property
    def desk(self) -> Desk:
        return self._desk

    @property
    def session(self) -> Session:
        return self._session

    @property
    def code(self) -> str:
        """The indicator that is looked at."""
        return self._spot.code

    @property
    def side(self) -> Side:
        """The side that the answer keys act upon."""
        return self.active.side

    @property
    def spot(self) -> Spot:
        return self._spot

    def show_indicator(self, code: str) -> None:
        """Look at an indicator; what was typed at the last one is recorded first.

        Where that is refused, the assessor stays with it.
        """
        if self.pane is not None:
            if code == self.code:
                return
            if not self.settle():
                self.outline.show_current(self.code)
                return
            self._spot.move_to(code)
            self._notice.clear()
        self.outline.show_current(code)
        self.build_pane()
        self.landing.left_the_indicator()
        self.indicator_shown.emit(code)

    def take_over(self, before: QWidget) -> None:
        """Stand where the same page stood in another language or other colours."""
        if isinstance(before, ChecklistPage):
            self.active.side = before.side
            self._spot.take_over(before.spot)
            self.outline.stand_as(before.outline.narrowing)
            self.build_pane()
            self._take_over_sides(before.pane)
            self.reasons.take_over(before.reasons)

    def _take_over_sides(self, before: IndicatorPane | None) -> None:
        if before is None or self.pane is None:
            return
        for side, pane in self.pane.panes.items():
            if side in before.panes:
                pane.take_over(before.panes[side])

    def settle(self) -> bool:
        """Record all that is typed and not recorded yet; False where something was refused."""
        self._refused = False
        settled = self.pane is None or self.pane.settle()
        return self.reasons.settle() and settled and not self._refused

    def filter_class(self, cell: MatrixCell | None) -> None:
        """Narrow the outline to a place of the gap matrix (row, column); None ends that."""
        self.outline.filter_class(cell)
        self.columns.show_outline_after_score()

    def point_out(self) -> None:
        """Lead to what is missing at this indicator: the proof of a gap, or an open side."""
        self.active.point_out(self.outline.row(self.code))

    # What is recorded

    def _on_recorded(
        self, place: Mapping[str, str], side: str, fields: Mapping[str, object]
    ) -> None:
        if "not_applicable_reason" in fields:
            place = self._spot.whole()  # it holds whoever is asked
        if self.recording.record(place, side, fields) is not None:
            self._notice.clear()
            return
        self._refused = True
        if self.pane is not None:
            self.pane.refuse(Side(side), fields)
        self.show_seen()  # what is shown as chosen is what is recorded

    def turn_back(self, act: Callable[[], Done | None]) -> None:
        """Take back or give back an action, and look at where it was."""
        if not self.settle():
            return
        done = act()
        if done is None:
            return
        touched = [code for code in self.outline.codes if code in done.indicators]
        if touched and self.code not in touched:
            self.show_indicator(touched[0])

    def show_done(self, done: Done) -> None:
        """Show what was recorded from outside of the page, by the stopwatch over it."""
        self.recording.tell_saved(done)

    def _tell_of_photo(self, problem: Problem) -> None:
        """Of several files the landing bar tells at the end which did not go in."""
        if self._photos.incoming.progress.total <= 1:
            self._tell(problem)

    def _tell(self, problem: Problem) -> None:
        """What went wrong, at the head of the page; what is recorded stays as it is."""
        self._notice.tell(self._desk.told(problem), Tone.ERROR)

    # What is shown anew

    def _renew(self, done: Done) -> None:
        """Show anew what an action touched, and only that."""
        self.outline.renew(self._rows.of(done.indicators))
        self._score.show_score()
        self._strip.show_score()
        if self.place.outdated(self._spot) and not self.place.look_at_another(self._spot):
            self.build_pane()
        else:
            self.show_seen()

    def show_seen(self) -> None:
        """Show what is recorded now of what is looked at."""
        editable = self._session.snapshot.takes_answers
        lacks_evidence = self.outline.row(self.code).lacks_evidence
        self.place.show_seen(self._spot, lacks_evidence=lacks_evidence, editable=editable)
        undo, redo = self.recording.next_actions()
        self.actions_bar.show_actions(undo=undo, redo=redo, editable=editable)

    def _show_photos(self) -> None:
        self.place.show_photos(self._spot)

    def build_pane(self) -> None:
        """The pane of the current indicator, in the place of the last one."""
        self.place.build(self._spot, codes=self.outline.asked)
        self.active.show(self._spot)
        self.show_seen()

    # What leads on

    def _on_chosen(self, code: str) -> None:
        """Tapped in the outline: what covers the indicator goes."""
        self.show_indicator(code)
        self.columns.close_drawers()

    def leave(self) -> None:
        """Back from a field to the keys; what is typed in it is recorded, a search ends."""
        if self.columns.close_drawers():
            return
        self.settle()
        self.outline.end_search()
        self.setFocus()

    def pause(self) -> None:
        if self.settle():
            self._pause.ask()

    def _on_conflict(self) -> None:
        """Compare what two devices recorded here; what is typed is recorded first."""
        if self.settle():
            self.looking.compare(self.code)

    def _on_room(self, room: Room) -> None:
        self.place.set_stacked(stacked=room is Room.STACKED)
        self.actions_bar.set_narrow(narrow=room is Room.STACKED)

    def _on_reason_given(self) -> None:
        """What waited is recorded: the fields that held it are not marked any more."""
        self._notice.clear()
        if self.pane is not None:
            self.pane.settle()
        self.show_seen()
        self.setFocus()  # a digit is an answer again

    def _on_photo_waits(self) -> None:
        what = self._desk.say("reason.photo")
        self.reasons.wait_with("photos", what, self._photos.attach_waiting)

    def _on_pause_changed(self) -> None:
        self._notice.clear()
        self.reasons.show_state()
        self.show_seen()
        self.landing.show_all()
