"""The third step of issuing: to whom the document went, how, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QRadioButton, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import (
    Declaration,
    Document,
    HandoverWay,
    VisitKind,
    VisitState,
)
from assessor_app.services import handing_over
from assessor_app.services.enrolment import Workplace
from assessor_app.services.first_choices import can_be_followed
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.sticks import sticks
from assessor_app.ui.pages.parts.asking import percents
from assessor_app.ui.pages.parts.beside import Beside, with_calendar
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import TOUCH_TARGET_PX, icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.notice import Notice, Tone

WHOLE = "100"
"""What the work of a hand-over tells once the stick holds all of it: it goes to its end then."""

_OF_MOMENT = frozenset({"instant_in_future", "instant_unreadable", "handover_before_departure"})
_OF_STICK = frozenset(
    {
        "stick_folder_missing",
        "disk_full",
        "not_writable",
        "file_failed",
        "stick_gone",
        "stick_wrote_otherwise",
    }
)


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over as it is to be recorded; `onto` is the stick that it is written to, if it is.

    Without a `document` it is of the one that was made last.
    """

    to: str
    way: HandoverWay
    when: datetime
    onto: Path | None = None
    document: Document | None = None


class HandoverStep(Card):
    """A document may be handed over more than once; each time is recorded."""

    handover_wanted = Signal(object)  # the Handover
    next_office_wanted = Signal()
    following_wanted = Signal(object)  # the VisitKind of the visit that follows this one
    spoke = Signal(object)  # something was told; the QWidget that acts should be in sight with it

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk.say("issue.handover.title"))
        self._desk = desk
        self._session = session
        self._to = line_edit("issue.handover.to")
        self._to.setText(_receiver_of(session))
        self._to.setCursorPosition(0)
        self._to_field = Field(desk.say("issue.handover.to"), self._to)
        self._stick, self._stick_field = self._stick_line()
        self._ways = {way: self._way_button(way) for way in HandoverWay}
        now = desk.application.clock.now()
        self._when = MomentEdit("issue.handover.when", desk.workplace.profile.zone, at=now)
        self._when_field = Field(desk.say("issue.handover.when"), with_calendar(desk, self._when))
        self._notice = Notice(desk.tokens, "issue.handover.notice")
        self._notice.acted.connect(self.next_office_wanted)
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
            self._stick_field,
            self._when_field,
            self._notice,
            self._record,
            self._following(),
        ):
            self.body.addWidget(part)
        done = session.snapshot.visit.state in (VisitState.HANDED_OVER, VisitState.RECEIPTED)
        self._next.setVisible(done and can_be_followed(session.snapshot.visit))
        if done:
            before, on = desk.say("issue.handover.before"), desk.say("listing.next_office")
            self._notice.tell(before, Tone.SUCCESS, action=on)

    @property
    def way(self) -> HandoverWay | None:
        """The way that is chosen."""
        return next((way for way, one in self._ways.items() if one.isChecked()), None)

    def show_recorded(self, handover: Handover, folder: Path | None) -> None:
        """Say that it was recorded; the next receiver may be another one."""
        words, say = self._desk.words, self._desk.say
        told = say(
            "issue.handover.done",
            to=handover.to,
            way=words(f"handover.{handover.way.value}"),
            moment=words.moment(handover.when),
        )
        if folder is not None:
            told = f"{say('handing.written', folder=folder)} {told}"
        self._notice.tell(told, Tone.SUCCESS, action=say("listing.next_office"))
        self._next.setVisible(can_be_followed(self._session.snapshot.visit))
        self.spoke.emit(self._record)

    def show_refusal(self, problem: Problem) -> None:
        """Say what was wrong, at the field that it belongs to."""
        told = self._desk.told(problem)
        if problem.code in _OF_MOMENT:
            self._when_field.show_fault(told)
            self._when.setFocus()
        elif problem.code in _OF_STICK and self.way is HandoverWay.USB:
            self._stick_field.show_fault(told)
            self._stick.setFocus()
        else:
            self._notice.tell(told, Tone.ERROR)
        self.spoke.emit(self._record)

    def show_stopped(self, told: str) -> None:
        """Say that it was broken off: nothing stays on the stick, and nothing was recorded."""
        self._notice.tell(told, Tone.INFO)
        self.spoke.emit(self._record)

    def propose(self, way: HandoverWay) -> None:
        """Offer to record a hand-over that has probably come about: nothing is recorded by it."""
        self._ways[way].setChecked(True)
        self._notice.tell(self._desk.say(f"handing.propose.{way.value}"), Tone.INFO)
        self.spoke.emit(self._record)

    def _following(self) -> QWidget:
        """What may come after the hand-over: looking again in a month, or coaching."""
        say, tokens = self._desk.say, self._desk.tokens
        self._next = QWidget()
        row = Flowing(self._next)
        for kind, name, sign in (
            (VisitKind.FOLLOW_UP, "begin", "history"),
            (VisitKind.COACHING, "begin_coaching", "person"),
        ):
            made = button(
                say(f"follow_up.{name}"),
                f"issue.{kind.value.replace('-', '_')}",
                role="flat",
                icon=icon(sign, tokens.accent),
            )
            made.clicked.connect(partial(self.following_wanted.emit, kind))
            row.addWidget(made)
        return self._next

    def _stick_line(self) -> tuple[QLineEdit, Field]:
        line = line_edit("issue.handover.stick")
        line.textChanged.connect(line.setToolTip)
        look = icon_button(
            self._desk.say("handing.choose_stick"),
            "issue.handover.stick.choose",
            icon("folder", self._desk.tokens.ink),
        )
        look.clicked.connect(self._on_choose_stick)
        hint = self._desk.say("handing.stick_hint")
        field = Field(self._desk.say("handing.stick"), Beside(line, look), hint=hint)
        field.setVisible(False)
        return line, field

    def _way_button(self, way: HandoverWay) -> QRadioButton:
        text = self._desk.say(f"issue.way.{way.value}")
        made = QRadioButton(text)
        made.setObjectName(f"issue.handover.way.{way.value}")
        group = self._desk.say("issue.handover.way")
        made.setAccessibleName(self._desk.say("issue.handover.spoken_way", group=group, way=text))
        made.setMinimumHeight(TOUCH_TARGET_PX)
        made.toggled.connect(self._on_way)
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

    def _on_way(self) -> None:
        """A stick that is plugged in alone is the one that is meant."""
        self._notice.clear()
        by_stick = self._ways[HandoverWay.USB].isChecked()
        self._stick_field.setVisible(by_stick)
        if by_stick and not self._stick.text():
            plugged_in = sticks()
            if len(plugged_in) == 1:
                self._stick.setText(str(plugged_in[0]))

    def _on_choose_stick(self) -> None:
        chosen = self._ask_stick()
        if chosen:
            self._stick.setText(chosen)
            self._stick_field.clear_fault()

    def _ask_stick(self) -> str:
        """The folder that the user chooses, empty where none."""
        before = self._stick.text() or next((str(one) for one in sticks()), "")
        title = self._desk.say("handing.choose_stick")
        return QFileDialog.getExistingDirectory(self, title, before)

    def _on_record(self) -> None:
        for field in (self._to_field, self._stick_field, self._when_field):
            field.clear_fault()
        self._notice.clear()
        to = self._to.text().strip()
        way = self._way_of_all_given(to)
        if way is None:
            return
        departure = self._session.snapshot.visit.departure
        try:
            now = self._desk.application.clock.now()
            when = self._when.instant(now=now, not_before=departure)
        except Problem as problem:
            self.show_refusal(problem)
            return
        onto = Path(self._stick.text().strip()).expanduser() if way is HandoverWay.USB else None
        self.handover_wanted.emit(Handover(to, way, when, onto))

    def _way_of_all_given(self, to: str) -> HandoverWay | None:
        """The way, where all that it needs is given; says what is missing where it is not."""
        say, way = self._desk.say, self.way
        if not to:
            self._to_field.show_fault(say("issue.handover.nobody"))
            self._to.setFocus()
            return None
        if way is None:
            self._notice.tell(say("issue.handover.no_way"), Tone.ERROR)
            self.spoke.emit(self._record)
        elif way is HandoverWay.USB and not self._stick.text().strip():
            self._stick_field.show_fault(say("handing.no_stick"))
            self._stick.setFocus()
            return None
        return way


def _receiver_of(session: Session) -> str:
    """Who declared to receive the document; nobody where that was refused."""
    receiver = session.snapshot.receiver
    if receiver is None or receiver.declared is not Declaration.RECEIVED:
        return ""
    return receiver.name or ""


def handover_work(
    desk: Desk, session: Session, handover: Handover
) -> Callable[[Tell], Path | None]:
    """What a worker does: record it, after writing it onto the stick; the folder it wrote.

    It knows no widget (work.py says why).
    """
    return partial(_handed_over, session, desk.workplace, handover, desk.application.roots)


def _handed_over(
    session: Session,
    workplace: Workplace,
    handover: Handover,
    roots: tuple[bytes, ...],
    tell: Tell,
) -> Path | None:
    to, at, document = handover.to, handover.when, handover.document
    if handover.onto is None:
        handing_over.hand_over(
            session, workplace, to=to, way=handover.way, at=at, document=document
        )
        return None
    return handing_over.hand_over_by_usb(
        session,
        workplace,
        to=to,
        at=at,
        onto=handover.onto,
        roots=roots,
        document=document,
        progress=percents(tell),
    ).folder
