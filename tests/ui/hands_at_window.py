"""An assessor at the window, for the tests: looks, types, clicks and taps."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.ui.widgets.hands import tap
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.checklist.page import ChecklistPage
from assessor_app.ui.theme import Scheme, apply_theme

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """Holds the window, so that it lives as long as the test."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot

    def at(self, page: PageName) -> None:
        """Wait until a page is there and nothing is being worked on."""
        self._qtbot.waitUntil(
            lambda: self.window.where.page is page and not self.window.desk.tasks.running,
            timeout=PATIENCE_MS,
        )

    def type(self, name: str, text: str) -> None:
        """Write over what stands in a field."""
        editor = part(self.window, QWidget, name)
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(editor, text)

    def click(self, name: str) -> None:
        QTest.mouseClick(part(self.window, QAbstractButton, name), Qt.MouseButton.LeftButton)
        _clear_away()

    def touch(self, name: str) -> None:
        QApplication.processEvents()  # a finger comes after the page is laid out
        tap(part(self.window, QAbstractButton, name))
        _clear_away()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """A key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def wait_for(self, name: str) -> None:
        """Wait until something is seen and nothing is being worked on."""
        self._qtbot.waitUntil(
            lambda: (
                (found := self.window.findChild(QWidget, name)) is not None
                and found.isVisible()
                and not self.window.desk.tasks.running
            ),
            timeout=PATIENCE_MS,
        )

    def unlock(self) -> None:
        self.at(PageName.UNLOCK)  # a lock waits for what is being worked on
        self.type("unlock.passphrase", PASSPHRASE)
        self.key(Qt.Key.Key_Return)

    def open(self, visit: str) -> None:
        """Unlock and go to the checklist of a visit."""
        self.unlock()
        self.at(PageName.VISITS)
        self.window.page.visit_opened.emit(visit)  # type: ignore[attr-defined]  # of VisitsPage
        self.at(PageName.CHECKLIST)

    @property
    def checklist(self) -> ChecklistPage:
        page = self.window.page
        assert isinstance(page, ChecklistPage)
        return page

    def status(self) -> str:
        """The whole of what the status line says."""
        return part(self.window, QLabel, "status.said").toolTip()

    def notice(self) -> str:
        """What the window says over its pages; empty where it says nothing."""
        found = self.window.findChild(QWidget, "window.notice")
        return found.accessibleName() if found is not None and found.isVisible() else ""


def _clear_away() -> None:
    """What the event loop does before the next click: lay out anew, let go of what was left."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def opened(
    application: Application, qtbot: QtBot, *, language: Language = Language.INDONESIAN
) -> Hands:
    """The window over a home, on a laptop's screen, active."""
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    apply_theme(qt, Scheme.LIGHT)
    desk = Desk(application.home, language=language, scheme=Scheme.LIGHT, application=application)
    window = MainWindow(desk)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and window.page.objectName() != "")
    return Hands(window, qtbot)


def drop(onto: QWidget, paths: Sequence[Path]) -> bool:
    """Let files fall onto a widget, as a file manager does; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = onto.rect().center()
    common = (data, Qt.MouseButton.LeftButton, NO_MODIFIER)
    entered = QDragEnterEvent(QPoint(place), Qt.DropAction.CopyAction, *common)
    entered.ignore()
    QApplication.sendEvent(onto, entered)
    if not entered.isAccepted():
        return False
    QApplication.sendEvent(onto, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, *common))
    return True
