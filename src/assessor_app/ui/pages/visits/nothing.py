"""What stands where no visit fits what is searched for: how to see some again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import heading, quiet

_WIDEST = 560


class NothingFits(QWidget):
    """Also while the answer is still being counted."""

    clear_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        card = Card()
        self._title = heading("")
        self._title.setObjectName("visits.nothing")
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint = quiet("")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        clear = button(
            desk.say("listing.clear"),
            "visits.nothing.clear",
            icon=icon("cross", desk.tokens.ink),
        )
        clear.clicked.connect(self.clear_wanted)
        card.body.addWidget(self._title)
        card.body.addWidget(self._hint)
        card.body.addWidget(clear, alignment=Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(centred(card, "visits.nothing.scroll", widest=_WIDEST, halfway=True))

    def show_why(self, *, undecided: int) -> None:
        """That nothing fits, or that it is not known yet of some."""
        say = self._desk.say
        if undecided:
            self._title.setText(say("listing.nothing_yet"))
            self._hint.setText(say("listing.nothing_yet_hint", count=undecided))
        else:
            self._title.setText(say("listing.nothing"))
            self._hint.setText(say("listing.nothing_hint"))
