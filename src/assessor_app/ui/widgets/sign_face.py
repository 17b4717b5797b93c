"""The face of an answer with a sign before its words and its key behind them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QPushButton

from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.painting import draw_key_cap

_HEIGHT = 52
_FADED = 0.55  # opacity of the sign of an answer that cannot be given now
_PAD, _SPACE, _CAP, _ABOVE = 10, 8, 20, 5
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class SignFace:
    """`draw_sign` fills a square of `sign` pixels, told whether the answer is chosen.

    The label of a chosen answer is bold in `chosen_ink`, where there is one.
    """

    label: str
    key: str
    tokens: Tokens
    sign: int
    draw_sign: Callable[[QPainter, QRectF, bool], None]
    chosen_ink: QColor | None = None

    def width(self, font: QFont) -> int:
        """With the label on one line."""
        return self._beside_label + _bold(font).horizontalAdvance(self.label) + 2

    def least_width(self, font: QFont) -> int:
        words = map(_bold(font).horizontalAdvance, self.label.split())
        return self._beside_label + max(words, default=0) + 2

    def two_lines(self, font: QFont) -> int:
        """The narrowest width at which the label fits on two lines."""
        width, words = _bold(font).horizontalAdvance, self.label.split()
        splits = ((" ".join(words[:count]), " ".join(words[count:])) for count in range(len(words)))
        label = min((max(map(width, lines)) for lines in splits), default=0)
        return self._beside_label + label + 2

    def height(self, font: QFont, width: int) -> int:
        room = QRect(0, 0, max(width - self._beside_label + 2, 1), 10_000)
        words = _bold(font).boundingRect(room, int(_WRAPPED), self.label)
        return max(_HEIGHT, words.height() + 2 * _ABOVE)

    def draw(self, painter: QPainter, button: QPushButton) -> None:
        chosen, enabled = button.isChecked(), button.isEnabled()
        middle = button.height() / 2
        if not (enabled or chosen):
            painter.setOpacity(_FADED)
        place = QRectF(_PAD, middle - self.sign / 2, self.sign, self.sign)
        self.draw_sign(painter, place, chosen)
        painter.setOpacity(1)
        ink = self.chosen_ink if chosen else None
        font = QFont(button.font())
        font.setBold(ink is not None)
        painter.setFont(font)
        painter.setPen(ink or (self.tokens.ink if enabled else self.tokens.quiet))
        label = QRectF(button.rect()).adjusted(_PAD + self.sign + _SPACE, 2, 0, -2)
        label.setWidth(button.width() - self._beside_label + 2)
        painter.drawText(label, _WRAPPED, self.label)
        if self.key:
            cap = QRectF(button.width() - _PAD - _CAP, middle - 11, _CAP, 22)
            draw_key_cap(painter, cap, tokens=self.tokens, key=self.key)

    @property
    def _beside_label(self) -> int:
        key = _SPACE + _CAP if self.key else 0
        return 2 * _PAD + self.sign + _SPACE + key


def _bold(font: QFont) -> QFontMetrics:
    """Measured as it is when chosen, so that nothing moves then."""
    bold = QFont(font)
    bold.setBold(True)
    return QFontMetrics(bold)
