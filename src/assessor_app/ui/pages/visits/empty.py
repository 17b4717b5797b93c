"""What stands where the list of visits will be: the ways to begin."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import quiet, title

_PICTURE = 72
_WIDEST = 960


class VisitsEmpty(QWidget):
    """A friendly panel; each way has a button and a sentence on what it is for."""

    new_wanted = Signal()
    refused_wanted = Signal()
    sample_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say = desk.say
        card = Card()
        for part in (self._picture(), title(say("visits.empty_title"))):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            card.body.addWidget(part)
        intro = quiet(say("visits.empty"))
        intro.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(intro)
        card.body.addSpacing(8)
        card.body.addLayout(self._ways())
        bring = button(
            say("exchange.import.ask_first"),
            "visits.empty.import",
            role="flat",
            icon=icon("drawer", desk.tokens.accent),
        )
        bring.clicked.connect(self.import_wanted)
        card.body.addWidget(bring, alignment=Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(centred(card, "visits.empty.scroll", widest=_WIDEST, halfway=True))

    def take_focus(self) -> None:
        self._first.setFocus()

    def _picture(self) -> QLabel:
        picture = QLabel()
        shown = icon("building", self._desk.tokens.accent, size=_PICTURE)
        picture.setPixmap(shown.pixmap(QSize(_PICTURE, _PICTURE)))
        return picture

    def _ways(self) -> QHBoxLayout:
        ways = QHBoxLayout()
        ways.setSpacing(16)
        for name, sign, signal, role in (
            ("new", "add", self.new_wanted, "primary"),
            ("refused", "door", self.refused_wanted, "plain"),
            ("sample", "play", self.sample_wanted, "plain"),
        ):
            tokens = self._desk.tokens
            colour = tokens.on_accent if role == "primary" else tokens.ink
            taken = button(
                self._desk.say(f"visits.{name}"),
                f"visits.empty.{name}",
                role=role,
                icon=icon(sign, colour),
            )
            taken.clicked.connect(signal)
            if name == "new":
                self._first = taken
            way = QFrame()
            dress(way, "way")
            column = QVBoxLayout(way)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(taken)
            column.addWidget(quiet(self._desk.say(f"visits.empty_{name}")))
            column.addStretch()
            ways.addWidget(way, 1)
        return ways
