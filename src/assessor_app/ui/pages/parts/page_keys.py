"""The keys of a page: digits and arrows rest while something is typed, chords never do."""

from collections.abc import Callable

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

_EDITORS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)


def typing() -> bool:
    """Whether something is being typed: the focus is in an editor."""
    return isinstance(QApplication.focusWidget(), _EDITORS)


class PageKeys(QObject):
    """Those of `plain` rest in an editor, those of `free` on a button too, which they press."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._plain: list[QShortcut] = []
        self._free: list[QShortcut] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def plain(self, key: str, act: Callable[[], object]) -> None:
        """A key that a text field would want for itself."""
        self._plain.append(self._shortcut(key, act))

    def free(self, key: str, act: Callable[[], object]) -> None:
        """A key that a button would want too: Enter."""
        self._free.append(self._shortcut(key, act))

    def always(self, key: str, act: Callable[[], object]) -> None:
        """A key that works from inside of a text field too."""
        self._shortcut(key, act)

    def _shortcut(self, key: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        editing = isinstance(now, _EDITORS)
        for shortcut in self._plain:
            shortcut.setEnabled(not editing)
        for shortcut in self._free:
            shortcut.setEnabled(not editing and not isinstance(now, QAbstractButton))
