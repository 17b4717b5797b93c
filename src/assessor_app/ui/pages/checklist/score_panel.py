"""The provisional score beside the checklist: gauge, paper against practice, gap matrix."""

from decimal import Decimal

from PySide6.QtCore import Signal

from assessor_app.domain.scoring import Basis
from assessor_app.services.report.summary import matrix, standing_reason, zone_name
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.gap_matrix import GapMatrix
from assessor_app.ui.widgets.gauge import Gauge, GaugeBand, GaugeValue
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.paired_bars import BarRow, PairedBars
from assessor_app.ui.widgets.zone_chip import ZoneChip


class ScorePanel(Card):
    """Always says what the number may be called; never a zone that can still change."""

    review_wanted = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("checklist.score")
        self._desk = desk
        self._session = session
        self.body.setContentsMargins(14, 12, 14, 14)
        self.body.setSpacing(8)
        words, tokens = desk.words, desk.tokens
        bands = [GaugeBand(band.upper, band.zone) for band in session.instrument.bands]
        self._standing = strong("")
        self._gauge = Gauge(tokens, bands)
        self._zone = ZoneChip(tokens)
        self._reason = quiet("")
        self._bars = PairedBars(tokens, words("basis.on_paper"), words("basis.in_practice"))
        counted = matrix(session.compared(), session.instrument, words)
        self._matrix = GapMatrix(
            tokens,
            counted.labels,
            across=words("basis.in_practice"),
            down=words("basis.on_paper"),
        )
        for widget in (self._standing, self._gauge, self._zone, self._reason, self._bars):
            self.body.addWidget(widget)
        self.body.addWidget(strong(desk.say("score.matrix")))
        self.body.addWidget(self._matrix)
        self.body.addStretch(1)
        review = button(
            desk.say("score.review"),
            "checklist.review",
            role="primary",
            icon=icon("review", tokens.on_accent),
        )
        review.clicked.connect(self.review_wanted)
        self.body.addWidget(review)
        self.show_score()

    def show_score(self) -> None:
        """Show the scores as the visit stands."""
        words, say = self._desk.words, self._desk.say
        found = self._session.scores()
        official, paper, practice = (
            found[basis] for basis in (Basis.OFFICIAL, Basis.ON_PAPER, Basis.IN_PRACTICE)
        )
        points = official.points if official.measured else None
        text = words.points(official.points) if official.measured else "–"
        zone = zone_name(official.band, words)
        caption = say(
            "score.measured",
            measured=words.weight(official.measured),
            maximum=words.weight(official.maximum),
        )
        standing = words(f"standing.{official.standing.value}")
        self._standing.setText(standing)
        self._reason.setToolTip(standing_reason(official, words))
        self._reason.setText(caption)
        self._zone.show_zone(official.band.zone if official.band else None, zone)
        self._gauge.show_value(
            GaugeValue(
                points=points,
                text=text,
                paper=paper.points if paper.measured else None,
                practice=practice.points if practice.measured else None,
                most=official.points + official.maximum - official.measured,
                maximum=official.maximum,
                caption="",
                spoken=say(
                    "score.spoken", standing=standing, points=text, zone=zone, measured=caption
                ),
            )
        )
        self._show_bars(paper.points, practice.points, paper.maximum, practice.maximum)
        self._show_matrix()

    def _show_bars(
        self, paper: Decimal, practice: Decimal, paper_most: Decimal, practice_most: Decimal
    ) -> None:
        words = self._desk.words
        maximum = max(paper_most, practice_most)
        row = BarRow(
            self._desk.say("score.points"),
            paper,
            practice,
            maximum,
            words.points(paper),
            words.points(practice),
        )
        self._bars.show_rows([row])

    def _show_matrix(self) -> None:
        counted = matrix(self._session.compared(), self._session.instrument, self._desk.words)
        counts = [[cell.count for cell in row] for row in counted.cells]
        self._matrix.show_counts(counts, counted.summary)
