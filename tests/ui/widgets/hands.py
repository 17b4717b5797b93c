"""What a hand does to a widget: real touches, and what a screen reader hears."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def shown(widget: QWidget, qtbot: QtBot, *, width: int = 640) -> QWidget:
    """A window with the widget in it, on the screen and active; it must be kept by the caller."""
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    rows.addWidget(widget)
    rows.addStretch()
    window.resize(width, 480)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(key: Qt.Key) -> None:
    """A key where the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def tap(widget: QWidget) -> None:
    """One finger, down and up in the middle; Qt wants touches sent to the window."""
    window = widget.window().windowHandle()
    place = widget.mapTo(widget.window(), widget.rect().center())
    finger = QTest.createTouchDevice()
    QTest.touchEvent(window, finger).press(0, QPoint(place), window).commit()
    QTest.touchEvent(window, finger).release(0, QPoint(place), window).commit()


def spoken(widget: QWidget) -> str:
    """The name that a screen reader says."""
    said = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    assert isinstance(said, str)
    return said


def speaks_as_chosen(widget: QWidget) -> bool:
    """Whether a screen reader hears that the widget is checked."""
    return bool(QAccessible.queryAccessibleInterface(widget).state().checked)
