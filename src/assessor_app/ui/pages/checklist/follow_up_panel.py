"""Beside the checklist of a follow-up visit, in the place of a score: how much is repaired."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from assessor_app.domain.follow_up import FollowUpStanding, repaired
from assessor_app.services.follow_up import items_of
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.follow_up_looks import LOOKS
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, heading, quiet, strong

_BAR_PX = 8  # high
_SIGN_PX = 20


class FollowUpPanel(QWidget):
    """Counts, never points: of a part of the checklist no number may be told."""

    add_wanted = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._repaired = heading("")
        self._repaired.setObjectName("checklist.follow_up.repaired")
        self._bar = QProgressBar()
        self._bar.setObjectName("checklist.follow_up.bar")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(_BAR_PX)
        self._rows: dict[FollowUpStanding, tuple[QLabel, QLabel]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(strong(desk.words("followed.title")))
        column.addWidget(self._repaired)
        column.addWidget(self._bar)
        column.addLayout(self._counts())
        column.addWidget(quiet(desk.words("followed.no_score_because")))
        add = button(
            desk.say("follow_up.add"),
            "checklist.follow_up.add",
            icon=icon("add", desk.tokens.accent),
        )
        add.clicked.connect(self.add_wanted)
        self._add = add
        column.addWidget(add)

    def show_now(self) -> None:
        """Show how the visit stands."""
        items = items_of(self._session, self._desk.workplace)
        done, words = repaired(items), self._desk.words
        told = words("followed.repaired_of", repaired=done.repaired, found=done.found)
        self._repaired.setText(told)
        self._bar.setRange(0, max(done.found, 1))
        self._bar.setValue(done.repaired)
        self._bar.setAccessibleName(told)
        self._add.setEnabled(self._session.snapshot.takes_answers)
        for standing, (sign, text) in self._rows.items():
            count = sum(one.standing is standing for one in items)
            text.setText(
                words(
                    "followed.count",
                    standing=words(f"followed.standing.{standing.value}"),
                    count=count,
                )
            )
            for part in (sign, text):
                part.setVisible(bool(count))

    def _counts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, standing in enumerate(FollowUpStanding):
            name, hue = LOOKS[standing]
            ink = getattr(self._desk.tokens, hue).ink
            sign, text = QLabel(), body("")
            sign.setPixmap(icon(name, ink, size=_SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
            grid.addWidget(sign, place, 0)
            grid.addWidget(text, place, 1)
            self._rows[standing] = (sign, text)
        return grid
