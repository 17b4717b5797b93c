"""Agreement in one row: a number and its words on each button, from the least to the most."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from assessor_app.ui.theme import SMALL_POINTS, Tokens, dress
from assessor_app.ui.widgets.choices import Option
from assessor_app.ui.widgets.scrolling import ARROWS

_PAD, _GAP = 6, 2
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class LikertRow(QWidget):
    """Shows one of its options as chosen; reports another one that the user takes."""

    chosen = Signal(str)  # the option's value

    def __init__(
        self, prefix: str, options: Sequence[Option], tokens: Tokens, *, group: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(prefix)
        self.setAccessibleName(group)
        self._value: str | None = None
        self._buttons = {option.value: _Step(prefix, option, tokens, group) for option in options}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self._buttons.values():
            row.addWidget(button, stretch=1)
            button.clicked.connect(self._on_clicked)

    def show_value(self, value: str | None) -> None:
        """Mark the recorded answer without reporting it as a new one."""
        self._value = value
        for own, button in self._buttons.items():
            button.setChecked(own == value)

    def _on_clicked(self) -> None:
        value = next(own for own, one in self._buttons.items() if one is self.sender())
        if value == self._value:
            return
        self.show_value(value)
        self.chosen.emit(value)


class _Step(QPushButton):
    """One answer: its number large, its words small below."""

    def __init__(self, prefix: str, option: Option, tokens: Tokens, group: str) -> None:
        super().__init__()
        self._option = option
        self._tokens = tokens
        self.setObjectName(f"{prefix}.{option.value}")
        self.setAccessibleName(f"{group}, {option.label}" if group else option.label)
        self.setAccessibleDescription(option.key)
        self.setToolTip(option.label)
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setProperty("mark", option.mark.value)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        dress(self, "choice")

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Chosen stays chosen: an answer is taken back by another one or by undo."""
        self.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows belong to the page, which changes side and indicator with them."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        room = QRect(0, 0, max(width - 2 * _PAD, 1), 10_000)
        words = QFontMetrics(self._small()).boundingRect(room, int(_WRAPPED), self._option.label)
        return self._number_height() + words.height() + 2 * _PAD + _GAP + 4

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = self.minimumSizeHint().width() * 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        metrics = QFontMetrics(self._small(bold=True))
        widest = max(map(metrics.horizontalAdvance, self._option.label.split()), default=0)
        return QSize(widest + 2 * _PAD + 2, self._number_height() * 2 + 2 * _PAD)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        painter.setPen(self._tokens.accent if self.isEnabled() else self._tokens.quiet)
        painter.setFont(self._large())
        place = QRectF(self.rect()).adjusted(_PAD, _PAD, -_PAD, -_PAD)
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(place, centred, self._option.key or self._option.value)
        painter.setFont(self._small(bold=self.isChecked()))
        painter.setPen(self._tokens.ink if self.isEnabled() else self._tokens.quiet)
        place.setTop(place.top() + self._number_height() + _GAP)
        painter.drawText(place, _WRAPPED, self._option.label)

    def _number_height(self) -> int:
        return QFontMetrics(self._large()).height()

    def _large(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        font.setPointSizeF(SMALL_POINTS * 1.4)
        return font

    def _small(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setBold(bold)
        font.setPointSizeF(SMALL_POINTS)
        return font
