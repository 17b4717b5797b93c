"""Parts of a whole as stretches of one bar; the words beside it name them in the same order."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Hue, Tokens

_HEIGHT = 14
_GAP = 2.0  # pixels between the parts


@dataclass(frozen=True, slots=True)
class Share:
    """One part, from 0 to 1; `full` is drawn in the hue's full colour, else in its tint."""

    part: float
    hue: Hue
    full: bool = True


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
            box = QRectF(left, 0, max(wide - _GAP, 1.0), _HEIGHT)
            painter.setPen(QPen(share.hue.edge, 1.2))
            painter.setBrush(share.hue.fill if share.full else share.hue.tint)
            painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 3, 3)
            left += wide
