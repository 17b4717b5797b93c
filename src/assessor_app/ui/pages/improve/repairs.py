"""The repairs that are known, heaviest first: which are advised, and what each may cost."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from assessor_app.ui.pages.parts.ticks import tick as ticking
from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens, dress, icon, set_look
from assessor_app.ui.widgets.labels import body, quiet

LEAST_EFFORT, MOST_EFFORT = 1, 999
_SIGN = 22
_EFFORT_PX = 116


@dataclass(frozen=True, slots=True)
class RepairText:
    """One row, in words; `advice` may be empty, `spoken` names its effort to a screen reader."""

    code: str
    text: str
    gain: str
    advice: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What the sign of a repair says."""

    advised: str
    not_advised: str


class _Spin(QSpinBox):
    """A number that a scrolling list may pass under the wheel without being changed."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class RepairList(QWidget):
    """A row that is shown stays itself while others come and go: it may be typed in."""

    effort_changed = Signal(str, int)  # the indicator's code, and its effort
    tick_changed = Signal(str, bool)  # the indicator's code, and whether it is tried out

    def __init__(self, prefix: str, tokens: Tokens, signs: Signs, *, tick: str = "") -> None:
        """The effort of an indicator is edited in `prefix`.`code`.

        `tick` names the box by which a repair is tried out; without one there is none.
        """
        super().__init__()
        self._prefix = prefix
        self._tokens, self._signs = tokens, signs
        self._tick = tick
        self._ticked: frozenset[str] = frozenset()
        self._rows: dict[str, _Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(0)
        self._column.addStretch()

    def show_rows(self, rows: Sequence[RepairText], efforts: Mapping[str, int]) -> int:
        """Show these repairs in this order; how many came in or went.

        Those that are shown already stay as they are.
        """
        wanted = [row.code for row in rows]
        gone = [code for code in self._rows if code not in wanted]
        for code in gone:
            row = self._rows.pop(code)
            self._column.removeWidget(row)
            row.setVisible(False)  # until the event loop comes to destroy it
            row.deleteLater()
        new = [row for row in rows if row.code not in self._rows]
        for text in new:
            self._rows[text.code] = self._made(text, efforts)
            self._column.insertWidget(wanted.index(text.code), self._rows[text.code])
        self._rows = {code: self._rows[code] for code in wanted}
        return len(gone) + len(new)

    def show_advised(self, codes: Collection[str]) -> None:
        """Mark the repairs that are advised."""
        for code, row in self._rows.items():
            row.show_advised(advised=code in codes)

    def show_ticked(self, codes: Collection[str]) -> None:
        """Tick the repairs that are tried out, without reporting it."""
        self._ticked = frozenset(codes)
        for code, row in self._rows.items():
            row.show_ticked(ticked=code in self._ticked)

    def show_effort(self, code: str, effort: int) -> None:
        """Show what was given elsewhere for an indicator, without reporting it."""
        row = self._rows.get(code)
        if row is not None and row.spin.value() != effort:
            with QSignalBlocker(row.spin):
                row.spin.setValue(effort)

    def editors(self) -> list[QWidget]:
        """What can be typed in, from above."""
        return [
            part for row in self._rows.values() for part in (row.box, row.spin) if part is not None
        ]

    def _made(self, text: RepairText, efforts: Mapping[str, int]) -> "_Row":
        name = f"{self._prefix}.{text.code}"
        row = _Row(name, text, self._tokens, self._signs, tick=self._tick)
        row.show_ticked(ticked=text.code in self._ticked)
        if row.box is not None:
            row.box.toggled.connect(lambda on: self.tick_changed.emit(text.code, on))
        row.spin.setValue(efforts.get(text.code, LEAST_EFFORT))
        row.spin.valueChanged.connect(lambda effort: self.effort_changed.emit(text.code, effort))
        return row


class _Row(QFrame):
    def __init__(
        self, name: str, text: RepairText, tokens: Tokens, signs: Signs, *, tick: str
    ) -> None:
        super().__init__()
        self._tokens = tokens
        self._texts = {True: signs.advised, False: signs.not_advised}
        self._advised: bool | None = None
        self._sign = QLabel()
        self._sign.setFixedWidth(_SIGN + 4)
        self._name = body(text.text)
        self.spin = _effort(name, text.spoken)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(10)
        self.box: QCheckBox | None = None
        if tick:
            self.box = ticking("", f"{name}.tick")
            self.box.setAccessibleName(tick.format(code=text.code, text=text.text))
            self.box.setToolTip(self.box.accessibleName())
            row.addWidget(self.box, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(text), 1)
        row.addWidget(self.spin, alignment=Qt.AlignmentFlag.AlignVCenter)
        dress(self, "row")

    def show_ticked(self, *, ticked: bool) -> None:
        if self.box is not None and self.box.isChecked() is not ticked:
            with QSignalBlocker(self.box):
                self.box.setChecked(ticked)

    def show_advised(self, *, advised: bool) -> None:
        if advised is self._advised:
            return
        self._advised = advised
        sign, hue = ("check", self._tokens.green) if advised else ("dash", self._tokens.grey)
        picture = icon(sign, hue.ink, size=_SIGN).pixmap(QSize(_SIGN, _SIGN))
        self._sign.setPixmap(picture)
        self._sign.setToolTip(self._texts[advised])
        self._sign.setAccessibleName(self._texts[advised])
        set_look(self._name, "role", "strong" if advised else "body")

    def _words(self, text: RepairText) -> QVBoxLayout:
        below = QHBoxLayout()
        below.setSpacing(10)
        for label in (quiet(text.code), quiet(text.gain)):
            label.setWordWrap(False)
            below.addWidget(label)
        below.addStretch()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addLayout(below)
        if text.advice:
            words.addWidget(quiet(text.advice))
        return words


def _effort(name: str, spoken: str) -> _Spin:
    spin = _Spin()
    spin.setObjectName(name)
    spin.setAccessibleName(spoken)
    spin.setRange(LEAST_EFFORT, MOST_EFFORT)
    spin.setMinimumHeight(TOUCH_TARGET_PX)
    spin.setFixedWidth(_EFFORT_PX)
    spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return spin
