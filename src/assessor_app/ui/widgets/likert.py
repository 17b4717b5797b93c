"""Agreement in one row: a number and its words on each button, from the least to the most."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QPushButton

from assessor_app.ui.theme import SMALL_POINTS, Tokens, points
from assessor_app.ui.widgets.choices import Choices, Option

_PAD, _GAP = 6, 2
_LARGER = 1.4  # than the words
_ABOVE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_WRAPPED = Qt.TextFlag.TextWordWrap | _ABOVE


def likert_row(
    prefix: str, options: Sequence[Option], tokens: Tokens, *, group: str = ""
) -> Choices:
    """Options in one row, equally wide."""
    return Choices(prefix, options, tokens, columns=len(options), group=group, face=_Step)


@dataclass(frozen=True, slots=True)
class _Step:
    """The face of one answer: its number large, its words small below."""

    option: Option
    tokens: Tokens

    def width(self, font: QFont) -> int:
        return self.least_width(font) * 2

    def least_width(self, font: QFont) -> int:
        metrics = QFontMetrics(_small(font, bold=True))
        widest = max(map(metrics.horizontalAdvance, self.option.label.split()), default=0)
        return widest + 2 * _PAD + 2

    def height(self, font: QFont, width: int) -> int:
        room = QRect(0, 0, max(width - 2 * _PAD, 1), 10_000)
        words = QFontMetrics(_small(font)).boundingRect(room, int(_WRAPPED), self.option.label)
        return _number_height(font) + words.height() + 2 * _PAD + _GAP + 4

    def draw(self, painter: QPainter, button: QPushButton) -> None:
        enabled, font = button.isEnabled(), button.font()
        painter.setPen(self.tokens.accent if enabled else self.tokens.quiet)
        painter.setFont(_large(font))
        place = QRectF(button.rect()).adjusted(_PAD, _PAD, -_PAD, -_PAD)
        painter.drawText(place, _ABOVE, self.option.key or self.option.value)
        painter.setFont(_small(font, bold=button.isChecked()))
        painter.setPen(self.tokens.ink if enabled else self.tokens.quiet)
        place.setTop(place.top() + _number_height(font) + _GAP)
        painter.drawText(place, _WRAPPED, self.option.label)


def _number_height(font: QFont) -> int:
    return QFontMetrics(_large(font)).height()


def _large(font: QFont) -> QFont:
    large = QFont(font)
    large.setBold(True)
    large.setPointSizeF(points(SMALL_POINTS * _LARGER))
    return large


def _small(font: QFont, *, bold: bool = False) -> QFont:
    small = QFont(font)
    small.setBold(bold)
    small.setPointSizeF(points(SMALL_POINTS))
    return small
