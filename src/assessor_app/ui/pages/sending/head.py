"""The card over the queue: one sentence, how far it is, and what can be done now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.services.sync.standing import Standing
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.sending.told import Verdict, Way, place
from assessor_app.ui.theme import Space, dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import look_of
from assessor_app.ui.widgets.share_line import ShareLine
from assessor_app.ui.widgets.stacking import Stacking

_SIGN = 32  # pixels square
_ACTS_BESIDE = 820  # pixels from which what can be done stands beside the sentence
_WAYS = {Way.STORAGE: "sending.set_storage", Way.HEADQUARTERS: "sending.join"}


class SendingHead(Card):
    """What cannot be done now is not offered, but for what is missing: the way to mend that is."""

    send_wanted = Signal()
    pause_wanted = Signal()
    go_on_wanted = Signal()
    fetch_wanted = Signal()
    way_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("sending.head")
        self._desk = desk
        self._way: Way | None = None
        say, ink = desk.say, desk.tokens.ink
        self._sign = QLabel()
        self._verdict = heading(say("sending.looking"))
        self._verdict.setObjectName("sending.verdict")
        self._place = quiet("")
        self._place.setObjectName("sending.place")
        self._line = ShareLine("sending.share", desk.tokens)
        self._send = primary(
            desk,
            "sending.send",
            text=say("sending.send"),
            sign="outbox",
            act=self.send_wanted,
            tip=say("sending.send_tip"),
        )
        self._mend = primary(
            desk, "sending.mend", text=say("sending.set_storage"), sign="settings", act=self._lead
        )
        self._pause = button(say("sending.pause"), "sending.pause", icon=icon("pause", ink))
        self._pause.clicked.connect(self.pause_wanted)
        self._go_on = primary(
            desk,
            "sending.go_on",
            text=say("sending.go_on"),
            sign="play",
            act=self.go_on_wanted,
        )
        self._fetch = button(
            say("sending.fetch"),
            "sending.fetch",
            icon=icon("drawer", ink),
            tip=say("sending.fetch_tip"),
        )
        self._fetch.clicked.connect(self.fetch_wanted)
        self._buttons = (self._mend, self._go_on, self._send, self._pause, self._fetch)
        self._lay_out()
        for one in self._buttons:
            one.setVisible(False)
        self._line.setVisible(False)

    def press_send(self) -> None:
        """By its key: send where that is offered, go on where it was paused."""
        for one in (self._send, self._go_on):
            if one.isVisible() and one.isEnabled():
                one.click()
                return

    def take_focus(self) -> None:
        """Give the keyboard to the first thing that can be done."""
        for one in self._buttons:
            if one.isVisible() and one.isEnabled():
                one.setFocus()
                return

    def show_verdict(self, told: Verdict, found: Standing, *, running: bool) -> None:
        """Show a sentence, and what can be done about it."""
        held = any(one.hasFocus() for one in self._buttons)
        desk, self._way = self._desk, told.way
        name, hue = look_of(desk.tokens, told.tone)
        self._sign.setPixmap(icon(name, hue.ink, size=_SIGN).pixmap(_SIGN, _SIGN))
        if self._verdict.text() != told.text:
            self._verdict.setText(told.text)
            self._verdict.setProperty("tone", told.tone.value)
            dress(self._verdict, "heading")
        self._place.setText(place(desk, found))
        self._place.setVisible(bool(self._place.text()))
        self._line.setVisible(told.share is not None)
        self._line.show_share(told.share or 0.0)
        possible = found.storage is not None and found.headquarters is not None
        if told.way is not None:
            words = desk.say(_WAYS[told.way])
            self._mend.setText(words.replace("&", "&&"))
            self._mend.setAccessibleName(words)
        self._mend.setVisible(told.way is not None)
        self._send.setVisible(possible and not running and not found.is_paused)
        self._go_on.setVisible(possible and not running and found.is_paused)
        self._pause.setVisible(possible and running and not found.is_paused)
        self._fetch.setVisible(possible and not running)
        if held and not any(one.hasFocus() for one in self._buttons):
            self.take_focus()

    def _lead(self) -> None:
        if self._way is not None:
            self.way_wanted.emit(self._way.value)

    def _lay_out(self) -> None:
        acts = QWidget()
        flow = Flowing(acts)
        for one in self._buttons:
            flow.addWidget(one)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._verdict)
        words.addWidget(self._place)
        told = QHBoxLayout()
        told.setSpacing(Space.MEDIUM)
        told.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        told.addLayout(words, stretch=1)
        self.body.setContentsMargins(16, 12, 12, 12)
        self.body.setSpacing(10)
        row = Stacking(below=_ACTS_BESIDE, space=Space.MEDIUM)
        row.addLayout(told, stretch=1)
        row.addWidget(acts)
        self.body.addLayout(row)
        self.body.addWidget(self._line)
