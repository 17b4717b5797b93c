"""The window as it stands: unlock, and the list of visits."""

import sys
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.services.session import Session
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.theme import TOUCH_TARGET_PX

Part = TypeVar("Part", bound=QWidget)


@pytest.fixture
def window(application: Application, qtbot: QtBot) -> MainWindow:
    window = MainWindow(application)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_the_passphrase_opens_the_list_of_visits(session: Session, window: MainWindow) -> None:
    field = found(window, QLineEdit, "unlock.passphrase")

    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)

    model = found(window, QTableView, "visits.table").model()
    assert model.rowCount() == 1
    assert model.index(0, 0).data() == session.snapshot.visit.institution
    assert model.index(0, 3).data() == "berlangsung"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Unit"
    assert model.headerData(1, Qt.Orientation.Vertical) is None
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == 5


def test_a_wrong_passphrase_is_told_and_nothing_opens(window: MainWindow) -> None:
    field = found(window, QLineEdit, "unlock.passphrase")
    QTest.keyClicks(field, "salah")

    QTest.mouseClick(found(window, QPushButton, "unlock.open"), Qt.MouseButton.LeftButton)

    assert "salah" in found(window, QLabel, "unlock.refusal").text()
    assert window.findChild(QTableView, "visits.table") is None


def test_what_can_be_touched_has_a_name_and_room_for_a_finger(window: MainWindow) -> None:
    for kind, name in ((QLineEdit, "unlock.passphrase"), (QPushButton, "unlock.open")):
        shown = found(window, kind, name)
        spoken = QAccessible.queryAccessibleInterface(shown).text(QAccessible.Text.Name)
        assert spoken
        assert shown.height() >= TOUCH_TARGET_PX


def test_the_binding_keeps_its_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one at each call and aborts Python 3.11 in use (hence the pin)."""
    button = QPushButton()
    qtbot.addWidget(button)
    button.setText("x")
    before = sys.getrefcount(None)

    for _ in range(500):
        button.setText("x")

    assert sys.getrefcount(None) > before - 50


def found(window: MainWindow, kind: type[Part], name: str) -> Part:
    part = window.findChild(kind, name)
    assert part is not None
    return part
