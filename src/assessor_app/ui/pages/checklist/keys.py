"""The keys of the checklist at work: digits answer, arrows move; what is typed in a field stays."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from assessor_app.ui.pages.checklist.key_table import TABLE, Reach

_EDITORS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)

Act = Callable[[str], object]
"""What a key does; it is told which key it was."""


class Keys(QObject):
    """Binds the table to what the page can do: each of its actions, and nothing else."""

    def __init__(self, page: QWidget, acts: Mapping[str, Act]) -> None:
        """Raises ValueError where `acts` are not just those of the table."""
        super().__init__(page)
        unlike = {one.action for one in TABLE} ^ acts.keys()
        if unlike:
            raise ValueError(f"keys and actions differ: {sorted(unlike)}")
        self._page = page
        self._resting: dict[Reach, list[QShortcut]] = {reach: [] for reach in Reach}
        self._rests: frozenset[Reach] = frozenset()
        for one in TABLE:
            for key in one.keys:
                # A chord is no letter: a text field does not want it.
                always = one.reach is Reach.PLAIN and key.startswith("Ctrl+") and key != "Ctrl+V"
                chord = one.reach is Reach.FREE and "+" in key
                reach = Reach.ALWAYS if always or chord else one.reach
                self._resting[reach].append(self._shortcut(key, acts[one.action]))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _shortcut(self, key: str, act: Act) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: act(key))
        return shortcut

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        rests: frozenset[Reach] = frozenset()
        if isinstance(now, _EDITORS):
            rests = frozenset({Reach.PLAIN, Reach.FREE})
        elif isinstance(now, QAbstractButton):
            rests = frozenset({Reach.FREE})
        for reach in rests ^ self._rests:
            for shortcut in self._resting[reach]:
                shortcut.setEnabled(reach not in rests)
        self._rests = rests
