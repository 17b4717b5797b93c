"""The checklist of the open visit: every answer is recorded the moment it is given."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import Problem
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline import Sign
from assessor_app.ui.pages.checklist.actions import ActionBar
from assessor_app.ui.pages.checklist.indicator_pane import IndicatorPane
from assessor_app.ui.pages.checklist.keys import Keys
from assessor_app.ui.pages.checklist.outline_panel import OutlinePanel
from assessor_app.ui.pages.checklist.pausing import PauseBar
from assessor_app.ui.pages.checklist.photos import Goal, Photos
from assessor_app.ui.pages.checklist.proving import Proving
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.checklist.rows import groups, outline_rows
from assessor_app.ui.pages.checklist.score_panel import ScorePanel
from assessor_app.ui.pages.checklist.score_strip import ScoreStrip
from assessor_app.ui.pages.checklist.spot import Spot
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

_WIDE = 1240  # pixels from which all three columns have room
_OUTLINE_PX, _SCORE_PX = 280, 296
_DIGITS = "1234567890"


class ChecklistPage(QWidget):
    """Outline, indicator and score; holds which indicator, side and subject are looked at."""

    review_wanted = Signal()
    indicator_shown = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        indicator: str | None,
        *,
        photos: Photos | None = None,
    ) -> None:
        """`photos` outlives the page where it is given: what is being taken in is not dropped."""
        super().__init__()
        self.setObjectName("checklist")
        self._desk = desk
        self._session = session
        self._side = Side.PAPERWORK
        self._pane: IndicatorPane | None = None
        self._refused = False
        self._recording = Recording(desk, session, self)
        self._recording.changed.connect(self._renew)
        self._recording.refused.connect(self._tell)
        self._recording.said.connect(self.said)
        self._photos = photos or Photos(desk, session, self)
        self._photos.attached.connect(self._on_attached)
        self._photos.refused.connect(self._tell)
        self._photos.changed.connect(self._show_photos)
        self._proving = Proving(desk, self._photos, self)
        self._proving.said.connect(self.said)
        self._proving.refused.connect(self._tell)
        self._outline = OutlinePanel(desk, list(groups(desk, session)))
        self._outline.chosen.connect(self.show_indicator)
        self._score = ScorePanel(desk, session)
        self._score.review_wanted.connect(self.review_wanted)
        self._notice = Notice(desk.tokens, "checklist.notice")
        self._pause = PauseBar(desk, session)
        self._pause.paused.connect(self._on_paused)
        self._pause.resumed.connect(self._on_resumed)
        self._pause.refused.connect(self._tell)
        self._actions = ActionBar(desk)
        self._strip = ScoreStrip(desk, session)
        self._connect_actions()
        self._furnish()
        self._add_keys()
        self.hint = desk.say("checklist.keys")
        codes = self._outline.codes
        self._spot = Spot(session, indicator if indicator in codes else self._first())
        self.show_indicator(self._spot.code)

    def _connect_actions(self) -> None:
        self._actions.previous_pressed.connect(lambda: self._step(-1))
        self._actions.next_pressed.connect(lambda: self._step(1))
        self._actions.undo_pressed.connect(self._on_undo)
        self._actions.redo_pressed.connect(self._on_redo)
        self._actions.pause_pressed.connect(self._on_pause)
        self._strip.toggled.connect(self._arrange)

    def _furnish(self) -> None:
        self._middle = scrolling(QWidget(), "checklist.middle")
        middle = QVBoxLayout()
        middle.setSpacing(8)
        for bar in (self._pause, self._notice, self._strip):
            middle.addWidget(bar)
        middle.addWidget(self._middle, stretch=1)
        self._gap_place = QVBoxLayout()
        middle.addLayout(self._gap_place)
        middle.addWidget(self._actions)
        self._outline.setFixedWidth(_OUTLINE_PX)
        self._score.setFixedWidth(_SCORE_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._outline)
        row.addLayout(middle, stretch=1)
        row.addWidget(self._score)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Three columns where they have room; else the score may take the outline's place."""
        wide = self.width() >= _WIDE
        self._strip.setVisible(not wide)
        score = wide or self._strip.open
        self._score.setVisible(score)
        self._outline.setVisible(wide or not score)

    # Where the assessor is

    @property
    def session(self) -> Session:
        return self._session

    @property
    def code(self) -> str:
        """The indicator that is looked at."""
        return self._spot.code

    def show_indicator(self, code: str) -> None:
        """Look at an indicator; what was typed at the last one is recorded first.

        Where that is refused, the assessor stays with it.
        """
        if self._pane is not None:
            if code == self.code:
                return
            if not self.settle():
                self._outline.show_current(self.code)
                return
            self._spot.move_to(code)
            self._notice.clear()
        self._build_pane()
        self._outline.show_current(code)
        self.indicator_shown.emit(code)

    def settle(self) -> bool:
        """Record all that is typed and not recorded yet; False where something was refused."""
        self._refused = False
        settled = self._pane is None or self._pane.settle()
        return settled and not self._refused

    def _first(self) -> str:
        """Where to begin: the first indicator with an open side."""
        codes = self._outline.codes
        return next((code for code in codes if not self._outline.row(code).settled), codes[0])

    # What is recorded

    def _on_recorded(
        self, place: Mapping[str, str], side: str, fields: Mapping[str, object]
    ) -> None:
        if self._recording.record(place, side, fields) is not None:
            self._notice.clear()
            return
        self._refused = True
        if self._pane is not None:
            self._pane.refuse(Side(side), fields)
        self._show_seen()  # what is shown as chosen is what is recorded

    def _on_attached(self, _: Goal, done: Done) -> None:
        self._recording.tell_saved(done)

    def _on_undo(self) -> None:
        self._turn_back(self._recording.undo)

    def _on_redo(self) -> None:
        self._turn_back(self._recording.redo)

    def _turn_back(self, act: Callable[[], Done | None]) -> None:
        """Take back or give back an action, and look at where it was."""
        if not self.settle():
            return
        done = act()
        if done is None:
            return
        touched = [code for code in self._outline.codes if code in done.indicators]
        if touched and self.code not in touched:
            self.show_indicator(touched[0])

    def _tell(self, problem: Problem) -> None:
        """What went wrong, at the head of the page; what is recorded stays as it is."""
        self._notice.tell(self._desk.told(problem), Tone.ERROR)

    # What is shown anew

    def _renew(self, done: Done) -> None:
        """Show anew what an action touched, and only that."""
        self._outline.renew(outline_rows(self._desk, self._session, done.indicators))
        self._show_seen()
        self._score.show_score()
        self._strip.show_score()
        if self._spot.names() != self._names_shown:
            self._build_pane()  # a product or respondent was named, or is gone by an undo

    def _show_seen(self) -> None:
        if self._pane is None:
            return
        editable = self._session.snapshot.takes_answers
        self._pane.show_seen(
            self._spot.seen(),
            self._spot.compared(),
            lacks_evidence=self._outline.row(self.code).lacks_evidence,
            editable=editable,
        )
        self._show_photos()
        undo, redo = self._recording.next_actions()
        self._actions.show_actions(undo=undo, redo=redo, editable=editable)

    def _show_photos(self) -> None:
        if self._pane is None:
            return
        for side in self._spot.indicator.sides:
            items = self._session.snapshot.evidence_for(self._spot.key(side))
            pending = self._photos.pending(self._spot.goal(side))
            self._pane.show_thumbs(side, self._photos.thumbs(items), pending=pending)

    def _build_pane(self) -> None:
        """The pane of the current indicator, in the place of the last one."""
        spot, codes = self._spot, self._outline.codes
        self._names_shown = spot.names()
        say = self._desk.say
        pane = IndicatorPane(
            self._desk,
            spot.indicator,
            spot.seen(),
            variable=self._desk.words.of(spot.variable()),
            place=say("checklist.place", place=codes.index(spot.code) + 1, count=len(codes)),
            subjects=self._names_shown,
            subject=spot.subject,
        )
        pane.recorded.connect(partial(self._on_recorded, spot.place()))
        proving = self._proving
        pane.photos_wanted.connect(lambda side: proving.choose(spot.goal(Side(side))))
        pane.files_dropped.connect(
            lambda side, files: proving.take_files(spot.goal(Side(side)), files)
        )
        pane.image_pasted.connect(
            lambda side, image: proving.take_image(spot.goal(Side(side)), image)
        )
        pane.photo_opened.connect(proving.open)
        pane.subject_chosen.connect(self._on_subject)
        self._pane = pane
        self._take_away()
        self._middle.setWidget(pane)
        self._gap_place.addWidget(pane.gap)
        if self._side not in spot.indicator.sides:
            self._side = spot.indicator.sides[0]
        pane.show_active(self._side)
        self._show_seen()

    def _take_away(self) -> None:
        """Remove the last pane; the keys go on working where its fields had the focus."""
        focused = self.focusWidget()
        left = self._middle.takeWidget()
        if not isinstance(left, IndicatorPane):  # the first: an empty place
            left.deleteLater()
            return
        left.blockSignals(True)  # it was settled: what its fields say when they go is no entry
        if focused is not None and (left.isAncestorOf(focused) or left.gap.isAncestorOf(focused)):
            self.setFocus()
        self._gap_place.removeWidget(left.gap)
        left.gap.hide()
        for part in (left, left.gap):
            part.deleteLater()  # not at once: what replaces it may be a click of its own

    def _on_subject(self, name: str) -> None:
        if self.settle():
            self._spot.choose(name)
        self._build_pane()

    # Keys and ways

    def _add_keys(self) -> None:
        keys = Keys(self)
        for digit in _DIGITS:
            keys.plain(digit, partial(self._on_digit, digit))
        for key, by in (("Up", -1), ("Down", 1)):
            keys.plain(key, partial(self._step, by))
        for key, side in (("Left", Side.PAPERWORK), ("Right", Side.PRACTICE)):
            keys.plain(key, partial(self._go_to_side, side))
        keys.plain("N", self._on_note)
        keys.plain("Ctrl+V", lambda: self._proving.paste(self._spot.goal(self._side)))
        keys.always("Esc", self._on_escape)
        keys.always("Ctrl+Return", lambda: self._step(1))
        keys.always("Ctrl+Shift+Return", self._on_next_open)
        keys.always("Ctrl+F", self._outline.search)
        keys.always("Ctrl+B", lambda: self._proving.choose(self._spot.goal(self._side)))
        keys.always("Ctrl+Z", self._on_undo)
        keys.always("Ctrl+Shift+Z", self._on_redo)
        keys.always("Ctrl+R", self.review_wanted.emit)

    def _on_digit(self, digit: str) -> None:
        if self._pane is not None and self._pane.isEnabled():
            self._pane.panes[self._side].choose_by_key(digit)

    def _on_note(self) -> None:
        if self._pane is not None:
            self._pane.panes[self._side].write_note()

    def _on_escape(self) -> None:
        """Back from a field to the keys; what is typed in it is recorded, a search ends."""
        self.settle()
        self._outline.end_search()
        self.setFocus()

    def point_out(self) -> None:
        """Lead to what is missing at this indicator: the proof of a gap, or an open side."""
        if self._pane is None:
            return
        row = self._outline.row(self.code)
        if row.lacks_evidence:
            self._pane.gap.reason.setFocus()
            return
        for side, sign in ((Side.PAPERWORK, row.paper), (Side.PRACTICE, row.practice)):
            if sign is Sign.OPEN:
                self._go_to_side(side)
                return

    def _go_to_side(self, side: Side) -> None:
        if self._pane is not None and side in self._pane.panes:
            self._side = side
            self._pane.show_active(side)

    def _step(self, by: int) -> None:
        code = self._outline.step(self.code, by)
        if code is not None:
            self.show_indicator(code)
        elif by > 0:
            self.said.emit(self._desk.say("checklist.last"))

    def _on_next_open(self) -> None:
        code = self._outline.next_open(self.code)
        if code is None:
            self.said.emit(self._desk.say("checklist.all_settled"))
        else:
            self.show_indicator(code)

    def _on_pause(self) -> None:
        if self.settle():
            self._pause.ask()

    def _on_paused(self) -> None:
        self._show_seen()
        self.said.emit(self._desk.say("pause.paused"))

    def _on_resumed(self) -> None:
        self._notice.clear()
        self._show_seen()
        self.said.emit(self._desk.say("pause.resumed"))
