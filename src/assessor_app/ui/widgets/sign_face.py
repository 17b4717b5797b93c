"""The face of an answer with a sign before its words and its key behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QPushButton

from assessor_app.ui.theme import Tokens, grown
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
        room = max(width - self._beside_label + 2, 1)
        return max(_HEIGHT, _wrapped_height(self.label, font.key(), room) + 2 * _ABOVE)

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
            wide, high = grown(_CAP), grown(22)
            cap = QRectF(button.width() - _PAD - wide, middle - high / 2, wide, high)
            draw_key_cap(painter, cap, tokens=self.tokens, key=self.key)

    @property
    def _beside_label(self) -> int:
        key = _SPACE + grown(_CAP) if self.key else 0
        return 2 * _PAD + self.sign + _SPACE + key


def _bold(font: QFont) -> QFontMetrics:
    """Measured as it is when chosen, so that nothing moves then."""
    return _metrics(font.key())


@lru_cache(maxsize=32)
def _metrics(font: str) -> QFontMetrics:
    bold = QFont()
    bold.fromString(font)
    bold.setBold(True)
    return QFontMetrics(bold)


@lru_cache(maxsize=512)  # a layout asks some two hundred times for each indicator
def _wrapped_height(label: str, font: str, room: int) -> int:
    """Pixels that a label takes on as many lines as it needs in `room` pixels."""
    place = QRect(0, 0, room, 10_000)
    return _metrics(font).boundingRect(place, int(_WRAPPED), label).height()
