"""A whole visit without a mouse: from the list to the signed PDF, and how few keys it takes."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests import large_instrument
from tests.conftest import begin
from tests.ui.hands_at_window import CTRL, NO_MODIFIER, Hands, opened
from tests.visiting import SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.gap import GapKind
from assessor_app.domain.visit import VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.verifying import Standing, verify
from assessor_app.ui.directory import PageName

INDICATORS = 60
_MOST_PRESSES = 4  # for each consistent indicator, moving on included
_MOST_STOPS = 150  # of the Tab key on one page


class Presses(QObject):
    """Counts what is pressed on the keyboard; a mouse must not come near the window."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands.window)
        self.count = 0
        hands.window.windowHandle().installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        assert event.type() not in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)
        # Asked once for each press, that of Ctrl too, before any shortcut takes the key.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            self.count += 1
        return False


class Keyboard:
    """Keys go to the window as the system sends them; the focus says where they land."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.presses = Presses(hands)

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        for key in keys:
            QTest.keyClick(self.hands.window.windowHandle(), key, held)

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    @property
    def focus(self) -> str:
        found = QApplication.focusWidget()
        return found.objectName() if found is not None else ""

    def go_to(self, name: str) -> None:
        """By the Tab key alone."""
        stops = []
        for _ in range(_MOST_STOPS):
            if self.focus == name:
                return
            stops.append(self.focus)
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} cannot be reached by Tab, only {sorted(set(stops))}")


def plain(indicators: int) -> str:
    """An instrument whose indicators are all asked once, on both sides."""
    tree = json.loads(large_instrument.instrument(indicators))
    for dimension in tree["dimensions"]:
        for variable in dimension["variables"]:
            for row in variable["indicators"]:
                row |= {"asked": "once", "sides": ["paperwork", "practice"]}
    return json.dumps(tree)


@pytest.fixture
def keyboard(application: Application, workplace: Workplace, home: Path, qtbot: QtBot) -> Keyboard:
    folder = home / "more-instruments"
    folder.mkdir()
    (folder / f"{large_instrument.ID}.yaml").write_text(plain(INDICATORS), encoding="utf-8")
    library = Library([folder])
    begin(workplace, library.get(large_instrument.ID), library)
    return Keyboard(opened(replace(application, library=library), qtbot))


def by_sides(keyboard: Keyboard) -> None:
    """Paper, the same in practice, and on: the way of who looks at both sides."""
    keyboard.press(Qt.Key.Key_1, Qt.Key.Key_S, Qt.Key.Key_Return)


def at_once(keyboard: Keyboard) -> None:
    """Both sides alike, and on."""
    keyboard.press(Qt.Key.Key_1, held=CTRL)


def test_a_visit_of_sixty_indicators_is_made_and_signed_with_few_keys_and_no_mouse(
    keyboard: Keyboard, tmp_path: Path, qtbot: QtBot
) -> None:
    hands = keyboard.hands
    hands.unlock()
    hands.at(PageName.VISITS)
    open_first(keyboard)

    taken = [presses(keyboard, by_sides if place % 2 else at_once) for place in range(INDICATORS)]

    kinds = [one.gap.kind for one in hands.checklist.session.compared() if one.gap is not None]
    assert kinds == [GapKind.CONSISTENT] * INDICATORS
    assert max(taken) <= _MOST_PRESSES
    assert set(taken) == {2, 3}
    close_and_sign(keyboard, tmp_path / "temuan.pdf", qtbot)


def presses(keyboard: Keyboard, way: Callable[[Keyboard], None]) -> int:
    """How many keys one indicator takes."""
    before = keyboard.presses.count
    way(keyboard)
    return keyboard.presses.count - before


def open_first(keyboard: Keyboard) -> None:
    """The visit in the list, by Tab and Enter."""
    keyboard.go_to("visits.table")
    keyboard.press(Qt.Key.Key_Home, Qt.Key.Key_Return)
    keyboard.hands.at(PageName.CHECKLIST)


def close_and_sign(keyboard: Keyboard, path: Path, qtbot: QtBot) -> None:
    hands = keyboard.hands
    keyboard.press(Qt.Key.Key_R, held=CTRL)
    hands.at(PageName.REVIEW)
    keyboard.go_to("review.close")
    keyboard.press(Qt.Key.Key_Space)
    hands.wait_for("review.close.yes")
    keyboard.go_to("review.close.yes")
    keyboard.press(Qt.Key.Key_Space)
    hands.at(PageName.ISSUE)
    hands.wait_for("issue.sign")
    hands.window.activateWindow()  # as a window manager does when a dialog has gone
    qtbot.waitUntil(hands.window.isActiveWindow)
    keyboard.go_to("issue.passphrase")
    keyboard.type(SIGNING_PASSPHRASE)
    keyboard.go_to("issue.path")
    keyboard.press(Qt.Key.Key_A, held=CTRL)
    keyboard.type(str(path))
    keyboard.go_to("issue.sign")
    keyboard.press(Qt.Key.Key_Space)
    qtbot.waitUntil(path.exists, timeout=60_000)
    hands.at(PageName.ISSUE)
    session = hands.window.session
    assert session is not None
    assert session.snapshot.visit.state is VisitState.ISSUED
    assert verify(path.read_bytes(), roots=(), trust_trial=True).standing is Standing.VALID
