"""What a person does to a page, for the tests of pages: look, click, type."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from assessor_app.compose import Application
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import TOUCH_TARGET_PX, Scheme, apply_theme

Part = TypeVar("Part", bound=QWidget)

PATIENCE_MS = 20_000  # a key derivation and a PDF on a busy machine


def desk_over(application: Application, language: Language = Language.INDONESIAN) -> Desk:
    """A desk as the window makes it, dressed."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, Scheme.LIGHT)
    return Desk(application.home, language=language, scheme=Scheme.LIGHT, application=application)


def shown(qtbot: QtBot, page: Part) -> Part:
    """The page on the smallest screen, painted."""
    qtbot.addWidget(page)
    page.resize(1024, 700)
    with qtbot.waitExposed(page):
        page.show()
    return page


def part(page: QWidget, kind: type[Part], name: str) -> Part:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def click(page: QWidget, name: str) -> None:
    QTest.mouseClick(part(page, QPushButton, name), Qt.MouseButton.LeftButton)


def type_into(page: QWidget, name: str, text: str) -> None:
    editor = part(page, QWidget, name)
    editor.setFocus()
    for place, line in enumerate(text.split("\n")):
        if place:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClicks(editor, line)


def text_of(page: QWidget, name: str) -> str:
    found = part(page, QLabel, name)
    return found.text() if found.isVisible() else ""


def faults(page: QWidget) -> list[str]:
    """Every fault that is said at a field, in the order of the page."""
    labels = page.findChildren(QLabel)
    return [one.text() for one in labels if one.property("role") == "fault" and one.isVisible()]


def wait_for_tasks(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: desk.tasks.running == 0, timeout=PATIENCE_MS)
    QApplication.processEvents()  # what was added to a layout is shown by an event of its own


def assert_usable(page: QWidget) -> None:
    """Every visible control has a name to speak, an object name, and room for a finger."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    controls = [one for kind in kinds for one in page.findChildren(kind) if one.isVisible()]
    assert controls
    for one in controls:
        if one.objectName().startswith("qt_"):
            continue
        spoken = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
        assert one.objectName(), one
        assert spoken, one.objectName()
        assert one.height() >= TOUCH_TARGET_PX, one.objectName()


def pdf_of_nothing(folder: Path) -> Path:
    """A file that says it is a PDF and is none."""
    path = folder / "bukan.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    return path
