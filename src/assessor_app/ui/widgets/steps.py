"""The steps of a longer task as a row: where one is, what is open, what comes."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens, dress
from assessor_app.ui.widgets.ground import on_ground

_DISC, _PAD, _SPACE = 26, 10, 10


class Steps(QWidget):
    """One button a step; those that are not open yet cannot be pressed."""

    chosen = Signal(str)  # the step's value

    def __init__(self, prefix: str, rows: Sequence[tuple[str, str]], tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName(prefix)
        self._buttons = {
            value: _Step(f"{prefix}.{value}", number, text, tokens)
            for number, (value, text) in enumerate(rows, start=1)
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for button in self._buttons.values():
            layout.addWidget(button)
            button.clicked.connect(self._on_clicked)
        layout.addStretch()

    def show_step(self, value: str) -> None:
        """Mark the step one is at."""
        for own, button in self._buttons.items():
            button.setChecked(own == value)

    def set_open(self, values: Collection[str]) -> None:
        """Open these steps and close the others."""
        for own, button in self._buttons.items():
            button.setEnabled(own in values)

    def _on_clicked(self) -> None:
        button = self.sender()
        value = next(own for own, one in self._buttons.items() if one is button)
        self.chosen.emit(value)


class _Step(QPushButton):
    """A number in a disc and the step's name; the page says which one is shown."""

    def __init__(self, name: str, number: int, text: str, tokens: Tokens) -> None:
        super().__init__()
        self._number, self._text, self._tokens = str(number), text, tokens
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setMinimumHeight(TOUCH_TARGET_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        dress(self, "step")

    def nextCheckState(self) -> None:
        """The page marks the step once it is reached."""

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._bold()).horizontalAdvance(self._text)
        return QSize(2 * _PAD + _DISC + _SPACE + words + 2, TOUCH_TARGET_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _PAD + _DISC + 28, TOUCH_TARGET_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = on_ground(self)
        self._draw_number(painter)
        painter.setFont(self._bold() if self.isChecked() else self.font())
        painter.setPen(self._tokens.ink if self.isEnabled() else self._tokens.quiet)
        left = _PAD + _DISC + _SPACE
        room = self.width() - left - _PAD + 2
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        place = QRectF(left, 0, room, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_number(self, painter: QPainter) -> None:
        place = QRectF(_PAD, (self.height() - _DISC) / 2, _DISC, _DISC)
        here = self.isChecked()
        edge = self._tokens.accent if self.isEnabled() else self._tokens.edge
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(self._tokens.accent if here else self._tokens.panel)
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        painter.setFont(self._bold())
        open_ink = self._tokens.on_accent if here else self._tokens.accent
        painter.setPen(open_ink if self.isEnabled() else self._tokens.quiet)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._number)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font
