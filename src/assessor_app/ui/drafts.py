"""What stands typed in a page, kept by name while the page is built anew in another language."""

from collections.abc import Mapping

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from assessor_app.ui.sight import lead_to

_FOCUS = "(focus)"
_CARET = "(caret)"


def kept(page: QWidget) -> dict[str, object]:
    """The typed and chosen values of every named editor, and which of them has the focus."""
    found: dict[str, object] = {}
    for editor in _editors(page):
        if not editor.property("untouched"):  # a moment that still stands for now
            found[editor.objectName()] = _value(editor)
    focused = QApplication.focusWidget()
    if focused is not None and page.isAncestorOf(focused):
        found[_FOCUS] = focused.objectName()
        found[_CARET] = _caret(focused)
    return found


def put_back(page: QWidget, values: Mapping[str, object]) -> None:
    """Give every editor of the same name its value again."""
    for editor in _editors(page):
        if editor.objectName() in values:
            _set(editor, values[editor.objectName()])
    focus = values.get(_FOCUS)
    if isinstance(focus, str) and focus:
        focused = page.findChild(QWidget, focus)
        if focused is not None:
            lead_to(focused)
            _go_on_at(focused, values.get(_CARET))


def _caret(editor: QWidget) -> int | None:
    """After how many letters one was typing; None where nothing can be typed."""
    if isinstance(editor, QLineEdit):
        return editor.cursorPosition()
    return editor.textCursor().position() if isinstance(editor, QPlainTextEdit) else None


def _go_on_at(editor: QWidget, caret: object) -> None:
    if not isinstance(caret, int):
        return
    if isinstance(editor, QLineEdit):
        editor.setCursorPosition(caret)
    elif isinstance(editor, QPlainTextEdit):
        cursor = editor.textCursor()
        cursor.setPosition(min(caret, len(editor.toPlainText())))
        editor.setTextCursor(cursor)


def _editors(page: QWidget) -> list[QWidget]:
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QRadioButton)
    found: list[QWidget] = []
    for kind in kinds:
        found += [
            one
            for one in page.findChildren(kind)
            if one.objectName() and not one.objectName().startswith("qt_")
        ]
    return found


def _value(editor: QWidget) -> object:
    match editor:
        case QLineEdit():
            return editor.text()
        case QPlainTextEdit():
            return editor.toPlainText()
        case QComboBox():
            return editor.currentData()
        case QCheckBox() | QRadioButton():
            return editor.isChecked()
        case _:
            return None


def _set(editor: QWidget, value: object) -> None:
    match editor, value:
        case QLineEdit(), str():
            editor.setText(value)
        case QPlainTextEdit(), str():
            editor.setPlainText(value)
            editor.moveCursor(QTextCursor.MoveOperation.End)
        case QComboBox(), _:
            place = editor.findData(value)
            editor.setCurrentIndex(place if place >= 0 else editor.currentIndex())
        case ((QCheckBox() | QRadioButton()), bool()):
            editor.setChecked(value)
        case _:
            return
