"""Beside the checklist: the score, or how complete it is where there is none; the gap matrix."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.services.report.matrix import RunningMatrix
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.completeness import Completeness
from assessor_app.ui.pages.checklist.follow_up_panel import FollowUpPanel
from assessor_app.ui.pages.checklist.score_figures import ScoreFigures
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.gap_matrix import GapMatrix
from assessor_app.ui.widgets.labels import strong
from assessor_app.ui.widgets.scrolling import scrolling


class ScorePanel(Card):
    """Always says what the number may be called, or why there is none."""

    review_wanted = Signal()
    add_wanted = Signal()  # one more indicator of a follow-up visit
    cell_chosen = Signal(object)  # row and column of the gap matrix

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("checklist.score")
        self._desk = desk
        self._session = session
        self.body.setContentsMargins(14, 12, 8, 14)
        self.body.setSpacing(8)
        words, tokens = desk.words, desk.tokens
        self._figures: ScoreFigures | Completeness | FollowUpPanel
        if session.snapshot.followed:
            self._figures = FollowUpPanel(desk, session)
            self._figures.add_wanted.connect(self.add_wanted)
        elif session.instrument.weighted:
            self._figures = ScoreFigures(desk, session.instrument.bands)
        else:
            self._figures = Completeness(desk, session)
        self._counting = RunningMatrix(session.instrument, words)
        self._matrix = GapMatrix(
            tokens,
            self._counting.labels,
            across=words("basis.in_practice"),
            down=words("basis.on_paper"),
        )
        self._matrix.make_pressable(desk.say("score.matrix_press"))
        self._matrix.cell_chosen.connect(self._on_cell)
        told = QWidget()  # on a low screen it is scrolled, the way on stays where it is
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addWidget(self._figures)
        column.addWidget(strong(desk.say("score.matrix")))
        column.addWidget(self._matrix)
        column.addStretch(1)
        area = scrolling(told, "checklist.score.told")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(area, stretch=1)
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
        """Show how the visit stands."""
        if isinstance(self._figures, ScoreFigures):
            self._figures.show_scores(self._session.scores())
        else:
            self._figures.show_now()
        self._matrix.show_counts(*self._counting.counted(self._session.compared()))

    def show_cell(self, cell: tuple[int, int] | None) -> None:
        """Which cell the outline is narrowed to."""
        self._matrix.show_chosen(cell)

    def _on_cell(self, row: int, column: int) -> None:
        self.cell_chosen.emit((row, column))
