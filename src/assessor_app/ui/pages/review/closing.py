"""The foot of the review: when the assessor left, what happened, and the closing of the visit."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.visit import Outcome
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.leading import lead_told
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, NoteEdit
from assessor_app.ui.widgets.labels import body, quiet, strong


class ClosingBar(Card):
    """Asks once more in its own place before it reports that closing was confirmed."""

    changed = Signal()  # something was typed
    close_wanted = Signal()
    confirmed = Signal(object)  # the datetime of departure that was shown

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        visit = session.snapshot.visit
        now = desk.application.clock.now()
        self._departure = MomentEdit(
            "review.departure", desk.workplace.profile.zone, at=visit.departure or now
        )
        self._departure_field = Field(
            desk.say("review.close.departure"), with_calendar(desk, self._departure)
        )
        self._departure.textChanged.connect(self.changed)
        self._account = NoteEdit("review.account")
        self._account.textChanged.connect(self.changed)
        self._account_field = Field(
            desk.say("review.close.account"),
            self._account,
            hint=desk.say("review.close.account_hint"),
        )
        self._close = primary(
            desk,
            "review.close",
            text=desk.say("review.close.close"),
            sign="lock",
            act=self.close_wanted,
        )
        self._lead = quiet("")
        self._lead.setWordWrap(False)
        self._asked = now
        self._asking = self._room_to_ask()
        self._confirming = self._room_to_confirm()
        self._closed = self._room_once_closed()
        self.body.setContentsMargins(16, 12, 16, 12)
        for room in self._rooms():
            self.body.addWidget(room)
        self.show_outcome(visit.outcome or Outcome.COMPLETED)
        self.show_lead()

    @property
    def account(self) -> str:
        return self._account.toPlainText().strip()

    @property
    def chosen_departure(self) -> datetime | None:
        """When the assessor left, where that was chosen, can be read and is not simply now."""
        return self._departure.shown if self._departure.touched else None

    def show_typed(self, account: str, departure: datetime | None) -> None:
        """Show what was typed before."""
        self._account.show_text(account)
        if departure is not None:
            self._departure.choose(departure)

    def departure(self) -> datetime:
        """When the assessor left; now where nothing else was chosen.

        Raises RecordRefused `instant_unreadable` or `instant_in_future`.
        """
        snapshot = self._session.snapshot
        last = snapshot.sessions[-1] if snapshot.sessions else None
        began = (last.ended or last.began) if last else snapshot.visit.arrival
        return self._departure.instant(now=self._desk.application.clock.now(), not_before=began)

    def show_outcome(self, outcome: Outcome) -> None:
        """Ask what happened where the visit was not completed."""
        self._account_field.setVisible(outcome is not Outcome.COMPLETED)
        self._account_field.clear_fault()
        self._show_room()

    def show_lead(self) -> None:
        """Say who leads the visit: only the lead closes it."""
        told = lead_told(self._desk, self._session)
        self._lead.setText(told)
        self._lead.setVisible(bool(told))

    def show_fault(self, text: str) -> None:
        """Say what is wrong with the departure."""
        self._departure_field.show_fault(text)
        self._departure.setFocus()

    def miss_account(self) -> None:
        """Say that what happened is still to be told."""
        self._account_field.show_fault(self._desk.say("review.close.account_missing"))
        self._account.setFocus()

    def ask(self, departure: datetime, *, thoughts: Sequence[str]) -> None:
        """Ask once more before the visit is closed, naming the departure that will be recorded.

        `thoughts` are what should be thought over: with any, Enter does not close.
        """
        self._asked = departure
        moment = self._desk.words.moment(departure)
        self._final.setText(self._desk.say("review.close.final", moment=moment))
        self._thoughts.setText("\n".join(thoughts))
        self._thoughts.setVisible(bool(thoughts))
        self._departure_field.clear_fault()
        self._account_field.clear_fault()
        self._show(self._confirming)
        (self._no if thoughts else self._yes).setFocus()

    def unask(self) -> None:
        """Back to what can be typed."""
        self._show_room()
        self._close.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._confirming.isVisible():
            self.unask()
            return
        super().keyPressEvent(event)

    def _on_yes(self) -> None:
        self.confirmed.emit(self._asked)

    def _show_room(self) -> None:
        answerable = self._session.snapshot.visit.answerable
        self._show(self._asking if answerable else self._closed)

    def _show(self, shown: QWidget) -> None:
        """One of the three rooms; a stack would keep the height of the tallest."""
        for room in self._rooms():
            room.setVisible(room is shown)

    def _rooms(self) -> tuple[QWidget, QWidget, QWidget]:
        return self._asking, self._confirming, self._closed

    def _room_to_ask(self) -> QWidget:
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._departure_field)
        row.addWidget(self._account_field, stretch=1)
        row.addStretch()
        end = QVBoxLayout()  # one above the other: large letters leave no room side by side
        end.setSpacing(4)
        end.addStretch()
        end.addWidget(self._lead, alignment=Qt.AlignmentFlag.AlignRight)
        end.addWidget(self._close)
        row.addLayout(end)
        return room

    def _room_to_confirm(self) -> QWidget:
        say = self._desk.say
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(strong(say("review.close.sure")))
        self._final = body("")
        texts.addWidget(self._final)
        self._thoughts = strong("")
        self._thoughts.setObjectName("review.close.thoughts")
        texts.addWidget(self._thoughts)
        row.addLayout(texts, stretch=1)
        self._yes = primary(
            self._desk,
            "review.close.yes",
            text=say("review.close.yes"),
            sign="lock",
            act=self._on_yes,
        )
        self._no = button(say("review.close.no"), "review.close.no")
        self._no.clicked.connect(self.unask)
        for one in (self._no, self._yes):
            row.addWidget(one, alignment=Qt.AlignmentFlag.AlignVCenter)
        return room

    def _room_once_closed(self) -> QWidget:
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(body(self._desk.say("review.close.closed")))
        return room
