"""Parts of a whole as stretches of one bar, and the same hatching beside the word of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Hue, Tokens, readable_on

_HEIGHT = 18
_GAP = 2.0  # pixels between the parts
_WIDE = 28  # pixels of the part beside its word

Hatch = Qt.BrushStyle


@dataclass(frozen=True, slots=True)
class Share:
    """One part, from 0 to 1; `full` is drawn in the hue's full colour, else in its tint.

    Its `hatch` tells it from the others where colours cannot.
    """

    part: float
    hue: Hue
    full: bool = True
    hatch: Hatch = Hatch.NoBrush


class ShareBar(QWidget):
    """Shows nothing but its ground while there is nothing to share out."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.Chart)
        self._tokens = tokens
        self._shares: tuple[Share, ...] = ()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[Share], spoken: str) -> None:
        self._shares = tuple(shares)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._shares:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.track)
            painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        left = 0.0
        for share in self._shares:
            wide = share.part * self.width()
            _draw(painter, share, QRectF(left, 0, max(wide - _GAP, 1.0), _HEIGHT))
            left += wide


class ShareSign(QWidget):
    """One part as the bar draws it, to stand before its word."""

    def __init__(self, share: Share) -> None:
        super().__init__()
        self._share = share
        self.setFixedSize(_WIDE, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, self._share, QRectF(self.rect()))


def _draw(painter: QPainter, share: Share, box: QRectF) -> None:
    ground = share.hue.fill if share.full else share.hue.tint
    box = box.adjusted(0.6, 0.6, -0.6, -0.6)
    painter.setPen(Qt.PenStyle.NoPen)
    for brush in (QBrush(ground), QBrush(readable_on(ground), share.hatch)):
        painter.setBrush(brush)
        painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QPen(share.hue.edge, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)
