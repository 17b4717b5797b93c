"""The keys of the checklist: digits answer, arrows move; what is typed in a field stays there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

_EDITORS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)


class Keys(QObject):
    """Shortcuts of one page; those of `plain` rest while an editor has the focus."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._plain: list[QShortcut] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def plain(self, key: str, act: Callable[[], None]) -> None:
        """A key without Ctrl, that a text field would want for itself."""
        self._plain.append(self._shortcut(key, act))

    def always(self, key: str, act: Callable[[], None]) -> None:
        """A key that works from inside of a text field too."""
        self._shortcut(key, act)

    def _shortcut(self, key: str, act: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        editing = isinstance(now, _EDITORS)
        for shortcut in self._plain:
            shortcut.setEnabled(not editing)
