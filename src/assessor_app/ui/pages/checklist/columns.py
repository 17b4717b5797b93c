"""The three columns of the checklist: outline, indicator, score."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from assessor_app.ui.pages.checklist.score_strip import ScoreStrip

_WIDE = 1240  # pixels from which all three have room
_OUTLINE_PX, _SCORE_PX = 280, 312


class Columns(QWidget):
    """Beside each other where they have room; else the score may take the outline's place.

    The strip, which stands in the middle, opens the score then.
    """

    def __init__(
        self, outline: QWidget, middle: QLayout, score: QWidget, *, strip: ScoreStrip
    ) -> None:
        super().__init__()
        self._outline = outline
        self._score = score
        self._strip = strip
        strip.toggled.connect(self._arrange)
        outline.setFixedWidth(_OUTLINE_PX)
        score.setFixedWidth(_SCORE_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 8)
        row.setSpacing(12)
        row.addWidget(outline)
        row.addLayout(middle, stretch=1)
        row.addWidget(score)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE
        self._strip.setVisible(not wide)
        score = wide or self._strip.open
        self._score.setVisible(score)
        self._outline.setVisible(wide or not score)
