"""An assessor at the checklist, for its tests: keys go where the focus is, as on a keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import PATIENCE_MS, desk_over, part
from tests.ui.widgets.hands import tap

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.page import ChecklistPage

PAPER, PRACTICE = Side.PAPERWORK, Side.PRACTICE
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier

Look = Callable[..., "AtChecklist"]


class AtChecklist:
    """Holds the page, and everything that it said for the status line."""

    def __init__(self, page: ChecklistPage, desk: Desk, qtbot: QtBot) -> None:
        self.page = page
        self.desk = desk
        self.said: list[str] = []
        self._qtbot = qtbot
        page.said.connect(self.said.append)

    @property
    def session(self) -> Session:
        return self.page.session

    def name(self, side: Side, what: str) -> str:
        """The object name of a part of the indicator that is looked at."""
        return f"indicator.{self.page.code}.{side.value}.{what}"

    def seen(self, side: Side = PAPER, code: str = "") -> Observation:
        """What is recorded."""
        return self.session.snapshot.observation(ObservationKey(code or self.page.code, side))

    def button(self, name: str) -> QAbstractButton:
        return part(self.page, QAbstractButton, name)

    def choice(self, side: Side, value: str) -> QAbstractButton:
        return self.button(self.name(side, value))

    def shown_answer(self, side: Side) -> str | None:
        """Which answer is marked as given."""
        whole = part(self.page, QWidget, f"indicator.{self.page.code}.{side.value}")
        checked = [
            one.objectName().rpartition(".")[2]
            for one in whole.findChildren(QAbstractButton)
            if one.isChecked() and one.property("role") == "choice"
        ]
        return checked[0] if checked else None

    def note(self, side: Side = PAPER) -> QPlainTextEdit:
        return part(self.page, QPlainTextEdit, self.name(side, "note"))

    def click(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def touch(self, name: str) -> None:
        tap(self.button(name))

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def type(self, name: str, text: str) -> None:
        """Write over what stands in a field, and stay in it."""
        editor = part(self.page, QWidget, name)
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(editor, text)

    def notice(self) -> str:
        """What the page says of a refusal; empty where it says nothing."""
        found = part(self.page, QWidget, "checklist.notice")
        return found.accessibleName() if found.isVisible() else ""

    def visible(self, name: str) -> bool:
        found = self.page.findChild(QWidget, name)
        return found is not None and found.isVisible()

    def rest(self) -> None:
        """Until no photo is being worked on."""
        self._qtbot.waitUntil(lambda: not self.desk.tasks.running, timeout=PATIENCE_MS)

    def until(self, true: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(true, timeout=PATIENCE_MS)


@contextmanager
def looking(application: Application, workplace: Workplace, qtbot: QtBot) -> Iterator[Look]:
    """Opens the checklist of a visit at an indicator, on a laptop's screen; photos end with it."""
    desk = desk_over(application)
    desk.open_with(workplace)

    def look(
        session: Session, code: str | None = None, *, size: tuple[int, int] = (1366, 700)
    ) -> AtChecklist:
        page = ChecklistPage(desk, session, code)
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.setFocus()
        return AtChecklist(page, desk, qtbot)

    yield look
    desk.tasks.wait()
