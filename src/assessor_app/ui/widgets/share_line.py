"""A thin line that is filled as far as something has come."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.ui.theme import Tokens

_HIGH = 6  # pixels


class ShareLine(QWidget):
    """What it means is said in words beside it: a screen reader is not told twice."""

    def __init__(self, name: str, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName(name)
        self._tokens = tokens
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        return self._share

    def show_share(self, share: float) -> None:
        """From 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        place = QRectF(self.rect())
        for colour, wide in ((self._tokens.track, 1.0), (self._tokens.accent, self._share)):
            painter.setBrush(colour)
            place.setWidth(self.width() * wide)
            painter.drawRoundedRect(place, _HIGH / 2, _HIGH / 2)
