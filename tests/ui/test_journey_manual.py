"""Help while one works: F1 wherever one is, and back to what was being typed."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.ui.pages.test_manual_dialog import follow, text

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.services.session import Session
from assessor_app.ui.directory import PageName
from assessor_app.ui.pages.device.page import DevicePage
from assessor_app.ui.pages.manual.dialog import ManualDialog

CODE = "P15-01"
TYPED = "Papan persyaratan terpasang, tetapi "

pytestmark = pytest.mark.qt_log_ignore(  # what a dialog asks of a screen, and this is none
    "does not support raise", "does not support grabbing the keyboard", extend=True
)


@pytest.fixture
def hands(application: Application, session: Session, qtbot: QtBot) -> Hands:
    """At the checklist of a visit that was just begun."""
    hands = opened(application, qtbot)
    hands.open(session.visit_id)
    return hands


def manual(hands: Hands, qtbot: QtBot) -> ManualDialog:
    """The manual over the window, once it has the keys."""
    qtbot.waitUntil(
        lambda: isinstance(QApplication.activeWindow(), ManualDialog), timeout=PATIENCE_MS
    )
    found = hands.window.findChildren(ManualDialog)
    assert len(found) == 1
    return found[0]


def closed(hands: Hands, qtbot: QtBot) -> None:
    """Close the manual; what it stood over takes the keys again, as the screen would have it."""
    dialog = manual(hands, qtbot)
    below = dialog.parentWidget()
    assert below is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not hands.window.findChildren(ManualDialog)
    below.activateWindow()
    qtbot.waitUntil(below.isActiveWindow, timeout=PATIENCE_MS)


def test_help_is_read_in_the_middle_of_a_note_and_the_note_goes_on(
    hands: Hands, qtbot: QtBot
) -> None:
    hands.key(Qt.Key.Key_N)
    note = part(hands.window, QPlainTextEdit, f"indicator.{CODE}.paperwork.note")
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, TYPED)

    hands.key(Qt.Key.Key_F1)
    dialog = manual(hands, qtbot)
    assert dialog.topic == "checklist"
    assert text(dialog).startswith("Mengisi daftar periksa")
    follow(dialog, "12-keys.md")
    assert dialog.topic == "keys"
    closed(hands, qtbot)

    qtbot.waitUntil(note.hasFocus)
    assert note.toPlainText() == TYPED
    QTest.keyClicks(note, "tidak terbaca.")
    hands.key(Qt.Key.Key_Escape)
    key = ObservationKey(CODE, Side.PAPERWORK)
    recorded = hands.checklist.session.snapshot.observation(key)
    assert recorded.note == f"{TYPED}tidak terbaca."


def test_the_button_of_the_bar_opens_the_page_of_where_one_is(hands: Hands, qtbot: QtBot) -> None:
    hands.click("bar.help")
    assert manual(hands, qtbot).topic == "checklist"
    closed(hands, qtbot)

    hands.click("bar.device")
    hands.at(PageName.DEVICE)
    page = hands.window.page
    assert isinstance(page, DevicePage)
    page.show_section("backup")
    hands.touch("bar.help")
    assert manual(hands, qtbot).topic == "backup"
    closed(hands, qtbot)


def test_help_comes_over_a_dialog_too_but_not_over_itself(hands: Hands, qtbot: QtBot) -> None:
    hands.key(Qt.Key.Key_Question)
    keys = part(hands.window, QWidget, "keys")
    qtbot.waitUntil(keys.isActiveWindow)

    QTest.keyClick(keys, Qt.Key.Key_F1)
    dialog = manual(hands, qtbot)
    assert dialog.topic == "keys"
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert manual(hands, qtbot) is dialog
    closed(hands, qtbot)

    qtbot.waitUntil(keys.isActiveWindow)
    QTest.keyClick(keys, Qt.Key.Key_Escape)
    hands.window.activateWindow()
    qtbot.waitUntil(hands.window.isActiveWindow)
    hands.key(Qt.Key.Key_F1)
    assert manual(hands, qtbot).topic == "checklist"
    closed(hands, qtbot)


@pytest.mark.usefixtures("session")  # of a home with a store
def test_help_is_there_at_the_locked_door(application: Application, qtbot: QtBot) -> None:
    hands = opened(application, qtbot)

    hands.key(Qt.Key.Key_F1)

    assert manual(hands, qtbot).topic == "unlock"
    closed(hands, qtbot)
