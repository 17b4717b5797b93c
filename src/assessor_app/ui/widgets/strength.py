"""How strong a passphrase is: four segments and a word."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Hue, Tokens
from assessor_app.ui.widgets.labels import quiet

_SEGMENTS = 4
_WIDTH, _HEIGHT, _GAP = 144, 8, 4
_FAIR = 2  # of four: from here it is no longer weak


class StrengthMeter(QWidget):
    """Fills as many segments as the score says; the word beside it comes final."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.Indicator)
        self._bar = _Segments(tokens)
        self._text = quiet("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._bar)
        layout.addWidget(self._text, stretch=1)

    def show_strength(self, score: int, text: str) -> None:
        """`score` from 0 (nothing to say) to 4."""
        self._bar.show_score(score)
        self._text.setText(text)
        self.setAccessibleName(text)


class _Segments(QWidget):
    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._score = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_score(self, score: int) -> None:
        self._score = score
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = (self.width() - _GAP * (_SEGMENTS - 1)) / _SEGMENTS
        hue = self._hue()
        for index in range(_SEGMENTS):
            filled = index < self._score
            painter.setPen(hue.edge if filled else self._tokens.edge)
            painter.setBrush(hue.fill if filled else self._tokens.track)
            place = QRectF(index * (wide + _GAP), 0, wide, self.height())
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _hue(self) -> Hue:
        if self._score < _FAIR:
            return self._tokens.red
        return self._tokens.yellow if self._score == _FAIR else self._tokens.green
