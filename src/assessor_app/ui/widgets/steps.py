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

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens, dress, grown
from assessor_app.ui.widgets.ground import on_ground

_DISC_PX, _PAD, _SPACE = 26, 10, 10


class Steps(QWidget):
    """One button a step; those that are not open yet cannot be pressed."""

    chosen = Signal(str)  # the step's value

    def __init__(self, prefix: str, rows: Sequence[tuple[str, str]], tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.PageTabList)
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
            button.updateGeometry()

    def show_brief(self, *, brief: bool) -> None:
        """Where there is little room, all but the step one is at say their number alone."""
        for button in self._buttons.values():
            button.show_brief(brief=brief)

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
        self._brief = False
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setMinimumHeight(TOUCH_TARGET_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        dress(self, "step")

    def show_brief(self, *, brief: bool) -> None:
        """Say the number alone, unless this is where one is."""
        if brief is not self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def nextCheckState(self) -> None:
        """The page marks the step once it is reached."""

    def sizeHint(self) -> QSize:
        if self._is_number_alone():
            return self._least()
        words = QFontMetrics(self._bold()).horizontalAdvance(self._text)
        return QSize(2 * _PAD + _disc() + _SPACE + words + 2, TOUCH_TARGET_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._brief else self._least()

    def _is_number_alone(self) -> bool:
        return self._brief and not self.isChecked()

    def _least(self) -> QSize:
        return QSize(max(2 * _PAD + _disc(), TOUCH_TARGET_PX), TOUCH_TARGET_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = on_ground(self)
        self._draw_number(painter)
        if self._is_number_alone():
            return
        painter.setFont(self._bold() if self.isChecked() else self.font())
        painter.setPen(self._tokens.ink if self.isEnabled() else self._tokens.quiet)
        left = _PAD + _disc() + _SPACE
        room = self.width() - left - _PAD + 2
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        place = QRectF(left, 0, room, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_number(self, painter: QPainter) -> None:
        side = _disc()
        place = QRectF(_PAD, (self.height() - side) / 2, side, side)
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


def _disc() -> int:
    """The width of a disc that a digit fits into."""
    return grown(_DISC_PX)
