"""The score in one line, or how complete it is, where the window is too narrow for its panel."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from assessor_app.domain.follow_up import repaired
from assessor_app.domain.progress import progress
from assessor_app.domain.scoring import Basis
from assessor_app.services.follow_up import items_of
from assessor_app.services.report.summary import zone_name
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.completeness import because
from assessor_app.ui.theme import Space, dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import strong
from assessor_app.ui.widgets.stacking import Stacking
from assessor_app.ui.widgets.zone_chip import ZoneChip

_BESIDE = 480  # pixels below which the zone stands under the points


class ScoreStrip(QFrame):
    """Opens and closes the panel."""

    toggled = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("checklist.strip")
        dress(self, "card")
        self._desk = desk
        self._session = session
        self._points = strong("")  # wraps: what the number may be called is never cut
        self._zone = ZoneChip(desk.tokens)
        self._drawer = button(
            desk.say("score.drawer"),
            "checklist.drawer",
            role="flat",
            icon=icon("drawer", desk.tokens.accent),
        )
        self._drawer.setCheckable(True)
        self._drawer.toggled.connect(lambda _: self.toggled.emit())
        beside = QHBoxLayout()
        beside.addWidget(self._zone)
        beside.addStretch(1)
        beside.addWidget(self._drawer)
        row = Stacking(below=_BESIDE, space=Space.SMALL)
        row.setContentsMargins(14, 2, 6, 2)
        row.addWidget(self._points, stretch=1)
        row.addLayout(beside)
        self.setLayout(row)
        self.show_score()

    @property
    def open(self) -> bool:
        """Whether the panel is wanted now."""
        return self._drawer.isChecked()

    def set_open(self, *, opened: bool) -> None:
        """Want the panel, or want it no more."""
        self._drawer.setChecked(opened)

    def show_score(self) -> None:
        official = self._session.scores().get(Basis.OFFICIAL)
        self._zone.setVisible(official is not None and bool(self._session.instrument.bands))
        if official is None:
            self._show_completeness()
            return
        words = self._desk.words
        self._points.setText(
            self._desk.say(
                "score.line",
                standing=words(f"standing.{official.standing.value}"),
                points=words.points(official.points) if official.measured else "–",
                maximum=words.weight(official.maximum),
            )
        )
        zone = official.band.zone if official.band else None
        self._zone.show_zone(zone, zone_name(official.band, words))

    def _show_repaired(self) -> None:
        """Of a follow-up visit: how much of what was found is repaired."""
        done = repaired(items_of(self._session, self._desk.workplace))
        words = self._desk.words
        told = words("followed.repaired_of", repaired=done.repaired, found=done.found)
        self._points.setText(self._desk.say("follow_up.line", repaired=told))
        self._points.setToolTip(because(self._desk, self._session))

    def _show_completeness(self) -> None:
        """Without weights there is no number: how many sides are answered stands there."""
        if self._session.snapshot.followed:
            self._show_repaired()
            return
        made = progress(self._session.snapshot, self._session.compared())
        told = self._desk.say("completeness.line", answered=made.answered, asked=made.asked)
        self._points.setText(told)
        self._points.setToolTip(because(self._desk, self._session))
