"""The chosen visit: its three parts, each with sign and word, and what can be done for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.domain.outbox import ITEM_KINDS, ItemState
from assessor_app.services.evidence.words import size
from assessor_app.services.sync.standing import PartStanding, VisitStanding
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.sending.told import part_name, reason_told, sign_of, state_told
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import body, heading, quiet

_SIGN = 22  # pixels square


class _PartLine:
    """One part: its sign, its name with its size, its state, and why it is in quarantine."""

    def __init__(self, desk: Desk, kind: str, grid: QGridLayout, row: int) -> None:
        self._desk = desk
        self._kind = kind
        self._sign, self._name = QLabel(), quiet("")
        self._state, self._why = body(""), body("")
        self._state.setObjectName(f"sending.part.{kind}")
        self._why.setObjectName(f"sending.part.{kind}.why")
        self._why.setProperty("tone", "error")
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._sign, row, 0, top)
        grid.addWidget(self._name, row, 1, top)
        grid.addWidget(self._state, row, 2, top)
        grid.addWidget(self._why, row + 1, 1, 1, 2)

    def show_part(self, part: PartStanding | None) -> None:
        """A part that a visit does not have takes no room."""
        for label in (self._sign, self._name, self._state):
            label.setVisible(part is not None)
        why = "" if part is None or part.reason is None else reason_told(self._desk, part.reason)
        self._why.setVisible(bool(why))
        self._why.setText(why)
        if part is None:
            self._state.clear()
            return
        name, hue = sign_of(part.state)
        drawn = icon(name, getattr(self._desk.tokens, hue).ink, size=_SIGN)
        self._sign.setPixmap(drawn.pixmap(_SIGN, _SIGN))
        amount = size(part.size, self._desk.words)
        named = part_name(self._desk, self._kind)
        text = (
            named if not part.size else self._desk.say("sending.part_size", part=named, size=amount)
        )
        self._name.setText(text)
        self._state.setText(state_told(self._desk, part))


class SendingDetails(Card):
    """Says what to do where no visit is chosen."""

    resend_wanted = Signal(str)  # the visit
    open_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("sending.details")
        self._desk = desk
        self._visit: str | None = None
        self._name, self._about = heading(""), quiet("")
        self._name.setObjectName("sending.details.name")
        self._hint = body("")
        self._hint.setObjectName("sending.details.hint")
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 5)
        self._lines = {
            kind: _PartLine(desk, kind, grid, 2 * place) for place, kind in enumerate(ITEM_KINDS)
        }
        self._resend = button(
            desk.say("sending.resend"), "sending.resend", icon=icon("redo", desk.tokens.ink)
        )
        self._resend.clicked.connect(lambda: self.resend_wanted.emit(self._visit or ""))
        self._open = button(
            desk.say("sending.open_visit"), "sending.open", icon=icon("next", desk.tokens.ink)
        )
        self._open.clicked.connect(lambda: self.open_wanted.emit(self._visit or ""))
        acts = QWidget()
        flow = Flowing(acts)
        flow.addWidget(self._resend)
        flow.addWidget(self._open)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self._name)
        told.addWidget(self._about)
        self.body.setContentsMargins(16, 12, 12, 12)
        self.body.setSpacing(8)
        self.body.addLayout(told)
        for part in (self._hint, lines, acts):
            self.body.addWidget(part)
        self.show_visit(None)

    def show_visit(self, one: VisitStanding | None) -> None:
        """Tell of a visit, or that one is to be chosen."""
        say = self._desk.say
        self._visit = one.visit.id if one is not None else None
        self._name.setText(one.visit.unit if one is not None else "")
        self._about.setText(one.visit.institution if one is not None else "")
        for label in (self._name, self._about, self._open):
            label.setVisible(one is not None)
        hint = say("sending.choose") if one is None else say("sending.not_queued")
        self._hint.setText(hint)
        self._hint.setVisible(one is None or not one.parts)
        parts = {part.kind: part for part in one.parts} if one is not None else {}
        for kind, line in self._lines.items():
            line.show_part(parts.get(kind))
        self._resend.setVisible(one is not None and one.state is ItemState.QUARANTINED)
