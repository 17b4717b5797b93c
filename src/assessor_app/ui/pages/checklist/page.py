"""The checklist of the open visit: every answer is recorded the moment it is given."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import Problem
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.actions import ActionBar
from assessor_app.ui.pages.checklist.active_side import ActiveSide
from assessor_app.ui.pages.checklist.columns import Columns
from assessor_app.ui.pages.checklist.indicator_pane import IndicatorPane
from assessor_app.ui.pages.checklist.keys import Keys
from assessor_app.ui.pages.checklist.looking import Looking
from assessor_app.ui.pages.checklist.outline_panel import OutlinePanel
from assessor_app.ui.pages.checklist.pane_place import PanePlace
from assessor_app.ui.pages.checklist.pausing import PauseBar
from assessor_app.ui.pages.checklist.photos import Goal, Photos
from assessor_app.ui.pages.checklist.proving import Proving
from assessor_app.ui.pages.checklist.reasons import LETTER_KEYS
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.checklist.rows import groups, outline_rows
from assessor_app.ui.pages.checklist.score_panel import ScorePanel
from assessor_app.ui.pages.checklist.score_strip import ScoreStrip
from assessor_app.ui.pages.checklist.spot import Spot
from assessor_app.ui.pages.checklist.walking import Walking
from assessor_app.ui.pages.parts.reason_bar import ReasonBar
from assessor_app.ui.widgets.notice import Notice, Tone

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
        self._refused = False
        self._reasons = ReasonBar(desk, session, "checklist.reason")
        self._recording = Recording(desk, session, self, reasons=self._reasons)
        self._photos = photos or Photos(desk, session, self)
        self._proving = Proving(desk, self._photos, self)
        self._place = PanePlace(desk, session, self, proving=self._proving, reasons=self._reasons)
        self._looking = Looking(desk, session, self)
        self._active = ActiveSide(self._place, self._recording)
        self._outline = OutlinePanel(desk, list(groups(desk, session)))
        self._walking = Walking(desk, session, self._outline)
        self._score = ScorePanel(desk, session)
        self._notice = Notice(desk.tokens, "checklist.notice")
        self._pause = PauseBar(desk, session)
        self._actions = ActionBar(desk)
        self._strip = ScoreStrip(desk, session)
        self._connect_record()
        self._connect_ways()
        self._furnish()
        self._add_keys()
        self.hint = desk.say("checklist.keys")
        known = indicator in self._outline.codes
        self._spot = Spot(session, indicator if known and indicator else self._walking.first())
        if self._photos.waits:
            self._on_photo_waits()
        self.show_indicator(self._spot.code)

    @property
    def _pane(self) -> IndicatorPane | None:
        return self._place.pane

    def _connect_record(self) -> None:
        """What is done to the record, and what is said of it."""
        self._recording.changed.connect(self._renew)
        self._photos.attached.connect(self._on_attached)
        self._proving.redacted.connect(self._recording.tell_saved)
        self._photos.changed.connect(self._show_photos)
        self._pause.changed.connect(self._on_pause_changed)
        self._place.recorded.connect(self._on_recorded)
        self._place.introduced.connect(self._on_introduced)
        self._photos.reason_wanted.connect(self._on_photo_waits)
        self._reasons.given.connect(self._on_reason_given)
        self._reasons.dropped.connect(self._build_pane)
        both = (self._recording, self._proving, self._pause, self._reasons)
        for refusing in (*both, self._photos):
            refusing.refused.connect(self._tell)
        for saying in (*both, self._walking):
            saying.said.connect(self.said)

    def _connect_ways(self) -> None:
        """What leads on from here."""
        self._outline.chosen.connect(self.show_indicator)
        self._walking.wanted.connect(self.show_indicator)
        self._score.review_wanted.connect(self.review_wanted)
        self._place.subject_chosen.connect(self._on_subject)
        self._place.next_question_wanted.connect(self._on_next_question)
        self._looking.resolved.connect(self._recording.tell_saved)
        self._place.history_wanted.connect(self._on_history)
        self._place.conflict_wanted.connect(self._on_conflict)
        self._actions.previous_pressed.connect(partial(self._step, -1))
        self._actions.next_pressed.connect(partial(self._step, 1))
        self._actions.undo_pressed.connect(partial(self._turn_back, self._recording.undo))
        self._actions.redo_pressed.connect(partial(self._turn_back, self._recording.redo))
        self._actions.pause_pressed.connect(self._on_pause)

    def _furnish(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(8)
        for bar in (self._pause, self._notice, self._reasons, self._strip):
            middle.addWidget(bar)
        middle.addWidget(self._place.area, stretch=1)
        middle.addLayout(self._place.below)
        middle.addWidget(self._actions)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Columns(self._outline, middle, self._score, strip=self._strip))

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
        self._outline.show_current(code)
        self._build_pane()
        self.indicator_shown.emit(code)

    def take_over(self, before: QWidget) -> None:
        """Stand where the same page stood in another language or other colours."""
        if isinstance(before, ChecklistPage):
            self._active.side = before.side
            self._spot.take_over(before.spot)
            self._build_pane()
            self._reasons.take_over(before.reasons)

    @property
    def side(self) -> Side:
        """The side that the answer keys act upon."""
        return self._active.side

    @property
    def spot(self) -> Spot:
        return self._spot

    @property
    def reasons(self) -> ReasonBar:
        return self._reasons

    def settle(self) -> bool:
        """Record all that is typed and not recorded yet; False where something was refused."""
        self._refused = False
        settled = self._pane is None or self._pane.settle()
        return self._reasons.settle() and settled and not self._refused

    # What is recorded

    def _on_recorded(
        self, place: Mapping[str, str], side: str, fields: Mapping[str, object]
    ) -> None:
        if "not_applicable_reason" in fields:
            place = self._spot.whole()  # it holds whoever is asked
        if self._recording.record(place, side, fields) is not None:
            self._notice.clear()
            return
        self._refused = True
        if self._pane is not None:
            self._pane.refuse(Side(side), fields)
        self._show_seen()  # what is shown as chosen is what is recorded

    def _on_attached(self, _: Goal, done: Done) -> None:
        self._recording.tell_saved(done)

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
        self._score.show_score()
        self._strip.show_score()
        if self._place.outdated(self._spot) and not self._place.look_at_another(self._spot):
            self._build_pane()
        else:
            self._show_seen()

    def _show_seen(self) -> None:
        editable = self._session.snapshot.takes_answers
        lacks_evidence = self._outline.row(self.code).lacks_evidence
        self._place.show_seen(self._spot, lacks_evidence=lacks_evidence, editable=editable)
        undo, redo = self._recording.next_actions()
        self._actions.show_actions(undo=undo, redo=redo, editable=editable)

    def _show_photos(self) -> None:
        self._place.show_photos(self._spot)

    def _build_pane(self) -> None:
        """The pane of the current indicator, in the place of the last one."""
        self._place.build(self._spot, codes=self._outline.asked)
        self._active.show(self._spot)
        self._show_seen()

    def _on_subject(self, name: str) -> None:
        if self.settle():
            self._spot.choose(name)
        self._show_subject()

    def _show_subject(self) -> None:
        """Show what is recorded of the product or respondent that is looked at now."""
        if self._place.look_at_another(self._spot):
            self._show_seen()
            self.setFocus()  # a digit is an answer again, and chooses nothing in the list
        else:
            self._build_pane()

    # Interviews

    def _on_introduced(self, name: str, post: str, substitute: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Somebody new is asked from the first question on, once the last one was asked all."""
        if not self.settle():
            return
        new = name not in self._spot.names()
        walked = new and self._walking.walked(self._spot)
        done = self._recording.introduce(name, post=post or None, substitute=substitute)
        if done is None:
            return
        self._spot.choose(name)
        questions = self._spot.questions()
        if walked and questions and questions[0] != self.code:
            self.show_indicator(questions[0])
        else:
            self._show_subject()

    def _on_next_question(self) -> None:
        self._walking.next_question(self._spot)

    def _on_next_respondent(self) -> None:
        if self._pane is not None and self._pane.respondents is not None:
            self._pane.respondents.add_next()

    # Keys and ways

    def _add_keys(self) -> None:
        keys = Keys(self)
        for digit in _DIGITS:
            keys.plain(digit, partial(self._active.answer, digit))
        for letter in LETTER_KEYS:
            keys.plain(letter, partial(self._active.answer, letter))
        keys.plain("+", self._on_next_respondent)
        keys.always("Ctrl+Right", self._on_next_question)
        for key, by in (("Up", -1), ("Down", 1)):
            keys.plain(key, partial(self._step, by))
        for key, side in (("Left", Side.PAPERWORK), ("Right", Side.PRACTICE)):
            keys.plain(key, partial(self._active.go_to, side))
        keys.plain("N", self._active.write_note)
        keys.plain("Ctrl+V", lambda: self._prove(self._proving.paste))
        keys.always("Esc", self._on_escape)
        keys.always("Ctrl+Return", partial(self._step, 1))
        keys.always("Ctrl+Shift+Return", self._on_next_open)
        keys.always("Ctrl+F", self._outline.search)
        keys.always("Ctrl+B", lambda: self._prove(self._proving.choose))
        keys.always("Ctrl+Z", partial(self._turn_back, self._recording.undo))
        keys.always("Ctrl+Shift+Z", partial(self._turn_back, self._recording.redo))
        keys.always("Ctrl+R", self.review_wanted.emit)
        keys.always("Ctrl+H", self._on_history)

    def _prove(self, act: Callable[[Goal], None]) -> None:
        self._active.prove(self._spot, lambda goal: self._place.prove(goal, act))

    def _on_escape(self) -> None:
        """Back from a field to the keys; what is typed in it is recorded, a search ends."""
        self.settle()
        self._outline.end_search()
        self.setFocus()

    def point_out(self) -> None:
        """Lead to what is missing at this indicator: the proof of a gap, or an open side."""
        self._active.point_out(self._outline.row(self.code))

    def _step(self, by: int) -> None:
        self._walking.step(self.code, by)

    def _on_next_open(self) -> None:
        self._walking.next_open(self.code)

    def _on_pause(self) -> None:
        if self.settle():
            self._pause.ask()

    def _on_history(self) -> None:
        self.settle()  # what was refused is no part of the record, and stays as it is
        self._looking.look_back(self.code)

    def _on_conflict(self) -> None:
        """Compare what two devices recorded here; what is typed is recorded first."""
        if self.settle():
            self._looking.compare(self.code)

    def _on_reason_given(self) -> None:
        """What waited is recorded: the fields that held it are not marked any more."""
        self._notice.clear()
        if self._pane is not None:
            self._pane.settle()
        self._show_seen()
        self.setFocus()  # a digit is an answer again

    def _on_photo_waits(self) -> None:
        what = self._desk.say("reason.photo")
        self._reasons.wait_with("photos", what, self._photos.attach_waiting)

    def _on_pause_changed(self) -> None:
        self._notice.clear()
        self._reasons.show_state()
        self._show_seen()
