"""A list whose parts are ticked one by one: a box, a name of any length, and a key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens, dress, icon
from assessor_app.ui.widgets.painting import draw_key_cap
from assessor_app.ui.widgets.scrolling import ARROWS

_PAD, _SPACE, _BOX, _CAP, _ABOVE = 10, 10, 22, 20, 6
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Tick:
    """One part: what is recorded, what is read, and the key that ticks it (empty for none)."""

    value: str
    label: str
    key: str = ""


class TickList(QWidget):
    """Shows which of its parts are ticked; reports all that are, at each tick of the user."""

    ticked = Signal(list)  # list[str], in the list's order

    def __init__(
        self, prefix: str, ticks: Sequence[Tick], tokens: Tokens, *, columns: int, group: str = ""
    ) -> None:
        super().__init__()
        self._rows = {tick.value: _Row(prefix, tick, tokens) for tick in ticks}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        down = -(-len(self._rows) // columns)  # read down the first column, then the next
        for index, row in enumerate(self._rows.values()):
            column, place = divmod(index, down)
            grid.addWidget(row, place, column)
            row.clicked.connect(self._on_clicked)
            row.speak_with(group)
        for column in range(columns):
            grid.setColumnStretch(column, 1)

    def show_ticked(self, values: Collection[str]) -> None:
        """Tick these without reporting it."""
        for value, row in self._rows.items():
            row.setChecked(value in values)

    @property
    def values(self) -> list[str]:
        return [value for value, row in self._rows.items() if row.isChecked()]

    def toggle(self, value: str) -> None:
        """Tick or untick a part as a click on it does."""
        self._rows[value].click()

    def _on_clicked(self) -> None:
        self.ticked.emit(self.values)


class _Row(QPushButton):
    """One part. The style sheet draws its ground, this its box, words and key."""

    def __init__(self, prefix: str, tick: Tick, tokens: Tokens) -> None:
        super().__init__()
        self._tick = tick
        self._tokens = tokens
        self._sign = icon("check", tokens.on_accent, size=_BOX).pixmap(_BOX, _BOX)
        self.setObjectName(f"{prefix}.{tick.value}")
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setToolTip(tick.label)
        self.setAccessibleDescription(tick.key)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        dress(self, "tick")

    def speak_with(self, group: str) -> None:
        label = self._tick.label
        self.setAccessibleName(f"{group}, {label}" if group else label)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows belong to the page, which changes side and indicator with them."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        room = QRect(0, 0, max(width - self._beside_label(), 1), 10_000)
        words = QFontMetrics(self.font()).boundingRect(room, int(_WRAPPED), self._tick.label)
        return max(TOUCH_TARGET_PX + 4, words.height() + 2 * _ABOVE + 4)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        wide = QFontMetrics(self.font()).horizontalAdvance(self._tick.label)
        width = self._beside_label() + wide + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        metrics = QFontMetrics(self.font())
        widest = max(map(metrics.horizontalAdvance, self._tick.label.split()), default=0)
        return QSize(self._beside_label() + widest + 2, TOUCH_TARGET_PX + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        middle = self.height() / 2
        self._draw_box(painter, QRectF(_PAD, middle - _BOX / 2, _BOX, _BOX))
        painter.setPen(self._tokens.ink if self.isEnabled() else self._tokens.quiet)
        place = QRectF(self.rect()).adjusted(_PAD + _BOX + _SPACE, 2, 0, -2)
        place.setWidth(self.width() - self._beside_label())
        painter.drawText(place, _WRAPPED, self._tick.label)
        if self._tick.key:
            cap = QRectF(self.width() - _PAD - _CAP, middle - 11, _CAP, 22)
            draw_key_cap(painter, cap, tokens=self._tokens, key=self._tick.key)

    def _draw_box(self, painter: QPainter, place: QRectF) -> None:
        tokens, checked = self._tokens, self.isChecked()
        painter.setPen(QPen(tokens.accent if checked else tokens.edge, 2))
        painter.setBrush(tokens.accent if checked else tokens.field)
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
        if checked:
            painter.drawPixmap(place.topLeft(), self._sign)

    def _beside_label(self) -> int:
        key = _SPACE + _CAP if self._tick.key else 0
        return 2 * _PAD + _BOX + _SPACE + key
