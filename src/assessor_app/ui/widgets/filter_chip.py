"""A chip that opens a menu of values: which of them are wanted stands on the chip itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens, dress, icon, set_look


@dataclass(frozen=True, slots=True)
class Value:
    """One row of the menu: what it stands for and what is read, with how many there are of it."""

    value: str
    text: str
    count: str = ""


class FilterChip(QPushButton):
    """Several values can be chosen at once, or exactly one where it is `single`.

    Enter, the space bar, a click or a tap opens the menu; there Enter or a tap chooses, and of
    several values the menu stays open until Esc or a tap beside it.
    """

    opening = Signal()  # the values are wanted now
    chosen = Signal(list)  # list[str]: the values that are wanted now

    def __init__(self, name: str, tokens: Tokens, *, label: str, single: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMinimumHeight(TOUCH_TARGET_PX)
        self.setAutoDefault(True)
        dress(self, "chip")
        self._label = label
        self._single = single
        self._values: tuple[Value, ...] = ()
        self._wanted: list[str] = []
        self._check = icon("check", tokens.accent)
        self._menu = _StayingMenu(self, stays=not single)
        self._menu.setObjectName(f"{name}.menu")
        self._menu.setAccessibleName(label)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setIcon(icon("control-down", tokens.ink))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self.clicked.connect(self.open_menu)
        self._show()

    @property
    def open(self) -> bool:
        """Whether the menu is looked at."""
        return self._menu.isVisible()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The values that are chosen."""
        return tuple(self._wanted)

    def show_values(self, values: Sequence[Value], *, note: str = "") -> None:
        """Offer these values; `note` says below them what is to be known of the numbers."""
        if tuple(values) == self._values and self._menu.note == note:
            return
        self._values = tuple(values)
        self._menu.note = note
        self._fill()
        self._show()

    def show_wanted(self, values: Iterable[str]) -> None:
        """Mark what is chosen without reporting it."""
        self._wanted = list(values)
        for action in self._menu.actions():
            if action.isCheckable():
                self._mark(action)
        self._show()

    def open_menu(self) -> None:
        """Open the menu below the chip, at its first value."""
        self.opening.emit()
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        first = next((one for one in self._menu.actions() if one.isEnabled()), None)
        if first is not None:
            self._menu.setActiveAction(first)

    def _fill(self) -> None:
        focused = self._menu.activeAction()
        at = focused.data() if focused is not None else None
        self._menu.clear()
        for one in self._values:
            text = f"{one.text}\t{one.count}" if one.count else one.text
            action = self._menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(one.value)
            action.setObjectName(f"{self.objectName()}.{one.value}")
            action.triggered.connect(self._on_triggered)
            self._mark(action)
            if one.value == at and self._menu.isVisible():
                self._menu.setActiveAction(action)
        if self._menu.note:
            self._menu.addSeparator()
            self._menu.addAction(self._menu.note).setEnabled(False)

    def _mark(self, action: QAction) -> None:
        chosen = action.data() in self._wanted
        action.setChecked(chosen)
        action.setIcon(self._check if chosen else QIcon())

    def _on_triggered(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        value = str(action.data())
        if self._single:
            wanted = [value]
        else:
            was = set(self._wanted) ^ {value}
            wanted = [one.value for one in self._values if one.value in was]
        self.show_wanted(wanted)
        self.chosen.emit(list(self._wanted))

    def _show(self) -> None:
        texts = [one.text for one in self._values if one.value in self._wanted]
        shown = self._label if not texts else f"{self._label}: {', '.join(texts)}"
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(shown)
        self.setToolTip(shown)
        set_look(self, "picked", bool(texts) and not self._single)
        self.updateGeometry()


class _StayingMenu(QMenu):
    """Stays open while values are ticked."""

    def __init__(self, parent: QWidget, *, stays: bool) -> None:
        super().__init__(parent)
        self._stays = stays
        self.note = ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if self._stays and action is not None and action.isEnabled() and action.isCheckable():
            action.trigger()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        ticking = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._stays and ticking and action is not None and action.isCheckable():
            action.trigger()
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A tooltip of an action would only repeat its words."""
        return True if event.type() is QEvent.Type.ToolTip else super().event(event)
