"""The third step of issuing: to whom the document went, how, and when."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QRadioButton, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Declaration, HandoverWay, VisitState
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.theme import TOUCH_TARGET_PX
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.notice import Notice, Tone

_OF_MOMENT = frozenset({"instant_in_future", "instant_unreadable", "handover_before_departure"})


class HandoverStep(Card):
    """A document may be handed over more than once; each time is recorded."""

    handover_wanted = Signal(str, object, object)  # to whom, the HandoverWay, the datetime
    spoke = Signal(object)  # something was told; the QWidget that acts should be in sight with it

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk.say("issue.handover.title"))
        self._desk = desk
        self._session = session
        self._to = line_edit("issue.handover.to")
        self._to.setText(_receiver_of(session))
        self._to.setCursorPosition(0)
        self._to_field = Field(desk.say("issue.handover.to"), self._to)
        self._ways = {way: self._way_button(way) for way in HandoverWay}
        now = desk.application.clock.now()
        self._when = MomentEdit("issue.handover.when", desk.workplace.profile.zone, at=now)
        self._when_field = Field(desk.say("issue.handover.when"), with_calendar(desk, self._when))
        self._notice = Notice(desk.tokens, "issue.handover.notice")
        self._record = primary(
            desk,
            "issue.handover",
            text=desk.say("issue.handover.record"),
            sign="handover",
            act=self._on_record,
        )
        for part in (
            quiet(desk.say("issue.handover.hint")),
            self._to_field,
            self._way_group(),
            self._when_field,
            self._notice,
            self._record,
        ):
            self.body.addWidget(part)
        if session.snapshot.visit.state in (VisitState.HANDED_OVER, VisitState.RECEIPTED):
            self._notice.tell(desk.say("issue.handover.before"), Tone.SUCCESS)

    @property
    def way(self) -> HandoverWay | None:
        """The way that is chosen."""
        return next((way for way, one in self._ways.items() if one.isChecked()), None)

    def show_recorded(self, to: str, way: HandoverWay, when: datetime) -> None:
        """Say that it was recorded; the next receiver may be another one."""
        words = self._desk.words
        way_told, moment = words(f"handover.{way.value}"), words.moment(when)
        told = self._desk.say("issue.handover.done", to=to, way=way_told, moment=moment)
        self._notice.tell(told, Tone.SUCCESS)
        self.spoke.emit(self._record)

    def show_refusal(self, problem: Problem) -> None:
        """Say what was wrong, at the field that it belongs to."""
        told = self._desk.told(problem)
        if problem.code in _OF_MOMENT:
            self._when_field.show_fault(told)
            self._when.setFocus()
        else:
            self._notice.tell(told, Tone.ERROR)
        self.spoke.emit(self._record)

    def _way_button(self, way: HandoverWay) -> QRadioButton:
        text = self._desk.say(f"issue.way.{way.value}")
        made = QRadioButton(text)
        made.setObjectName(f"issue.handover.way.{way.value}")
        group = self._desk.say("issue.handover.way")
        made.setAccessibleName(self._desk.say("issue.handover.spoken_way", group=group, way=text))
        made.setMinimumHeight(TOUCH_TARGET_PX)
        made.toggled.connect(lambda _: self._notice.clear())
        return made

    def _way_group(self) -> QWidget:
        room = QWidget()
        grid = QGridLayout(room)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(strong(self._desk.say("issue.handover.way")), 0, 0, 1, 2)
        for place, made in enumerate(self._ways.values()):
            grid.addWidget(made, 1 + place // 2, place % 2)
        return room

    def _on_record(self) -> None:
        say = self._desk.say
        self._to_field.clear_fault()
        self._when_field.clear_fault()
        self._notice.clear()
        to = self._to.text().strip()
        if not to:
            self._to_field.show_fault(say("issue.handover.nobody"))
            self._to.setFocus()
            return
        if self.way is None:
            self._notice.tell(say("issue.handover.no_way"), Tone.ERROR)
            self.spoke.emit(self._record)
            return
        now = self._desk.application.clock.now()
        departure = self._session.snapshot.visit.departure
        try:
            when = self._when.instant(now=now, not_before=departure)
        except Problem as problem:
            self.show_refusal(problem)
            return
        self.handover_wanted.emit(to, self.way, when)


def _receiver_of(session: Session) -> str:
    """Who declared to receive the document; nobody where that was refused."""
    receiver = session.snapshot.receiver
    if receiver is None or receiver.declared is not Declaration.RECEIVED:
        return ""
    return receiver.name or ""
