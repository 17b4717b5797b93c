"""The answers of one side of an indicator as buttons: sign, word, colour and key."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from assessor_app.ui.theme import Tokens, dress
from assessor_app.ui.widgets.painting import Mark, draw_key_cap, draw_mark, mark_hue
from assessor_app.ui.widgets.scrolling import ARROWS

__all__ = ["Choices", "Mark", "Option"]

_HEIGHT = 52
_FADED = 0.55  # opacity of the sign of an answer that cannot be given now
_PAD, _SPACE, _SIGN, _CAP, _ABOVE = 10, 8, 20, 20, 5
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what is recorded, what is read, the key that gives it, and its kind."""

    value: str
    label: str
    key: str
    mark: Mark


class Choices(QWidget):
    """Shows one of its options as chosen; reports another one that the user takes."""

    chosen = Signal(str)  # the option's value

    def __init__(
        self,
        prefix: str,
        options: Sequence[Option],
        tokens: Tokens,
        *,
        columns: int,
        group: str = "",
        fitted: bool = False,
    ) -> None:
        """Columns are equally wide; `fitted` ones as their words need it, on two lines."""
        super().__init__()
        self.setObjectName(prefix)
        self._buttons = {option.value: _Choice(prefix, option, tokens) for option in options}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for index, button in enumerate(self._buttons.values()):
            row, column = divmod(index, columns)
            last = index == len(self._buttons) - 1
            layout.addWidget(button, row, column, 1, columns - column if last else 1)
            button.clicked.connect(self._on_clicked)
        for column in range(columns):
            wanted = [button.two_lines() for button in [*self._buttons.values()][column::columns]]
            layout.setColumnStretch(column, max(wanted, default=1) if fitted else 1)
        self._value: str | None = None
        self.setAccessibleName(group)

    def show_value(self, value: str | None) -> None:
        """Mark the recorded answer without reporting it as a new one."""
        self._value = value
        for own, button in self._buttons.items():
            button.setChecked(own == value)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the group; each button speaks it before its own label."""
        super().setAccessibleName(name)
        for button in self._buttons.values():
            button.speak_with(name)

    def _on_clicked(self) -> None:
        button = self.sender()
        value = next(own for own, one in self._buttons.items() if one is button)
        if value == self._value:
            return
        self.show_value(value)
        self.chosen.emit(value)


class _Choice(QPushButton):
    """One answer. The style sheet draws its ground, this its sign, words and key."""

    def __init__(self, prefix: str, option: Option, tokens: Tokens) -> None:
        super().__init__()
        self._option = option
        self._tokens = tokens
        self.setObjectName(f"{prefix}.{option.value}")
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setToolTip(option.label)
        self.setAccessibleDescription(option.key)
        self.setProperty("mark", option.mark.value)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        dress(self, "choice")

    def speak_with(self, group: str) -> None:
        label = self._option.label
        self.setAccessibleName(f"{group}, {label}" if group else label)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Chosen stays chosen: an answer is taken back by another one or by undo."""
        self.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows belong to the page, which changes side and indicator with them."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = self._bold().horizontalAdvance(self._option.label)
        return QSize(self._beside_label() + width + 2, _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As narrow as its longest word; what does not fit on two lines makes it higher."""
        widest = max(map(self._bold().horizontalAdvance, self._option.label.split()), default=0)
        return QSize(self._beside_label() + widest + 2, _HEIGHT)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        room = QRect(0, 0, max(width - self._beside_label() + 2, 1), 10_000)
        words = self._bold().boundingRect(room, int(_WRAPPED), self._option.label)
        return max(_HEIGHT, words.height() + 2 * _ABOVE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        middle = self.height() / 2
        if not (self.isEnabled() or self.isChecked()):
            painter.setOpacity(_FADED)
        draw_mark(
            painter,
            QRectF(_PAD, middle - _SIGN / 2, _SIGN, _SIGN),
            tokens=self._tokens,
            mark=self._mark(),
        )
        painter.setOpacity(1)
        self._draw_label(painter)
        if self._option.key:
            cap = QRectF(self.width() - _PAD - _CAP, middle - 11, _CAP, 22)
            draw_key_cap(painter, cap, tokens=self._tokens, key=self._option.key)

    def _mark(self) -> Mark:
        """An answer shows its own sign at all times, a mere choice whether it is the one."""
        chosen = self._option.mark is not Mark.CHOSEN or self.isChecked()
        return self._option.mark if chosen else Mark.OPEN

    def _draw_label(self, painter: QPainter) -> None:
        hue = mark_hue(self._tokens, self._option.mark)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        plain = self._tokens.ink if self.isEnabled() else self._tokens.quiet
        painter.setPen(hue.ink if self.isChecked() else plain)
        place = QRectF(self.rect()).adjusted(_PAD + _SIGN + _SPACE, 2, 0, -2)
        place.setWidth(self.width() - self._beside_label() + 2)
        painter.drawText(place, _WRAPPED, self._option.label)

    def _beside_label(self) -> int:
        key = _SPACE + _CAP if self._option.key else 0
        return 2 * _PAD + _SIGN + _SPACE + key

    def two_lines(self) -> int:
        """The narrowest width at which the label fits on two lines."""
        width, words = self._bold().horizontalAdvance, self._option.label.split()
        splits = ((" ".join(words[:count]), " ".join(words[count:])) for count in range(len(words)))
        label = min((max(map(width, lines)) for lines in splits), default=0)
        return self._beside_label() + label + 2

    def _bold(self) -> QFontMetrics:
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font)
