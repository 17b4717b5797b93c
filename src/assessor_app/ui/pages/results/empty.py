"""What stands where the results will be: two ways to get some, and the empty table to fill."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.stacking import Stacking

_BESIDE = 640  # pixels from which the ways stand beside each other
_PICTURE = 72
_WIDEST = 960


class ResultsEmpty(QWidget):
    """A friendly panel; each way has a button and a sentence on what it leads to."""

    import_wanted = Signal()
    sample_wanted = Signal()
    template_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        card = Card()
        for part in (self._picture(), title(desk.say("results.empty_title"))):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            card.body.addWidget(part)
        intro = quiet(desk.say("results.empty"))
        intro.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(intro)
        card.body.addSpacing(8)
        self._first, ways = self._ways()
        card.body.addLayout(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(centred(card, "results.empty.scroll", widest=_WIDEST, halfway=True))

    def take_focus(self) -> None:
        self._first.setFocus()

    def _picture(self) -> QLabel:
        picture = QLabel()
        shown = icon("ranking", self._desk.tokens.accent, size=_PICTURE)
        picture.setPixmap(shown.pixmap(QSize(_PICTURE, _PICTURE)))
        return picture

    def _ways(self) -> tuple[QPushButton, Stacking]:
        """The first button, and all of them in a row."""
        tokens = self._desk.tokens
        ways = Stacking(below=_BESIDE)
        taken = []
        for name, sign, signal, role in (
            ("import", "folder", self.import_wanted, "primary"),
            ("sample", "play", self.sample_wanted, "plain"),
            ("template", "document", self.template_wanted, "plain"),
        ):
            colour = tokens.on_accent if role == "primary" else tokens.ink
            made = button(
                self._desk.say(f"results.{name}"),
                f"results.empty.{name}",
                role=role,
                icon=icon(sign, colour),
            )
            made.clicked.connect(signal)
            taken.append(made)
            way = QFrame()
            dress(way, "way")
            column = QVBoxLayout(way)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(made)
            column.addWidget(quiet(self._desk.say(f"results.empty_{name}")))
            column.addStretch()
            ways.addWidget(way, 1)
        return taken[0], ways
