"""The row below the picture: looking closely, going on, covering, drawing, saving."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.labels import quiet

_LARGER = 1.4  # times, at each press


class PhotoTools(QWidget):
    """The view wires its buttons; those that make the picture larger speak for themselves."""

    stepped = Signal(int)  # -1 or 1
    zoom_wanted = Signal(float)  # times as large; 0 shows all of it
    turn_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("photo.tools")
        self._desk = desk
        say, ink = desk.say, desk.tokens.ink
        self.save = button(say("photo.save"), "photo.save", icon=icon("save", ink))
        self.cover = button(say("redaction.open"), "photo.cover", icon=icon("eye-off", ink))
        self.draw = button(say("annotation.open"), "photo.draw", icon=icon("edit", ink))
        self.leave = button(say("photo.close"), "photo.close")
        self.full = self._sign("full", "full-window")
        self._before = self._sign("before", "back")
        self._after = self._sign("after", "next")
        self._at = quiet("")
        self._at.setWordWrap(False)
        self._before.clicked.connect(partial(self.stepped.emit, -1))
        self._after.clicked.connect(partial(self.stepped.emit, 1))
        self._closer = [
            self._zooming("out", 1 / _LARGER),
            self._zooming("in", _LARGER),
            self._zooming("fit", 0.0),
        ]
        turn = self._sign("turn", "turn")
        turn.clicked.connect(self.turn_wanted)
        self._closer.append(turn)
        self._furnish()

    def show_acts(self, *, zoom: bool, cover: bool, draw: bool) -> None:
        """What can be done with what is looked at."""
        for made in self._closer:
            made.setVisible(zoom)
        self.cover.setVisible(cover)
        self.draw.setVisible(draw)

    def show_place(self, at: int, count: int) -> None:
        """Which of how many is looked at."""
        self._at.setText(self._desk.say("proof.at", at=at, count=count) if count > 1 else "")
        for made in (self._before, self._after):
            made.setVisible(count > 1)
        self._before.setEnabled(at > 1)
        self._after.setEnabled(at < count)

    def _zooming(self, name: str, factor: float) -> QToolButton:
        made = self._sign(f"zoom_{name}", f"zoom-{name}")
        made.clicked.connect(partial(self.zoom_wanted.emit, factor))
        return made

    def _sign(self, name: str, sign: str) -> QToolButton:
        text = self._desk.say(f"proof.{name}")
        return icon_button(text, f"photo.{name}", icon(sign, self._desk.tokens.ink))

    def _furnish(self) -> None:
        looking = QHBoxLayout()
        looking.setSpacing(6)
        for made in (self._before, self._at, self._after, *self._closer, self.full):
            looking.addWidget(made)
        looking.addStretch(1)
        looking.addWidget(self.leave)
        acting = QHBoxLayout()
        acting.setSpacing(8)
        for made in (self.draw, self.cover, self.save):
            acting.addWidget(made)
        acting.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(acting)
        column.addLayout(looking)
